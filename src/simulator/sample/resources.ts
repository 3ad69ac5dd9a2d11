import type { JsonObject } from '../../core/json.ts';
import { vmSize } from '../arm/compute-sizes.ts';
import { clusterKey } from '../arm/lookup.ts';
import { homeTenantId, objectIdOf } from '../arm/token.ts';
import type { Cluster, Pool, Subscription, World } from '../world.ts';

export function addSubscription(
  world: World,
  id: string,
  name: string,
  more: Partial<Pick<Subscription, 'tenantId' | 'state' | 'managedByTenants'>> = {},
): Subscription {
  const subscription: Subscription = {
    id,
    name,
    tenantId: homeTenantId,
    state: 'Enabled',
    ...more,
    features: new Map(),
    providers: new Map(),
    groups: new Map(),
    clusters: new Map(),
  };
  world.subscriptions.set(id.toLowerCase(), subscription);
  return subscription;
}

interface ClusterPlan {
  readonly group: string;
  readonly name: string;
  readonly location: string;
  readonly version: string;
  readonly sku?: 'Base' | 'Automatic';
  /** Defaults to `Standard`. */
  readonly tier?: string;
  readonly tags?: JsonObject;
  /** Override the defaults. */
  readonly properties?: JsonObject;
}

/** What az reads before every update. */
function kubeletIdentity(subscriptionId: string, { group, name, location }: ClusterPlan): JsonObject {
  return {
    resourceId: `/subscriptions/${subscriptionId}/resourcegroups/MC_${group}_${name}_${location}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}-agentpool`,
    clientId: objectIdOf(`${name}-agentpool-application`),
    objectId: objectIdOf(`${name}-agentpool`),
  };
}

export function addCluster(world: World, subscription: Subscription, plan: ClusterPlan): Cluster {
  const { group, name, location, version } = plan;
  const minor = version.split('.').slice(0, 2).join('.');
  subscription.groups.set(group.toLowerCase(), { name: group, location });
  const cluster: Cluster = {
    subscriptionId: subscription.id,
    resourceGroup: group,
    name,
    location,
    pools: new Map(),
    maintenance: new Map(),
    operation: undefined,
    hadOperation: false,
    nodesAtStop: new Map(),
    resource: {
      id: `/subscriptions/${subscription.id}/resourcegroups/${group}/providers/Microsoft.ContainerService/managedClusters/${name}`,
      location,
      name,
      type: 'Microsoft.ContainerService/ManagedClusters',
      ...(plan.tags === undefined ? {} : { tags: plan.tags }),
      sku: { name: plan.sku ?? 'Base', tier: plan.tier ?? 'Standard' },
      identity: { type: 'SystemAssigned', tenantId: subscription.tenantId },
      properties: {
        provisioningState: 'Succeeded',
        powerState: { code: 'Running' },
        kubernetesVersion: minor,
        currentKubernetesVersion: version,
        dnsPrefix: name,
        fqdn: `${name}-dns.hcp.${location}.azmk8s.io`,
        nodeResourceGroup: `MC_${group}_${name}_${location}`,
        maxAgentPools: 100,
        enableRBAC: true,
        servicePrincipalProfile: { clientId: 'msi' },
        identityProfile: { kubeletidentity: kubeletIdentity(subscription.id, plan) },
        supportPlan: 'KubernetesOfficial',
        networkProfile: {
          networkPlugin: 'azure',
          networkPluginMode: 'overlay',
          networkPolicy: 'none',
          networkDataplane: 'azure',
          loadBalancerSku: 'standard',
          dnsServiceIP: '10.0.0.10',
          serviceCidr: '10.0.0.0/16',
          podCidr: '10.244.0.0/16',
        },
        autoUpgradeProfile: { nodeOSUpgradeChannel: 'NodeImage' },
        nodeProvisioningProfile: { mode: 'Manual' },
        ...plan.properties,
        eTag: world.random.guid(),
      },
      eTag: world.random.guid(),
    },
  };
  subscription.clusters.set(clusterKey(group, name), cluster);
  return cluster;
}

const plainSecurity = { enableVTPM: false, enableSecureBoot: false };
const powerOn = { code: 'Running' };

/** A pool as AKS returns it for a size and a version; `properties` override the defaults. */
function poolProperties(cluster: Cluster, properties: JsonObject = {}): JsonObject {
  const own = cluster.resource['properties'] as JsonObject;
  const size = typeof properties['vmSize'] === 'string' ? properties['vmSize'] : 'Standard_D4ds_v5';
  const ephemeral = (vmSize(size)?.tempGb ?? 0) >= 128;
  return {
    count: 3,
    vmSize: size,
    osDiskSizeGB: ephemeral ? 150 : 128,
    osDiskType: ephemeral ? 'Ephemeral' : 'Managed',
    kubeletDiskType: 'OS',
    maxPods: 250,
    type: 'VirtualMachineScaleSets',
    enableAutoScaling: false,
    scaleDownMode: 'Delete',
    provisioningState: 'Succeeded',
    powerState: powerOn,
    orchestratorVersion: own['kubernetesVersion'],
    currentOrchestratorVersion: own['currentKubernetesVersion'],
    enableNodePublicIP: false,
    mode: 'User',
    enableEncryptionAtHost: false,
    enableUltraSSD: false,
    osType: 'Linux',
    osSKU: 'Ubuntu',
    nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202610.19.1',
    upgradeSettings: { maxSurge: '10%', maxUnavailable: '0' },
    enableFIPS: false,
    securityProfile: plainSecurity,
    ...properties,
  };
}

export function addPool(world: World, cluster: Cluster, name: string, properties: JsonObject = {}): Pool {
  const pool: Pool = {
    name,
    properties: { ...poolProperties(cluster, properties), eTag: world.random.guid() },
    operation: undefined,
    hadOperation: false,
    reimagedNodes: 0,
  };
  cluster.pools.set(name.toLowerCase(), pool);
  return pool;
}

/** Fields that no client knows: a PUT must send them back as they were read. */
export const futureFields = { 'x-future': { ring: 'canary', weights: [1, 2, 3], nested: { keep: true } } } as const;
