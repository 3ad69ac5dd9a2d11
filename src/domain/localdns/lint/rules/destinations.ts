import { list } from '../../../../core/text.ts';
import { normalZone } from '../../profile-changes.ts';
import { endsInClusterLocal } from '../../defaults.ts';
import type { Hit } from '../../rules/rule.ts';
import { quoted } from '../../text.ts';
import type { LintRule } from '../rule.ts';
import type { LintView, LintZone } from '../view.ts';
import { isWithin, namesOf, toCoreDns } from '../view.ts';

const preferUdpSince = '2026-08';

/** Rules for forwarding, in particular for zones of ClusterFirst pods that bypass the cluster's CoreDNS. */
export const destinationRules: readonly LintRule[] = [
  {
    id: 'L026',
    severity: 'warn',
    trigger: 'kubeDNSOverrides sends the root zone to VnetDNS',
    reason: "this bypasses the cluster's CoreDNS, so its coredns-custom rules no longer apply to ClusterFirst pods",
    source: 'CoreDNS, plugin/forward; AKS documentation, coredns-custom',
    judge: (view) =>
      bypassingCoreDns(view)
        .filter(({ name }) => name === '.')
        .map((zone) => rootBypassingCoreDns(view, zone)),
  },
  {
    id: 'L027',
    severity: 'warn',
    trigger: 'kubeDNSOverrides sends names to VnetDNS that have a rule in coredns-custom',
    reason: "this bypasses the cluster's CoreDNS, so the rule is silently ignored",
    source: 'CoreDNS, core/dnsserver: only the longest matching zone serves a name; AKS documentation, coredns-custom',
    needs: ['coreDnsCustomDomains'],
    judge: (view, { coreDnsCustomDomains = [] }) => ignoredCustomRules(view, coreDnsCustomDomains),
  },
  {
    id: 'L028',
    severity: 'warn',
    trigger:
      'kubeDNSOverrides sends a reverse zone to VnetDNS (info if it has no default addresses of AKS services or pods)',
    reason:
      "only the cluster's CoreDNS can resolve the addresses of services and pods to names, so reverse lookups of " +
      'those in the zone fail',
    source: 'CoreDNS, plugin/kubernetes; AKS documentation, service and pod address ranges by default',
    judge: (view) => reverseBypassingCoreDns(view),
  },
  {
    id: 'L061',
    severity: 'warn',
    trigger: 'ForceTCP with VnetDNS',
    reason:
      'network security groups, firewalls and appliances must allow TCP port 53, and a DNS server that limits its ' +
      'TCP clients may reject nodes',
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
          what: `The zone ${quoted(zone.name)} of ${zone.map} queries the VNet's DNS servers over TCP only`,
          // Older images ignore it, and L062 would warn.
          ...(nodeImageDate !== undefined && nodeImageDate < preferUdpSince ? {} : { instead: 'PreferUDP' }),
        })),
  },
  {
    id: 'L062',
    severity: 'warn',
    trigger: 'PreferUDP on nodes whose image is older than August 2026',
    reason:
      'LocalDNS on these images does not set prefer_udp: it uses the protocol of the client, and refreshes stale ' +
      'answers over TCP, which the network must allow',
    source: 'AgentBaker, pull request 9164 of 2026-08-12; CoreDNS, plugin/cache: a refresh comes from a TCP client',
    needs: ['nodeImageDate'],
    judge: ({ zones }, { nodeImageDate }) => {
      const affected = zones.filter(({ settings }) => settings.protocol === 'PreferUDP');
      const [first] = affected;
      if (first === undefined || nodeImageDate === undefined || nodeImageDate >= preferUdpSince) return [];
      return [
        {
          place: first.at('protocol'),
          what: `PreferUDP has no effect on a node image from ${nodeImageDate}, for ${namesOf(affected)}`,
        },
      ];
    },
  },
  {
    id: 'L063',
    severity: 'info',
    trigger: 'RoundRobin or Random with a single upstream',
    reason: 'there is only one server to choose from',
    source: 'CoreDNS, plugin/forward; AgentBaker, localdns Corefile template: CoreDNS has a single address',
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
      'the first server gets all queries; the next one is queried only if the first cannot be reached, not if it ' +
      'answers with an error',
    source: 'CoreDNS, plugin/forward, policy sequential',
    needs: ['vnetDnsServers'],
    judge: ({ zones }, { vnetDnsServers = [] }) => {
      const affected = zones.filter(
        (zone) =>
          zone.settings.forwardPolicy === 'Sequential' &&
          zone.settings.forwardDestination === 'VnetDNS' &&
          !toCoreDns(zone),
      );
      const [first] = affected;
      if (first === undefined || vnetDnsServers.length < 2) return [];
      return [
        {
          place: first.at('forwardPolicy'),
          what: `Only the first of ${String(vnetDnsServers.length)} DNS servers is used for ${namesOf(affected)}`,
        },
      ];
    },
  },
];

/** The zones that ClusterFirst pods resolve with the VNet's DNS servers. */
function bypassingCoreDns({ zones }: LintView): readonly LintZone[] {
  return zones.filter(
    (zone) =>
      zone.map === 'kubeDNSOverrides' &&
      zone.settings.forwardDestination === 'VnetDNS' &&
      !endsInClusterLocal(zone.name),
  );
}

function rootBypassingCoreDns({ zones }: LintView, root: LintZone): Hit {
  const place = root.at('forwardDestination');
  const what = "The zone '.' of kubeDNSOverrides is forwarded to VnetDNS";
  const reverse = zones.some(
    (zone) => zone.map === root.map && isWithin(zone.normal, 'in-addr.arpa') && toCoreDns(zone),
  );
  if (reverse) return { place, what };
  const why =
    "this bypasses the cluster's CoreDNS, and only that applies the coredns-custom rules and resolves cluster " +
    'addresses to names (reverse lookups); to keep reverse lookups, add the zones in-addr.arpa and ip6.arpa with ' +
    'ClusterCoreDNS';
  return { place, what, why, instead: 'ClusterCoreDNS' };
}

/** The reverse zones of 10.0.0.0/16, 10.244.0.0/16 and fd00::/8, the default ranges of AKS services and pods. */
const clusterAddresses = ['0.10.in-addr.arpa', '244.10.in-addr.arpa', 'd.f.ip6.arpa'] as const;

function reverseBypassingCoreDns(view: LintView): readonly Hit[] {
  const kube = view.zones.filter(({ map }) => map === 'kubeDNSOverrides');
  const reverse = bypassingCoreDns(view).filter(
    ({ normal }) => normal === 'arpa' || isWithin(normal, 'in-addr.arpa') || isWithin(normal, 'ip6.arpa'),
  );
  return reverse.map((zone) => {
    const hasClusterAddresses = clusterAddresses.some(
      (range) => isWithin(zone.normal, range) || longestMatch(kube, range) === zone,
    );
    return {
      place: zone.at('forwardDestination'),
      what: `The reverse zone ${quoted(zone.name)} of kubeDNSOverrides is forwarded to VnetDNS`,
      ...(hasClusterAddresses ? { instead: 'ClusterCoreDNS' } : { severity: 'info' as const }),
    };
  });
}

function ignoredCustomRules(view: LintView, domains: readonly string[]): readonly Hit[] {
  const kube = view.zones.filter(({ map }) => map === 'kubeDNSOverrides');
  const bypassing = new Set(bypassingCoreDns(view));
  const ignored = new Map<LintZone, string[]>();
  for (const domain of domains) {
    const normal = normalZone(domain);
    for (const zone of [
      longestMatch(kube, normal),
      ...kube.filter((zone) => zone.normal !== normal && isWithin(zone.normal, normal)),
    ]) {
      if (zone !== undefined && bypassing.has(zone)) ignored.set(zone, [...(ignored.get(zone) ?? []), domain]);
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
