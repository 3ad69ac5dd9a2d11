import { asString } from '../../../core/json.ts';
import type { SecurityRule, Subnet } from '../../../model/inventory.ts';
import type { PoolFacts } from '../facts.ts';
import { notKnown, type Known } from '../../../model/known.ts';

/**
 * Azure DNS, which every network can reach regardless of its security rules. Source: Azure docs, What is IP address
 * 168.63.129.16.
 */
export const azureDns = '168.63.129.16';

function lookUp<T>(facts: ReadonlyMap<string, Known<T>>, id: string, what: string): Known<T> {
  return facts.get(id.toLowerCase()) ?? notKnown(`${what} was not read.`);
}

/** The subnet of the pool's nodes; undefined if AKS created the network. */
function nodeSubnetId({ pool }: PoolFacts): string | undefined {
  const id = asString(pool.properties['vnetSubnetID']);
  return id === '' ? undefined : id;
}

/** The custom DNS servers of the network; undefined if they were not requested, or if AKS created the network. */
export function ownDnsServers(facts: PoolFacts): Known<readonly string[]> | undefined {
  const id = nodeSubnetId(facts);
  const dns = facts.network?.dns;
  if (id === undefined || dns === undefined) return undefined;
  const network = lookUp(dns.virtualNetworks, id.replace(/\/subnets\/[^/]*$/i, ''), 'The virtual network');
  return network.known
    ? { known: true, value: network.value.dnsServers.filter((server) => server.trim() !== azureDns) }
    : network;
}

export interface PoolSecurity {
  readonly subnet: Subnet;
  /** Undefined if the subnet has no network security group. */
  readonly group: { readonly id: string; readonly rules: readonly SecurityRule[] } | undefined;
}

/** The security rules of the subnet of the pool's nodes. */
export function securityOf(facts: PoolFacts): Known<PoolSecurity> {
  const id = nodeSubnetId(facts);
  const { network } = facts;
  if (id === undefined || network?.dns === undefined) return notKnown('The subnet was not read.');
  const subnet = lookUp(network.subnets, id, 'The subnet');
  if (!subnet.known) return subnet;
  const groupId = subnet.value.networkSecurityGroupId;
  if (groupId === undefined) return { known: true, value: { subnet: subnet.value, group: undefined } };
  const rules = lookUp(network.dns.securityRules, groupId, 'The network security group');
  return rules.known
    ? { known: true, value: { subnet: subnet.value, group: { id: groupId, rules: rules.value } } }
    : rules;
}
