import { overrideMaps } from '../../../../model/profile.ts';
import { normalZone } from '../../compare.ts';
import { endsInClusterLocal } from '../../defaults.ts';
import type { Hit } from '../../rules/rule.ts';
import { quoted } from '../../text.ts';
import type { LintRule } from '../rule.ts';
import type { LintView, LintZone } from '../view.ts';
import { isWithin } from '../view.ts';

const clusterZone = 'cluster.local';

/** The names for which root blocks answer NXDOMAIN on the node. Source: AgentBaker, localdns Corefile template. */
const guarded = ['internal.cloudapp.net', 'reddog.microsoft.com'] as const;

/** What the names of zones do that their writers may not expect. */
export const zoneNameRules: readonly LintRule[] = [
  {
    id: 'L020',
    severity: 'warn',
    trigger:
      'A zone of kubeDNSOverrides ends in the letters cluster.local, and it is neither that zone nor below it (in vnetDNSOverrides: L013)',
    reason:
      "the node sends every zone whose name ends in these letters to the cluster's CoreDNS, whatever its forwardDestination",
    source: 'AgentBaker, localdns Corefile template: hasSuffix "cluster.local"',
    judge: ({ zones }) =>
      zones
        .filter(
          ({ map, name }) => map === 'kubeDNSOverrides' && endsInClusterLocal(name) && !isWithin(name, clusterZone),
        )
        .map(({ name, map, place }) => ({
          place,
          what: `The zone ${quoted(name)} of ${map} is no zone of the cluster, but ends like one`,
        })),
  },
  {
    id: 'L021',
    severity: 'warn',
    trigger: 'A zone is written with capitals, or a zone of the cluster with a final dot',
    reason:
      "CoreDNS looks queries up in lower case, so that a zone with capitals never takes one; and the node knows the cluster's zones by the exact letters at the end",
    source:
      'CoreDNS, core/dnsserver/register.go and server.go, measured with 1.14.3 and 1.12.1; AgentBaker, localdns Corefile template: hasSuffix "cluster.local", by case',
    judge: ({ zones }) =>
      zones.flatMap(({ name, map, normal, place }): readonly Hit[] => {
        const instead = zones.some((zone) => zone.map === map && zone.name === normal) ? {} : { instead: normal };
        if (name !== name.toLowerCase())
          return [{ place, what: `The zone ${quoted(name)} of ${map} has capitals: no query reaches it`, ...instead }];
        if (!isWithin(normal, clusterZone) || endsInClusterLocal(name)) return [];
        return [
          {
            place,
            what: `The zone ${quoted(name)} of ${map} is one of the cluster in another spelling`,
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
      "LocalDNS takes only cluster.local for the cluster's own, so this cluster's names fall to the zone '.', and never reach CoreDNS by way of vnetDNSOverrides",
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
    trigger: 'A zone takes internal.cloudapp.net or reddog.microsoft.com away from the root zone',
    reason:
      "only the block of '.' answers the dead ends of the search path on the node, and knows the addresses of AKS's own hosts; these names are now forwarded, each failed lookup of a pod once more",
    source:
      'AgentBaker, localdns Corefile template: template and hosts in root blocks only; CoreDNS: the longest matching zone alone serves a name',
    judge: ({ zones }) => zones.flatMap((zone) => unguarded(zone)),
  },
  {
    id: 'L024',
    severity: 'info',
    trigger: 'A zone lies below another one of the same map',
    reason: 'a zone inherits nothing from the one above it; what it leaves out is the default',
    source: 'CoreDNS, core/dnsserver: the longest matching zone alone serves a name',
    judge: ({ zones }) => overrideMaps.flatMap((map) => children(zones.filter((zone) => zone.map === map))),
  },
  {
    id: 'L025',
    severity: 'info',
    trigger: 'A zone of your own is in one map only',
    reason:
      'pods with dnsPolicy ClusterFirst ask by way of kubeDNSOverrides, pods with Default and the node itself by way of vnetDNSOverrides, so the same name is treated differently',
    source: 'AgentBaker, localdns Corefile template: one listener for each map',
    judge: (view) => onesided(view),
  },
];

function unguarded({ name, normal, map, place }: LintZone): readonly Hit[] {
  if (normal === '.') return [];
  const taken = guarded.filter((names) => isWithin(names, normal) || isWithin(normal, names));
  return taken.map((names) => ({
    place,
    what: isWithin(names, normal)
      ? `The zone ${quoted(name)} of ${map} serves ${names} too`
      : `The zone ${quoted(name)} of ${map} serves a part of ${names}`,
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
      : [{ place, what: `The zone ${quoted(name)} of ${map} lies below ${quoted(parent)}` }];
  });
}

/** Only where the file has both maps: one that it leaves out may have the zone. */
function onesided({ zones, maps }: LintView): readonly Hit[] {
  if (maps.length < overrideMaps.length) return [];
  const present = new Set(zones.map(({ map, normal }) => `${map} ${normal}`));
  return (
    zones
      .filter(({ normal }) => !overrideMaps.every((map) => present.has(`${map} ${normal}`)))
      // That a map lacks one of the two zones that it must have is a fail of its own.
      .filter(({ normal }) => normal !== '.' && normal !== clusterZone)
      .map(({ name, map, place }) => ({ place, what: `The zone ${quoted(name)} is in ${map} only` }))
  );
}
