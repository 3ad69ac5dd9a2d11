import { CliError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { OperationHandle, OperationStatus } from '../../model/operation.ts';
import { poolLine, poolName } from '../../model/pool-command.ts';
import { isRunning } from '../../model/pool-state.ts';
import { follow, type FollowOptions } from './follow.ts';
import { operationFailure } from './operation-failure.ts';
import { settleMs } from './send-once.ts';
import type { PoolDeps, WaitOptions } from './pool-deps.ts';

export interface AbortResult {
  readonly ref: PoolRef;
  /** False if no operation was running. */
  readonly changed: boolean;
  readonly outcome: 'nothing-to-do' | 'accepted' | 'done';
  readonly summary: string;
  /** The latest reading. */
  readonly pool: NodePool;
  readonly operationId: string | undefined;
}

const maxSends = 2;

type Accepted = { readonly operation: OperationHandle | undefined } | undefined;

/** Sends the abort. If the response is lost, the state of the pool decides. Undefined if no operation was running. */
async function sendAbort(deps: PoolDeps, ref: PoolRef): Promise<Accepted> {
  for (let sends = 1; sends <= maxSends; sends += 1) {
    const outcome = await deps.pools.abort(ref);
    if (outcome.kind === 'nothing-running') return undefined;
    if (outcome.kind === 'accepted') return { operation: outcome.operation };
    deps.emit({
      type: 'notice',
      level: 'warning',
      code: 'answer-lost',
      message: `The response to the abort was lost (${oneLine(outcome.reason)}); checking the node pool.`,
    });
    await deps.clock.sleep(settleMs, deps.signal);
    const pool = await deps.pools.readPool(ref);
    // The operation ended or is being canceled: the abort arrived, or there is nothing left to abort.
    if (!isRunning(pool) || pool.provisioningState?.toLowerCase() === 'canceling') return { operation: undefined };
  }
  throw new CliError({
    code: 'answer-lost',
    message: `The abort of the operation on ${poolName(ref)} was sent ${String(maxSends)} times without a response, and the operation is still running.`,
    hints: [`Current state of the pool: ${poolLine('show', ref)}`],
  });
}

/** An aborted operation ends `canceled`, which is a success here. */
function isEnd(status: OperationStatus): boolean {
  return status.state === 'succeeded' || status.state === 'canceled';
}

async function settle(deps: PoolDeps, options: FollowOptions): Promise<NodePool> {
  const status = await follow(deps, options);
  if (!isEnd(status) && options.operation !== undefined) throw operationFailure(status, options.doing, options.ref);
  const pool = await deps.pools.readPool(options.ref);
  if (!isRunning(pool)) return pool;
  await follow(deps, { ...options, operation: undefined });
  return deps.pools.readPool(options.ref);
}

function followOptions(
  deps: PoolDeps,
  ref: PoolRef,
  operation: OperationHandle | undefined,
  timeoutSeconds: number | undefined,
): FollowOptions {
  return {
    ref,
    operation,
    doing: `Aborting the operation on ${poolName(ref)}`,
    continueWith: deps.continueWith(ref, undefined),
    timeoutSeconds,
  };
}

/** Aborts the running operation and returns the pool once it has ended. */
export async function abortAndSettle(
  deps: PoolDeps,
  ref: PoolRef,
  timeoutSeconds: number | undefined,
): Promise<NodePool> {
  const accepted = await sendAbort(deps, ref);
  if (accepted === undefined) return deps.pools.readPool(ref);
  return settle(deps, followOptions(deps, ref, accepted.operation, timeoutSeconds));
}

/**
 * Aborts the running operation on a pool. Nodes that were already reimaged stay as they are, so the pool may be mixed
 * afterwards.
 * @throws AzureError; CliError `still-waiting` (exit `waiting`), `answer-lost`; InterruptedError.
 */
export async function abortOperation(deps: PoolDeps, ref: PoolRef, options: WaitOptions): Promise<AbortResult> {
  const accepted = await sendAbort(deps, ref);
  if (accepted === undefined) {
    const pool = await deps.pools.readPool(ref);
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
    const pool = await deps.pools.readPool(ref);
    const summary = `Azure is aborting the operation on ${poolName(ref)}. To wait for it: ${deps.continueWith(ref, undefined)}`;
    return { ref, changed: true, outcome: 'accepted', summary, pool, operationId };
  }
  const pool = await settle(deps, followOptions(deps, ref, accepted.operation, options.timeoutSeconds));
  const state = oneLine(pool.provisioningState ?? 'unknown');
  const summary = `The operation on ${poolName(ref)} has ended (${state}). Some nodes may have the new settings and others the old ones; the next update makes them the same.`;
  return { ref, changed: true, outcome: 'done', summary, pool, operationId };
}
