import type { JsonObject } from '../../../src/core/json.ts';
import { readCluster } from '../../../src/model/cluster.ts';
import { clusterId, poolId, type ClusterRef } from '../../../src/model/ids.ts';
import { readNodePool } from '../../../src/model/node-pool.ts';
import type { VmSize } from '../../../src/model/ports.ts';
import type { PoolFacts } from '../../../src/domain/checks/index.ts';
import { known } from '../../../src/model/known.ts';

export const clusterRef: ClusterRef = {
  subscriptionId: '11111111-2222-3333-4444-555555555555',
  resourceGroup: 'rg-shop',
  cluster: 'aks-shop',
};

export const sizes: ReadonlyMap<string, VmSize> = new Map(
  [
    { name: 'Standard_D2s_v5', vCpus: 2, family: 'standardDSv5Family' },
    { name: 'Standard_D4s_v5', vCpus: 4, family: 'standardDSv5Family' },
    { name: 'Standard_D8s_v5', vCpus: 8, family: 'standardDSv5Family' },
    { name: 'Standard_DS3_v2', vCpus: 4, family: 'standardDSv2Family' },
    // A size with constrained vCPUs: 8 are billed, 2 are usable.
    { name: 'Standard_M8-2ms', vCpus: 2, family: 'standardMSFamily' },
  ].map((size) => [size.name.toLowerCase(), size]),
);

/** `properties` of a pool on which every check passes. */
export const goodPool: JsonObject = {
  count: 3,
  vmSize: 'Standard_D4s_v5',
  osType: 'Linux',
  osSKU: 'Ubuntu',
  type: 'VirtualMachineScaleSets',
  mode: 'User',
  provisioningState: 'Succeeded',
  powerState: { code: 'Running' },
  orchestratorVersion: '1.33',
  currentOrchestratorVersion: '1.33.2',
  nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202610.19.1',
  enableFIPS: false,
  upgradeSettings: { maxSurge: '33%' },
};

export const goodCluster: JsonObject = {
  location: 'eastus2',
  sku: { name: 'Base', tier: 'Standard' },
  properties: {
    provisioningState: 'Succeeded',
    powerState: { code: 'Running' },
    kubernetesVersion: '1.33',
    currentKubernetesVersion: '1.33.2',
    nodeProvisioningProfile: { mode: 'Manual' },
    networkProfile: { networkPlugin: 'azure' },
  },
};

/** The cluster with changed properties; `undefined` removes one. */
export function clusterWith(properties: JsonObject = {}, resource: JsonObject = {}): ReturnType<typeof readCluster> {
  const own = goodCluster['properties'] as JsonObject;
  return readCluster(clusterRef, {
    id: clusterId(clusterRef),
    ...goodCluster,
    ...resource,
    properties: { ...own, ...properties },
  });
}

export function poolWith(properties: JsonObject = {}, name = 'userpool'): ReturnType<typeof readNodePool> {
  const ref = { ...clusterRef, pool: name };
  return readNodePool(ref, poolId(ref), { ...goodPool, ...properties });
}

/** Facts on which every check passes, with changes. */
export function facts(changes: Partial<PoolFacts> = {}): PoolFacts {
  return {
    subscription: {
      id: clusterRef.subscriptionId,
      name: 'Shop',
      feature: known({ known: true, state: 'Registered' }),
      provider: known({ state: 'Registered' }),
    },
    clusterRef,
    cluster: known(clusterWith()),
    pool: poolWith(),
    named: true,
    isNew: false,
    vmSizes: known(sizes),
    ...changes,
  };
}
