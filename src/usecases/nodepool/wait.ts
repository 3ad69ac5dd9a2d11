import { CliError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';
import { pauseUntil, waitFor } from '../../core/wait.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { poolName } from '../../model/pool-lines.ts';
import { inState, isRunning } from '../../model/pool-state.ts';
import { follow, remaining } from './follow.ts';
import { endedFailure } from './operation-failure.ts';
import { poolValue } from './result.ts';
import { readIfThere, type PoolWork, type WaitFor } from './work.ts';

/** What to wait for, as az names it; `undefined`: until no operation runs. */
type WaitCondition = WaitFor | { readonly words: string; readonly test: (pool: JsonObject) => boolean };

export interface PoolWaitOptions {
  readonly condition: WaitCondition;
  /** Seconds between two readings where the pool has to be asked; 30 as az has it. */
  readonly intervalSeconds?: number | undefined;
  /** 3600 as az has it. */
  readonly timeoutSeconds?: number | undefined;
}

export interface WaitResult {
  readonly ref: PoolRef;
  readonly waitedSeconds: number;
  /** Undefined once it is deleted. */
  readonly pool: NodePool | undefined;
  readonly summary: string;
}

function notThere(ref: PoolRef): CliError {
  return new CliError({
    code: 'pool-not-found',
    message: `There is no node pool ${poolName(ref)}.`,
  });
}

/** Whether the condition holds. @throws AzureError if the pool ended in a way that it can no longer hold. */
function holds(ref: PoolRef, condition: WaitCondition, pool: NodePool | undefined): boolean {
  if (condition === 'deleted') return pool === undefined;
  if (condition === 'exists') return pool !== undefined;
  if (typeof condition === 'object') return pool !== undefined && condition.test(poolValue(pool));
  if (pool === undefined) {
    // A pool that is being created may not be there yet; one that is being changed must be.
    if (condition === 'created') return false;
    throw notThere(ref);
  }
  // Without a condition the wait may be for an abort, which ends in Canceled.
  const failed = condition === undefined ? inState(pool, 'Failed') : inState(pool, 'Failed', 'Canceled');
  if (failed) throw endedFailure(pool, `The operation on ${poolName(ref)}`);
  return condition === undefined ? !isRunning(pool) : inState(pool, 'Succeeded');
}

function wordsOf(condition: WaitCondition): string {
  if (condition === undefined) return 'no operation runs';
  return typeof condition === 'string'
    ? `it is ${condition === 'exists' ? 'there' : condition}`
    : oneLine(condition.words);
}

/**
 * Whether the pool's own operation is what is waited for: then it is followed, within the budgets that all observers
 * share.
 */
function canFollow(condition: WaitCondition, pool: NodePool | undefined, options: PoolWaitOptions): boolean {
  const byState = condition === undefined || condition === 'created' || condition === 'updated';
  return byState && pool !== undefined && isRunning(pool) && options.intervalSeconds === undefined;
}

/**
 * Waits for a pool. Changes nothing.
 * @throws CliError `still-waiting` (exit `waiting`), `pool-not-found`; AzureError if the operation failed;
 * InterruptedError.
 */
export async function waitForPool(work: PoolWork, ref: PoolRef, options: PoolWaitOptions): Promise<WaitResult> {
  const { condition, timeoutSeconds = 3600 } = options;
  const started = work.clock.now();
  const continueWith = work.continueWith(ref, typeof condition === 'string' ? condition : undefined);
  const pool = await waitFor<NodePool | undefined>(work, {
    ...remaining(continueWith),
    doing: `Waiting until ${wordsOf(condition)}: ${poolName(ref)}`,
    timeoutSeconds,
    readings: (deadline) => readings(work, ref, options, continueWith, deadline),
    word: (reading) => (reading === undefined ? 'not there' : (reading.provisioningState ?? 'not known')),
    outcome: (reading) => (holds(ref, condition, reading) ? 'succeeded' : undefined),
    ended: (end) => ends[end],
  });
  const waitedSeconds = Math.round((work.clock.now() - started) / 1000);
  const state = pool === undefined ? 'gone' : `provisioning state ${oneLine(pool.provisioningState ?? 'not known')}`;
  return { ref, waitedSeconds, pool, summary: `${poolName(ref)}: ${state}.` };
}

const ends = { done: 'succeeded', timeout: 'stopped', interrupted: 'stopped', error: 'failed' } as const;

/** An operation that can be followed is followed to its end before the next reading. */
async function* readings(
  work: PoolWork,
  ref: PoolRef,
  options: PoolWaitOptions,
  continueWith: string,
  deadline = Number.POSITIVE_INFINITY,
): AsyncGenerator<NodePool | undefined> {
  const { condition, intervalSeconds = 30 } = options;
  for (;;) {
    const pool = await readIfThere(work, ref);
    const left = deadline - work.clock.now();
    if (left > 0 && canFollow(condition, pool, options)) {
      await follow(work, {
        ref,
        operation: undefined,
        doing: `The operation on ${poolName(ref)}`,
        continueWith,
        timeoutSeconds: left / 1000,
      });
      continue;
    }
    yield pool;
    if (!(await pauseUntil(work, intervalSeconds * 1000, deadline))) return;
  }
}
