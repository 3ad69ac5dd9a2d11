import { describe, expect, test } from 'vitest';
import { InterruptedError } from '../../../src/core/errors.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { noFindings, planOf, type PoolPlan } from '../../../src/domain/change/index.ts';
import type { PlanInputs } from '../../../src/domain/change/plan.ts';
import { poolId, type PoolRef } from '../../../src/model/ids.ts';
import {
  type ApplyOptions,
  applyPlan,
  type Intent,
  type RequestOutcome,
} from '../../../src/usecases/nodepool/apply.ts';
import { azureError, fakeRef as ref, FakeNodePools, poolProperties } from '../../support/fake-node-pools.ts';
import { failure, rig, storedDefault, type Rig } from './rig.ts';

const enable: PlanInputs['change'] = { kind: 'profile', profile: { mode: 'Required' }, settings: {} };

/** The plan for the pool as it is at this moment. */
function planFor(r: Rig, change: PlanInputs['change'] = enable, target: PoolRef = ref): PoolPlan {
  const created = change.kind === 'create';
  return planOf({
    action: created ? 'add' : change.kind === 'node-image' ? 'upgrade-node-image' : 'enable',
    ref: target,
    poolId: poolId(target),
    principal: r.deps.principal,
    before: created ? undefined : r.pools.properties(target.pool),
    change,
    ...noFindings,
    abortsRunning: false,
  });
}

interface Journal extends Required<Pick<ApplyOptions, 'beforeSend' | 'afterOutcome'>> {
  readonly entries: string[];
  readonly intents: Intent[];
}

/** Records each call, and the number of requests sent before it. */
function journal(pools: FakeNodePools): Journal {
  const entries: string[] = [];
  const intents: Intent[] = [];
  return {
    entries,
    intents,
    beforeSend: async (intent) => {
      intents.push(intent);
      entries.push(`intent, ${String(pools.sent.length)} sent`);
    },
    afterOutcome: async (outcome: RequestOutcome) => {
      entries.push(`${outcome.kind}, ${String(pools.sent.length)} sent`);
    },
  };
}

describe('an agreed plan is carried out', () => {
  test('the intent is recorded before the request leaves, the outcome before it is followed', async () => {
    const r = rig();
    const log = journal(r.pools);
    const states: (string | undefined)[] = [];
    const applied = await applyPlan(r.deps, planFor(r), {
      ...log,
      afterOutcome: async (outcome) => {
        states.push(r.pools.pool(ref).provisioningState);
        await log.afterOutcome(outcome);
      },
    });
    expect(applied).toMatchObject({ kind: 'finished', result: { outcome: 'done', changed: true } });
    expect(log.entries).toEqual(['intent, 0 sent', 'accepted, 1 sent']);
    expect(log.intents).toEqual([{ ref, action: 'enable', eTag: 'etag-0' }]);
    expect(states).toEqual(['Updating']);
  });

  test('nothing is sent if the intent cannot be recorded', async () => {
    const r = rig();
    const full = new Error('No space left on device.');
    await expect(applyPlan(r.deps, planFor(r), { beforeSend: async () => Promise.reject(full) })).rejects.toBe(full);
    expect(r.pools.sent).toEqual([]);
  });

  test('a refusal is an outcome; an interruption leaves the intent open', async () => {
    const refused = rig();
    refused.pools.fates.push(azureError('quota'));
    const log = journal(refused.pools);
    expect(await failure(applyPlan(refused.deps, planFor(refused), log))).toMatchObject({ code: 'azure-quota' });
    expect(log.entries).toEqual(['intent, 0 sent', 'refused, 1 sent']);
    const cut = rig();
    cut.pools.putPool = async () => Promise.reject(new InterruptedError());
    const open = journal(cut.pools);
    expect(await failure(applyPlan(cut.deps, planFor(cut), open))).toMatchObject({ code: 'interrupted' });
    expect(open.entries).toEqual(['intent, 0 sent']);
  });

  test.each<readonly [string, JsonObject, readonly string[]]>([
    ['another size', { vmSize: 'Standard_D2s_v5' }, ['vmSize']],
    ['a failed operation', { provisioningState: 'Failed' }, ['provisioningState']],
    ['another profile', { localDNSProfile: storedDefault('Disabled') }, ['localDNSProfile']],
  ])('a pool that has changed is stale, and nothing is sent: %s', async (_, change, reasons) => {
    const r = rig();
    const plan = planFor(r);
    r.pools.change(change);
    const log = journal(r.pools);
    expect(await applyPlan(r.deps, plan, log)).toMatchObject({ kind: 'stale', reasons });
    expect(log.entries).toEqual([]);
    expect(r.pools.sent).toEqual([]);
  });

  test('a deleted pool is stale', async () => {
    const r = rig();
    const plan = planFor(r);
    r.pools.remove(ref.pool);
    expect(await applyPlan(r.deps, plan)).toMatchObject({ kind: 'stale', reasons: ['the pool no longer exists'] });
  });

  test('a pool that already has the change is settled; one that is being changed is adopted', async () => {
    const settled = rig();
    const plan = planFor(settled);
    settled.pools.change({ localDNSProfile: storedDefault('Required') });
    expect(await applyPlan(settled.deps, plan)).toMatchObject({ kind: 'settled' });
    settled.pools.change({ provisioningState: 'Updating' });
    expect(await applyPlan(settled.deps, plan)).toMatchObject({ kind: 'finished', result: { outcome: 'adopted' } });
    expect(settled.pools.sent).toEqual([]);
  });

  test('a plan to send the same again is not settled by a pool that has it', async () => {
    const r = rig(new FakeNodePools({ ...poolProperties, localDNSProfile: storedDefault('Required') }));
    const plan = planFor(r);
    r.pools.change({ count: 9 });
    expect(await applyPlan(r.deps, plan)).toMatchObject({ kind: 'stale', reasons: ['count'] });
  });

  test('another operation and a refused eTag come back to the caller', async () => {
    const busy = rig();
    busy.pools.fates.push(azureError('operation-in-progress'));
    const log = journal(busy.pools);
    expect(await applyPlan(busy.deps, planFor(busy), log)).toMatchObject({ kind: 'busy' });
    expect(log.entries).toEqual(['intent, 0 sent', 'busy, 1 sent']);
    const changed = rig();
    changed.pools.fates.push(azureError('precondition-failed'));
    expect(await applyPlan(changed.deps, planFor(changed))).toMatchObject({ kind: 'changed' });
  });

  test('a caller provides the command that continues the wait', async () => {
    const r = rig();
    r.pools.endings.push('running');
    const deps = { ...r.deps, continueWith: () => 'aks-localdns rollout apply --dir R' };
    const error = await failure(applyPlan(deps, planFor(r), { timeoutSeconds: 60 }));
    expect(error).toMatchObject({
      exit: 'waiting',
      hints: ['To continue waiting: aks-localdns rollout apply --dir R'],
    });
  });
});

const create: PlanInputs['change'] = {
  kind: 'create',
  properties: { count: 1, vmSize: 'Standard_D4ds_v5', localDNSProfile: storedDefault('Required') },
};
const dnspool = { ...ref, pool: 'dnspool' };

/** A process records its intent and dies, before sending the request or after Azure accepted it. */
async function died(plan: PoolPlan, r: Rig, arrived: boolean): Promise<Intent> {
  const log = journal(r.pools);
  const cut = (): Promise<never> => Promise.reject(new InterruptedError());
  const { putPool, upgradeNodeImage } = r.pools;
  r.pools.putPool = async (...args) => {
    if (arrived) await putPool.apply(r.pools, args);
    return cut();
  };
  r.pools.upgradeNodeImage = async (...args) => {
    if (arrived) await upgradeNodeImage.apply(r.pools, args);
    return cut();
  };
  await failure(applyPlan(r.deps, plan, log));
  r.pools.putPool = putPool;
  r.pools.upgradeNodeImage = upgradeNodeImage;
  const [intent] = log.intents;
  if (intent === undefined) throw new Error('No intent was recorded.');
  return intent;
}

describe('an intent that another process recorded', () => {
  test.each([
    ['a profile', enable, ref],
    ['a node image', { kind: 'node-image', latest: 'newer' }, ref],
    ['a new pool', create, dnspool],
  ] as const)('%s: adopted if it runs, sent once if it never arrived', async (_, change, target) => {
    const running = rig();
    running.pools.latestImage = 'newer';
    const plan = planFor(running, change, target);
    const intent = await died(plan, running, true);
    const log = journal(running.pools);
    expect(await applyPlan(running.deps, plan, { ...log, intent })).toMatchObject({ result: { outcome: 'adopted' } });
    expect(running.pools.sent).toHaveLength(1);
    expect(log.entries).toEqual(['adopted, 1 sent']);
    const never = rig();
    never.pools.latestImage = 'newer';
    const second = planFor(never, change, target);
    const open = await died(second, never, false);
    const again = journal(never.pools);
    expect(await applyPlan(never.deps, second, { ...again, intent: open })).toMatchObject({
      result: { outcome: 'done' },
    });
    expect(never.pools.sent).toHaveLength(1);
    expect(again.entries).toEqual(['accepted, 1 sent']);
  });

  test('one that was carried out is verified and done; one that failed is an error', async () => {
    const done = rig();
    const plan = planFor(done);
    const intent = await died(plan, done, true);
    done.pools.end(ref, 'succeeded');
    expect(await applyPlan(done.deps, plan, { intent })).toMatchObject({
      kind: 'finished',
      result: { outcome: 'done', changed: true, otherChanges: [] },
    });
    const failed = rig();
    const other = planFor(failed);
    const open = await died(other, failed, true);
    failed.pools.end(ref, 'failed');
    expect((await failure(applyPlan(failed.deps, other, { intent: open }))).code).toMatch(/^azure-/);
    expect([...done.pools.sent, ...failed.pools.sent]).toHaveLength(2);
  });

  test('one that is sent again with the same eTag is adopted if the first arrives late', async () => {
    const r = rig();
    const plan = planFor(r);
    const intent = await died(plan, r, false);
    const { putPool } = r.pools;
    r.pools.putPool = async (...args) => {
      r.pools.putPool = putPool;
      await putPool.apply(r.pools, args);
      return putPool.apply(r.pools, args);
    };
    expect(await applyPlan(r.deps, plan, { intent })).toMatchObject({ result: { outcome: 'adopted' } });
    expect(r.pools.sent.map(({ options }) => options?.ifMatch)).toEqual(['etag-0', 'etag-0']);
  });

  test('nothing is sent if the pool has changed since', async () => {
    const r = rig();
    const plan = planFor(r);
    const intent = await died(plan, r, false);
    r.pools.change({ tags: { team: 'b' } });
    expect(await applyPlan(r.deps, plan, { intent })).toMatchObject({ kind: 'changed' });
    expect(r.pools.sent).toEqual([]);
  });
});
