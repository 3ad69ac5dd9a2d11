import type { JsonObject } from '../../src/core/json.ts';

/** Clusters for the tests of fixes, in one group of one subscription. */

const subscription = '0b000000-0000-4000-8000-000000000001';
const clusters = `/subscriptions/${subscription}/resourceGroups/rg-fix/providers/Microsoft.ContainerService/managedClusters`;

export const fixSubscription: JsonObject = {
  id: `/subscriptions/${subscription}`,
  subscriptionId: subscription,
  displayName: 'Fixes',
  state: 'Enabled',
};

export function fixProvider(registrationState: string): JsonObject {
  const namespace = 'Microsoft.ContainerService';
  return { id: `/subscriptions/${subscription}/providers/${namespace}`, namespace, registrationState };
}

export function fixPool(name: string, properties: JsonObject = {}): JsonObject {
  return {
    name,
    count: 2,
    vmSize: 'Standard_D4ds_v5',
    type: 'VirtualMachineScaleSets',
    mode: 'User',
    osType: 'Linux',
    osSKU: 'Ubuntu',
    provisioningState: 'Succeeded',
    powerState: { code: 'Running' },
    orchestratorVersion: '1.33',
    currentOrchestratorVersion: '1.33.5',
    nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202610.19.1',
    upgradeSettings: { maxSurge: '33%', maxUnavailable: '0' },
    ...properties,
  };
}

export function fixCluster(
  name: string,
  pools: readonly JsonObject[],
  properties: JsonObject = {},
  top: JsonObject = {},
): JsonObject {
  return {
    id: `${clusters}/${name}`,
    name,
    type: 'Microsoft.ContainerService/ManagedClusters',
    location: 'westeurope',
    sku: { name: 'Base', tier: 'Free' },
    ...top,
    properties: {
      provisioningState: 'Succeeded',
      powerState: { code: 'Running' },
      kubernetesVersion: '1.33.5',
      currentKubernetesVersion: '1.33.5',
      nodeProvisioningProfile: { mode: 'Manual' },
      networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', networkPolicy: 'none' },
      agentPoolProfiles: pools,
      ...properties,
    },
  };
}

export function fixPlace(cluster: string): readonly string[] {
  return ['-g', 'rg-fix', '--cluster-name', cluster, '--subscription', subscription];
}

/** A network with custom DNS servers, and a subnet that blocks TCP 53 to them. */
export function fixNetwork(name: string): { readonly subnetId: string; readonly resources: readonly JsonObject[] } {
  const network = `/subscriptions/${subscription}/resourceGroups/rg-fix-net/providers/Microsoft.Network`;
  const [vnet, group] = [`${network}/virtualNetworks/vnet`, `${network}/networkSecurityGroups/${name}`];
  const rule = {
    access: 'Deny',
    direction: 'Outbound',
    protocol: 'Tcp',
    priority: 200,
    sourceAddressPrefix: '*',
    sourcePortRange: '*',
    destinationAddressPrefix: '*',
    destinationPortRange: '53',
  };
  const subnet = { addressPrefix: '10.1.0.0/24', networkSecurityGroup: { id: group } };
  const location = 'westeurope';
  return {
    subnetId: `${vnet}/subnets/nodes`,
    resources: [
      { id: group, location, properties: { securityRules: [{ name: 'DenyDns', properties: rule }] } },
      {
        id: vnet,
        location,
        properties: {
          addressSpace: { addressPrefixes: ['10.1.0.0/16'] },
          dhcpOptions: { dnsServers: ['10.1.0.4', '10.1.0.5'] },
          subnets: [{ name: 'nodes', properties: subnet }],
        },
      },
    ],
  };
}
