import type { JsonObject } from '../../core/json.ts';
import { securityGroupId } from '../arm/security-groups.ts';
import { networkId, subnetId } from '../arm/virtual-networks.ts';
import type { SecurityGroup, VirtualNetwork, World } from '../world.ts';

const servers = ['10.250.0.4', '10.250.0.5'] as const;

interface Place {
  readonly subscriptionId: string;
  readonly location: string;
}

function rule(
  access: string,
  priority: number,
  protocol: string,
  ports: readonly string[],
  destinations: readonly string[],
  direction = 'Outbound',
): JsonObject {
  const [port] = ports;
  const [destination] = destinations;
  return {
    direction,
    access,
    priority,
    protocol,
    sourceAddressPrefix: '*',
    sourcePortRange: '*',
    // Azure gives one value in the singular, several in the plural.
    ...(ports.length === 1 ? { destinationPortRange: port } : { destinationPortRanges: ports }),
    ...(destinations.length === 1
      ? { destinationAddressPrefix: destination }
      : { destinationAddressPrefixes: destinations }),
  };
}

/** Rules that let TCP 53 reach the DNS servers, and rules that do not: each in several spellings. */
const ruleSets: Readonly<Record<'dns-open' | 'dns-blocked', readonly Readonly<Record<string, JsonObject>>[]>> = {
  'dns-open': [
    {},
    { AllowDns: rule('Allow', 100, '*', ['53'], servers), DenyAll: rule('Deny', 4000, '*', ['*'], ['*']) },
    { DenyDnsFromOutside: rule('Deny', 200, '*', ['53'], ['*'], 'Inbound') },
    {
      DenyOtherServers: rule('Deny', 150, '*', ['53'], ['192.168.0.0/16']),
      DenyWeb: rule('Deny', 160, 'Tcp', ['80', '8080-8090'], ['*']),
    },
  ],
  'dns-blocked': [
    { DenyDnsOverTcp: rule('Deny', 200, 'Tcp', ['53'], ['*']) },
    {
      AllowDnsOverUdp: rule('Allow', 100, 'Udp', ['53'], ['VirtualNetwork']),
      DenyAll: rule('Deny', 4000, '*', ['*'], ['*']),
    },
    {
      AllowDnsOverUdp: rule('Allow', 100, 'UDP', ['53'], ['10.250.0.0/24']),
      DenyLow: rule('Deny', 300, '*', ['1-1024', '5353'], ['10.0.0.0/8']),
    },
  ],
};

function groupFor(world: World, place: Place, kind: string, number: number): string | undefined {
  if (kind !== 'dns-open' && kind !== 'dns-blocked') return undefined;
  const sets = ruleSets[kind];
  const variant = number % sets.length;
  const group: SecurityGroup = {
    ...place,
    resourceGroup: 'rg-network',
    name: `nsg-${place.location}-${kind}-${String(variant + 1)}`,
    rules: sets[variant] ?? {},
  };
  const id = securityGroupId(group);
  if (!world.securityGroups.has(id.toLowerCase())) world.securityGroups.set(id.toLowerCase(), group);
  return id;
}

function networkFor(world: World, place: Place, ownDns: boolean): VirtualNetwork {
  const network: VirtualNetwork = {
    ...place,
    resourceGroup: 'rg-network',
    name: `vnet-${place.location}${ownDns ? '-dns' : ''}`,
    prefixes: ['10.0.0.0/8'],
    dnsServers: ownDns ? servers : [],
    subnets: new Map(),
  };
  const id = networkId(network).toLowerCase();
  const known = world.networks.get(id);
  if (known !== undefined) return known;
  world.networks.set(id, network);
  return network;
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => String((address >>> shift) & 255)).join('.');
}

/** Azure reserves five addresses of every subnet. */
const reserved = 5;

/** A subnet for one cluster in the network of its region; with `full` it has as many addresses as are taken. Its id. */
export function addSubnet(
  world: World,
  place: Place,
  cluster: { readonly name: string; readonly number: number; readonly network: string; readonly addresses: number },
): string {
  const { name, number, addresses } = cluster;
  const network = networkFor(world, place, cluster.network.startsWith('dns-'));
  const full = cluster.network === 'full';
  const bits = full ? Math.max(4, Math.ceil(Math.log2(addresses + reserved))) : 14;
  const base = 0x0a_00_00_00 + network.subnets.size * 0x40_00;
  const subnet = {
    name: `snet-${name}`,
    prefixes:
      number % 7 === 0 && !full
        ? [`${dotted(base)}/19`, `${dotted(base + 0x20_00)}/19`]
        : [`${dotted(base)}/${String(32 - bits)}`],
    securityGroup: groupFor(world, place, cluster.network, number),
    others: full ? 2 ** bits - reserved - addresses : 0,
  };
  network.subnets.set(subnet.name.toLowerCase(), subnet);
  return subnetId(network, subnet);
}
