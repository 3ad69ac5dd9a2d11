import { describe, expect, test } from 'vitest';
import { renderPoolPlan } from '../../../src/report/pool-plan.ts';
import { upgradeNodeImage, writeValue } from '../../../src/usecases/nodepool/index.ts';
import { azureError, fakeRef as ref, FakeNodePools, poolProperties } from '../../support/fake-node-pools.ts';
import { failure, notices, rig } from './rig.ts';

const newer = 'AKSUbuntu-2204gen2containerd-202511.01.0';
const current = 'AKSUbuntu-2204gen2containerd-202610.19.1';

describe('reimaging to the latest node image', () => {
  test('asks, sends one request, and shows the image before and after', async () => {
    const r = rig();
    r.pools.latestImage = newer;
    const result = await upgradeNodeImage(r.deps, ref);
    expect(result).toMatchObject({
      outcome: 'done',
      changed: true,
      nodeImage: { before: current, after: newer, latest: newer },
      otherChanges: [],
    });
    expect(writeValue(result)).toMatchObject({
      nodeImageBefore: current,
      nodeImageAfter: newer,
      latestNodeImage: newer,
    });
    expect(r.pools.sent).toHaveLength(1);
    expect(r.plans.map((plan) => renderPoolPlan(plan, 200)).join()).toContain(
      `NOTE: Node image: ${current} -> ${newer}`,
    );
  });

  test('notes that Azure may not reimage any node if the pool has the latest image', async () => {
    const r = rig();
    r.pools.latestImage = current;
    const result = await upgradeNodeImage(r.deps, ref);
    expect(r.plans[0]?.remarks[0]).toMatchObject({ id: 'node-image', level: 'warning' });
    expect(result.summary).toContain('may not have reimaged any node');
  });

  test('continues if the latest image cannot be read', async () => {
    const r = rig();
    r.pools.latestNodeImage = async () => Promise.reject(azureError('not-permitted'));
    expect(await upgradeNodeImage(r.deps, ref)).toMatchObject({ outcome: 'done' });
    expect(notices(r.events)).toContain('latest-image-unknown');
  });

  test('plans without a question in a dry run, and declines', async () => {
    const r = rig();
    expect(await upgradeNodeImage(r.deps, ref, { dryRun: true })).toMatchObject({
      outcome: 'planned',
      changed: false,
      plan: { requestBody: undefined },
    });
    r.answer = false;
    expect(await failure(upgradeNodeImage(r.deps, ref))).toMatchObject({ code: 'declined' });
    expect(r.pools.sent).toEqual([]);
  });

  test('suggests the command that starts a stopped pool', async () => {
    const r = rig(new FakeNodePools({ ...poolProperties, powerState: { code: 'Stopped' } }));
    const error = await failure(upgradeNodeImage(r.deps, ref));
    expect(error.code).toBe('pool-stopped');
    expect(error.hints[0]).toContain('az aks nodepool start');
  });

  test.each([
    ['lost-after', 1, 'adopted'],
    ['lost-before', 2, 'done'],
  ] as const)('resolves a lost answer by the state of the pool: %s', async (fate, requests, outcome) => {
    const r = rig();
    r.pools.latestImage = newer;
    r.pools.fates.push(fate);
    expect(await upgradeNodeImage(r.deps, ref)).toMatchObject({ outcome });
    expect(r.pools.sent).toHaveLength(requests);
  });

  test('adopts a running upgrade, and waits for another operation if requested', async () => {
    const adopted = rig(new FakeNodePools({ ...poolProperties, provisioningState: 'UpgradingNodeImageVersion' }));
    expect(await upgradeNodeImage(adopted.deps, ref)).toMatchObject({ outcome: 'adopted' });
    expect(adopted.pools.sent).toEqual([]);
    const busy = (): FakeNodePools => new FakeNodePools({ ...poolProperties, provisioningState: 'Scaling' });
    expect(await failure(upgradeNodeImage(rig(busy()).deps, ref))).toMatchObject({ code: 'operation-in-progress' });
    expect(await upgradeNodeImage(rig(busy()).deps, ref, { waitForOperationSeconds: 600 })).toMatchObject({
      outcome: 'done',
    });
    const refused = rig();
    refused.pools.fates.push(azureError('operation-in-progress'));
    expect(await upgradeNodeImage(refused.deps, ref, { waitForOperationSeconds: 600 })).toMatchObject({
      outcome: 'done',
    });
  });

  test('asks again if the pool changed meanwhile', async () => {
    const r = rig(new FakeNodePools(), { canPrompt: false });
    r.whileAsking = () => r.pools.change({ count: 30 });
    expect(await failure(upgradeNodeImage(r.deps, ref))).toMatchObject({ code: 'pool-changed' });
  });
});
