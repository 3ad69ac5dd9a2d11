import { describe, expect, test } from 'vitest';
import { InterruptedError } from '../../../src/core/errors.ts';
import { abortOperation, changeProfile, poolValue, waitForPool } from '../../../src/usecases/nodepool/index.ts';
import { azureError, fakeRef as ref, FakeNodePools, poolProperties } from '../../support/fake-node-pools.ts';
import { failure, notices, rig } from './rig.ts';

function updating(): FakeNodePools {
  return new FakeNodePools({ ...poolProperties, provisioningState: 'Updating' });
}

describe('waiting for a pool', () => {
  test('returns once no operation runs', async () => {
    const r = rig(updating());
    expect(await waitForPool(r.deps, ref, { condition: undefined })).toMatchObject({
      pool: { provisioningState: 'Succeeded' },
    });
    expect(await waitForPool(r.deps, ref, { condition: 'updated' })).toMatchObject({ waitedSeconds: 0 });
  });

  test('is an error if the operation failed, or if it was canceled and the wait was for success', async () => {
    const failed = new FakeNodePools({
      ...poolProperties,
      provisioningState: 'Failed',
      status: { provisioningError: { code: 'UpgradeFailed', message: 'Drain.' } },
    });
    for (const condition of [undefined, 'updated', 'created'] as const) {
      expect((await failure(waitForPool(rig(failed).deps, ref, { condition }))).message).toContain(
        '(UpgradeFailed) Drain.',
      );
    }
    const canceled = new FakeNodePools({ ...poolProperties, provisioningState: 'Canceled' });
    expect(await waitForPool(rig(canceled).deps, ref, { condition: undefined })).toMatchObject({
      pool: { provisioningState: 'Canceled' },
    });
    expect((await failure(waitForPool(rig(canceled).deps, ref, { condition: 'updated' }))).message).toContain(
      'was canceled',
    );
  });

  test('waits for a pool to be created, and to be deleted', async () => {
    const r = rig(new FakeNodePools(null));
    r.pools.onRead = (reads) => {
      if (reads === 3) r.pools.change(poolProperties);
    };
    expect(await waitForPool(r.deps, ref, { condition: 'created' })).toMatchObject({
      waitedSeconds: 90,
      pool: { provisioningState: 'Succeeded' },
    });
    r.pools.onRead = (reads) => {
      if (reads === 6) r.pools.remove(ref.pool);
    };
    expect(await waitForPool(r.deps, ref, { condition: 'deleted', intervalSeconds: 5 })).toMatchObject({
      waitedSeconds: 10,
      pool: undefined,
    });
    expect(await failure(waitForPool(r.deps, ref, { condition: 'updated' }))).toMatchObject({
      code: 'pool-not-found',
      exit: 'not-found',
    });
    expect(await failure(waitForPool(r.deps, ref, { condition: 'exists', timeoutSeconds: 60 }))).toMatchObject({
      exit: 'waiting',
    });
  });

  test('takes a condition on the printed value', async () => {
    const r = rig(updating());
    r.pools.onRead = (reads) => {
      if (reads === 2) r.pools.change({ count: 9 });
    };
    const condition = { query: 'count is 9', test: (pool: object): boolean => 'count' in pool && pool.count === 9 };
    expect(await waitForPool(r.deps, ref, { condition })).toMatchObject({ waitedSeconds: 60 });
  });

  test('stops after the timeout with the command that continues', async () => {
    const r = rig(updating());
    r.pools.endings.push('running');
    const error = await failure(waitForPool(r.deps, ref, { condition: 'updated', timeoutSeconds: 10 }));
    expect(error).toMatchObject({ exit: 'waiting' });
    expect(error.hints[0]).toMatch(/nodepool wait .* --updated$/);
    expect(r.events.at(-1)).toMatchObject({ type: 'task.finished', outcome: 'stopped' });
  });

  test('is interrupted with the command that continues, while polling and while following an operation', async () => {
    const r = rig(new FakeNodePools(null));
    r.pools.onRead = (reads) => {
      if (reads === 2) r.abort.abort();
    };
    const error = await failure(waitForPool(r.deps, ref, { condition: 'exists' }));
    expect(error).toBeInstanceOf(InterruptedError);
    expect(error.hints[0]).toContain('nodepool wait');
    const followed = rig();
    followed.pools.observe = async function* interruptedObserve() {
      yield { state: 'running', text: 'InProgress', source: 'operation', error: undefined };
      throw new InterruptedError();
    };
    const stopped = await failure(changeProfile(followed.deps, { action: 'enable', ref }));
    expect(stopped).toBeInstanceOf(InterruptedError);
    expect(stopped.hints[0]).toMatch(
      /^The operation continues in Azure\. To wait for it: aks-localdns nodepool wait .* --updated$/,
    );
    expect(followed.pools.properties()?.['provisioningState']).toBe('Updating');
  });

  test('reports that it is unknown whether the request arrived before an interrupt', async () => {
    const r = rig();
    r.pools.putPool = async () => Promise.reject(new InterruptedError());
    expect((await failure(changeProfile(r.deps, { action: 'enable', ref }))).hints[0]).toContain(
      'may have reached Azure',
    );
  });

  test('reports that the operation continues if it can no longer be followed', async () => {
    const r = rig();
    r.pools.observe = async function* broken() {
      yield { state: 'running', text: 'InProgress', source: 'operation', error: undefined };
      throw azureError('not-signed-in');
    };
    expect(await failure(changeProfile(r.deps, { action: 'enable', ref }))).toMatchObject({
      code: 'azure-not-signed-in',
    });
    expect(notices(r.events)).toContain('operation-goes-on');
  });
});

describe('aborting', () => {
  test('aborts and waits until no operation is running', async () => {
    const r = rig(updating());
    expect(await abortOperation(r.deps, ref, {})).toMatchObject({
      changed: true,
      outcome: 'done',
      pool: { provisioningState: 'Canceled' },
    });
  });

  test('succeeds if no operation is running', async () => {
    expect(await abortOperation(rig().deps, ref, {})).toMatchObject({ changed: false, outcome: 'nothing-to-do' });
  });

  test('does not wait with noWait', async () => {
    expect(await abortOperation(rig(updating()).deps, ref, { noWait: true })).toMatchObject({
      changed: true,
      outcome: 'accepted',
      operationId: 'op-1',
    });
  });

  test.each([
    ['lost-after', 1],
    ['lost-before', 2],
  ] as const)('resolves a lost answer by reading: %s', async (fate, requests) => {
    const r = rig(updating());
    r.pools.fates.push(fate);
    expect(await abortOperation(r.deps, ref, {})).toMatchObject({ pool: { provisioningState: 'Canceled' } });
    expect(r.pools.sent).toHaveLength(requests);
  });
});

describe('showing', () => {
  test('prints a pool as az does, with the names of ARM', async () => {
    const { pools } = rig();
    const value = poolValue(await pools.readPool(ref));
    expect(value).toMatchObject({
      name: 'userpool',
      resourceGroup: 'rg-demo',
      count: 3,
      type: 'Microsoft.ContainerService/managedClusters/agentPools',
      typePropertiesType: 'VirtualMachineScaleSets',
      xFutureField: { kept: true },
    });
    expect(value).not.toHaveProperty('properties');
  });
});
