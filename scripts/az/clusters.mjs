// Clusters as ARM returns them, with all fields that az reads before a change.

const subscription = 'c0ffee00-1000-4000-8000-000000000002';
const group = 'rg-az';
const base = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.ContainerService/managedClusters`;
const minorOf = (version) => version.split('.').slice(0, 2).join('.');

export const subscriptions = [
  { id: `/subscriptions/${subscription}`, subscriptionId: subscription, displayName: 'Real az', state: 'Enabled' },
];

export function pool(name, version, properties = {}) {
  return {
    name,
    count: 2,
    vmSize: 'Standard_D4ds_v5',
    type: 'VirtualMachineScaleSets',
    mode: 'User',
    osType: 'Linux',
    osSKU: 'Ubuntu',
    maxPods: 250,
    enableAutoScaling: false,
    provisioningState: 'Succeeded',
    powerState: { code: 'Running' },
    orchestratorVersion: minorOf(version),
    currentOrchestratorVersion: version,
    nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202609.11.0',
    upgradeSettings: { maxSurge: '33%', maxUnavailable: '0' },
    ...properties,
  };
}

export function cluster(name, version, pools, properties = {}) {
  return {
    id: `${base}/${name}`,
    name,
    type: 'Microsoft.ContainerService/ManagedClusters',
    location: 'westeurope',
    sku: { name: 'Base', tier: 'Standard' },
    identity: { type: 'SystemAssigned' },
    properties: {
      provisioningState: 'Succeeded',
      powerState: { code: 'Running' },
      kubernetesVersion: minorOf(version),
      currentKubernetesVersion: version,
      dnsPrefix: name,
      fqdn: `${name}-dns.hcp.westeurope.azmk8s.io`,
      nodeResourceGroup: `MC_${group}_${name}_westeurope`,
      maxAgentPools: 100,
      enableRBAC: true,
      supportPlan: 'KubernetesOfficial',
      servicePrincipalProfile: { clientId: 'msi' },
      identityProfile: {
        kubeletidentity: {
          resourceId: `/subscriptions/${subscription}/resourceGroups/MC_${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}-agentpool`,
          clientId: '00000000-0000-4000-8000-00000000000a',
          objectId: '00000000-0000-4000-8000-00000000000b',
        },
      },
      networkProfile: {
        networkPlugin: 'azure',
        networkPluginMode: 'overlay',
        networkPolicy: 'none',
        loadBalancerSku: 'standard',
        serviceCidr: '10.0.0.0/16',
        dnsServiceIP: '10.0.0.10',
      },
      autoUpgradeProfile: { nodeOSUpgradeChannel: 'NodeImage' },
      nodeProvisioningProfile: { mode: 'Manual' },
      agentPoolProfiles: pools,
      ...properties,
    },
  };
}
