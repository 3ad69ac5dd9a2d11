import type { OverrideMap } from '../../../model/profile.ts';
import { defaultOverride, endsInClusterLocal } from '../defaults.ts';
import type { Place, ProfileDraft, ZoneDraft } from '../draft.ts';
import type { SettingName } from '../settings.ts';
import { quoted } from '../text.ts';
import { nameProblem } from '../zone-names.ts';
import type { Hit, ProfileRule } from './rule.ts';

/** Combinations of settings that the service rejects. A missing setting has its default; an invalid one is skipped. */
export const combinationRules: readonly ProfileRule[] = [
  {
    id: 'L005',
    severity: 'fail',
    trigger: 'vnetDNSOverrides sends the root zone to ClusterCoreDNS',
    reason: "the cluster's CoreDNS forwards to the same listener, so queries would loop, and the service rejects it",
    source: 'AKS documentation, localdns-custom, validation rule 1; Karpenter provider for Azure, AKSNodeClass CRD',
    judge: (draft) =>
      destinations(draft, 'ClusterCoreDNS', (map, zone) => map === 'vnetDNSOverrides' && zone === '.').map(
        ({ place }) => ({
          place,
          what: "The root zone '.' of vnetDNSOverrides cannot be forwarded to ClusterCoreDNS",
          instead: 'VnetDNS',
        }),
      ),
  },
  {
    id: 'L006',
    severity: 'fail',
    trigger: 'vnetDNSOverrides sends a zone outside the cluster to ClusterCoreDNS',
    reason:
      "the cluster's CoreDNS forwards such names to the same listener, and the service has rejected it since January " +
      '2026',
    source: 'AKS release notes, 2026-01-04; Karpenter provider for Azure, AKSNodeClass CRD',
    judge: (draft) =>
      destinations(
        draft,
        'ClusterCoreDNS',
        (map, zone) => map === 'vnetDNSOverrides' && zone !== '.' && !endsInClusterLocal(zone),
      ).map(({ place, zone }) => ({
        place,
        what: `The zone ${quoted(zone.name)} of vnetDNSOverrides cannot be forwarded to ClusterCoreDNS`,
        instead: 'VnetDNS',
      })),
  },
  {
    id: 'L007',
    severity: 'fail',
    trigger: 'A zone that ends with cluster.local is sent to VnetDNS',
    reason: "only the cluster's CoreDNS can resolve these names, and the service rejects it",
    source: 'AKS documentation, localdns-custom, validation rule 2; Karpenter provider for Azure, AKSNodeClass CRD',
    judge: (draft) =>
      destinations(draft, 'VnetDNS', (_map, zone) => endsInClusterLocal(zone)).map(({ place, zone, map }) => ({
        place,
        what: `The zone ${quoted(zone.name)} of ${map} cannot be forwarded to VnetDNS`,
        instead: isOfCluster(zone.name) ? 'ClusterCoreDNS' : removeZone,
      })),
  },
  {
    id: 'L008',
    severity: 'fail',
    trigger: 'serveStale Verify with protocol ForceTCP',
    reason: 'the service rejects this combination',
    source: 'AKS documentation, localdns-custom, validation rule 3; Karpenter provider for Azure, AKSNodeClass CRD',
    judge: forcedAndVerified,
  },
  {
    id: 'L013',
    severity: 'warn',
    trigger:
      'A zone name of vnetDNSOverrides ends with the letters cluster.local, but is neither that zone nor a subdomain',
    reason:
      "the node sends such a zone to the cluster's CoreDNS, which forwards its names to the same listener, so " +
      'queries loop',
    source: 'AgentBaker, localdns Corefile template: hasSuffix "cluster.local"; CoreDNS, forward to /etc/resolv.conf',
    judge: (draft) =>
      zonesOf(draft)
        .filter(({ map, zone }) => map === 'vnetDNSOverrides' && endsInClusterLocal(zone.name))
        .filter(({ zone }) => !isOfCluster(zone.name) && nameProblem(zone.name) === undefined)
        .map(({ zone }) => ({
          place: zone.place,
          what: `The zone ${quoted(zone.name)} of vnetDNSOverrides is not a cluster zone, but its name ends like one`,
          instead: removeZone,
        })),
  },
];

const removeZone = "remove the zone; '.' serves its names";

/** Compares whole labels, not just letters. */
function isOfCluster(zone: string): boolean {
  return zone === 'cluster.local' || zone.endsWith('.cluster.local');
}

interface Zone {
  readonly map: OverrideMap;
  readonly zone: ZoneDraft;
}

function zonesOf(draft: ProfileDraft): readonly Zone[] {
  return draft.maps.flatMap(({ map, zones }) => (zones ?? []).map((zone) => ({ map, zone })));
}

/** The effective value; undefined if the given one is invalid. */
function settingOf({ map, zone }: Zone, name: SettingName): string | number | undefined {
  const given = zone.settings.get(name);
  return given === undefined ? defaultOverride(map, zone.name)[name] : given.value;
}

function destinations(
  draft: ProfileDraft,
  destination: string,
  matches: (map: OverrideMap, zone: string) => boolean,
): readonly (Zone & { place: Place })[] {
  return zonesOf(draft)
    .filter((found) => matches(found.map, found.zone.name) && settingOf(found, 'forwardDestination') === destination)
    .map((found) => ({ ...found, place: found.zone.settings.get('forwardDestination')?.place ?? found.zone.place }));
}

function forcedAndVerified(draft: ProfileDraft): readonly Hit[] {
  return zonesOf(draft)
    .filter((found) => settingOf(found, 'protocol') === 'ForceTCP' && settingOf(found, 'serveStale') === 'Verify')
    .map(({ zone }) => ({
      place: zone.settings.get('serveStale')?.place ?? zone.place,
      what: zone.settings.has('protocol')
        ? 'serveStale Verify cannot be used with protocol ForceTCP'
        : `serveStale Verify cannot be used with protocol ForceTCP, which is the default of ${quoted(zone.name)}`,
      instead: 'Immediate, or protocol PreferUDP',
    }));
}
