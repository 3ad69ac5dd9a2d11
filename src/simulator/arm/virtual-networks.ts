import { asNumber, asString, at, type JsonObject } from '../../core/json.ts';
import type { Cluster, Pool, Subnet, Subscription, VirtualNetwork, World } from '../world.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { subscriptionOf } from './lookup.ts';
import { page } from './pages.ts';
import { gatewayError, ok, resourceNotFound, type Reply } from './reply.ts';
import { managedSecurityGroup, poolsWithoutSubnet, securityGroupId } from './security-groups.ts';
import { digitsOf, machineName } from './machine-names.ts';
import { nodeCount } from './node-count.ts';

const provider = 'providers/Microsoft.Network';

export function networkId(network: Pick<VirtualNetwork, 'subscriptionId' | 'resourceGroup' | 'name'>): string {
  return `/subscriptions/${network.subscriptionId}/resourceGroups/${network.resourceGroup}/${provider}/virtualNetworks/${network.name}`;
}

export function subnetId(network: VirtualNetwork, subnet: Subnet): string {
  return `${networkId(network)}/subnets/${subnet.name}`;
}

/**
 * The network that AKS makes in the node resource group of a cluster that is given none. Source: AKS docs, defaults of
 * the portal and the CLI.
 */
function managedNetwork(cluster: Cluster): VirtualNetwork | undefined {
  const group = managedSecurityGroup(cluster);
  if (group === undefined) return undefined;
  const { subscriptionId, resourceGroup, location } = group;
  const subnet: Subnet = {
    name: 'aks-subnet',
    prefixes: ['10.224.0.0/16'],
    securityGroup: securityGroupId(group),
    others: 0,
  };
  return {
    subscriptionId,
    resourceGroup,
    location,
    name: `aks-vnet-${digitsOf(cluster)}`,
    prefixes: ['10.224.0.0/12'],
    dnsServers: [],
    subnets: new Map([[subnet.name, subnet]]),
  };
}

/**
 * Addresses that a node takes from its subnet: with the flat network, one for each pod it may run as well. Source: AKS
 * docs, IP address planning.
 */
function addressesPerNode(cluster: Cluster, pool: Pool): number {
  const plugin = asString(at(cluster.resource, 'properties', 'networkProfile', 'networkPlugin'));
  const mode = asString(at(cluster.resource, 'properties', 'networkProfile', 'networkPluginMode'));
  return plugin === 'azure' && mode !== 'overlay' ? 1 + (asNumber(pool.properties['maxPods']) ?? 30) : 1;
}

function configurationsOf(cluster: Cluster, pool: Pool): readonly JsonObject[] {
  const group = asString(at(cluster.resource, 'properties', 'nodeResourceGroup')) ?? '';
  const compute = `/subscriptions/${cluster.subscriptionId}/resourceGroups/${group}/providers/Microsoft.Compute`;
  const scaleSet = `aks-${pool.name}-${digitsOf(cluster)}-vmss`;
  const each = addressesPerNode(cluster, pool);
  const found: JsonObject[] = [];
  for (let node = 0; node < nodeCount(pool.properties); node += 1) {
    const { resource } = machineName(cluster, pool, node);
    for (let index = 1; index <= each; index += 1)
      found.push({
        id: `${compute}/${resource}/networkInterfaces/${scaleSet}/ipConfigurations/ipconfig${String(index)}`,
      });
  }
  return found;
}

/** Every IP configuration in a subnet, as Azure lists them: a client counts them. */
function configurations(subscription: Subscription, network: VirtualNetwork, subnet: Subnet): readonly JsonObject[] {
  const id = subnetId(network, subnet).toLowerCase();
  const nodes = [...subscription.clusters.values()].flatMap((cluster) => {
    const managed = managedNetwork(cluster);
    const isManaged = managed !== undefined && networkId(managed).toLowerCase() === networkId(network).toLowerCase();
    const pools = isManaged
      ? poolsWithoutSubnet(cluster)
      : [...cluster.pools.values()].filter((pool) => asString(pool.properties['vnetSubnetID'])?.toLowerCase() === id);
    return pools.flatMap((pool) => configurationsOf(cluster, pool));
  });
  const others = Array.from({ length: subnet.others }, (_, index) => ({
    id: `/subscriptions/${network.subscriptionId}/resourceGroups/${network.resourceGroup}/${provider}/networkInterfaces/nic-${String(index + 1)}/ipConfigurations/ipconfig1`,
  }));
  return [...nodes, ...others];
}

function renderSubnet(subscription: Subscription, network: VirtualNetwork, subnet: Subnet): JsonObject {
  const used = configurations(subscription, network, subnet);
  const [first] = subnet.prefixes;
  return {
    name: subnet.name,
    id: subnetId(network, subnet),
    type: 'Microsoft.Network/virtualNetworks/subnets',
    properties: {
      provisioningState: 'Succeeded',
      ...(subnet.prefixes.length === 1 ? { addressPrefix: first } : { addressPrefixes: subnet.prefixes }),
      ...(subnet.securityGroup === undefined ? {} : { networkSecurityGroup: { id: subnet.securityGroup } }),
      ...(used.length === 0 ? {} : { ipConfigurations: used }),
      delegations: [],
      privateEndpointNetworkPolicies: 'Disabled',
      privateLinkServiceNetworkPolicies: 'Enabled',
    },
  };
}

/** Without `dhcpOptions.dnsServers` nodes ask Azure's own DNS. Source: Virtual Networks API. */
function renderNetwork(subscription: Subscription, network: VirtualNetwork): JsonObject {
  return {
    name: network.name,
    id: networkId(network),
    type: 'Microsoft.Network/virtualNetworks',
    location: network.location,
    properties: {
      provisioningState: 'Succeeded',
      addressSpace: { addressPrefixes: network.prefixes },
      ...(network.dnsServers.length === 0 ? {} : { dhcpOptions: { dnsServers: network.dnsServers } }),
      subnets: [...network.subnets.values()].map((subnet) => renderSubnet(subscription, network, subnet)),
      virtualNetworkPeerings: [],
      enableDdosProtection: false,
    },
  };
}

/** Made by somebody, or by AKS for a cluster. */
export function networksOf(world: World, subscription: Subscription): readonly VirtualNetwork[] {
  const managed = [...subscription.clusters.values()].flatMap((cluster) => managedNetwork(cluster) ?? []);
  const made = [...world.networks.values()].filter(
    (network) => network.subscriptionId.toLowerCase() === subscription.id.toLowerCase(),
  );
  return [...made, ...managed];
}

/** Those of the resource group that the path names, if it names one. */
function networksIn(exchange: Exchange): readonly VirtualNetwork[] {
  const group = exchange.params['resourceGroup']?.toLowerCase();
  return networksOf(exchange.world, subscriptionOf(exchange)).filter(
    (network) => group === undefined || network.resourceGroup.toLowerCase() === group,
  );
}

function findNetwork(exchange: Exchange): VirtualNetwork | undefined {
  const [resourceGroup, name] = [param(exchange, 'resourceGroup'), param(exchange, 'network')];
  const id = networkId({ subscriptionId: subscriptionOf(exchange).id, resourceGroup, name });
  return (
    exchange.world.networks.get(id.toLowerCase()) ??
    networksIn(exchange).find((network) => network.name.toLowerCase() === name.toLowerCase())
  );
}

function onNetwork(handle: (exchange: Exchange, network: VirtualNetwork) => Reply): Route['handler'] {
  return (exchange) => {
    const network = findNetwork(exchange);
    if (network !== undefined) return handle(exchange, network);
    return resourceNotFound(
      `Microsoft.Network/virtualNetworks/${param(exchange, 'network')}`,
      param(exchange, 'resourceGroup'),
    );
  };
}

function listNetworks(exchange: Exchange): Reply {
  const all = networksIn(exchange).map((network) => renderNetwork(subscriptionOf(exchange), network));
  return ok(page(exchange, all, 100));
}

function listSubnets(exchange: Exchange, network: VirtualNetwork): Reply {
  const subscription = subscriptionOf(exchange);
  const all = [...network.subnets.values()].map((subnet) => renderSubnet(subscription, network, subnet));
  return ok(page(exchange, all, 100));
}

function getSubnet(exchange: Exchange, network: VirtualNetwork): Reply {
  const name = param(exchange, 'subnet');
  const subnet = network.subnets.get(name.toLowerCase());
  if (subnet !== undefined) return ok(renderSubnet(subscriptionOf(exchange), network, subnet));
  // Source: Network API: for a part of a network that exists, the provider itself answers.
  return gatewayError(404, 'NotFound', `Resource ${networkId(network)}/subnets/${name} not found.`, {
    error: { details: [] },
  });
}

const networks = `/subscriptions/{subscription}/resourceGroups/{resourceGroup}/${provider}/virtualNetworks`;

export const virtualNetworkRoutes: readonly Route[] = [
  {
    name: 'virtualNetworks.listAll',
    method: 'GET',
    template: `/subscriptions/{subscription}/${provider}/virtualNetworks`,
    handler: listNetworks,
    versions: 'network',
    action: 'Microsoft.Network/virtualNetworks/read',
  },
  {
    name: 'virtualNetworks.list',
    method: 'GET',
    template: networks,
    handler: listNetworks,
    versions: 'network',
    action: 'Microsoft.Network/virtualNetworks/read',
  },
  {
    name: 'virtualNetworks.get',
    method: 'GET',
    template: `${networks}/{network}`,
    handler: onNetwork((exchange, network) => ok(renderNetwork(subscriptionOf(exchange), network))),
    versions: 'network',
    action: 'Microsoft.Network/virtualNetworks/read',
  },
  {
    name: 'subnets.list',
    method: 'GET',
    template: `${networks}/{network}/subnets`,
    handler: onNetwork(listSubnets),
    versions: 'network',
    action: 'Microsoft.Network/virtualNetworks/subnets/read',
  },
  {
    name: 'subnets.get',
    method: 'GET',
    template: `${networks}/{network}/subnets/{subnet}`,
    handler: onNetwork(getSubnet),
    versions: 'network',
    action: 'Microsoft.Network/virtualNetworks/subnets/read',
  },
];
