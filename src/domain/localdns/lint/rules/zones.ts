import { overrideMaps } from '../../../../model/profile.ts';
import { normalZone } from '../../profile-changes.ts';
import { endsInClusterLocal } from '../../defaults.ts';
import type { Hit } from '../../rules/rule.ts';
import { quoted } from '../../text.ts';
import type { LintRule } from '../rule.ts';
import type { LintView, LintZone } from '../view.ts';
import { isWithin } from '../view.ts';

const clusterZone = 'cluster.local';

/** The names for which root blocks answer NXDOMAIN on the node. Source: AgentBaker, localdns Corefile template. */
const guarded = ['internal.cloudapp.net', 'reddog.microsoft.com'] as const;

/** Rules for zone names with unexpected effects. */
export const zoneNameRules: readonly LintRule[] = [
  {
    id: 'L020',
    severity: 'warn',
    trigger:
      'A zone name of kubeDNSOverrides ends with the letters cluster.local, but is neither that zone nor a subdomain ' +
      '(for vnetDNSOverrides, see L013)',
    reason:
      "the node sends every zone whose name ends with these letters to the cluster's CoreDNS, regardless of its " +
      'forwardDestination',
    source: 'AgentBaker, localdns Corefile template: hasSuffix "cluster.local"',
    judge: ({ zones }) =>
      zones
        .filter(
          ({ map, name }) => map === 'kubeDNSOverrides' && endsInClusterLocal(name) && !isWithin(name, clusterZone),
        )
        .map(({ name, map, place }) => ({
          place,
          what: `The zone ${quoted(name)} of ${map} is not a cluster zone, but its name ends like one`,
        })),
  },
  {
    id: 'L021',
    severity: 'warn',
    trigger: 'A zone name has capital letters, or a cluster zone has a trailing dot',
    reason:
      'CoreDNS matches queries in lower case, so a zone with capital letters never matches; and the node recognizes ' +
      'cluster zones by the exact letters at the end',
    source:
      'CoreDNS, core/dnsserver/register.go and server.go, measured with 1.14.3 and 1.12.1; AgentBaker, localdns ' +
      'Corefile template: hasSuffix "cluster.local", case-sensitive',
    judge: ({ zones }) =>
      zones.flatMap(({ name, map, normal, place }): readonly Hit[] => {
        const instead = zones.some((zone) => zone.map === map && zone.name === normal) ? {} : { instead: normal };
        if (name !== name.toLowerCase())
          return [
            {
              place,
              what: `The zone ${quoted(name)} of ${map} has capital letters, so no query matches it`,
              ...instead,
            },
          ];
        if (!isWithin(normal, clusterZone) || endsInClusterLocal(name)) return [];
        return [
          {
            place,
            what: `The zone ${quoted(name)} of ${map} is a cluster zone in another spelling`,
            ...instead,
          },
        ];
      }),
  },
  {
    id: 'L022',
    severity: 'warn',
    trigger: "The cluster's domain is not cluster.local",
    reason:
      "LocalDNS treats only cluster.local as the cluster's domain, so the names of this cluster fall under the zone " +
      "'.' and never reach CoreDNS through vnetDNSOverrides",
    source: 'AgentBaker, localdns Corefile template',
    needs: ['clusterDomain'],
    judge: ({ place }, { clusterDomain }) =>
      clusterDomain === undefined || normalZone(clusterDomain) === clusterZone
        ? []
        : [{ place, what: `The cluster's domain is ${quoted(clusterDomain)}` }],
  },
  {
    id: 'L023',
    severity: 'warn',
    trigger: 'A zone replaces the root zone for internal.cloudapp.net or reddog.microsoft.com',
    reason:
      "only the block of '.' answers the dead ends of the search path on the node and has the addresses of the AKS " +
      'hosts; with this zone these names are forwarded, which adds a query for each failed lookup of a pod',
    source:
      'AgentBaker, localdns Corefile template: template and hosts in root blocks only; CoreDNS: only the longest ' +
      'matching zone serves a name',
    judge: ({ zones }) => zones.flatMap((zone) => replacedGuards(zone)),
  },
  {
    id: 'L024',
    severity: 'info',
    trigger: 'A zone is a subdomain of another zone in the same map',
    reason: 'a zone inherits nothing from its parent zone; settings that are not set have their defaults',
    source: 'CoreDNS, core/dnsserver: only the longest matching zone serves a name',
    judge: ({ zones }) => overrideMaps.flatMap((map) => children(zones.filter((zone) => zone.map === map))),
  },
  {
    id: 'L025',
    severity: 'info',
    trigger: 'A custom zone is in only one map',
    reason:
      'pods with dnsPolicy ClusterFirst use kubeDNSOverrides, but pods with Default and the node itself use ' +
      'vnetDNSOverrides, so the same name is treated differently',
    source: 'AgentBaker, localdns Corefile template: one listener per map',
    judge: (view) => zonesInOneMap(view),
  },
];

function replacedGuards({ name, normal, map, place }: LintZone): readonly Hit[] {
  if (normal === '.') return [];
  const taken = guarded.filter((names) => isWithin(names, normal) || isWithin(normal, names));
  return taken.map((names) => ({
    place,
    what: isWithin(names, normal)
      ? `The zone ${quoted(name)} of ${map} also serves ${names}`
      : `The zone ${quoted(name)} of ${map} serves part of ${names}`,
  }));
}

function children(zones: readonly LintZone[]): readonly Hit[] {
  const names = new Map(zones.filter(({ normal }) => normal !== '.').map((zone) => [zone.normal, zone.name]));
  return zones.flatMap(({ name, normal, map, place }): readonly Hit[] => {
    const labels = normal.split('.');
    const above = labels.map((_, index) => labels.slice(index + 1).join('.')).find((candidate) => names.has(candidate));
    const parent = above === undefined ? undefined : names.get(above);
    return parent === undefined
      ? []
      : [{ place, what: `The zone ${quoted(name)} of ${map} is a subdomain of ${quoted(parent)}` }];
  });
}

/** Only if the file has both maps, because a stored map that is not in the file may have the zone. */
function zonesInOneMap({ zones, maps }: LintView): readonly Hit[] {
  if (maps.length < overrideMaps.length) return [];
  const present = new Set(zones.map(({ map, normal }) => `${map} ${normal}`));
  return (
    zones
      .filter(({ normal }) => !overrideMaps.every((map) => present.has(`${map} ${normal}`)))
      // A missing required zone is reported by another rule.
      .filter(({ normal }) => normal !== '.' && normal !== clusterZone)
      .map(({ name, map, place }) => ({ place, what: `The zone ${quoted(name)} is only in ${map}` }))
  );
}
