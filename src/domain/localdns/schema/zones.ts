import type { JsonObject } from '../../../core/json.ts';
import { newerSettings, type OverrideMap } from '../../../model/profile.ts';
import { defaultOverride } from '../defaults.ts';
import type { SettingName } from '../settings.ts';
import { settingNames, settingSpellings } from '../settings.ts';

/** The accepted spellings of a setting. */
function spellingsOf(name: SettingName): readonly string[] {
  return [...settingSpellings].filter(([, setting]) => setting === name).map(([spelling]) => spelling);
}

interface ZoneForm {
  readonly title: string;
  readonly description: string;
  readonly map: OverrideMap;
  /** An example zone of this kind, for its defaults. */
  readonly zone: string;
  /** Set if the service accepts no other destination. */
  readonly destination?: 'ClusterCoreDNS' | 'VnetDNS';
}

const zoneForms = {
  vnetRoot: {
    title: 'All names outside the cluster',
    description: 'The root zone, for all names that no other zone of this map covers.',
    map: 'vnetDNSOverrides',
    zone: '.',
    destination: 'VnetDNS',
  },
  vnetZone: {
    title: 'Custom zone',
    description: 'This name and its subdomains, unless a longer zone matches.',
    map: 'vnetDNSOverrides',
    zone: 'example.com',
    destination: 'VnetDNS',
  },
  kubeRoot: {
    title: 'All names outside the cluster',
    description: 'The root zone, for all names that no other zone of this map covers.',
    map: 'kubeDNSOverrides',
    zone: '.',
  },
  kubeZone: {
    title: 'Custom zone',
    description: 'This name and its subdomains, unless a longer zone matches.',
    map: 'kubeDNSOverrides',
    zone: 'example.com',
  },
  cluster: {
    title: 'Names inside the cluster',
    description: 'Services and pods, which only the CoreDNS of the cluster can resolve.',
    map: 'kubeDNSOverrides',
    zone: 'cluster.local',
    destination: 'ClusterCoreDNS',
  },
  clusterZone: {
    title: 'A zone below cluster.local',
    description: "Zones that end with cluster.local are forwarded to the cluster's CoreDNS.",
    map: 'kubeDNSOverrides',
    zone: 'svc.cluster.local',
    destination: 'ClusterCoreDNS',
  },
} as const satisfies Readonly<Record<string, ZoneForm>>;

export type ZoneKind = keyof typeof zoneForms;

export const zoneSchemas: Readonly<Record<ZoneKind, JsonObject>> = Object.fromEntries(
  Object.entries(zoneForms).map(([kind, form]) => [kind, zoneSchema(form)]),
) as Record<ZoneKind, JsonObject>;

function zoneSchema({ title, description, map, zone, ...limits }: ZoneForm): JsonObject {
  const defaults = defaultOverride(map, zone);
  const properties = settingNames.flatMap((name) =>
    spellingsOf(name).map((spelling) => {
      const schema = {
        $ref: `#/$defs/${name}`,
        default: defaults[name],
        ...(name === 'forwardDestination' && limits.destination !== undefined ? { const: limits.destination } : {}),
        ...(spelling === name ? {} : { deprecated: true, description: `Documented as ${name}.` }),
      };
      return [spelling, schema] as const;
    }),
  );
  return {
    title,
    description,
    type: 'object',
    properties: {
      ...Object.fromEntries(properties),
      ...Object.fromEntries(newerSettings.map((name) => [name, { $ref: `#/$defs/${name}` }])),
    },
    additionalProperties: false,
    allOf: [...twoSpellings(), staleOverTcp(defaults.protocol === 'ForceTCP')],
    examples: [{ ...defaults }],
  };
}

/** If a setting appears in both spellings, one of the values is lost. */
function twoSpellings(): readonly JsonObject[] {
  return settingNames
    .map((name) => spellingsOf(name))
    .filter((spellings) => spellings.length > 1)
    .map((spellings) => ({ not: { required: spellings } }));
}

/** ForceTCP and Verify: both are set, or Verify is set and ForceTCP is the default. */
function staleOverTcp(forcedByDefault: boolean): JsonObject {
  const verified: JsonObject = {
    anyOf: spellingsOf('serveStale').map((spelling) => ({
      properties: { [spelling]: { const: 'Verify' } },
      required: [spelling],
    })),
  };
  const protocol = forcedByDefault
    ? { required: ['protocol'], properties: { protocol: { const: 'PreferUDP' } } }
    : { properties: { protocol: { const: 'PreferUDP' } } };
  return { anyOf: [{ not: verified }, protocol] };
}
