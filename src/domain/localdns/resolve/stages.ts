import { healthCheckZone } from '../render/addresses.ts';
import { isAtOrBelow } from './block.ts';
import type { Lookup } from './lookup.ts';
import type { HostsHit } from './lookup-explanation.ts';

/** As in the Corefile: four or more labels before the domain of the VNet. */
const deadEnd = /^(?:[^.]+\.){4,}internal\.cloudapp\.net\.$/;

/**
 * The template of the root zone that answers this name with NXDOMAIN (lower case, with a trailing dot). Source:
 * AgentBaker, localdns Corefile template.
 */
export function guardOf(name: string): string | undefined {
  if (deadEnd.test(name)) return 'internal.cloudapp.net';
  return isAtOrBelow(name.slice(0, -1), 'reddog.microsoft.com') ? 'reddog.microsoft.com' : undefined;
}

/**
 * The hosts plugin is only in root zones. It answers PTR queries by address, and passes on those for other addresses.
 * Source: CoreDNS, plugin/hosts/hosts.go.
 */
export function hostsHit(name: string, zone: string, lookup: Lookup): HostsHit {
  if (!lookup.hostsPlugin || zone !== '.') return 'no';
  if (lookup.type === 'PTR') return lookup.criticalFqdns?.size !== 0 && isReverse(name) ? 'possible' : 'no';
  if (lookup.criticalFqdns === undefined) return 'possible';
  return lookup.criticalFqdns.has(name.slice(0, -1)) ? 'yes' : 'no';
}

/** Whether a name (with its trailing dot) is for a reverse lookup. */
export function isReverse(name: string): boolean {
  return isAtOrBelow(name.slice(0, -1), 'in-addr.arpa') || isAtOrBelow(name.slice(0, -1), 'ip6.arpa');
}

export function isHealthCheck(zone: string): boolean {
  return zone === healthCheckZone;
}
