import { CliError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import { matchesPlan, isBeingApplied, requestProperties, type PoolPlan } from '../../domain/change/index.ts';
import { isAzureError, type AzureError } from '../../model/azure-error.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { OperationHandle } from '../../model/operation.ts';
import { poolLine, poolName } from '../../model/pool-command.ts';
import { inState, isRunning } from '../../model/pool-state.ts';
import type { Submission } from '../../model/ports.ts';
import { readIfExists, type PoolDeps } from './pool-deps.ts';

/** The outcome of one request. */
export type SendResult =
  /** Azure accepted it. */
  | { readonly kind: 'accepted'; readonly pool: NodePool | undefined; readonly operation: OperationHandle | undefined }
  /** Azure is carrying out the same request; follow it by the state of the pool. */
  | { readonly kind: 'adopted'; readonly pool: NodePool }
  /** It was already carried out. */
  | { readonly kind: 'done'; readonly pool: NodePool }
  /** It was started, but failed or was aborted. */
  | { readonly kind: 'ended'; readonly pool: NodePool }
  /** The pool has changed since it was read; read, judge and possibly send again. */
  | { readonly kind: 'changed'; readonly pool: NodePool | undefined }
  /** Another operation is in progress. */
  | { readonly kind: 'busy'; readonly error: AzureError };

/** A request whose response was lost may still arrive, so the pool is read after a delay. */
export const settleMs = 5_000;

/** A PUT carries the eTag, which makes a late arrival harmless; a reimage has none. */
function maxSends({ change }: PoolPlan): number {
  return change.kind === 'node-image' ? 2 : 3;
}

async function submit(deps: PoolDeps, plan: PoolPlan, basis: NodePool | undefined): Promise<Submission> {
  const { ref, change } = plan;
  if (change.kind === 'node-image') return deps.pools.upgradeNodeImage(ref);
  if (change.kind === 'create') return deps.pools.putPool(ref, change.properties, { ifNoneMatch: '*' });
  const properties = requestProperties(basis?.properties ?? {}, change.profile, change.settings);
  return deps.pools.putPool(ref, properties, basis?.eTag === undefined ? {} : { ifMatch: basis.eTag });
}

/**
 * Derives the outcome of a request without a response from the pool; undefined if it never arrived and may be sent
 * again. `eTag`: of the pool when the request was sent, undefined for a pool that did not exist.
 */
export function traceOf(plan: PoolPlan, eTag: string | undefined, pool: NodePool | undefined): SendResult | undefined {
  if (pool === undefined) return eTag === undefined ? undefined : { kind: 'changed', pool };
  if (plan.change.kind === 'node-image')
    return isBeingApplied(plan, pool) || pool.eTag !== eTag ? { kind: 'adopted', pool } : undefined;
  if (eTag !== undefined && pool.eTag === eTag) return isRunning(pool) ? { kind: 'changed', pool } : undefined;
  if (!matchesPlan(plan, pool)) return { kind: 'changed', pool };
  if (isRunning(pool)) return { kind: 'adopted', pool };
  return inState(pool, 'Succeeded') ? { kind: 'done', pool } : { kind: 'ended', pool };
}

/** The result of a rejected request. If the response to an earlier attempt was lost, that one may have arrived. */
async function refusal(
  deps: PoolDeps,
  plan: PoolPlan,
  eTag: string | undefined,
  error: unknown,
  sentBefore: boolean,
): Promise<SendResult> {
  if (!isAzureError(error, 'precondition-failed', 'operation-in-progress')) throw error;
  const pool = await readIfExists(deps, plan.ref);
  const trace = sentBefore ? traceOf(plan, eTag, pool) : undefined;
  if (pool !== undefined && isBeingApplied(plan, pool)) return { kind: 'adopted', pool };
  if (trace !== undefined && trace.kind !== 'changed') return trace;
  return error.class === 'operation-in-progress' ? { kind: 'busy', error } : { kind: 'changed', pool };
}

/**
 * Sends the request of a plan so that Azure carries it out at most once. If the response is lost, the pool is read: a
 * running operation is adopted, a finished one is done, and if the eTag shows that nothing arrived, the request is sent
 * again with the same eTag, which makes a late arrival harmless. `basis`: the pool right before; undefined if it does
 * not exist. `sentBefore`: another process may have sent the same request with the same eTag.
 * @throws AzureError for any refusal that reading cannot resolve; CliError `answer-lost`.
 */
export async function sendOnce(
  deps: PoolDeps,
  plan: PoolPlan,
  basis: NodePool | undefined,
  sentBefore = false,
): Promise<SendResult> {
  const { ref } = plan;
  const eTag = basis?.eTag;
  for (let sends = 1; sends <= maxSends(plan); sends += 1) {
    let reason: string;
    try {
      const answer = await submit(deps, plan, basis);
      if (answer.kind === 'accepted') return { kind: 'accepted', pool: answer.pool, operation: answer.operation };
      reason = answer.reason;
    } catch (error) {
      return await refusal(deps, plan, eTag, error, sentBefore || sends > 1);
    }
    deps.emit({
      type: 'notice',
      level: 'warning',
      code: 'answer-lost',
      message: `The response to the request was lost (${oneLine(reason)}); checking the node pool for the outcome.`,
    });
    await deps.clock.sleep(settleMs, deps.signal);
    const trace = traceOf(plan, eTag, await readIfExists(deps, ref));
    if (trace !== undefined) return trace;
  }
  throw new CliError({
    code: 'answer-lost',
    message: `The request for ${poolName(ref)} was sent ${String(maxSends(plan))} times without a response, and the node pool shows that none arrived.`,
    hints: [
      'Check the network and the proxy, then run the same command again.',
      `Current state of the pool: ${poolLine('show', ref)}`,
    ],
  });
}
