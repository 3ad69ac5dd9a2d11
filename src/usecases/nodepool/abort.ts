import { CliError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { OperationHandle, OperationStatus } from '../../model/operation.ts';
import { poolLine, poolName } from '../../model/pool-lines.ts';
import { isRunning } from '../../model/pool-state.ts';
import { follow, type FollowOptions } from './follow.ts';
import { operationFailure } from './operation-failure.ts';
import { settleMs } from './send-once.ts';
import type { PoolWork, WaitOptions } from './work.ts';

export interface AbortResult {
  readonly ref: PoolRef;
  /** False if no operation was running. */
  readonly changed: boolean;
  readonly outcome: 'nothing-to-do' | 'accepted' | 'done';
  readonly summary: string;
  /** As read last. */
  readonly pool: NodePool;
  readonly operationId: string | undefined;
}

const maxSends = 2;

type Accepted = { readonly operation: OperationHandle | undefined } | undefined;

/** Sends the abort; a lost answer is resolved by the pool's state. `undefined`: nothing was running. */
async function sendAbort(work: PoolWork, ref: PoolRef): Promise<Accepted> {
  for (let sends = 1; sends <= maxSends; sends += 1) {
    const outcome = await work.pools.abort(ref);
    if (outcome.kind === 'nothing-running') return undefined;
    if (outcome.kind === 'accepted') return { operation: outcome.operation };
    work.emit({
      type: 'notice',
      level: 'warning',
      code: 'answer-lost',
      message: `Azure's answer to the abort was lost (${oneLine(outcome.reason)}); reading the pool.`,
    });
    await work.clock.sleep(settleMs, work.signal);
    const pool = await work.pools.readPool(ref);
    // Ended, or on its way there: the abort arrived, or there is nothing left to abort.
    if (!isRunning(pool) || pool.provisioningState?.toLowerCase() === 'canceling') return { operation: undefined };
  }
  throw new CliError({
    code: 'answer-lost',
    message: `The abort of the operation on ${poolName(ref)} was sent ${String(maxSends)} times, no answer came, and the operation still runs.`,
    hints: [`The pool as it is now: ${poolLine('show', ref)}`],
  });
}

/** The pool followed by its own state ends `canceled`: that is what an abort is for. */
function isEnd(status: OperationStatus): boolean {
  return status.state === 'succeeded' || status.state === 'canceled';
}

async function settle(work: PoolWork, options: FollowOptions): Promise<NodePool> {
  const status = await follow(work, options);
  if (!isEnd(status) && options.operation !== undefined) throw operationFailure(status, options.doing, options.ref);
  const pool = await work.pools.readPool(options.ref);
  if (!isRunning(pool)) return pool;
  await follow(work, { ...options, operation: undefined });
  return work.pools.readPool(options.ref);
}

function followOptions(
  work: PoolWork,
  ref: PoolRef,
  operation: OperationHandle | undefined,
  timeoutSeconds: number | undefined,
): FollowOptions {
  return {
    ref,
    operation,
    doing: `Aborting the operation on ${poolName(ref)}`,
    continueWith: work.continueWith(ref, undefined),
    timeoutSeconds,
  };
}

/** Ends what runs on the pool and returns the pool at rest. */
export async function abortAndSettle(
  work: PoolWork,
  ref: PoolRef,
  timeoutSeconds: number | undefined,
): Promise<NodePool> {
  const accepted = await sendAbort(work, ref);
  if (accepted === undefined) return work.pools.readPool(ref);
  return settle(work, followOptions(work, ref, accepted.operation, timeoutSeconds));
}

/**
 * Aborts the operation that runs on a pool. Nodes that were done stay as they are: the pool may be mixed afterwards.
 * @throws AzureError; CliError `still-waiting` (exit `waiting`), `answer-lost`; InterruptedError.
 */
export async function abortOperation(work: PoolWork, ref: PoolRef, options: WaitOptions): Promise<AbortResult> {
  const accepted = await sendAbort(work, ref);
  if (accepted === undefined) {
    const pool = await work.pools.readPool(ref);
    return {
      ref,
      changed: false,
      outcome: 'nothing-to-do',
      summary: `No operation was running on ${poolName(ref)}.`,
      pool,
      operationId: undefined,
    };
  }
  const operationId = accepted.operation?.id;
  if (options.noWait === true) {
    const pool = await work.pools.readPool(ref);
    const summary = `Azure is aborting the operation on ${poolName(ref)}. To wait for it: ${work.continueWith(ref, undefined)}`;
    return { ref, changed: true, outcome: 'accepted', summary, pool, operationId };
  }
  const pool = await settle(work, followOptions(work, ref, accepted.operation, options.timeoutSeconds));
  const state = oneLine(pool.provisioningState ?? 'not known');
  const summary = `The operation on ${poolName(ref)} has ended (${state}). Nodes may be mixed; the next update brings them together.`;
  return { ref, changed: true, outcome: 'done', summary, pool, operationId };
}
