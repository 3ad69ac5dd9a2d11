import { isIP } from 'node:net';
import { UsageError } from '../../../core/errors.ts';
import { oneLine } from '../../../core/text.ts';
import type { OverrideMap } from '../../../model/profile.ts';

export interface Listener {
  readonly address: string;
  /** What the server answers to a query for its name (EDNS NSID). */
  readonly nsid: string;
}

/**
 * Where the node listens for each map, and by which name it answers there. Source: AgentBaker,
 * pkg/agent/datamodel/types.go and the Corefile template.
 */
export const listeners: Readonly<Record<OverrideMap, Listener>> = {
  vnetDNSOverrides: { address: '169.254.10.10', nsid: 'localdns' },
  kubeDNSOverrides: { address: '169.254.10.11', nsid: 'localdns-pod' },
};

/** Azure's own DNS server, which `VnetDNS` is until the node puts the VNet's servers in its place. */
export const azureDnsAddress = '168.63.129.16';

/** What AgentBaker takes where it does not know the cluster's DNS service. */
export const defaultCoreDnsServiceIp = '10.0.0.10';

/** A block of its own on both listeners, by which the node watches its DNS. */
export const healthCheckZone = 'health-check.localdns.local';

/**
 * The address as it was given; `isIP` also takes scopes such as `%eth0`, which mean nothing on another machine.
 * @throws UsageError
 */
export function checkedAddress(address: string, what: string): string {
  if (isIP(address) === 0 || address.includes('%'))
    throw new UsageError(`'${oneLine(address)}' is not an IP address (${what}).`);
  return address;
}
