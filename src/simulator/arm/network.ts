import type { SecurityGroup, VirtualNetwork } from '../world.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { theSubscription } from './lookup.ts';
import {
  managedNetwork,
  networkId,
  renderNetwork,
  renderSecurityGroup,
  renderSubnet,
  securityGroupId,
} from './network-view.ts';
import { page } from './pages.ts';
import { gatewayError, ok, type Reply } from './reply.ts';

/** Those of the named resource group: made by somebody, or by AKS for a cluster. */
function networksIn(exchange: Exchange): readonly VirtualNetwork[] {
  const subscription = theSubscription(exchange);
  const group = param(exchange, 'resourceGroup').toLowerCase();
  const managed = [...subscription.clusters.values()].flatMap((cluster) => managedNetwork(cluster)?.network ?? []);
  const own = [...exchange.world.networks.values()].filter(
    (network) => network.subscriptionId.toLowerCase() === subscription.id.toLowerCase(),
  );
  return [...own, ...managed].filter((network) => network.resourceGroup.toLowerCase() === group);
}

function notFound(exchange: Exchange, type: string, name: string): Reply {
  return gatewayError(
    404,
    'ResourceNotFound',
    `The Resource 'Microsoft.Network/${type}/${name}' under resource group '${param(exchange, 'resourceGroup')}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

function findNetwork(exchange: Exchange): VirtualNetwork | Reply {
  const name = param(exchange, 'network');
  const id = networkId({
    subscriptionId: theSubscription(exchange).id,
    resourceGroup: param(exchange, 'resourceGroup'),
    name,
    location: '',
    prefixes: [],
    dnsServers: [],
    subnets: new Map(),
  });
  const known = exchange.world.networks.get(id.toLowerCase());
  return (
    known ??
    networksIn(exchange).find((network) => network.name.toLowerCase() === name.toLowerCase()) ??
    notFound(exchange, 'virtualNetworks', name)
  );
}

function listNetworks(exchange: Exchange): Reply {
  return ok(
    page(
      exchange,
      networksIn(exchange).map((network) => renderNetwork(theSubscription(exchange), network)),
      100,
    ),
  );
}

function getNetwork(exchange: Exchange): Reply {
  const network = findNetwork(exchange);
  return 'status' in network ? network : ok(renderNetwork(theSubscription(exchange), network));
}

function getSubnet(exchange: Exchange): Reply {
  const network = findNetwork(exchange);
  if ('status' in network) return network;
  const name = param(exchange, 'subnet');
  const subnet = network.subnets.get(name.toLowerCase());
  if (subnet !== undefined) return ok(renderSubnet(theSubscription(exchange), network, subnet));
  // Source: Network API: a part of a network that is there is refused by the provider itself.
  return gatewayError(404, 'NotFound', `Resource ${networkId(network)}/subnets/${name} not found.`, {
    error: { details: [] },
  });
}

function findSecurityGroup(exchange: Exchange): SecurityGroup | undefined {
  const subscription = theSubscription(exchange);
  const id = securityGroupId({
    subscriptionId: subscription.id,
    resourceGroup: param(exchange, 'resourceGroup'),
    name: param(exchange, 'securityGroup'),
  }).toLowerCase();
  const managed = [...subscription.clusters.values()].flatMap(
    (cluster) => managedNetwork(cluster)?.securityGroup ?? [],
  );
  return exchange.world.securityGroups.get(id) ?? managed.find((group) => securityGroupId(group).toLowerCase() === id);
}

function getSecurityGroup(exchange: Exchange): Reply {
  const group = findSecurityGroup(exchange);
  return group === undefined
    ? notFound(exchange, 'networkSecurityGroups', param(exchange, 'securityGroup'))
    : ok(renderSecurityGroup(group));
}

const base = '/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/Microsoft.Network';
const networks = `${base}/virtualNetworks`;

export const networkRoutes: readonly Route[] = [
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
    handler: getNetwork,
    versions: 'network',
    action: 'Microsoft.Network/virtualNetworks/read',
  },
  {
    name: 'subnets.get',
    method: 'GET',
    template: `${networks}/{network}/subnets/{subnet}`,
    handler: getSubnet,
    versions: 'network',
    action: 'Microsoft.Network/virtualNetworks/subnets/read',
  },
  {
    name: 'securityGroups.get',
    method: 'GET',
    template: `${base}/networkSecurityGroups/{securityGroup}`,
    handler: getSecurityGroup,
    versions: 'network',
    action: 'Microsoft.Network/networkSecurityGroups/read',
  },
];
