import { createHash } from 'node:crypto';
import { asNumber, asString, at, type JsonObject } from '../../core/json.ts';
import type { Cluster, Pool, SecurityGroup, Subnet, Subscription, VirtualNetwork } from '../world.ts';

const provider = 'providers/Microsoft.Network';

export function networkId(network: VirtualNetwork): string {
  return `/subscriptions/${network.subscriptionId}/resourceGroups/${network.resourceGroup}/${provider}/virtualNetworks/${network.name}`;
}

export function subnetId(network: VirtualNetwork, subnet: Subnet): string {
  return `${networkId(network)}/subnets/${subnet.name}`;
}

export function securityGroupId(group: Pick<SecurityGroup, 'subscriptionId' | 'resourceGroup' | 'name'>): string {
  return `/subscriptions/${group.subscriptionId}/resourceGroups/${group.resourceGroup}/${provider}/networkSecurityGroups/${group.name}`;
}

/** What AKS puts into the names of what it makes for a cluster. */
function digitsOf(cluster: Cluster): string {
  const hash = createHash('sha256')
    .update(`${cluster.subscriptionId}/${cluster.resourceGroup}/${cluster.name}`.toLowerCase())
    .digest();
  return String(10_000_000 + (hash.readUInt32BE(0) % 90_000_000));
}

function ownPools(cluster: Cluster): readonly Pool[] {
  return [...cluster.pools.values()].filter((pool) => asString(pool.properties['vnetSubnetID']) === undefined);
}

/**
 * The network that AKS makes in the node resource group of a cluster that is given none. Source: AKS docs, defaults of
 * the portal and the CLI.
 */
export function managedNetwork(
  cluster: Cluster,
): { readonly network: VirtualNetwork; readonly securityGroup: SecurityGroup } | undefined {
  const resourceGroup = asString(at(cluster.resource, 'properties', 'nodeResourceGroup'));
  if (resourceGroup === undefined || (ownPools(cluster).length === 0 && cluster.pools.size > 0)) return undefined;
  const digits = digitsOf(cluster);
  const place = { subscriptionId: cluster.subscriptionId, resourceGroup, location: cluster.location };
  const securityGroup: SecurityGroup = { ...place, name: `aks-agentpool-${digits}-nsg`, rules: {} };
  const subnet: Subnet = {
    name: 'aks-subnet',
    prefixes: ['10.224.0.0/16'],
    securityGroup: securityGroupId(securityGroup),
    others: 0,
  };
  return {
    network: {
      ...place,
      name: `aks-vnet-${digits}`,
      prefixes: ['10.224.0.0/12'],
      dnsServers: [],
      subnets: new Map([[subnet.name, subnet]]),
    },
    securityGroup,
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
  const scaleSet = `aks-${pool.name}-${digitsOf(cluster)}-vmss`;
  const group = asString(at(cluster.resource, 'properties', 'nodeResourceGroup')) ?? '';
  const base = `/subscriptions/${cluster.subscriptionId}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachineScaleSets/${scaleSet}/virtualMachines`;
  const each = addressesPerNode(cluster, pool);
  const found: JsonObject[] = [];
  for (let node = 0; node < (asNumber(pool.properties['count']) ?? 0); node += 1) {
    for (let index = 1; index <= each; index += 1)
      found.push({
        id: `${base}/${String(node)}/networkInterfaces/${scaleSet}/ipConfigurations/ipconfig${String(index)}`,
      });
  }
  return found;
}

/** Every IP configuration in a subnet, as Azure lists them: a client counts them. */
function configurations(subscription: Subscription, network: VirtualNetwork, subnet: Subnet): readonly JsonObject[] {
  const id = subnetId(network, subnet).toLowerCase();
  const nodes = [...subscription.clusters.values()].flatMap((cluster) => {
    const managed = managedNetwork(cluster)?.network;
    const isOwn = managed !== undefined && networkId(managed).toLowerCase() === networkId(network).toLowerCase();
    const pools = isOwn
      ? ownPools(cluster)
      : [...cluster.pools.values()].filter((pool) => asString(pool.properties['vnetSubnetID'])?.toLowerCase() === id);
    return pools.flatMap((pool) => configurationsOf(cluster, pool));
  });
  const others = Array.from({ length: subnet.others }, (_, index) => ({
    id: `/subscriptions/${network.subscriptionId}/resourceGroups/${network.resourceGroup}/${provider}/networkInterfaces/nic-${String(index + 1)}/ipConfigurations/ipconfig1`,
  }));
  return [...nodes, ...others];
}

export function renderSubnet(subscription: Subscription, network: VirtualNetwork, subnet: Subnet): JsonObject {
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
export function renderNetwork(subscription: Subscription, network: VirtualNetwork): JsonObject {
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

export function renderSecurityGroup(group: SecurityGroup): JsonObject {
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
