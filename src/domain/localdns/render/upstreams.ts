import { UsageError } from '../../../core/errors.ts';
import type { OverrideMap } from '../../../model/profile.ts';
import { endsInClusterLocal, type FullOverride } from '../defaults.ts';
import { azureDnsAddress, checkedAddress, listeners } from './addresses.ts';

export type Destination = FullOverride['forwardDestination'];

/**
 * The destination of a block, which may differ from its setting: the root zone of the VNet map never uses the cluster's
 * CoreDNS, and a key that ends with `cluster.local` as a string always does. Source: AgentBaker, pkg/agent/baker.go,
 * localdns Corefile template.
 */
export function destinationOf(map: OverrideMap, zone: string, override: FullOverride): Destination {
  if (map === 'vnetDNSOverrides' && zone === '.') return 'VnetDNS';
  return endsInClusterLocal(zone) || override.forwardDestination === 'ClusterCoreDNS' ? 'ClusterCoreDNS' : 'VnetDNS';
}

/** Source: CoreDNS, plugin/forward/setup.go, `max`. */
const maxUpstreams = 15;

/**
 * The pattern that `sed` uses on the node; the dots match any character. Source: AgentBaker, localdns.sh,
 * replace_azurednsip_in_corefile.
 */
const azureDnsPattern = /168.63.129.16/g;

/** @throws UsageError for an invalid address or for more servers than CoreDNS accepts. */
export function checkedServers(servers: readonly string[]): readonly string[] {
  if (servers.length > maxUpstreams) {
    throw new UsageError(
      `${String(servers.length)} VNet DNS servers are given, but CoreDNS accepts at most ${String(maxUpstreams)} and ` +
        'would reject the Corefile.',
    );
  }
  return servers.map((server) => checkedAddress(server, 'VNet DNS server'));
}

/**
 * Replaces every occurrence of Azure DNS with the VNet's servers. Changes nothing without servers, or if the only
 * server is Azure DNS or the node's own listener. Source: AgentBaker, localdns.sh, replace_azurednsip_in_corefile.
 * @throws UsageError as `checkedServers`
 */
export function withVnetServers(text: string, servers: readonly string[]): string {
  const joined = checkedServers(servers).join(' ');
  if (joined === '' || joined === azureDnsAddress || joined === listeners.vnetDNSOverrides.address) return text;
  return text.replace(azureDnsPattern, () => joined);
}

/** The Corefile that CoreDNS loads on a node whose VNet has these DNS servers; an empty list means Azure DNS. */
export function effectiveCorefile(corefile: string, vnetDnsServers: readonly string[]): string {
  return withVnetServers(corefile, vnetDnsServers);
}
