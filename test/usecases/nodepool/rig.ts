import { CliError } from '../../../src/core/errors.ts';
import type { Event } from '../../../src/core/events.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { documentedDefault, profileForRequest } from '../../../src/domain/localdns/index.ts';
import type { CheckRow, CheckStatus } from '../../../src/model/check.ts';
import type { PoolJudgement } from '../../../src/model/judgement.ts';
import type { LocalDnsMode } from '../../../src/model/profile.ts';
import type { PoolPlan } from '../../../src/domain/change/index.ts';
import type { WriteDeps } from '../../../src/usecases/nodepool/index.ts';
import type { JudgeDeps } from '../../../src/usecases/nodepool/pool-deps.ts';
import { poolLine } from '../../../src/model/pool-command.ts';
import { fakeRef, FakeNodePools } from '../../support/fake-node-pools.ts';
import { ManualClock } from '../../support/manual-clock.ts';

export function row(id: string, status: CheckStatus, reason = `${id} is ${status}.`): CheckRow {
  return {
    id,
    status,
    reason,
    level: 'pool',
    title: id,
    target: 'rg-demo/aks-demo/userpool',
    resourceId: '/x',
    link: 'https://example.com',
    observed: 'o',
    required: 'r',
    ignored: false,
  };
}

/** The expected result for a pool, given instead of computed from the rows. */
export interface Found {
  readonly verdict: PoolJudgement['verdict'];
  readonly rows: readonly CheckRow[];
}

const nothing: Found = { verdict: 'clear', rows: [] };

export function judgementOf(pools: FakeNodePools, { verdict, rows }: Found = nothing): PoolJudgement {
  return {
    cluster: pools.cluster(),
    pool: pools.properties() === undefined ? undefined : pools.pool(fakeRef),
    verdict,
    report: {
      schemaVersion: '1.0',
      ruleset: 'preview',
      scope: 'pool',
      pools: [],
      rows,
      counts: { fail: 0, unknown: 0, warn: 0, skip: 0, pass: 0 },
      ignored: [],
    },
  };
}

export interface Rig {
  readonly pools: FakeNodePools;
  readonly deps: WriteDeps & JudgeDeps;
  readonly events: Event[];
  readonly plans: PoolPlan[];
  readonly clock: ManualClock;
  readonly abort: AbortController;
  /** May be changed between rounds. */
  found: Found;
  /** The answer to the question. */
  answer: boolean;
  /** Runs while the question is open. */
  whileAsking: () => void;
  judged: number;
}

export function rig(pools: FakeNodePools = new FakeNodePools(), options: { readonly canPrompt?: boolean } = {}): Rig {
  const clock = new ManualClock();
  const events: Event[] = [];
  const plans: PoolPlan[] = [];
  const abort = new AbortController();
  const result: Rig = {
    pools,
    events,
    plans,
    clock,
    abort,
    found: nothing,
    answer: true,
    whileAsking: () => undefined,
    judged: 0,
    deps: {
      pools,
      clock,
      emit: (event) => events.push(event),
      signal: abort.signal,
      continueWith: (ref, waitFor) => poolLine('wait', ref, waitFor === undefined ? [] : [`--${waitFor}`]),
      principal: { name: 'ada@contoso.com', objectId: 'oid', tenantId: 'tenant-1', kind: 'user' },
      canPrompt: options.canPrompt ?? true,
      confirm: async (plan) => {
        plans.push(plan);
        result.whileAsking();
        return result.answer;
      },
      judge: async () => {
        result.judged += 1;
        return judgementOf(pools, result.found);
      },
      refuse: (judgement) =>
        new CliError({
          code: judgement.verdict === 'blocked' ? 'prerequisites-failed' : 'prerequisites-unknown',
          message: judgement.report.rows.map(({ id }) => id).join(','),
        }),
    },
  };
  return result;
}

/** The documented default as Azure stores it. */
export function storedDefault(mode: LocalDnsMode): JsonObject {
  return { ...profileForRequest(documentedDefault(mode)), state: mode === 'Required' ? 'Enabled' : 'Disabled' };
}

export function notices(events: readonly Event[]): readonly string[] {
  return events.flatMap((event) => (event.type === 'notice' ? [event.code] : []));
}

export async function failure(promise: Promise<unknown>): Promise<CliError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
  throw new Error('It was expected to fail.');
}
