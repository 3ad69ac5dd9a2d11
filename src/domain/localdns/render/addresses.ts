import { isIP } from 'node:net';
import { UsageError } from '../../../core/errors.ts';
import { oneLine } from '../../../core/text.ts';
import type { OverrideMap } from '../../../model/profile.ts';

export interface Listener {
  readonly address: string;
  /** The name of the server in its answers (EDNS NSID). */
  readonly nsid: string;
}

/**
 * The listen address and server name of each map. Source: AgentBaker, pkg/agent/datamodel/types.go and the Corefile
 * template.
 */
export const listeners: Readonly<Record<OverrideMap, Listener>> = {
  vnetDNSOverrides: { address: '169.254.10.10', nsid: 'localdns' },
  kubeDNSOverrides: { address: '169.254.10.11', nsid: 'localdns-pod' },
};

/** Azure DNS, which stands for `VnetDNS` until the node replaces it with the VNet's servers. */
export const azureDnsAddress = '168.63.129.16';

/** The default of AgentBaker for the cluster's DNS service. */
export const defaultCoreDnsServiceIp = '10.0.0.10';

/** A separate block on both listeners for the health check of the node. */
export const healthCheckZone = 'health-check.localdns.local';

/**
 * Validates an address and returns it unchanged. Rejects scopes such as `%eth0`, which `isIP` accepts but which mean
 * nothing on another machine.
 * @throws UsageError
 */
export function checkedAddress(address: string, what: string): string {
  if (isIP(address) === 0 || address.includes('%'))
    throw new UsageError(`'${oneLine(address)}' is not an IP address (${what}).`);
  return address;
}
