import { CliError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import { carriesPlan, isBeingCarriedOut, requestProperties, type PoolPlan } from '../../domain/change/index.ts';
import { isAzureError, type AzureError } from '../../model/azure-error.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { OperationHandle } from '../../model/operation.ts';
import { poolLine, poolName } from '../../model/pool-lines.ts';
import { inState, isRunning } from '../../model/pool-state.ts';
import type { Submission } from '../../model/ports.ts';
import { readIfThere, type PoolWork } from './work.ts';

/** What became of one request. */
export type Sent =
  /** Azure took it. */
  | { readonly kind: 'accepted'; readonly pool: NodePool | undefined; readonly operation: OperationHandle | undefined }
  /** Azure is carrying out the same request: to be followed by the pool. */
  | { readonly kind: 'adopted'; readonly pool: NodePool }
  /** It was carried out whole already. */
  | { readonly kind: 'done'; readonly pool: NodePool }
  /** It was carried out, and failed or was aborted. */
  | { readonly kind: 'ended'; readonly pool: NodePool }
  /** The pool is not what it was when it was read: read, judge, and maybe send again. */
  | { readonly kind: 'changed'; readonly pool: NodePool | undefined }
  /** Another operation is in progress. */
  | { readonly kind: 'busy'; readonly error: AzureError };

/** A lost request may still arrive: it gets a moment before the pool is read. */
export const settleMs = 5_000;

/** A PUT carries its eTag, so that a late arrival is harmless; a reimage has none. */
function maxSends({ change }: PoolPlan): number {
  return change.kind === 'node-image' ? 2 : 3;
}

async function submit(work: PoolWork, plan: PoolPlan, basis: NodePool | undefined): Promise<Submission> {
  const { ref, change } = plan;
  if (change.kind === 'node-image') return work.pools.upgradeNodeImage(ref);
  if (change.kind === 'create') return work.pools.putPool(ref, change.properties, { ifNoneMatch: '*' });
  const properties = requestProperties(basis?.properties ?? {}, change.profile, change.settings);
  return work.pools.putPool(ref, properties, basis?.eTag === undefined ? {} : { ifMatch: basis.eTag });
}

/**
 * What the pool says of a request whose answer nobody has; undefined: it never arrived, and may be sent again. `eTag`:
 * of the pool when the request was sent, undefined for a pool that was not there.
 */
export function traceOf(plan: PoolPlan, eTag: string | undefined, pool: NodePool | undefined): Sent | undefined {
  if (pool === undefined) return eTag === undefined ? undefined : { kind: 'changed', pool };
  if (plan.change.kind === 'node-image')
    return isBeingCarriedOut(plan, pool) || pool.eTag !== eTag ? { kind: 'adopted', pool } : undefined;
  if (eTag !== undefined && pool.eTag === eTag) return isRunning(pool) ? { kind: 'changed', pool } : undefined;
  if (!carriesPlan(plan, pool)) return { kind: 'changed', pool };
  if (isRunning(pool)) return { kind: 'adopted', pool };
  return inState(pool, 'Succeeded') ? { kind: 'done', pool } : { kind: 'ended', pool };
}

/** A refusal tells something new if an earlier send's answer was lost: that one may have arrived after all. */
async function refusal(
  work: PoolWork,
  plan: PoolPlan,
  eTag: string | undefined,
  error: unknown,
  sentBefore: boolean,
): Promise<Sent> {
  if (!isAzureError(error, 'precondition-failed', 'operation-in-progress')) throw error;
  const pool = await readIfThere(work, plan.ref);
  const trace = sentBefore ? traceOf(plan, eTag, pool) : undefined;
  if (pool !== undefined && isBeingCarriedOut(plan, pool)) return { kind: 'adopted', pool };
  if (trace !== undefined && trace.kind !== 'changed') return trace;
  return error.class === 'operation-in-progress' ? { kind: 'busy', error } : { kind: 'changed', pool };
}

/**
 * Sends the request of a plan so that Azure carries it out at most once. A lost answer is resolved by reading the pool:
 * adopt what runs, done, or, if the eTag says that nothing arrived, send again with the same eTag, which makes a late
 * arrival harmless. `basis`: the pool as read right before; undefined for one that is not there. `sentBefore`: another
 * process may have sent the same request under the same eTag.
 * @throws AzureError for any refusal that reading cannot resolve; CliError `answer-lost`.
 */
export async function sendOnce(
  work: PoolWork,
  plan: PoolPlan,
  basis: NodePool | undefined,
  sentBefore = false,
): Promise<Sent> {
  const { ref } = plan;
  const eTag = basis?.eTag;
  for (let sends = 1; sends <= maxSends(plan); sends += 1) {
    let reason: string;
    try {
      const answer = await submit(work, plan, basis);
      if (answer.kind === 'accepted') return { kind: 'accepted', pool: answer.pool, operation: answer.operation };
      reason = answer.reason;
    } catch (error) {
      return await refusal(work, plan, eTag, error, sentBefore || sends > 1);
    }
    work.emit({
      type: 'notice',
      level: 'warning',
      code: 'answer-lost',
      message: `Azure's answer to the request was lost (${oneLine(reason)}); reading the pool to see what became of it.`,
    });
    await work.clock.sleep(settleMs, work.signal);
    const trace = traceOf(plan, eTag, await readIfThere(work, ref));
    if (trace !== undefined) return trace;
  }
  throw new CliError({
    code: 'answer-lost',
    message: `The request for ${poolName(ref)} was sent ${String(maxSends(plan))} times, no answer came, and the pool shows that none arrived.`,
    hints: [
      'Check the network and the proxy; then run the same line again.',
      `The pool as it is now: ${poolLine('show', ref)}`,
    ],
  });
}
