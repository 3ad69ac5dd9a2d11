import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { poolId } from '../../../src/model/ids.ts';
import { readNodePool, type NodePool } from '../../../src/model/node-pool.ts';
import { carries, changesThatMatter, otherChanges } from '../../../src/domain/change/compare.ts';
import { fakeRef, poolProperties } from '../../support/fake-node-pools.ts';
import { storedDefault } from '../../usecases/nodepool/rig.ts';

function pool(more: JsonObject): NodePool {
  return readNodePool(fakeRef, poolId(fakeRef), { ...poolProperties, ...more });
}

const autoscaled = { enableAutoScaling: true, minCount: 1, maxCount: 5 };

describe('what matters between the question and the request', () => {
  test.each<readonly [string, JsonObject, JsonObject, readonly string[]]>([
    ['the number of nodes', {}, { count: 4 }, ['count']],
    ['not the number that the autoscaler sets', autoscaled, { ...autoscaled, count: 4 }, []],
    ['the autoscaler itself', {}, autoscaled, ['enableAutoScaling', 'maxCount', 'minCount']],
    ['not the node image', {}, { nodeImageVersion: 'x' }, []],
    ['a failure', {}, { provisioningState: 'Failed' }, ['provisioningState']],
    ['an operation that began: Azure itself refuses then', {}, { provisioningState: 'Scaling' }, ['provisioningState']],
    ['the power state', {}, { powerState: { code: 'Stopped' } }, ['powerState.code']],
    ['tags with dots in their names', {}, { tags: { 'a.b': 'c' } }, ['tags']],
    ['the profile', {}, { localDNSProfile: storedDefault('Required') }, ['localDNSProfile']],
    [
      'the mode',
      { localDNSProfile: storedDefault('Required') },
      { localDNSProfile: storedDefault('Disabled') },
      ['localDNSProfile.mode'],
    ],
    [
      'not how the same profile is written',
      { localDNSProfile: storedDefault('Required') },
      { localDNSProfile: { mode: 'Required' } },
      [],
    ],
    [
      'not the state alone',
      { localDNSProfile: storedDefault('Required') },
      { localDNSProfile: { ...storedDefault('Required'), state: 'Disabled' } },
      [],
    ],
  ])('%s', (_, before, after, expected) => {
    const paths = changesThatMatter(pool(before), pool({ ...after, eTag: 'other' }));
    expect(paths).toEqual(expected);
  });

  test('nothing where the eTag is the same', () => {
    expect(changesThatMatter(pool({}), pool({ count: 9 }))).toEqual([]);
  });
});

describe('what else changed', () => {
  test('leaves out what always moves and what was sent, and tells values below names with dots', () => {
    const after = pool({
      eTag: 'x',
      provisioningState: 'Updating',
      nodeLabels: { 'a.b/c': '2' },
      upgradeSettings: { maxSurge: '50%', maxUnavailable: '0' },
    });
    const changes = otherChanges({ ...poolProperties, nodeLabels: { 'a.b/c': '1' } }, after, [
      'upgradeSettings.maxSurge',
    ]);
    expect(changes).toEqual([{ path: 'nodeLabels.a.b/c', before: '1', after: '2', expected: false }]);
  });

  test("expects the autoscaler's count", () => {
    expect(otherChanges({ ...poolProperties, ...autoscaled }, pool({ ...autoscaled, count: 5 }), [])).toMatchObject([
      { path: 'count', expected: true },
    ]);
  });
});

describe('a pool that turns up where one was being added', () => {
  test.each<readonly [string, JsonObject, boolean]>([
    ['has all that was sent', { count: 3, vmSize: 'Standard_D4ds_v5', nodeTaints: [] }, true],
    ['has a size that Azure chose', { vmSize: '' }, true],
    ['has settings beside those that were sent', { upgradeSettings: { maxSurge: '10%' } }, true],
    ['has another size', { vmSize: 'Standard_D8ds_v5' }, false],
    ['has other settings', { upgradeSettings: { maxSurge: '50%' } }, false],
  ])('%s', (_, sent, same) => {
    expect(carries(pool({}), sent)).toBe(same);
  });
});
