import { asString, at, type JsonObject } from '../../core/json.ts';
import type { Cluster, Pool, SecurityGroup, Subscription, World } from '../world.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { subscriptionOf } from './lookup.ts';
import { digitsOf } from './machine-names.ts';
import { page } from './pages.ts';
import { ok, resourceNotFound, type Reply } from './reply.ts';

export function securityGroupId(group: Pick<SecurityGroup, 'subscriptionId' | 'resourceGroup' | 'name'>): string {
  return `/subscriptions/${group.subscriptionId}/resourceGroups/${group.resourceGroup}/providers/Microsoft.Network/networkSecurityGroups/${group.name}`;
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
export const defaultRules: Readonly<Record<string, JsonObject>> = {
  AllowVnetInBound: defaultRule('Inbound', 'Allow', 65_000, 'VirtualNetwork', 'VirtualNetwork'),
  AllowAzureLoadBalancerInBound: defaultRule('Inbound', 'Allow', 65_001, 'AzureLoadBalancer', '*'),
  DenyAllInBound: defaultRule('Inbound', 'Deny', 65_500, '*', '*'),
  AllowVnetOutBound: defaultRule('Outbound', 'Allow', 65_000, 'VirtualNetwork', 'VirtualNetwork'),
  AllowInternetOutBound: defaultRule('Outbound', 'Allow', 65_001, '*', 'Internet'),
  DenyAllOutBound: defaultRule('Outbound', 'Deny', 65_500, '*', '*'),
};

/** A rule as the provider shows it, in the list of its group and for itself. */
export function renderRule(
  group: Pick<SecurityGroup, 'subscriptionId' | 'resourceGroup' | 'name'>,
  kind: 'securityRules' | 'defaultSecurityRules',
  name: string,
  properties: JsonObject,
): JsonObject {
  return {
    name,
    id: `${securityGroupId(group)}/${kind}/${name}`,
    type: `Microsoft.Network/networkSecurityGroups/${kind}`,
    properties: {
      provisioningState: 'Succeeded',
      sourceAddressPrefixes: [],
      destinationAddressPrefixes: [],
      sourcePortRanges: [],
      destinationPortRanges: [],
      ...properties,
    },
  };
}

function render(group: SecurityGroup): JsonObject {
  const rules = (
    all: Readonly<Record<string, JsonObject>>,
    kind: 'securityRules' | 'defaultSecurityRules',
  ): readonly JsonObject[] =>
    Object.entries(all).map(([name, properties]) => renderRule(group, kind, name, properties));
  return {
    name: group.name,
    id: securityGroupId(group),
    type: 'Microsoft.Network/networkSecurityGroups',
    location: group.location,
    properties: {
      provisioningState: 'Succeeded',
      securityRules: rules(group.rules, 'securityRules'),
      defaultSecurityRules: rules(defaultRules, 'defaultSecurityRules'),
    },
  };
}

/** Made by somebody, or by AKS for a cluster; one of AKS that somebody has changed is stored. */
export function securityGroupsOf(world: World, subscription: Subscription): readonly SecurityGroup[] {
  const made = [...world.securityGroups.values()].filter(
    (group) => group.subscriptionId.toLowerCase() === subscription.id.toLowerCase(),
  );
  const managed = [...subscription.clusters.values()]
    .flatMap((cluster) => managedSecurityGroup(cluster) ?? [])
    .filter((group) => !world.securityGroups.has(securityGroupId(group).toLowerCase()));
  return [...made, ...managed];
}

/** A handler that gets the security group that the path names. */
export function onSecurityGroup(handle: (exchange: Exchange, group: SecurityGroup) => Reply): Route['handler'] {
  return (exchange) => {
    const subscription = subscriptionOf(exchange);
    const [resourceGroup, name] = [param(exchange, 'resourceGroup'), param(exchange, 'securityGroup')];
    const id = securityGroupId({ subscriptionId: subscription.id, resourceGroup, name }).toLowerCase();
    const group = securityGroupsOf(exchange.world, subscription).find(
      (one) => securityGroupId(one).toLowerCase() === id,
    );
    if (group !== undefined) return handle(exchange, group);
    return resourceNotFound(`Microsoft.Network/networkSecurityGroups/${name}`, resourceGroup);
  };
}

function list(exchange: Exchange): Reply {
  const wanted = exchange.params['resourceGroup']?.toLowerCase();
  const groups = securityGroupsOf(exchange.world, subscriptionOf(exchange)).filter(
    (group) => wanted === undefined || group.resourceGroup.toLowerCase() === wanted,
  );
  return ok(
    page(
      exchange,
      groups.map((group) => render(group)),
      100,
    ),
  );
}

const provider = 'providers/Microsoft.Network/networkSecurityGroups';
const inGroup = `/subscriptions/{subscription}/resourceGroups/{resourceGroup}/${provider}`;
export const securityGroupTemplate = `${inGroup}/{securityGroup}`;
const common = { versions: 'network', action: 'Microsoft.Network/networkSecurityGroups/read' } as const;

export const securityGroupRoutes: readonly Route[] = [
  {
    ...common,
    name: 'securityGroups.listAll',
    method: 'GET',
    template: `/subscriptions/{subscription}/${provider}`,
    handler: list,
  },
  { ...common, name: 'securityGroups.list', method: 'GET', template: inGroup, handler: list },
  {
    ...common,
    name: 'securityGroups.get',
    method: 'GET',
    template: securityGroupTemplate,
    handler: onSecurityGroup((_, group) => ok(render(group))),
  },
];
