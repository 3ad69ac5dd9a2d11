import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { limits } from '../../src/domain/change/limits.ts';
import { code, faithful, poolPath, propertiesOf, wire, type Answer } from './client.ts';

/*
 * What AKS documents as refused, sent as is: these tests do not use the rules of the plan. Only the names of the
 * plan's limits are read, so that each has a case.
 */

const size = { vmSize: 'Standard_D4ds_v5', count: 1, mode: 'User' };
const surge = (upgradeSettings: JsonObject): JsonObject => ({ upgradeSettings });
const labelled = (key: string, value = 'x'): JsonObject => ({ nodeLabels: { [key]: value } });
const tagged = (key: string, value = 'x'): JsonObject => ({ tags: { [key]: value } });
const scaled = (minCount: number, maxCount: number): JsonObject => ({ enableAutoScaling: true, minCount, maxCount });
const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`tag${String(index)}`, 'x']));
const network = (name: string): string =>
  `/subscriptions/0b000000-0000-4000-8000-000000000002/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/${name}/subnets/nodes`;

/** A limit, and bodies of a new pool beyond it. */
const cases: readonly (readonly [id: string, ...bodies: readonly JsonObject[]])[] = [
  ['max-surge', surge({ maxSurge: 'abc' }), surge({ maxSurge: '200%' }), surge({ maxSurge: '-1' })],
  ['max-unavailable', surge({ maxSurge: '0', maxUnavailable: '101%' }), surge({ maxSurge: '0', maxUnavailable: 'x' })],
  ['unavailable-on-system-pool', { mode: 'System', ...surge({ maxSurge: '0', maxUnavailable: '1' }) }],
  ['surge-and-unavailable', surge({ maxSurge: '33%', maxUnavailable: '1' }), surge({ maxUnavailable: '1' })],
  ['no-surge-and-none-unavailable', surge({ maxSurge: '0' }), surge({ maxSurge: '0', maxUnavailable: '0' })],
  ['drain-timeout', surge({ drainTimeoutInMinutes: 0 }), surge({ drainTimeoutInMinutes: 1441 })],
  ['node-soak', surge({ nodeSoakDurationInMinutes: -1 }), surge({ nodeSoakDurationInMinutes: 31 })],
  ['version-words', { orchestratorVersion: 'latest' }, { orchestratorVersion: 'v1.33' }],
  ['version-newer-than-control-plane', { orchestratorVersion: '1.34' }, { orchestratorVersion: '1.33.99' }],
  ['version-too-old-for-control-plane', { orchestratorVersion: '1.29' }, { orchestratorVersion: '1.29.15' }],
  ['version-not-known', { orchestratorVersion: '9.9.9' }],
  ['node-count', { count: -1 }, { count: 1001 }, { count: 1.5 }],
  ['autoscaler-bounds', { enableAutoScaling: true }, scaled(3, 2), scaled(-1, 2), scaled(0, 0), scaled(1, 1001)],
  ['autoscaler-bounds', { count: 5, ...scaled(1, 3) }, { count: 0, ...scaled(1, 3) }],
  ['system-pool-nodes', { mode: 'System', count: 0 }, { mode: 'System', ...scaled(0, 3) }],
  ['system-pool-system', { mode: 'System', osType: 'Windows', osSKU: 'Windows2022' }],
  ['system-pool-spot', { mode: 'System', scaleSetPriority: 'Spot' }],
  ['system-pool-pods', { mode: 'System', maxPods: 29 }],
  ['max-pods', { maxPods: 9 }, { maxPods: 251 }, { maxPods: 30.5 }],
  ['spot-price', { spotMaxPrice: 0.5 }, { scaleSetPriority: 'Spot', spotMaxPrice: 0 }],
  ['spot-price', { scaleSetPriority: 'Spot', spotMaxPrice: -2 }],
  ['os-sku-of-other-system', { osSKU: 'Windows2022' }, { osType: 'Windows', osSKU: 'Ubuntu' }],
  ['os-sku-confidential', { vmSize: 'Standard_DC4as_v5', osSKU: 'Ubuntu2204' }],
  ['os-sku-confidential', { vmSize: 'Standard_EC8ads_v5', osSKU: 'ubuntu2204' }],
  ['reserved-label', labelled('kubernetes.azure.com/mode'), labelled('my.kubernetes.azure.com/mode')],
  [
    'reserved-label',
    labelled('node-role.kubernetes.io/web'),
    labelled('k8s.io/x'),
    labelled('kubernetes.io/lifecycle'),
  ],
  ['label-words', labelled('-a'), labelled('a b'), labelled('a', 'b c'), labelled('UPPER.example/a')],
  ['label-words', labelled('a'.repeat(64)), labelled('a', 'b'.repeat(64)), labelled(`${'a'.repeat(254)}/b`)],
  ['tags', { tags: many }, tagged('a'.repeat(513)), tagged('a', 'b'.repeat(257)), tagged('a/b'), tagged('a<b')],
  ['zones-of-scale-sets', { type: 'AvailabilitySet', availabilityZones: ['1'] }],
  // The pools of the sample are in the network that AKS made.
  ['same-virtual-network', { vnetSubnetID: network('vnet-a') }],
];

function loaded(
  version: string,
  pools: readonly JsonObject[],
): { readonly load: readonly JsonObject[]; readonly path: string } {
  const id =
    '/subscriptions/0b000000-0000-4000-8000-000000000002/resourceGroups/rg-x/providers/Microsoft.ContainerService/managedClusters/aks-x';
  return {
    load: [
      {
        id,
        location: 'westeurope',
        properties: { currentKubernetesVersion: version, agentPoolProfiles: pools },
      },
    ],
    path: `${id}/agentPools/web?api-version=2026-03-01`,
  };
}

const pools = (number: number, properties: JsonObject): readonly JsonObject[] =>
  Array.from({ length: number }, (_, index) => ({ name: `p${String(index)}`, mode: 'User', ...properties }));

/** Limits that depend on what the cluster has. */
const worlds: readonly (readonly [id: string, version: string, pools: readonly JsonObject[], body: JsonObject])[] = [
  ['pools-of-a-cluster', '1.33.4', pools(100, { count: 1 }), {}],
  ['nodes-of-a-cluster', '1.33.4', pools(5, { count: 999 }), { count: 6 }],
  [
    'same-virtual-network',
    '1.33.4',
    pools(1, { vnetSubnetID: network('vnet-a') }),
    { vnetSubnetID: network('vnet-b') },
  ],
  ['pool-beside-availability-set', '1.33.4', pools(1, { type: 'AvailabilitySet' }), {}],
  ['os-sku-ended', '1.37.1', pools(1, {}), { osSKU: 'Ubuntu2204' }],
  ['os-sku-ended', '1.37.1', pools(1, {}), { osSKU: 'AzureLinux3' }],
];

/** Refused by the AKS resource provider: an error with code and message, and no operation. */
function refusal({ status, headers, body }: Answer): unknown {
  const { code: word, message, subcode } = body;
  const said = typeof word === 'string' && /^\w+$/.test(word) && typeof message === 'string' && message.length > 9;
  return { status, said, subcode, started: 'azure-asyncoperation' in headers };
}

const plain = { status: 400, said: true, subcode: '', started: false };

describe('a new pool beyond a limit', () => {
  test.each(cases.flatMap(([id, ...bodies]) => bodies.map((body) => [id, body] as const)))(
    '%s is refused: %j',
    async (_, body) => {
      const on = wire();
      const answer = await on.send('PUT', poolPath('web'), { body: { properties: { ...size, ...body } } });
      expect(refusal(answer), answer.text).toEqual(plain);
      expect(on.simulator.pool('aks-demo', 'web')).toBeUndefined();
    },
  );

  test.each(worlds)('%s is refused if the cluster runs %s', async (_, version, has, body) => {
    const { load, path } = loaded(version, has);
    const answer = await wire({ load }).send('PUT', path, { body: { properties: { ...size, ...body } } });
    expect(refusal(answer), answer.text).toEqual(plain);
  });

  test.each([
    {},
    { maxPods: 10 },
    { maxPods: 250 },
    { count: 0 },
    { count: 3, ...scaled(0, 3) },
    { scaleSetPriority: 'Spot', spotMaxPrice: -1 },
    { scaleSetPriority: 'Spot', spotMaxPrice: 0.05 },
    { vmSize: 'Standard_DC4as_v5', osSKU: 'Ubuntu2404' },
    { ...labelled('example.com/a.b-c_d', ''), ...tagged('a b:c', 'd/e') },
    { orchestratorVersion: '1.33' },
    surge({ maxSurge: '0', maxUnavailable: '1', drainTimeoutInMinutes: 1440, nodeSoakDurationInMinutes: 30 }),
  ] as readonly JsonObject[])('is made within them: %j', async (body) => {
    const answer = await wire().send('PUT', poolPath('web'), { body: { properties: { ...size, ...body } } });
    expect([answer.text, answer.status]).toEqual([answer.text, 201]);
  });

  test('has a case for every limit of the plan', () => {
    const ids = new Set([...cases, ...worlds].map(([id]) => id));
    expect([...ids].sort()).toEqual(limits.map(({ id }) => id).sort());
  });
});

describe('a change beyond a limit', () => {
  test.each([
    ['userpool', labelled('kubernetes.azure.com/mode'), 'BadRequest'],
    ['userpool', labelled('a b'), 'InvalidParameter'],
    ['userpool', { tags: many }, 'InvalidParameter'],
    ['userpool', { count: 1001 }, 'InvalidParameter'],
    ['userpool', scaled(5, 3), 'InvalidParameter'],
    ['userpool', surge({ maxSurge: '200%', 'x-futureStrategy': 'calm' }), 'InvalidParameter'],
    ['systempool', { count: 0 }, 'InvalidParameter'],
    ['systempool', { mode: 'User' }, 'MustDefineAtLeastOneSystemPool'],
    ['winpool', { mode: 'System' }, 'InvalidParameter'],
  ] as const)('of %s is refused: %j', async (pool, change, expected) => {
    const on = wire();
    const properties = propertiesOf(await on.get(poolPath(pool)));
    const answer = await on.send('PUT', poolPath(pool), { body: faithful(properties, change) });
    expect(refusal(answer), answer.text).toEqual(plain);
    expect(code(answer)).toBe(expected);
    expect(on.simulator.pool('aks-demo', pool)).toEqual({ ...properties });
  });

  test('includes the removal of the last system pool', async () => {
    const on = wire();
    expect(refusal(await on.send('DELETE', poolPath('systempool')))).toEqual(plain);
    const properties = propertiesOf(await on.get(poolPath('userpool')));
    await on.send('PUT', poolPath('userpool'), { body: faithful(properties, { mode: 'System' }) });
    on.advance(7200);
    expect((await on.send('DELETE', poolPath('systempool'))).status).toBe(202);
  });

  test('does not include values that a pool already has', async () => {
    const odd = { mode: 'System', count: 0, tags: many, nodeLabels: { 'kubernetes.azure.com/x': 'y' } };
    const { load, path } = loaded('1.33.4', [{ name: 'web', ...odd }]);
    const on = wire({ load });
    const properties = propertiesOf(await on.get(path));
    const answer = await on.send('PUT', path, { body: faithful(properties, { nodeTaints: ['a=b:NoSchedule'] }) });
    expect([answer.text, answer.status]).toEqual([answer.text, 200]);
  });
});
