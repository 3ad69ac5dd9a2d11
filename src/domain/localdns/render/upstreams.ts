import { UsageError } from '../../../core/errors.ts';
import type { OverrideMap } from '../../../model/profile.ts';
import { endsInClusterLocal, type FullOverride } from '../defaults.ts';
import { azureDnsAddress, checkedAddress, listeners } from './addresses.ts';

export type Destination = FullOverride['forwardDestination'];

/**
 * Where a block forwards to, which is not always what its setting says: the VNet's root zone never goes to the cluster,
 * and a key that ends in `cluster.local` as a string always does. Source: AgentBaker, pkg/agent/baker.go, localdns
 * Corefile template.
 */
export function destinationOf(map: OverrideMap, zone: string, override: FullOverride): Destination {
  if (map === 'vnetDNSOverrides' && zone === '.') return 'VnetDNS';
  return endsInClusterLocal(zone) || override.forwardDestination === 'ClusterCoreDNS' ? 'ClusterCoreDNS' : 'VnetDNS';
}

/** Source: CoreDNS, plugin/forward/setup.go, `max`. */
const mostUpstreams = 15;

/**
 * As `sed` has it on the node, where the dots stand for any character. Source: AgentBaker, localdns.sh,
 * replace_azurednsip_in_corefile.
 */
const azureDnsPattern = /168.63.129.16/g;

/** @throws UsageError for what is no address, and for more servers than CoreDNS takes. */
export function checkedServers(servers: readonly string[]): readonly string[] {
  if (servers.length > mostUpstreams) {
    throw new UsageError(
      `${String(servers.length)} VNet DNS servers are given, and CoreDNS forwards to ${String(mostUpstreams)} at most: it would refuse the Corefile.`,
    );
  }
  return servers.map((server) => checkedAddress(server, 'VNet DNS server'));
}

/**
 * Puts the VNet's servers in the place of Azure's, wherever it stands. No servers, Azure's own alone or the node's own
 * listener alone change nothing. Source: AgentBaker, localdns.sh, replace_azurednsip_in_corefile.
 * @throws UsageError as `checkedServers`
 */
export function withVnetServers(text: string, servers: readonly string[]): string {
  const joined = checkedServers(servers).join(' ');
  if (joined === '' || joined === azureDnsAddress || joined === listeners.vnetDNSOverrides.address) return text;
  return text.replace(azureDnsPattern, () => joined);
}

/** The Corefile that CoreDNS loads on a node whose VNet has these DNS servers (none: Azure's). */
export function effectiveCorefile(corefile: string, vnetDnsServers: readonly string[]): string {
  return withVnetServers(corefile, vnetDnsServers);
}
