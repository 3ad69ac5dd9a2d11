import { count } from '../../../core/text.ts';
import { overrideMaps, type OverrideMap } from '../../../model/profile.ts';
import { filedZone, normalZone } from '../profile-changes.ts';
import { requiredZones, writtenOut } from '../defaults.ts';
import type { MapDraft, ProfileDraft, ZoneDraft } from '../draft.ts';
import { quoted } from '../text.ts';
import { nameProblem, reservedCharacter } from '../zone-names.ts';
import type { Hit, ProfileRule } from './rule.ts';

const maxZones = 100;
const healthZone = 'health-check.localdns.local';

export const zoneRules: readonly ProfileRule[] = [
  {
    id: 'R011',
    severity: 'fail',
    trigger: 'A new node pool has only one of the two maps',
    reason:
      'a new pool has no stored map, and the service answers "must not be nil"; set both maps, or neither to use the ' +
      'defaults',
    source: 'Azure CLI live tests: "VnetDNSOverrides must not be nil."',
    judge: loneMap,
  },
  {
    id: 'L004',
    severity: 'fail',
    trigger: "A map does not have the zone '.' or 'cluster.local'",
    reason: 'a map in the request replaces the stored one completely, and the service rejects it without both zones',
    source:
      'Azure CLI live tests: "zone \'"."\' is required in VnetDNSOverrides."; Karpenter provider for Azure, ' +
      'AKSNodeClass CRD',
    judge: (draft) => draft.maps.flatMap(missingZones),
  },
  {
    id: 'L010',
    severity: 'fail',
    trigger: "Two zones are the same to CoreDNS, a zone is reserved by LocalDNS, or a name has ':', '/' or white space",
    reason: 'CoreDNS would not start or would misread the zone, and the nodes of the pool would have no DNS',
    source: 'CoreDNS, core/dnsserver ("cannot serve … it is already defined") and plugin/normalize.go',
    judge: (draft) =>
      draft.maps.flatMap(({ zones = [] }) => [
        ...zones.flatMap((zone) => unusableZone(zone, zones)),
        ...collisions(zones),
      ]),
  },
  {
    id: 'L011',
    severity: 'fail',
    trigger: 'A zone name is not a valid DNS name (warn for an underscore), or a map has more than 100 zones',
    reason:
      'a zone name is . or DNS labels joined by dots, with at most 254 characters, and a map can have at most 100 zones',
    source: 'Karpenter provider for Azure, AKSNodeClass CRD; AKS Flex Node',
    judge: (draft) =>
      draft.maps.flatMap((map) => [
        ...tooMany(map),
        ...(map.zones ?? []).flatMap((zone) => badName(zone, map.zones ?? [])),
      ]),
  },
];

function loneMap(draft: ProfileDraft): readonly Hit[] {
  if (draft.purpose !== 'add') return [];
  const missing = overrideMaps.filter((map) => draft.maps.every((given) => given.map !== map));
  if (missing.length !== 1) return [];
  return missing.map((map) => ({
    place: draft.place,
    what: `${map} is missing`,
    instead: `"${map}": {${requiredZones.map((zone) => zoneText(map, zone)).join(', ')}}`,
  }));
}

/** A zone with all of its default settings. */
function zoneText(map: OverrideMap, zone: string): string {
  return `"${zone}": {${writtenOut(map, zone)}}`;
}

/** A name to write instead, unless the map already has it. */
function freeName(name: string | undefined, zones: readonly ZoneDraft[]): { readonly instead?: string } {
  const taken = name !== undefined && zones.some((zone) => filedZone(zone.name) === filedZone(name));
  return name === undefined || taken ? {} : { instead: name };
}

function missingZones({ map, place, zones }: MapDraft): readonly Hit[] {
  if (zones === undefined) return [];
  return requiredZones
    .filter((required) => zones.every((zone) => zone.name !== required))
    .map((required) => {
      const variant = zones.find((zone) => normalZone(zone.name) === required);
      return variant === undefined
        ? {
            place,
            what: `The zone ${quoted(required)} is missing from ${map}`,
            instead: zoneText(map, required),
          }
        : {
            place: variant.place,
            what: `The zone ${quoted(required)} of ${map} is written ${quoted(variant.name)}`,
            instead: required,
          };
    });
}

function unusableZone({ name, place }: ZoneDraft, zones: readonly ZoneDraft[]): readonly Hit[] {
  const reserved = reservedCharacter(name);
  if (reserved !== undefined) {
    return [
      {
        place,
        what: `The zone ${quoted(name)} ${reserved.what}`,
        ...freeName(reserved.instead, zones),
      },
    ];
  }
  if (filedZone(name) === healthZone)
    return [{ place, what: `The zone ${quoted(name)} is reserved for the health check of LocalDNS` }];
  return [];
}

function collisions(zones: readonly ZoneDraft[]): readonly Hit[] {
  const first = new Map<string, string>();
  const named = zones.filter(({ name }) => nameProblem(name) === undefined);
  return named.flatMap(({ name, place }): readonly Hit[] => {
    const normal = filedZone(name);
    const other = first.get(normal);
    if (other === undefined) first.set(normal, name);
    // The same spelling twice is a duplicate key, which the reader reports.
    if (other === undefined || other === name) return [];
    return [
      {
        place,
        what: `The zones ${quoted(other)} and ${quoted(name)} are the same zone`,
        instead: `keep one of them, ${quoted(normal)}`,
      },
    ];
  });
}

function tooMany({ map, place, zones }: MapDraft): readonly Hit[] {
  const amount = new Set((zones ?? []).map((zone) => zone.name)).size;
  return amount > maxZones ? [{ place, what: `${map} has ${count(amount, 'zone')}` }] : [];
}

function badName({ name, place }: ZoneDraft, zones: readonly ZoneDraft[]): readonly Hit[] {
  if (reservedCharacter(name) !== undefined) return [];
  const problem = nameProblem(name);
  if (problem !== undefined) {
    return [
      {
        place,
        what: name === '' ? 'A zone has an empty name' : `The zone ${quoted(name)} ${problem.what}`,
        ...freeName(problem.instead, zones),
      },
    ];
  }
  if (!name.includes('_')) return [];
  return [
    {
      place,
      severity: 'warn',
      what: `The zone ${quoted(name)} has an underscore`,
      why: 'host names cannot have one, and not every part of AKS accepts it',
    },
  ];
}
