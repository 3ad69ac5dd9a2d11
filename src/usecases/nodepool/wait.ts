import { CliError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';
import { pauseUntil, waitFor } from '../../core/wait.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { poolName } from '../../model/pool-command.ts';
import { inState, isRunning } from '../../model/pool-state.ts';
import { follow, remaining } from './follow.ts';
import { endedFailure } from './operation-failure.ts';
import { poolValue } from './write-result.ts';
import { readIfExists, type PoolDeps, type WaitFor } from './pool-deps.ts';

/** The condition, as in az; undefined waits until no operation is running. */
type WaitCondition = WaitFor | { readonly query: string; readonly test: (pool: JsonObject) => boolean };

export interface PoolWaitOptions {
  readonly condition: WaitCondition;
  /** Seconds between two readings of the pool. Defaults to 30, as in az. */
  readonly intervalSeconds?: number | undefined;
  /** Defaults to 3600, as in az. */
  readonly timeoutSeconds?: number | undefined;
}

export interface WaitResult {
  readonly ref: PoolRef;
  readonly waitedSeconds: number;
  /** Undefined if it is deleted. */
  readonly pool: NodePool | undefined;
  readonly summary: string;
}

function notThere(ref: PoolRef): CliError {
  return new CliError({
    code: 'pool-not-found',
    message: `The node pool ${poolName(ref)} was not found.`,
  });
}

/** Whether the condition is met. @throws AzureError if the pool ended in a state that can no longer meet it. */
function holds(ref: PoolRef, condition: WaitCondition, pool: NodePool | undefined): boolean {
  if (condition === 'deleted') return pool === undefined;
  if (condition === 'exists') return pool !== undefined;
  if (typeof condition === 'object') return pool !== undefined && condition.test(poolValue(pool));
  if (pool === undefined) {
    // A pool that is being created may not exist yet; one that is being updated must exist.
    if (condition === 'created') return false;
    throw notThere(ref);
  }
  // Without a condition the wait may follow an abort, which ends in Canceled.
  const failed = condition === undefined ? inState(pool, 'Failed') : inState(pool, 'Failed', 'Canceled');
  if (failed) throw endedFailure(pool, `The operation on ${poolName(ref)}`);
  return condition === undefined ? !isRunning(pool) : inState(pool, 'Succeeded');
}

function waitDescription(condition: WaitCondition, ref: PoolRef): string {
  const name = poolName(ref);
  if (condition === undefined) return `Waiting for the running operation on ${name}`;
  if (typeof condition !== 'string') return `Waiting for ${name} to match ${oneLine(condition.query)}`;
  return `Waiting for ${name} to ${condition === 'exists' ? 'exist' : `be ${condition}`}`;
}

/** Whether the wait is for the operation of the pool, which can then be followed within the shared request budgets. */
function canFollow(condition: WaitCondition, pool: NodePool | undefined, options: PoolWaitOptions): boolean {
  const byState = condition === undefined || condition === 'created' || condition === 'updated';
  return byState && pool !== undefined && isRunning(pool) && options.intervalSeconds === undefined;
}

/**
 * Waits for a pool. Read-only.
 * @throws CliError `still-waiting` (exit `waiting`), `pool-not-found`; AzureError if the operation failed;
 * InterruptedError.
 */
export async function waitForPool(deps: PoolDeps, ref: PoolRef, options: PoolWaitOptions): Promise<WaitResult> {
  const { condition, timeoutSeconds = 3600 } = options;
  const started = deps.clock.now();
  const continueWith = deps.continueWith(ref, typeof condition === 'string' ? condition : undefined);
  const pool = await waitFor<NodePool | undefined>(deps, {
    ...remaining(continueWith),
    ...(typeof condition === 'object' ? { goesOn: 'the condition is not met yet' } : {}),
    doing: waitDescription(condition, ref),
    timeoutSeconds,
    readings: (deadline) => readings(deps, ref, options, continueWith, deadline),
    word: (reading) => (reading === undefined ? 'not found' : (reading.provisioningState ?? 'unknown')),
    outcome: (reading) => (holds(ref, condition, reading) ? 'succeeded' : undefined),
    ended: (end) => ends[end],
  });
  const waitedSeconds = Math.round((deps.clock.now() - started) / 1000);
  const state = pool === undefined ? 'deleted' : `provisioning state ${oneLine(pool.provisioningState ?? 'unknown')}`;
  return { ref, waitedSeconds, pool, summary: `${poolName(ref)}: ${state}.` };
}

const ends = { done: 'succeeded', timeout: 'stopped', interrupted: 'stopped', error: 'failed' } as const;

/** Follows an operation to its end before the next reading, if possible. */
async function* readings(
  deps: PoolDeps,
  ref: PoolRef,
  options: PoolWaitOptions,
  continueWith: string,
  deadline = Number.POSITIVE_INFINITY,
): AsyncGenerator<NodePool | undefined> {
  const { condition, intervalSeconds = 30 } = options;
  for (;;) {
    const pool = await readIfExists(deps, ref);
    const left = deadline - deps.clock.now();
    if (left > 0 && canFollow(condition, pool, options)) {
      await follow(deps, {
        ref,
        operation: undefined,
        doing: `The operation on ${poolName(ref)}`,
        continueWith,
        timeoutSeconds: left / 1000,
      });
      continue;
    }
    yield pool;
    if (!(await pauseUntil(deps, intervalSeconds * 1000, deadline))) return;
  }
}
