import type { JsonObject } from '../../core/json.ts';
import { featureKey, newFeature } from '../arm/features.ts';
import { defaultProfile } from '../arm/localdns.ts';
import { objectIdOf } from '../arm/token.ts';
import type { Random } from '../random.ts';
import type { Cluster, Subscription, World } from '../world.ts';
import { addCluster, addPool, addSubscription, futureFields } from './build.ts';
import { fillManagementGroups } from './groups.ts';
import { sample } from './sample.ts';

const clustersPerSubscription = 50;
const maxSubscriptions = 20;
const regions = ['westeurope', 'northeurope', 'eastus2', 'westus2', 'southeastasia'] as const;
const teams = ['shop', 'payments', 'search', 'data', 'identity', 'platform', 'logistics', 'media'] as const;
const stages = ['dev', 'test', 'prod'] as const;
const versions = ['1.29.9', '1.30.9', '1.31.8', '1.32.5', '1.33.4', '1.33.4', '1.34.1'] as const;

/** Kinds of pools, as often as they stand here. */
const poolKinds: readonly [PoolKind, ...PoolKind[]] = [
  (): JsonObject => ({ nodeLabels: { tier: 'frontend' } }),
  (): JsonObject => ({ vmSize: 'Standard_D8ds_v5', tags: { owner: 'team' }, ...futureFields }),
  (): JsonObject => ({ vmSize: 'Standard_D2s_v3' }),
  (): JsonObject => ({ vmSize: 'Standard_E8ds_v5', upgradeSettings: { maxSurge: '33%', maxUnavailable: '0' } }),
  (random): JsonObject => ({ enableAutoScaling: true, minCount: 1, maxCount: 10, count: random.between(1, 10), ...futureFields }),
  (): JsonObject => ({ osSKU: 'AzureLinux', nodeImageVersion: 'AKSAzureLinux-V3gen2-202510.19.1' }),
  (): JsonObject => ({ osType: 'Windows', osSKU: 'Windows2022', nodeImageVersion: 'AKSWindows-2022-containerd-20348.4297.251022', windowsProfile: {} }),
  (): JsonObject => ({ scaleSetPriority: 'Spot', scaleSetEvictionPolicy: 'Delete', spotMaxPrice: -1 }),
  (): JsonObject => ({ enableFIPS: true, nodeImageVersion: 'AKSUbuntu-2004gen2fipscontainerd-202507.02.0' }),
  (): JsonObject => ({ localDNSProfile: defaultProfile('Required') }),
  (): JsonObject => ({ localDNSProfile: defaultProfile('Disabled') }),
  (): JsonObject => ({ count: 0 }),
  (): JsonObject => ({ tags: { 'managed-by': 'terraform' } }),
  (): JsonObject => ({ vmSize: 'Standard_M8-2ms' }),
  (): JsonObject => ({ vmSize: 'Standard_DS3' }),
];

type PoolKind = (random: Random) => JsonObject;

function clusterProperties(random: Random): JsonObject {
  const stopped = random.chance(0.03) ? { powerState: { code: 'Stopped' } } : {};
  const autoprovisioned = random.chance(0.08) ? { nodeProvisioningProfile: { mode: 'Auto', defaultNodePools: 'Auto' } } : {};
  const network = random.chance(0.25)
    ? { networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', networkPolicy: 'cilium', networkDataplane: 'cilium', loadBalancerSku: 'standard', dnsServiceIP: '10.0.0.10' } }
    : {};
  return { ...stopped, ...autoprovisioned, ...network };
}

function addFleetCluster(world: World, subscription: Subscription, index: number): Cluster {
  const { random } = world;
  const team = random.pick(teams);
  const stage = random.pick(stages);
  const cluster = addCluster(world, subscription, {
    group: `rg-${team}-${stage}`,
    name: `aks-${team}-${String(index).padStart(5, '0')}`,
    location: random.pick(regions),
    version: random.pick(versions),
    tags: { team, environment: stage },
    properties: clusterProperties(random),
  });
  addPool(world, cluster, 'systempool', { mode: 'System', count: 3 });
  const pools = random.between(1, 3);
  for (let number = 1; number <= pools; number += 1) {
    addPool(world, cluster, `pool${String(number)}`, { count: random.between(1, 12), ...random.pick(poolKinds)(random) });
  }
  return cluster;
}

function addFleetSubscription(world: World, index: number): Subscription {
  // The first one is the sample's, so that its name can be used in examples of either.
  const id = index === 0 ? sample.subscriptionId : objectIdOf(`subscription-${String(index)}`);
  const subscription = addSubscription(world, id, index === 0 ? sample.subscriptionName : `Contoso ${String(index + 1)}`);
  const state = index % 4 === 3 ? 'NotRegistered' : 'Registered';
  subscription.features.set(featureKey('Microsoft.ContainerService', 'LocalDNSPreview'), newFeature('Microsoft.ContainerService', 'LocalDNSPreview', state));
  return subscription;
}

/** So many clusters, with one to four pools each, over up to 20 subscriptions and five regions; the same seed gives the same fleet. */
export function fillFleet(world: World, clusters: number): void {
  const count = Math.min(maxSubscriptions, Math.max(1, Math.ceil(clusters / clustersPerSubscription)));
  const subscriptions = Array.from({ length: count }, (_, index) => addFleetSubscription(world, index));
  for (let index = 0; index < clusters; index += 1) {
    const subscription = subscriptions[index % count];
    if (subscription !== undefined) addFleetCluster(world, subscription, index + 1);
  }
  const production = new Set(subscriptions.filter((_, index) => index % 2 === 0).map(({ id }) => id.toLowerCase()));
  fillManagementGroups(world, (id) => (production.has(id) ? 'contoso-prod' : 'contoso-dev'));
  world.settings.regionalVcpus = { used: 10_000, limit: 1_000_000 };
}
