import { list } from '../../../../core/text.ts';
import { normalZone } from '../../compare.ts';
import { endsInClusterLocal } from '../../defaults.ts';
import type { Hit } from '../../rules/rule.ts';
import { quoted } from '../../text.ts';
import type { LintRule } from '../rule.ts';
import type { LintView, LintZone } from '../view.ts';
import { isWithin, namesOf, toCoreDns } from '../view.ts';

const preferUdpSince = '2026-08';

/** Zones of pods with ClusterFirst that go past the cluster's CoreDNS. */
export const destinationRules: readonly LintRule[] = [
  {
    id: 'L026',
    severity: 'warn',
    trigger: 'kubeDNSOverrides sends the root zone to VnetDNS',
    reason: "it goes past the cluster's CoreDNS, whose coredns-custom rules no longer apply to ClusterFirst pods",
    source: 'CoreDNS, plugin/forward; AKS documentation, coredns-custom',
    judge: (view) =>
      pastCoreDns(view)
        .filter(({ name }) => name === '.')
        .map((zone) => rootPastCoreDns(view, zone)),
  },
  {
    id: 'L027',
    severity: 'warn',
    trigger: 'kubeDNSOverrides sends names to VnetDNS for which coredns-custom has a rule',
    reason: "they go past the cluster's CoreDNS, so that its rule is ignored without a word",
    source: 'CoreDNS, core/dnsserver: the longest matching zone alone serves a name; AKS documentation, coredns-custom',
    needs: ['coreDnsCustomDomains'],
    judge: (view, { coreDnsCustomDomains = [] }) => ignoredCustomRules(view, coreDnsCustomDomains),
  },
  {
    id: 'L028',
    severity: 'warn',
    trigger:
      'kubeDNSOverrides sends a reverse zone to VnetDNS (as information where it has none of the addresses that AKS gives by default)',
    reason:
      "only the cluster's CoreDNS knows the names of services and pods by their addresses, so that reverse lookups of those in the zone fail",
    source: 'CoreDNS, plugin/kubernetes; AKS documentation, service and pod address ranges by default',
    judge: (view) => reversePastCoreDns(view),
  },
  {
    id: 'L061',
    severity: 'warn',
    trigger: 'ForceTCP towards VnetDNS',
    reason:
      'network security groups, firewalls and appliances must let TCP 53 through, and a DNS server that caps its TCP clients refuses some nodes',
    source: 'AKS documentation, localdns-custom, best practices',
    judge: ({ zones }, { nodeImageDate }) =>
      zones
        .filter(
          (zone) =>
            zone.settings.protocol === 'ForceTCP' &&
            zone.settings.forwardDestination === 'VnetDNS' &&
            !endsInClusterLocal(zone.name),
        )
        .map((zone) => ({
          place: zone.at('protocol'),
          what: `The zone ${quoted(zone.name)} of ${zone.map} asks the VNet's DNS servers over TCP only`,
          // Older images do not write it, and L062 would say so.
          ...(nodeImageDate !== undefined && nodeImageDate < preferUdpSince ? {} : { instead: 'PreferUDP' }),
        })),
  },
  {
    id: 'L062',
    severity: 'warn',
    trigger: 'PreferUDP on nodes whose image is older than August 2026',
    reason:
      'their LocalDNS writes no prefer_udp: it asks by the protocol of the client, and refreshes stale answers over TCP, which the network must let through',
    source: 'AgentBaker, pull request 9164 of 2026-08-12; CoreDNS, plugin/cache: a refresh comes from a TCP client',
    needs: ['nodeImageDate'],
    judge: ({ zones }, { nodeImageDate }) => {
      const concerned = zones.filter(({ settings }) => settings.protocol === 'PreferUDP');
      const [first] = concerned;
      if (first === undefined || nodeImageDate === undefined || nodeImageDate >= preferUdpSince) return [];
      return [
        {
          place: first.at('protocol'),
          what: `PreferUDP has no effect on an image of ${nodeImageDate}, for ${namesOf(concerned)}`,
        },
      ];
    },
  },
  {
    id: 'L063',
    severity: 'info',
    trigger: 'RoundRobin or Random with a single upstream',
    reason: 'there is only one server to choose from',
    source: 'CoreDNS, plugin/forward; AgentBaker, localdns Corefile template: CoreDNS is one address',
    judge: ({ zones }, { vnetDnsServers }) =>
      zones
        .filter((zone) => toCoreDns(zone) || (vnetDnsServers !== undefined && vnetDnsServers.length < 2))
        .filter(({ settings }) => settings.forwardPolicy === 'RoundRobin' || settings.forwardPolicy === 'Random')
        .map((zone) => ({
          place: zone.at('forwardPolicy'),
          what: `forwardPolicy ${zone.settings.forwardPolicy ?? ''} has no effect on ${quoted(zone.name)} of ${zone.map}`,
        })),
  },
  {
    id: 'L064',
    severity: 'info',
    trigger: 'Sequential with several DNS servers of the VNet',
    reason:
      'the first server gets all queries; the next is asked only where the first cannot be reached, not where it answers with an error',
    source: 'CoreDNS, plugin/forward, policy sequential',
    needs: ['vnetDnsServers'],
    judge: ({ zones }, { vnetDnsServers = [] }) => {
      const concerned = zones.filter(
        (zone) =>
          zone.settings.forwardPolicy === 'Sequential' &&
          zone.settings.forwardDestination === 'VnetDNS' &&
          !toCoreDns(zone),
      );
      const [first] = concerned;
      if (first === undefined || vnetDnsServers.length < 2) return [];
      return [
        {
          place: first.at('forwardPolicy'),
          what: `Of ${String(vnetDnsServers.length)} DNS servers only the first is used for ${namesOf(concerned)}`,
        },
      ];
    },
  },
];

/** What ClusterFirst pods ask of the VNet's DNS servers. */
function pastCoreDns({ zones }: LintView): readonly LintZone[] {
  return zones.filter(
    (zone) =>
      zone.map === 'kubeDNSOverrides' &&
      zone.settings.forwardDestination === 'VnetDNS' &&
      !endsInClusterLocal(zone.name),
  );
}

function rootPastCoreDns({ zones }: LintView, root: LintZone): Hit {
  const place = root.at('forwardDestination');
  const what = "The zone '.' of kubeDNSOverrides is forwarded to VnetDNS";
  const reverse = zones.some(
    (zone) => zone.map === root.map && isWithin(zone.normal, 'in-addr.arpa') && toCoreDns(zone),
  );
  if (reverse) return { place, what };
  const why =
    "it goes past the cluster's CoreDNS, which alone knows the coredns-custom rules and the names of cluster addresses (reverse lookups); zones in-addr.arpa and ip6.arpa with ClusterCoreDNS keep the latter";
  return { place, what, why, instead: 'ClusterCoreDNS' };
}

/** The reverse zones of 10.0.0.0/16, 10.244.0.0/16 and fd00::/8, in which AKS puts services and pods by default. */
const clusterAddresses = ['0.10.in-addr.arpa', '244.10.in-addr.arpa', 'd.f.ip6.arpa'] as const;

function reversePastCoreDns(view: LintView): readonly Hit[] {
  const kube = view.zones.filter(({ map }) => map === 'kubeDNSOverrides');
  const reverse = pastCoreDns(view).filter(
    ({ normal }) => normal === 'arpa' || isWithin(normal, 'in-addr.arpa') || isWithin(normal, 'ip6.arpa'),
  );
  return reverse.map((zone) => {
    const taken = clusterAddresses.some((range) => isWithin(zone.normal, range) || longestMatch(kube, range) === zone);
    return {
      place: zone.at('forwardDestination'),
      what: `The reverse zone ${quoted(zone.name)} of kubeDNSOverrides is forwarded to VnetDNS`,
      ...(taken ? { instead: 'ClusterCoreDNS' } : { severity: 'info' as const }),
    };
  });
}

function ignoredCustomRules(view: LintView, domains: readonly string[]): readonly Hit[] {
  const kube = view.zones.filter(({ map }) => map === 'kubeDNSOverrides');
  const past = new Set(pastCoreDns(view));
  const ignored = new Map<LintZone, string[]>();
  for (const domain of domains) {
    const normal = normalZone(domain);
    for (const zone of [
      longestMatch(kube, normal),
      ...kube.filter((zone) => zone.normal !== normal && isWithin(zone.normal, normal)),
    ]) {
      if (zone !== undefined && past.has(zone)) ignored.set(zone, [...(ignored.get(zone) ?? []), domain]);
    }
  }
  return [...ignored].map(([zone, names]) => ({
    place: zone.at('forwardDestination'),
    what: `The zone ${quoted(zone.name)} of kubeDNSOverrides is forwarded to VnetDNS, and coredns-custom has a rule for ${list(names.map((name) => quoted(name)))}`,
    instead: 'ClusterCoreDNS',
  }));
}

function longestMatch(zones: readonly LintZone[], name: string): LintZone | undefined {
  const depth = ({ normal }: LintZone): number => (normal === '.' ? 0 : normal.length);
  return zones.filter(({ normal }) => isWithin(name, normal)).sort((left, right) => depth(right) - depth(left))[0];
}
