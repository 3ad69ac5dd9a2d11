import { InterruptedError } from '../../core/errors.ts';
import {
  isBeingCarriedOut,
  isSettled,
  plannedPool,
  staleBecause,
  type PoolAction,
  type PoolPlan,
} from '../../domain/change/index.ts';
import { AzureError } from '../../model/azure-error.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { conclude, continueLine } from './conclude.ts';
import type { WriteResult } from './result.ts';
import { sendOnce, traceOf, type Sent } from './send-once.ts';
import { readIfThere, type PoolWork, type WaitOptions } from './work.ts';

/** That a request is about to leave: what a journal has on disk before it does. */
export interface Intent {
  readonly ref: PoolRef;
  readonly action: PoolAction;
  /** Of the pool as read right before; undefined for a pool that is not there. */
  readonly eTag: string | undefined;
}

/** What became of a request: `refused` by Azure for good, or what `Sent` says. */
export type Outcome = Sent | { readonly kind: 'refused'; readonly error: AzureError };

export interface ApplyOptions extends WaitOptions {
  /** Awaited before the request leaves; if it rejects, nothing is sent. */
  readonly beforeSend?: (intent: Intent) => Promise<void>;
  /** Awaited once it is known what became of the request, before it is followed. */
  readonly afterOutcome?: (outcome: Outcome) => Promise<void>;
  /** Recorded earlier by a process that did not record an outcome: what became of it is read first. */
  readonly intent?: Intent | undefined;
}

export type Applied =
  | { readonly kind: 'finished'; readonly result: WriteResult }
  /** Somebody else brought the pool to what is wanted; nothing was sent. */
  | { readonly kind: 'settled'; readonly pool: NodePool }
  /** The pool is not what was agreed to; nothing was sent. */
  | { readonly kind: 'stale'; readonly reasons: readonly string[]; readonly pool: NodePool | undefined }
  /** Azure refused the eTag; nothing was carried out. */
  | { readonly kind: 'changed'; readonly pool: NodePool | undefined }
  | { readonly kind: 'busy'; readonly error: AzureError; readonly pool: NodePool | undefined };

/** Sends under the eTag of the reading, with the intent recorded before and the outcome after. */
async function send(work: PoolWork, plan: PoolPlan, basis: NodePool | undefined, options: ApplyOptions): Promise<Sent> {
  const sentBefore = options.intent !== undefined;
  if (!sentBefore) await options.beforeSend?.({ ref: plan.ref, action: plan.action, eTag: basis?.eTag });
  let sent: Sent;
  try {
    sent = await sendOnce(work, plan, basis, sentBefore);
  } catch (error) {
    if (error instanceof AzureError) await options.afterOutcome?.({ kind: 'refused', error });
    if (!(error instanceof InterruptedError)) throw error;
    throw new InterruptedError([
      `The request may have reached Azure, and then goes on there. To wait for it: ${continueLine(work, plan)}`,
    ]);
  }
  await options.afterOutcome?.(sent);
  return sent;
}

/** What became of a request that another process meant to send; undefined: nothing, it may be sent. */
function traceOfIntent(plan: PoolPlan, intent: Intent, pool: NodePool | undefined): Sent | undefined {
  if (pool !== undefined && isBeingCarriedOut(plan, pool)) return { kind: 'adopted', pool };
  return traceOf(plan, intent.eTag, pool);
}

/** Reads, compares, and sends if nothing speaks against it. */
async function submit(
  work: PoolWork,
  plan: PoolPlan,
  pool: NodePool | undefined,
  options: ApplyOptions,
): Promise<Sent | Extract<Applied, { readonly kind: 'settled' | 'stale' }>> {
  if (options.intent !== undefined) {
    const trace = traceOfIntent(plan, options.intent, pool);
    if (trace === undefined) return send(work, plan, pool, options);
    await options.afterOutcome?.(trace);
    return trace;
  }
  if (pool !== undefined && isBeingCarriedOut(plan, pool)) return { kind: 'adopted', pool };
  const reasons = staleBecause(plan, pool);
  if (reasons.length === 0) return send(work, plan, pool, options);
  // A plan that sends the same again, by force, is not fulfilled by a pool that has it.
  const fulfilled = pool !== undefined && isSettled(plan, pool) && !isSettled(plan, plannedPool(plan));
  return fulfilled ? { kind: 'settled', pool } : { kind: 'stale', reasons, pool };
}

/**
 * Carries out a plan that was agreed to, for its one pool: reads it, compares it with the plan, sends at most one
 * request that Azure carries out, follows it, and reads back what is stored. What was agreed to is what happens: the
 * request carries the eTag of the reading.
 *
 * With `intent` it takes up what another process may have sent: adopts what runs, takes what is done, sends again under
 * the same eTag if nothing arrived, and sends nothing if the pool is another by now (`changed`).
 * @throws AzureError; CliError `answer-lost`, `still-waiting` (exit `waiting`), `profile-not-stored` (exit `unproven`);
 * InterruptedError with the line that continues.
 */
export async function applyPlan(work: PoolWork, plan: PoolPlan, options: ApplyOptions = {}): Promise<Applied> {
  // Of a new pool If-None-Match tells whether one is there, and only a request that was sent has a trace to read.
  const reads = plan.change.kind !== 'create' || options.intent !== undefined;
  const pool = reads ? await readIfThere(work, plan.ref) : undefined;
  const sent = await submit(work, plan, pool, options);
  if (sent.kind === 'busy') return { ...sent, pool };
  if (sent.kind === 'settled' || sent.kind === 'stale' || sent.kind === 'changed') return sent;
  // Of a request sent earlier, the plan knows what was there before it.
  const before = options.intent === undefined || pool === undefined ? pool : plannedPool(plan);
  return { kind: 'finished', result: await conclude(work, plan, before, sent, options) };
}
