import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { poolId } from '../../../src/model/ids.ts';
import { readNodePool } from '../../../src/model/node-pool.ts';
import { disruptionOf, minutesPerBatch } from '../../../src/domain/change/disruption.ts';
import { findingsOf } from '../../../src/domain/change/findings.ts';
import { remarkRules, remarksOf } from '../../../src/domain/change/remarks.ts';
import { fakeRef, FakeNodePools, poolProperties } from '../../support/fake-node-pools.ts';
import { judgementOf, row } from '../../usecases/nodepool/rig.ts';

function pool(more: JsonObject) {
  return readNodePool(fakeRef, poolId(fakeRef), { ...poolProperties, ...more });
}

describe('the disruption by a reimage', () => {
  test.each<readonly [string, JsonObject, object]>([
    ['10% of three nodes is one node at a time', {}, { surgeNodes: 1, batchSize: 1, batches: 3 }],
    [
      'the default surge where nothing is set',
      { upgradeSettings: {}, count: 25 },
      { maxSurge: '10%', surgeNodes: 3, batches: 9 },
    ],
    ['a third of ten, rounded up', { count: 10, upgradeSettings: { maxSurge: '33%' } }, { surgeNodes: 4, batches: 3 }],
    ['a number', { count: 10, upgradeSettings: { maxSurge: '5' } }, { surgeNodes: 5, batches: 2 }],
    [
      'unavailable instead of surge',
      { count: 10, upgradeSettings: { maxSurge: '0', maxUnavailable: '2' } },
      { surgeNodes: 0, unavailableNodes: 2, batchSize: 2, batches: 5 },
    ],
    [
      'never more at a time than there are',
      { count: 2, upgradeSettings: { maxSurge: '10' } },
      { surgeNodes: 10, batchSize: 2, batches: 1 },
    ],
    ['a pool without nodes', { count: 0 }, { nodes: 0, batches: undefined, estimate: undefined, losses: [] }],
    [
      'a spot pool',
      { scaleSetPriority: 'Spot' },
      { drains: false, maxSurge: undefined, batches: undefined, drainTimeoutMinutes: undefined },
    ],
    ['a node count that Azure does not report', { count: null }, { nodes: undefined, estimate: undefined }],
    [
      'a surge that cannot be read',
      { upgradeSettings: { maxSurge: 'lots' } },
      { surgeNodes: undefined, batches: undefined },
    ],
    [
      'the time that nodes soak',
      { upgradeSettings: { maxSurge: '3', nodeSoakDurationInMinutes: 5 } },
      { batches: 1, estimate: { fromMinutes: 8, toMinutes: 15 } },
    ],
    [
      'a drain timeout of its own',
      { upgradeSettings: { drainTimeoutInMinutes: 7 } },
      { drainTimeoutMinutes: 7, drains: true },
    ],
  ])('%s', (_, more, expected) => {
    expect(disruptionOf(pool(more))).toMatchObject(expected);
  });

  test('estimates a range, with its basis, and lists what is lost', () => {
    const { estimate, losses } = disruptionOf(pool({}));
    expect(estimate).toMatchObject({ fromMinutes: 3 * minutesPerBatch.from, toMinutes: 3 * minutesPerBatch.to });
    expect(estimate?.basis).toContain('276 to 545 s');
    expect(losses.join(' ')).toMatch(/ephemeral.*emptyDir/);
  });
});

describe('remarks', () => {
  const situation = { mode: 'Required', automatic: false, settingsChange: false, created: false } as const;

  test('have unique ids', () => {
    expect(new Set(remarkRules.map(({ id }) => id)).size).toBe(remarkRules.length);
  });

  test.each<readonly [string, JsonObject]>([
    ['no-nodes', { count: 0 }],
    ['single-node', { count: 1 }],
    ['system-pool', { mode: 'System' }],
    ['autoscaled', { enableAutoScaling: true, minCount: 1, maxCount: 3 }],
    ['spot', { scaleSetPriority: 'Spot' }],
    ['pool-state', { provisioningState: 'Failed' }],
    ['operation-running', { provisioningState: 'Scaling' }],
    ['pool-power', { powerState: { code: 'Stopped' } }],
  ])('%s', (id, more) => {
    expect(remarksOf({ ...situation, pool: pool(more) }, []).map((remark) => remark.id)).toEqual([id]);
  });

  test('mention that Azure configured LocalDNS in an AKS Automatic cluster', () => {
    const remarks = remarksOf(
      { ...situation, automatic: true, pool: pool({ localDNSProfile: { mode: 'Required', state: 'Enabled' } }) },
      [],
    );
    expect(remarks.map(({ id }) => id)).toEqual(['automatic-cluster']);
  });

  test('are left out if a check covers the subject', () => {
    const { warnings } = findingsOf(
      judgementOf(new FakeNodePools(), {
        verdict: 'clear',
        rows: [
          row('single-node', 'warn', 'By the check.'),
          { ...row('surge', 'warn'), ignored: true },
          row('os-sku', 'pass'),
        ],
      }),
    );
    const remarks = remarksOf({ ...situation, pool: pool({ count: 1 }) }, warnings);
    expect(remarks).toEqual([{ id: 'single-node', level: 'warning', text: 'By the check.' }]);
  });
});
