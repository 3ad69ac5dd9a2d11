import { asNumber, asString, isJsonObject, own, type JsonObject, type JsonValue } from '../../core/json.ts';
import { providerError, type Reply } from './reply.ts';

/*
 * LocalDNS as the AKS resource provider judges it. Comments say which texts, targets and order are
 * recorded; the other rules come from the AKS documentation and from Karpenter's AKSNodeClass, with texts of this
 * simulator.
 */

type MapName = 'vnetDNSOverrides' | 'kubeDNSOverrides';

const modes = ['Preferred', 'Required', 'Disabled'];
const maps = ['vnetDNSOverrides', 'kubeDNSOverrides'] as const;
const title = { vnetDNSOverrides: 'VnetDNSOverrides', kubeDNSOverrides: 'KubeDNSOverrides' } as const;
const profileKeys = new Set(['mode', 'state', ...maps]);

const enums: Readonly<Record<string, readonly string[]>> = {
  queryLogging: ['Error', 'Log'],
  protocol: ['PreferUDP', 'ForceTCP'],
  forwardDestination: ['ClusterCoreDNS', 'VnetDNS'],
  forwardPolicy: ['Sequential', 'RoundRobin', 'Random'],
  serveStale: ['Verify', 'Immediate', 'Disable'],
};
const numbers = ['maxConcurrent', 'cacheDurationInSeconds', 'serveStaleDurationInSeconds'];
/** Both names of a draft of the API. Source: azure-rest-api-specs, pull request 46246. */
const healthCheck: Readonly<Record<string, string>> = {
  duration: 'string',
  noRecursion: 'boolean',
  noRec: 'boolean',
  domain: 'string',
};
const healthFields = ['failfastAllUnhealthyUpstreams', 'healthCheck'];
const maxZones = 100;
const label = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$/;

export function invalidParameter(target: string, detail: string): Reply {
  return providerError(
    400,
    'InvalidParameter',
    `The value of parameter ${target} is invalid. Error details: ${detail}`,
    { target },
  );
}

function isClusterZone(zone: string): boolean {
  const name = zone.replace(/\.$/, '');
  return name === 'cluster.local' || name.endsWith('.cluster.local');
}

/** Source: recorded profiles that the service filled in; for other zones, the AKS documentation. */
function defaultsOf(map: MapName, zone: string): JsonObject {
  return {
    queryLogging: 'Error',
    protocol: isClusterZone(zone) ? 'ForceTCP' : 'PreferUDP',
    forwardDestination: isClusterZone(zone) || map === 'kubeDNSOverrides' ? 'ClusterCoreDNS' : 'VnetDNS',
    forwardPolicy: 'Sequential',
    maxConcurrent: 1000,
    cacheDurationInSeconds: 3600,
    serveStaleDurationInSeconds: 3600,
    serveStale: 'Immediate',
  };
}

function defaultMap(map: MapName): JsonObject {
  return { '.': defaultsOf(map, '.'), 'cluster.local': defaultsOf(map, 'cluster.local') };
}

/** Source: recorded 400s for a missing, an empty and an unknown mode; the value itself is not echoed. */
function checkMode(profile: JsonObject): Reply | undefined {
  const mode = profile['mode'];
  if (typeof mode === 'string' && modes.includes(mode)) return undefined;
  const word = mode === undefined || mode === null ? 'Unspecified' : 'Invalid';
  return invalidParameter(
    'localDNSProfile.mode',
    `value ${word} is not allowed. Only Preferred, Required and Disabled are allowed.`,
  );
}

/** Source: recorded 400s, with these quotation marks. */
function checkZones(map: MapName, zones: JsonObject): Reply | undefined {
  const missing = ['.', 'cluster.local'].find((zone) => !isJsonObject(own(zones, zone)));
  if (missing !== undefined)
    return invalidParameter(`localDNSProfile.${map}`, `zone '"${missing}"' is required in ${title[map]}.`);
  const names = Object.keys(zones);
  if (names.length > maxZones)
    return invalidParameter(
      `localDNSProfile.${map}`,
      `at most ${String(maxZones)} zones are allowed in ${title[map]}.`,
    );
  const odd = names.find(
    (zone) =>
      zone !== '.' &&
      (zone.length > 254 ||
        !zone
          .replace(/\.$/, '')
          .split('.')
          .every((part) => label.test(part))),
  );
  return odd === undefined
    ? undefined
    : invalidParameter(`localDNSProfile.${map}`, `zone '"${odd}"' is not a valid zone name.`);
}

function checkHealth(target: string, field: string, value: JsonValue): Reply | undefined {
  if (field === 'failfastAllUnhealthyUpstreams')
    return typeof value === 'boolean' ? undefined : invalidParameter(target, 'true or false is expected.');
  if (!isJsonObject(value)) return invalidParameter(target, 'an object is expected.');
  const odd = Object.entries(value).find(([key, member]) => typeof member !== healthCheck[key]);
  return odd === undefined ? undefined : invalidParameter(`${target}.${odd[0]}`, 'the property is unknown or invalid.');
}

function checkField(
  map: MapName,
  zone: string,
  field: string,
  value: JsonValue,
  upstreamHealth: boolean,
): Reply | undefined {
  const target = `localDNSProfile.${map}["${zone}"].${field}`;
  if (upstreamHealth && healthFields.includes(field)) return checkHealth(target, field, value);
  const allowed = enums[field];
  if (allowed !== undefined) {
    if (typeof value === 'string' && allowed.includes(value)) return undefined;
    return invalidParameter(target, `value Invalid is not allowed. Only ${allowed.join(', ')} are allowed.`);
  }
  if (!numbers.includes(field)) return invalidParameter(target, 'the property is unknown.');
  const least = field === 'maxConcurrent' ? 0 : 1;
  const number = asNumber(value);
  if (number !== undefined && Number.isInteger(number) && number >= least && number < 2 ** 31) return undefined;
  return invalidParameter(target, `a whole number of at least ${String(least)} is expected.`);
}

/** Source: AKS documentation and CHANGELOG (January 2026), as Karpenter's AKSNodeClass states them too. */
function checkCombination(map: MapName, zone: string, settings: JsonObject): Reply | undefined {
  const target = `localDNSProfile.${map}["${zone}"]`;
  const destination = asString(settings['forwardDestination']);
  if (isClusterZone(zone) && destination === 'VnetDNS') {
    return invalidParameter(`${target}.forwardDestination`, 'VnetDNS is not allowed for cluster.local.');
  }
  if (map === 'vnetDNSOverrides' && !isClusterZone(zone) && destination === 'ClusterCoreDNS') {
    return invalidParameter(
      `${target}.forwardDestination`,
      `ClusterCoreDNS is not allowed for zone '"${zone}"' in VnetDNSOverrides.`,
    );
  }
  if (asString(settings['protocol']) === 'ForceTCP' && asString(settings['serveStale']) === 'Verify') {
    return invalidParameter(`${target}.serveStale`, 'Verify is not allowed with protocol ForceTCP.');
  }
  return undefined;
}

function checkSettings(map: MapName, zones: JsonObject, upstreamHealth: boolean): Reply | undefined {
  for (const [zone, value] of Object.entries(zones)) {
    if (!isJsonObject(value)) return invalidParameter(`localDNSProfile.${map}["${zone}"]`, 'an object is expected.');
    for (const [field, setting] of Object.entries(value)) {
      const problem =
        setting === null || setting === undefined ? undefined : checkField(map, zone, field, setting, upstreamHealth);
      if (problem !== undefined) return problem;
    }
    const problem = checkCombination(map, zone, filled(map, zone, value));
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function filled(map: MapName, zone: string, settings: JsonObject): JsonObject {
  const given = Object.entries(settings).filter(([, value]) => value !== null && value !== undefined);
  return { ...defaultsOf(map, zone), ...Object.fromEntries(given) };
}

type Given = Readonly<Record<MapName, JsonObject | undefined>>;

/**
 * Source: recorded 400s: both maps or none if nothing is stored yet. The VNet map comes first with all of its own, so
 * that its missing zone is named before a missing kube map.
 */
function checkMap(map: MapName, given: Given, stored: JsonObject | undefined): Reply | undefined {
  const zones = given[map];
  if (zones !== undefined) return checkZones(map, zones);
  const other = given[map === 'vnetDNSOverrides' ? 'kubeDNSOverrides' : 'vnetDNSOverrides'];
  return other === undefined || isJsonObject(own(stored, map))
    ? undefined
    : invalidParameter(`localDNSProfile.${map}`, `${title[map]} must not be nil.`);
}

function readMaps(profile: JsonObject): Given | { readonly refused: Reply } {
  const given: Record<MapName, JsonObject | undefined> = { vnetDNSOverrides: undefined, kubeDNSOverrides: undefined };
  for (const map of maps) {
    const value = profile[map] ?? undefined;
    if (value !== undefined && !isJsonObject(value)) {
      return {
        refused: providerError(
          400,
          'BadRequest',
          `The request body is invalid: cannot unmarshal localDNSProfile.${map} into an object.`,
        ),
      };
    }
    given[map] = value;
  }
  return given;
}

function fillMap(map: MapName, given: JsonObject | undefined, stored: JsonObject | undefined): JsonValue {
  if (given === undefined) return own(stored, map) ?? defaultMap(map);
  return Object.fromEntries(
    Object.entries(given).map(([zone, value]) => [zone, filled(map, zone, value as JsonObject)]),
  );
}

/**
 * The profile as it would be stored, or the first problem. On an update an omitted map keeps what is stored; a given
 * one replaces it whole. `state` reads Enabled as soon as Required is accepted, before any node is touched. Source:
 * recordings.
 */
export function acceptProfile(
  sent: JsonValue | undefined,
  stored: JsonObject | undefined,
  upstreamHealth = false,
): { readonly profile: JsonObject } | { readonly refused: Reply } {
  if (!isJsonObject(sent))
    return {
      refused: providerError(
        400,
        'BadRequest',
        'The request body is invalid: cannot unmarshal localDNSProfile into an object.',
      ),
    };
  const unknown = Object.keys(sent).find((key) => !profileKeys.has(key));
  const given = readMaps(sent);
  if ('refused' in given) return given;
  const problem =
    checkMode(sent) ??
    checkMap('vnetDNSOverrides', given, stored) ??
    checkMap('kubeDNSOverrides', given, stored) ??
    firstOf((map, zones) => checkSettings(map, zones, upstreamHealth), given) ??
    (unknown === undefined ? undefined : invalidParameter(`localDNSProfile.${unknown}`, 'the property is unknown.'));
  if (problem !== undefined) return { refused: problem };
  return {
    profile: {
      mode: sent['mode'] ?? null,
      state: sent['mode'] === 'Required' ? 'Enabled' : 'Disabled',
      vnetDNSOverrides: fillMap('vnetDNSOverrides', given.vnetDNSOverrides, stored),
      kubeDNSOverrides: fillMap('kubeDNSOverrides', given.kubeDNSOverrides, stored),
    },
  };
}

function firstOf(check: (map: MapName, zones: JsonObject) => Reply | undefined, given: Given): Reply | undefined {
  for (const map of maps) {
    const zones = given[map];
    const problem = zones === undefined ? undefined : check(map, zones);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The profile that the service fills in for a bare mode. */
export function defaultProfile(mode: 'Required' | 'Preferred' | 'Disabled'): JsonObject {
  return {
    mode,
    state: mode === 'Required' ? 'Enabled' : 'Disabled',
    vnetDNSOverrides: defaultMap('vnetDNSOverrides'),
    kubeDNSOverrides: defaultMap('kubeDNSOverrides'),
  };
}
