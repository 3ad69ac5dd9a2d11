import { CliError, InterruptedError } from '../../core/errors.ts';
import type { TaskOutcome } from '../../core/events.ts';
import type { JsonObject } from '../../core/json.ts';
import { duration, oneLine } from '../../core/text.ts';
import { AzureError } from '../../model/azure-error.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { poolName } from '../../model/pool-lines.ts';
import { inState, isRunning } from '../../model/pool-state.ts';
import { follow, interrupted, stillWaiting } from './follow.ts';
import { endedFailure } from './operation-failure.ts';
import { poolValue } from './result.ts';
import { readIfThere, type PoolWork, type WaitFor } from './work.ts';

/** What to wait for, as az names it; `undefined`: until no operation runs. */
export type WaitCondition = WaitFor | { readonly words: string; readonly test: (pool: JsonObject) => boolean };

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

/** Whether the condition holds. @throws AzureError where the pool ended in a way that it can no longer hold. */
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
 * @throws CliError `still-waiting` (exit `waiting`), `pool-not-found`; AzureError where the operation failed;
 * InterruptedError.
 */
export async function waitForPool(work: PoolWork, ref: PoolRef, options: PoolWaitOptions): Promise<WaitResult> {
  const { condition, timeoutSeconds = 3600 } = options;
  const { clock, emit } = work;
  const started = clock.now();
  const doing = `Waiting until ${wordsOf(condition)}: ${poolName(ref)}`;
  emit({ type: 'task.started', task: doing, message: doing });
  let outcome: TaskOutcome = 'stopped';
  try {
    const pool = await untilHolds(work, ref, options, { doing, started, deadline: started + timeoutSeconds * 1000 });
    outcome = 'succeeded';
    const waitedSeconds = Math.round((clock.now() - started) / 1000);
    const state = pool === undefined ? 'gone' : `provisioning state ${oneLine(pool.provisioningState ?? 'not known')}`;
    return { ref, waitedSeconds, pool, summary: `${poolName(ref)}: ${state}.` };
  } catch (error) {
    if (error instanceof AzureError) outcome = 'failed';
    // Interrupted in the middle of a reading.
    if (error instanceof InterruptedError && error.hints.length === 0)
      throw interrupted(continueLine(work, ref, options));
    throw error;
  } finally {
    emit({
      type: 'task.finished',
      task: doing,
      outcome,
      message: `${doing}: ${outcome} after ${duration((clock.now() - started) / 1000)}`,
    });
  }
}

function continueLine(work: PoolWork, ref: PoolRef, { condition }: PoolWaitOptions): string {
  return work.continueWith(ref, typeof condition === 'string' ? condition : undefined);
}

interface Wait {
  readonly doing: string;
  readonly started: number;
  readonly deadline: number;
}

async function untilHolds(
  work: PoolWork,
  ref: PoolRef,
  options: PoolWaitOptions,
  wait: Wait,
): Promise<NodePool | undefined> {
  const { condition, intervalSeconds = 30 } = options;
  const { clock, emit } = work;
  const { doing, started, deadline } = wait;
  const continueWith = continueLine(work, ref, options);
  for (;;) {
    const pool = await readIfThere(work, ref);
    if (holds(ref, condition, pool)) return pool;
    const left = deadline - clock.now();
    if (left <= 0) throw stillWaiting(doing, clock.now() - started, continueWith);
    if (canFollow(condition, pool, options)) {
      await follow(work, {
        ref,
        operation: undefined,
        doing: `The operation on ${poolName(ref)}`,
        continueWith,
        timeoutSeconds: left / 1000,
      });
      continue;
    }
    const state = pool === undefined ? 'not there' : oneLine(pool.provisioningState ?? 'not known');
    emit({
      type: 'task.progress',
      task: doing,
      message: `${doing}: ${state} (${duration((clock.now() - started) / 1000)})`,
    });
    await pause(work, continueWith, Math.min(intervalSeconds * 1000, left));
  }
}

async function pause(work: PoolWork, continueWith: string, milliseconds: number): Promise<void> {
  try {
    await work.clock.sleep(milliseconds, work.signal);
  } catch (error) {
    throw error instanceof InterruptedError ? interrupted(continueWith) : error;
  }
}
