import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { poolId } from '../../../src/model/ids.ts';
import { readNodePool, type NodePool } from '../../../src/model/node-pool.ts';
import { hasSentProperties, relevantChanges, otherChanges } from '../../../src/domain/change/pool-comparison.ts';
import { fakeRef, poolProperties } from '../../support/fake-node-pools.ts';
import { storedDefault } from '../../usecases/nodepool/rig.ts';

function pool(more: JsonObject): NodePool {
  return readNodePool(fakeRef, poolId(fakeRef), { ...poolProperties, ...more });
}

const autoscaled = { enableAutoScaling: true, minCount: 1, maxCount: 5 };

describe('the relevant changes between the confirmation and the request', () => {
  test.each<readonly [string, JsonObject, JsonObject, readonly string[]]>([
    ['the number of nodes', {}, { count: 4 }, ['count']],
    ['not the number that the autoscaler sets', autoscaled, { ...autoscaled, count: 4 }, []],
    ['the autoscaler itself', {}, autoscaled, ['enableAutoScaling', 'maxCount', 'minCount']],
    ['not the node image', {}, { nodeImageVersion: 'x' }, []],
    ['a failure', {}, { provisioningState: 'Failed' }, ['provisioningState']],
    [
      'an operation that started, because Azure rejects others',
      {},
      { provisioningState: 'Scaling' },
      ['provisioningState'],
    ],
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
    const paths = relevantChanges(pool(before), pool({ ...after, eTag: 'other' }));
    expect(paths).toEqual(expected);
  });

  test('nothing if the eTag is the same', () => {
    expect(relevantChanges(pool({}), pool({ count: 9 }))).toEqual([]);
  });
});

describe('the other changes', () => {
  test('leave out what always changes and what was sent, and include values below names with dots', () => {
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

  test('mark a count changed by the autoscaler as expected', () => {
    expect(otherChanges({ ...poolProperties, ...autoscaled }, pool({ ...autoscaled, count: 5 }), [])).toMatchObject([
      { path: 'count', expected: true },
    ]);
  });
});

describe('a pool that appears while it is being added', () => {
  test.each<readonly [string, JsonObject, boolean]>([
    ['has everything that was sent', { count: 3, vmSize: 'Standard_D4ds_v5', nodeTaints: [] }, true],
    ['has a size that Azure chose', { vmSize: '' }, true],
    ['has more settings than were sent', { upgradeSettings: { maxSurge: '10%' } }, true],
    ['has another size', { vmSize: 'Standard_D8ds_v5' }, false],
    ['has other settings', { upgradeSettings: { maxSurge: '50%' } }, false],
  ])('%s', (_, sent, same) => {
    expect(hasSentProperties(pool({}), sent)).toBe(same);
  });
});
