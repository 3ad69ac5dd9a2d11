import { expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/core/json.ts';
import { readNodePool, type NodePool } from '../../src/model/node-pool.ts';

const ref = { subscriptionId: 's', resourceGroup: 'g', cluster: 'c', pool: 'p' };
const read = (properties: JsonObject): NodePool => readNodePool(ref, 'id', properties);
const machines = (scale: JsonValue, more: JsonObject = {}): NodePool =>
  read({ type: 'virtualMachines', count: null, vmSize: '', virtualMachinesProfile: { scale }, ...more });

test.each([
  [
    'what there is, before what is wanted',
    {
      virtualMachineNodesStatus: [
        { size: 'A', count: 3 },
        { size: 'B', count: 1 },
      ],
    },
    4,
  ],
  ['what is wanted, where nothing is said of what there is', {}, 2],
  ['what there is, although that is nothing', { virtualMachineNodesStatus: [{ size: 'A', count: 0 }] }, 0],
])('the node count of a pool of virtual machines comes from %s', (_, more: JsonObject, count) => {
  expect(machines({ manual: [{ size: 'A', count: 2 }] }, more).count).toBe(count);
});

test.each([
  [
    'a list',
    [
      { size: 'Standard_D4s_v5', minCount: 1, maxCount: 4 },
      { size: 'Standard_D8s_v5', minCount: 2, maxCount: 3 },
    ],
    3,
    7,
  ],
  ['one object, as before 2026-02-02-preview', { size: 'Standard_D4s_v5', minCount: 1, maxCount: 4 }, 1, 4],
])('the autoscaling of virtual machines is read from %s', (_, autoscale, min, max) => {
  const pool = machines({ autoscale });
  expect(pool.autoscaling).toEqual({ min, max });
  expect(pool.vmSizes[0]).toBe('Standard_D4s_v5');
  expect(pool.count).toBeUndefined();
});

test('the sizes of virtual machines come from all places, without duplicates', () => {
  const pool = machines(
    { manual: [{ size: 'Standard_A', count: 1 }], autoscale: { sizes: ['Standard_B'] } },
    {
      virtualMachineNodesStatus: [
        { size: 'standard_a', count: 1 },
        { size: 'Standard_C', count: 2 },
      ],
    },
  );
  expect(pool.vmSizes).toEqual(['Standard_A', 'Standard_B', 'Standard_C']);
});

test('the values from Azure are case-insensitive, and unknown ones are kept', () => {
  expect(read({ scaleSetPriority: 'SPOT', localDNSProfile: { mode: 'required' } })).toMatchObject({
    spot: true,
    localDns: { mode: 'Required' },
  });
  expect(read({ localDNSProfile: { mode: 'Later' } }).localDns?.mode).toBe('Later');
});
