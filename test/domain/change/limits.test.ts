import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { limitViolations } from '../../../src/domain/change/index.ts';
import { limits } from '../../../src/domain/change/limits.ts';
import { readCluster } from '../../../src/model/cluster.ts';
import { readNodePool } from '../../../src/model/node-pool.ts';

const clusterRef = { subscriptionId: 's', resourceGroup: 'g', cluster: 'c' };
const subnet = (network: string): string =>
  `/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/${network}/subnets/x`;

function cluster(version = '1.33.2', pools: readonly JsonObject[] = []) {
  return readCluster(clusterRef, {
    properties: {
      currentKubernetesVersion: version,
      agentPoolProfiles: pools.map((pool, index) => ({ name: `p${String(index)}`, ...pool })),
    },
  });
}

const good: JsonObject = {
  count: 3,
  vmSize: 'Standard_D4s_v5',
  mode: 'User',
  osType: 'Linux',
  osSKU: 'Ubuntu',
  type: 'VirtualMachineScaleSets',
  orchestratorVersion: '1.33',
  maxPods: 110,
  nodeLabels: { 'example.com/team': 'shop', empty: '' },
  tags: { 'managed by': 'us' },
  upgradeSettings: { maxSurge: '33%', maxUnavailable: '0', drainTimeoutInMinutes: 30, nodeSoakDurationInMinutes: 0 },
};

function broken(properties: JsonObject, of: 'settings' | 'pool' = 'pool', within = cluster()): readonly string[] {
  const pool = readNodePool({ ...clusterRef, pool: 'new' }, 'id', { ...good, ...properties });
  return limitViolations({ pool, cluster: within }, of).map(({ id }) => id);
}

const settings = (upgradeSettings: JsonObject, more: JsonObject = {}): JsonObject => ({ upgradeSettings, ...more });

type Case = readonly [limit: string, properties: JsonObject, within?: ReturnType<typeof cluster>];
const cases: readonly Case[] = [
  ['max-surge', settings({ maxSurge: 'abc' })],
  ['max-surge', settings({ maxSurge: '200%' })],
  ['max-surge', settings({ maxSurge: '0%', maxUnavailable: '1' })],
  ['max-unavailable', settings({ maxSurge: '0', maxUnavailable: '101%' })],
  ['unavailable-on-system-pool', settings({ maxSurge: '0', maxUnavailable: '1' }, { mode: 'system' })],
  ['surge-and-unavailable', settings({ maxSurge: '1', maxUnavailable: '1' })],
  ['surge-and-unavailable', settings({ maxUnavailable: '1' })],
  ['no-surge-and-none-unavailable', settings({ maxSurge: '0' })],
  ['no-surge-and-none-unavailable', settings({ maxSurge: 0, maxUnavailable: '0' }, { mode: 'System' })],
  ['drain-timeout', settings({ drainTimeoutInMinutes: 1441 })],
  ['node-soak', settings({ nodeSoakDurationInMinutes: 31 })],
  ['version-words', { orchestratorVersion: 'newest' }],
  ['version-newer-than-control-plane', { orchestratorVersion: '9.9.9' }],
  ['version-newer-than-control-plane', { orchestratorVersion: '1.34' }],
  ['version-newer-than-control-plane', { orchestratorVersion: '1.33.3' }],
  ['version-too-old-for-control-plane', { orchestratorVersion: '1.29' }],
  ['version-not-known', { orchestratorVersion: '9.9.9' }, cluster('')],
  ['node-count', { count: 1001 }],
  ['autoscaler-bounds', { enableAutoScaling: true, minCount: 4, maxCount: 3 }],
  ['autoscaler-bounds', { enableAutoScaling: true, minCount: 4, maxCount: 5 }],
  ['autoscaler-bounds', { enableAutoScaling: true }],
  ['system-pool-nodes', { mode: 'System', count: 0 }],
  ['system-pool-system', { mode: 'System', osType: 'Windows', osSKU: 'Windows2022' }],
  ['system-pool-spot', { mode: 'System', scaleSetPriority: 'Spot' }],
  ['system-pool-pods', { mode: 'System', maxPods: 20 }],
  ['max-pods', { maxPods: 251 }],
  ['spot-price', { spotMaxPrice: 0.1 }],
  ['spot-price', { scaleSetPriority: 'Spot', spotMaxPrice: 0 }],
  ['os-sku-of-other-system', { osSKU: 'Windows2022' }],
  ['os-sku-ended', { osSKU: 'Ubuntu2204', orchestratorVersion: '1.37' }, cluster('1.37.1')],
  ['os-sku-ended', { osSKU: 'azurelinux3', orchestratorVersion: undefined }, cluster('1.37.1')],
  ['os-sku-confidential', { osSKU: 'Ubuntu2204', vmSize: 'Standard_DC4as_v5' }],
  ['reserved-label', { nodeLabels: { 'kubernetes.azure.com/x': 'y' } }],
  ['reserved-label', { nodeLabels: { 'node-role.kubernetes.io/web': '' } }],
  ['label-words', { nodeLabels: { '-a': 'y' } }],
  ['label-words', { nodeLabels: { a: 'x'.repeat(64) } }],
  ['label-words', { nodeLabels: { url: 'a=b' } }],
  ['tags', { tags: { 'a/b': 'c' } }],
  ['tags', { tags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`t${String(index)}`, ''])) }],
  ['zones-of-scale-sets', { type: 'AvailabilitySet', availabilityZones: ['1'] }],
  ['pool-beside-availability-set', {}, cluster('1.33.2', [{ type: 'availabilitySet' }])],
  ['same-virtual-network', { vnetSubnetID: subnet('b') }, cluster('1.33.2', [{ vnetSubnetID: subnet('A') }])],
  ['same-virtual-network', { vnetSubnetID: subnet('a') }, cluster('1.33.2', [{}])],
  [
    'pools-of-a-cluster',
    {},
    cluster(
      '1.33.2',
      Array.from({ length: 100 }, () => ({ count: 1 })),
    ),
  ],
  ['nodes-of-a-cluster', {}, cluster('1.33.2', [{ count: 4999 }])],
];

describe('the limits of node pools', () => {
  const named = cases.map(([id, properties, within]) => ({ id, properties, within }));
  test.each(named)('$id rejects $properties', ({ id, properties, within }) => {
    expect(broken(properties, 'pool', within)).toContain(id);
  });

  test('each has a case, a source and a sentence', () => {
    expect([...new Set(cases.map(([id]) => id))].sort()).toEqual(limits.map(({ id }) => id).sort());
    for (const { source } of limits) expect(source.link).toMatch(/^https:\/\//);
    for (const one of cases) {
      const properties: JsonObject = one[1];
      const within = one[2] ?? cluster();
      const pool = readNodePool({ ...clusterRef, pool: 'new' }, 'id', { ...good, ...properties });
      for (const { message } of limitViolations({ pool, cluster: within }, 'pool')) expect(message).toMatch(/\.$/);
    }
  });

  test.each<JsonObject>([
    {},
    settings({ maxSurge: '0', maxUnavailable: '50%' }),
    settings({ maxSurge: '100%' }),
    settings({ maxSurge: '5', maxUnavailable: 0 }),
    settings({}),
    { orchestratorVersion: '1.33.2' },
    { orchestratorVersion: '1.30' },
    { orchestratorVersion: '' },
    { enableAutoScaling: true, minCount: 0, maxCount: 10 },
    { nodeLabels: { url: 'a.b', 'node.kubernetes.io/lifecycle': 'spot', 'kubernetes.io/os': 'linux' } },
    { scaleSetPriority: 'spot', spotMaxPrice: -1 },
    { osType: 'Windows', osSKU: 'Windows2022' },
    { vnetSubnetID: subnet('A') },
  ])('nothing rejects %j', (properties) => {
    expect(broken(properties)).toEqual([]);
  });

  test('only the limits of upgrade settings apply to an existing pool', () => {
    expect(broken(settings({ maxSurge: '200%' }, { count: 5000 }), 'settings')).toEqual(['max-surge']);
  });
});
