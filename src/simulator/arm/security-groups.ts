import { createHash } from 'node:crypto';
import { asString, at, type JsonObject } from '../../core/json.ts';
import type { Cluster, Pool, SecurityGroup } from '../world.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { subscriptionOf } from './lookup.ts';
import { ok, resourceNotFound, type Reply } from './reply.ts';

export function securityGroupId(group: Pick<SecurityGroup, 'subscriptionId' | 'resourceGroup' | 'name'>): string {
  return `/subscriptions/${group.subscriptionId}/resourceGroups/${group.resourceGroup}/providers/Microsoft.Network/networkSecurityGroups/${group.name}`;
}

/** The number in the names of what AKS makes for a cluster. */
export function digitsOf(cluster: Cluster): string {
  const hash = createHash('sha256')
    .update(`${cluster.subscriptionId}/${cluster.resourceGroup}/${cluster.name}`.toLowerCase())
    .digest();
  return String(10_000_000 + (hash.readUInt32BE(0) % 90_000_000));
}

/** Pools without a subnet: they are in the network that AKS makes. */
export function poolsWithoutSubnet(cluster: Cluster): readonly Pool[] {
  return [...cluster.pools.values()].filter((pool) => asString(pool.properties['vnetSubnetID']) === undefined);
}

/** The security group that AKS makes for its own network; undefined if all pools are in subnets of others. */
export function managedSecurityGroup(cluster: Cluster): SecurityGroup | undefined {
  const resourceGroup = asString(at(cluster.resource, 'properties', 'nodeResourceGroup'));
  if (resourceGroup === undefined || (poolsWithoutSubnet(cluster).length === 0 && cluster.pools.size > 0))
    return undefined;
  const { subscriptionId, location } = cluster;
  return { subscriptionId, resourceGroup, location, name: `aks-agentpool-${digitsOf(cluster)}-nsg`, rules: {} };
}

function defaultRule(
  direction: string,
  access: string,
  priority: number,
  source: string,
  destination: string,
): JsonObject {
  return {
    direction,
    access,
    priority,
    protocol: '*',
    sourceAddressPrefix: source,
    sourcePortRange: '*',
    destinationAddressPrefix: destination,
    destinationPortRange: '*',
  };
}

/** Source: Azure docs, default security rules. */
const defaultRules: Readonly<Record<string, JsonObject>> = {
  AllowVnetInBound: defaultRule('Inbound', 'Allow', 65_000, 'VirtualNetwork', 'VirtualNetwork'),
  AllowAzureLoadBalancerInBound: defaultRule('Inbound', 'Allow', 65_001, 'AzureLoadBalancer', '*'),
  DenyAllInBound: defaultRule('Inbound', 'Deny', 65_500, '*', '*'),
  AllowVnetOutBound: defaultRule('Outbound', 'Allow', 65_000, 'VirtualNetwork', 'VirtualNetwork'),
  AllowInternetOutBound: defaultRule('Outbound', 'Allow', 65_001, '*', 'Internet'),
  DenyAllOutBound: defaultRule('Outbound', 'Deny', 65_500, '*', '*'),
};

function render(group: SecurityGroup): JsonObject {
  const id = securityGroupId(group);
  const rules = (all: Readonly<Record<string, JsonObject>>, kind: string): readonly JsonObject[] =>
    Object.entries(all).map(([name, properties]) => ({
      name,
      id: `${id}/${kind}/${name}`,
      type: `Microsoft.Network/networkSecurityGroups/${kind}`,
      properties: {
        provisioningState: 'Succeeded',
        sourceAddressPrefixes: [],
        destinationAddressPrefixes: [],
        sourcePortRanges: [],
        destinationPortRanges: [],
        ...properties,
      },
    }));
  return {
    name: group.name,
    id,
    type: 'Microsoft.Network/networkSecurityGroups',
    location: group.location,
    properties: {
      provisioningState: 'Succeeded',
      securityRules: rules(group.rules, 'securityRules'),
      defaultSecurityRules: rules(defaultRules, 'defaultSecurityRules'),
    },
  };
}

function get(exchange: Exchange): Reply {
  const subscription = subscriptionOf(exchange);
  const [resourceGroup, name] = [param(exchange, 'resourceGroup'), param(exchange, 'securityGroup')];
  const id = securityGroupId({ subscriptionId: subscription.id, resourceGroup, name }).toLowerCase();
  const managed = [...subscription.clusters.values()].flatMap((cluster) => managedSecurityGroup(cluster) ?? []);
  const group =
    exchange.world.securityGroups.get(id) ?? managed.find((one) => securityGroupId(one).toLowerCase() === id);
  if (group !== undefined) return ok(render(group));
  return resourceNotFound(`Microsoft.Network/networkSecurityGroups/${name}`, resourceGroup);
}

export const securityGroupRoutes: readonly Route[] = [
  {
    name: 'securityGroups.get',
    method: 'GET',
    template:
      '/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/Microsoft.Network/networkSecurityGroups/{securityGroup}',
    handler: get,
    versions: 'network',
    action: 'Microsoft.Network/networkSecurityGroups/read',
  },
];
