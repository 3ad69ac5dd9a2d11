import { defaultProfile } from '../arm/localdns.ts';
import { homeTenantId } from '../arm/token.ts';
import type { Cluster, Subscription, World } from '../world.ts';
import { addCluster, addPool, addSubscription, futureFields } from './resources.ts';
import { fillEdgeCluster } from './edge-cluster.ts';
import { fillManagementGroups } from './management-groups.ts';

/** The names of the fixed sample, for tests and for the guide. */
export const sample = {
  subscriptionId: 'c0ffee00-1000-4000-8000-000000000001',
  subscriptionName: 'Contoso Demo',
  tenantId: homeTenantId,
  resourceGroup: 'rg-demo',
  cluster: 'aks-demo',
  location: 'westeurope',
  pools: { system: 'systempool', eligible: 'userpool', small: 'smallpool', windows: 'winpool', old: 'oldpool' },
  clusters: {
    tooOld: 'aks-old',
    stopped: 'aks-stopped',
    autoprovisioning: 'aks-nap',
    automatic: 'aks-auto',
    edge: 'aks-edge',
  },
} as const;

const { resourceGroup: group, location } = sample;
const system = { mode: 'System', count: 2 } as const;

function fillDemo(world: World, cluster: Cluster): void {
  addPool(world, cluster, 'systempool', { ...system, nodeTaints: ['CriticalAddonsOnly=true:NoSchedule'] });
  addPool(world, cluster, 'userpool', {
    nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202609.11.0',
    availabilityZones: ['1', '2', '3'],
    nodeLabels: { team: 'shop', tier: 'frontend' },
    tags: { 'cost-center': '4711', environment: 'demo' },
    upgradeSettings: { maxSurge: '10%', maxUnavailable: '0', drainTimeoutInMinutes: 30, 'x-futureStrategy': 'calm' },
    ...futureFields,
  });
  addPool(world, cluster, 'smallpool', { vmSize: 'Standard_D2s_v3', count: 2 });
  addPool(world, cluster, 'winpool', {
    count: 1,
    osType: 'Windows',
    osSKU: 'Windows2022',
    nodeImageVersion: 'AKSWindows-2022-containerd-20348.4297.251022',
    windowsProfile: {},
  });
  addPool(world, cluster, 'oldpool', {
    count: 2,
    enableFIPS: true,
    nodeImageVersion: 'AKSUbuntu-2004gen2fipscontainerd-202507.02.0',
  });
}

function fillOthers(world: World, subscription: Subscription): void {
  const plan = (name: string, version: string) => ({ group, name, location, version });
  const old = addCluster(world, subscription, plan('aks-old', '1.30.9'));
  addPool(world, old, 'nodepool1', { ...system });
  addPool(world, old, 'userpool');
  const stopped = addCluster(world, subscription, {
    ...plan('aks-stopped', '1.33.4'),
    properties: { powerState: { code: 'Stopped' } },
  });
  addPool(world, stopped, 'nodepool1', { ...system, count: 0, powerState: { code: 'Stopped' } });
  addPool(world, stopped, 'userpool', { count: 0, powerState: { code: 'Stopped' } });
  const nap = addCluster(world, subscription, {
    ...plan('aks-nap', '1.33.4'),
    properties: {
      nodeProvisioningProfile: { mode: 'Auto', defaultNodePools: 'Auto' },
      networkProfile: {
        networkPlugin: 'azure',
        networkPluginMode: 'overlay',
        networkPolicy: 'cilium',
        networkDataplane: 'cilium',
        loadBalancerSku: 'standard',
        dnsServiceIP: '10.0.0.10',
        serviceCidr: '10.0.0.0/16',
        podCidr: '10.244.0.0/16',
      },
    },
  });
  addPool(world, nap, 'nodepool1', { ...system });
  addPool(world, nap, 'userpool');
  const auto = addCluster(world, subscription, {
    ...plan('aks-auto', '1.33.4'),
    sku: 'Automatic',
    properties: { nodeProvisioningProfile: { mode: 'Auto', defaultNodePools: 'Auto' } },
  });
  addPool(world, auto, 'systempool', {
    ...system,
    osSKU: 'AzureLinux',
    nodeImageVersion: 'AKSAzureLinux-V3gen2-202610.19.1',
    localDNSProfile: defaultProfile('Required'),
  });
  addPool(world, auto, 'userpool', {
    osSKU: 'AzureLinux',
    nodeImageVersion: 'AKSAzureLinux-V3gen2-202610.19.1',
    localDNSProfile: defaultProfile('Required'),
  });
}

/**
 * One subscription with a cluster to try everything on, and clusters that each fail one prerequisite. The feature is
 * not registered.
 */
export function fillSample(world: World): void {
  const subscription = addSubscription(world, sample.subscriptionId, sample.subscriptionName);
  fillDemo(
    world,
    addCluster(world, subscription, {
      group,
      name: sample.cluster,
      location,
      version: '1.33.4',
      tags: { environment: 'demo' },
    }),
  );
  fillOthers(world, subscription);
  fillEdgeCluster(
    world,
    addCluster(world, subscription, { group, name: sample.clusters.edge, location, version: '1.33.4' }),
  );
  fillManagementGroups(world, () => 'contoso-prod');
}
