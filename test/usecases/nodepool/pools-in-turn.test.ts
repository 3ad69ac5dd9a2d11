import { describe, expect, test } from 'vitest';
import type { PoolPlan } from '../../../src/domain/change/index.ts';
import type { PoolRef } from '../../../src/model/ids.ts';
import { changeProfile, changeInTurn, exitOfPools, type PoolEnd } from '../../../src/usecases/nodepool/index.ts';
import { fakeRef, FakeNodePools, poolProperties } from '../../support/fake-node-pools.ts';
import { failure, judgementOf, rig, row, storedDefault, type Rig } from './rig.ts';

const refs = ['apool', 'bpool', 'cpool'].map((pool): PoolRef => ({ ...fakeRef, pool }));

interface Several extends Rig {
  readonly asked: PoolPlan[][];
  readonly told: PoolEnd[];
  /** Pools that a prerequisite blocks. */
  readonly blocked: Set<string>;
  run(options?: Parameters<typeof changeInTurn>[2]): Promise<readonly PoolEnd[]>;
}

function several(options: { readonly canPrompt?: boolean } = {}): Several {
  const pools = new FakeNodePools(null);
  for (const { pool } of refs) pools.change(poolProperties, pool);
  const base = rig(pools, options);
  const blocked = new Set<string>();
  const asked: PoolPlan[][] = [];
  const told: PoolEnd[] = [];
  const change = async (ref: PoolRef, given: Parameters<typeof changeProfile>[2]) =>
    changeProfile(
      {
        ...base.deps,
        judge: async () => ({
          ...judgementOf(
            pools,
            blocked.has(ref.pool) ? { verdict: 'blocked', rows: [row('vm-vcpus', 'fail')] } : undefined,
          ),
          pool: pools.pool(ref),
        }),
      },
      { action: 'enable', ref },
      given,
    );
  const deps = {
    change,
    confirm: async (plans: readonly PoolPlan[]) => {
      asked.push([...plans]);
      return base.answer;
    },
    announce: (end: PoolEnd) => {
      told.push(end);
    },
  };
  return Object.assign(base, { asked, told, blocked, run: async (given = {}) => changeInTurn(deps, refs, given) });
}

const names = (plans: readonly PoolPlan[] | undefined): readonly string[] => (plans ?? []).map(({ ref }) => ref.pool);

describe('several pools of a cluster', () => {
  test('are confirmed once for all, and changed one after another', async () => {
    const s = several();
    s.pools.change({ localDNSProfile: storedDefault('Required') }, 'bpool');
    const ends = await s.run();
    expect(s.asked.map(names)).toEqual([['apool', 'cpool']]);
    expect(s.plans).toEqual([]);
    expect(ends.map(({ result }) => result?.outcome)).toEqual(['done', 'nothing-to-do', 'done']);
    expect(s.told.map(({ ref }) => ref.pool)).toEqual(['apool', 'bpool', 'cpool']);
    expect(exitOfPools(ends)).toBeUndefined();
  });

  test('nothing is changed if one of them cannot be; the others are named', async () => {
    const s = several();
    s.blocked.add('bpool');
    const error = await failure(s.run());
    expect(error).toMatchObject({ code: 'prerequisites-failed', exit: 'findings' });
    expect(error.hints.at(-1)).toBe('To change only the others: -n apool cpool');
    expect(s.pools.sent).toEqual([]);
    expect(s.asked).toEqual([]);
  });

  test('nothing is changed if the answer is no, and a dry run asks nothing', async () => {
    const s = several();
    s.answer = false;
    expect(await failure(s.run())).toMatchObject({ code: 'declined' });
    expect((await s.run({ dryRun: true })).map(({ result }) => result?.outcome)).toEqual(Array(3).fill('planned'));
    expect(s.asked).toHaveLength(1);
    expect(s.pools.sent).toEqual([]);
  });

  test('the first failure stops the command', async () => {
    const s = several();
    s.pools.endings.push('succeeded', 'failed');
    const ends = await s.run();
    expect(ends.map(({ result, error }) => error?.code ?? result?.outcome ?? 'not started')).toEqual([
      'done',
      'azure-unknown',
      'not started',
    ]);
    expect(exitOfPools(ends)).toBe('some-failed');
    expect(s.pools.sent).toHaveLength(2);
  });

  test('if the first fails, the exit code is that of its error', async () => {
    const s = several();
    s.pools.endings.push('running');
    expect(exitOfPools(await s.run({ timeoutSeconds: 60 }))).toBe('waiting');
  });

  test('a pool that changed in the meantime is confirmed again, or fails without a terminal', async () => {
    const asked = several();
    const silent = several({ canPrompt: false });
    for (const { pools } of [asked, silent]) {
      pools.onRead = () => {
        if (pools.sent.length === 1 && pools.properties('bpool')?.['vmSize'] !== 'Standard_D2s_v5')
          pools.change({ vmSize: 'Standard_D2s_v5' }, 'bpool');
      };
    }
    expect((await asked.run()).map(({ result }) => result?.outcome)).toEqual(['done', 'done', 'done']);
    expect(names(asked.plans)).toEqual(['bpool']);
    const ends = await silent.run();
    expect(ends[1]?.error).toMatchObject({ code: 'pool-changed', exit: 'stale' });
    expect(silent.pools.sent).toHaveLength(1);
  });
});
