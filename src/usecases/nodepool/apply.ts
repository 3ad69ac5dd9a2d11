import { InterruptedError } from '../../core/errors.ts';
import {
  isBeingApplied,
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
import type { WriteResult } from './write-result.ts';
import { sendOnce, traceOf, type SendResult } from './send-once.ts';
import { readIfExists, type PoolDeps, type WaitOptions } from './pool-deps.ts';

/** A request that is about to be sent. A journal records it first. */
export interface Intent {
  readonly ref: PoolRef;
  readonly action: PoolAction;
  /** The eTag of the pool right before; undefined for a pool that does not exist. */
  readonly eTag: string | undefined;
}

/** The outcome of a request: `refused` by Azure, or a `SendResult`. */
export type RequestOutcome = SendResult | { readonly kind: 'refused'; readonly error: AzureError };

export interface ApplyOptions extends WaitOptions {
  /** Awaited before the request is sent; if it rejects, nothing is sent. */
  readonly beforeSend?: (intent: Intent) => Promise<void>;
  /** Awaited once the outcome of the request is known, before the operation is followed. */
  readonly afterOutcome?: (outcome: RequestOutcome) => Promise<void>;
  /** An intent whose outcome was not recorded by an earlier process; the outcome is read first. */
  readonly intent?: Intent | undefined;
}

export type ApplyResult =
  | { readonly kind: 'finished'; readonly result: WriteResult }
  /** Another process already made the change; nothing was sent. */
  | { readonly kind: 'settled'; readonly pool: NodePool }
  /** The pool no longer matches the plan; nothing was sent. */
  | { readonly kind: 'stale'; readonly reasons: readonly string[]; readonly pool: NodePool | undefined }
  /** Azure rejected the eTag; nothing was changed. */
  | { readonly kind: 'changed'; readonly pool: NodePool | undefined }
  | { readonly kind: 'busy'; readonly error: AzureError; readonly pool: NodePool | undefined };

/** Sends with the eTag of the latest reading. Records the intent before and the outcome after. */
async function send(
  deps: PoolDeps,
  plan: PoolPlan,
  basis: NodePool | undefined,
  options: ApplyOptions,
): Promise<SendResult> {
  const sentBefore = options.intent !== undefined;
  if (!sentBefore) await options.beforeSend?.({ ref: plan.ref, action: plan.action, eTag: basis?.eTag });
  let sent: SendResult;
  try {
    sent = await sendOnce(deps, plan, basis, sentBefore);
  } catch (error) {
    if (error instanceof AzureError) await options.afterOutcome?.({ kind: 'refused', error });
    if (!(error instanceof InterruptedError)) throw error;
    throw new InterruptedError([
      `The request may have reached Azure, which would then carry it out. To wait for it: ${continueLine(deps, plan)}`,
    ]);
  }
  await options.afterOutcome?.(sent);
  return sent;
}

/** The outcome of a request that another process intended to send; undefined if it never arrived and may be sent. */
function traceOfIntent(plan: PoolPlan, intent: Intent, pool: NodePool | undefined): SendResult | undefined {
  if (pool !== undefined && isBeingApplied(plan, pool)) return { kind: 'adopted', pool };
  return traceOf(plan, intent.eTag, pool);
}

/** Reads, compares, and sends if the plan still holds. */
async function submit(
  deps: PoolDeps,
  plan: PoolPlan,
  pool: NodePool | undefined,
  options: ApplyOptions,
): Promise<SendResult | Extract<ApplyResult, { readonly kind: 'settled' | 'stale' }>> {
  if (options.intent !== undefined) {
    const trace = traceOfIntent(plan, options.intent, pool);
    if (trace === undefined) return send(deps, plan, pool, options);
    await options.afterOutcome?.(trace);
    return trace;
  }
  if (pool !== undefined && isBeingApplied(plan, pool)) return { kind: 'adopted', pool };
  const reasons = staleBecause(plan, pool);
  if (reasons.length === 0) return send(deps, plan, pool, options);
  // A forced plan, which sends the same profile again, is not fulfilled by a pool that already has it.
  const fulfilled = pool !== undefined && isSettled(plan, pool) && !isSettled(plan, plannedPool(plan));
  return fulfilled ? { kind: 'settled', pool } : { kind: 'stale', reasons, pool };
}

/**
 * Carries out an agreed plan for one pool: reads the pool, compares it with the plan, sends at most one request that
 * Azure carries out, follows the operation, and reads back what is stored. The request carries the eTag of the reading,
 * so that exactly the agreed change happens.
 *
 * With `intent` it resumes a request that another process may have sent: it adopts a running operation, accepts a
 * finished one, sends again with the same eTag if nothing arrived, and sends nothing if the pool has changed
 * (`changed`).
 * @throws AzureError; CliError `answer-lost`, `still-waiting` (exit `waiting`), `profile-not-stored` (exit `unproven`);
 * InterruptedError with the command that continues.
 */
export async function applyPlan(deps: PoolDeps, plan: PoolPlan, options: ApplyOptions = {}): Promise<ApplyResult> {
  // For a new pool, If-None-Match detects an existing one; only a request that may have been sent needs a reading.
  const reads = plan.change.kind !== 'create' || options.intent !== undefined;
  const pool = reads ? await readIfExists(deps, plan.ref) : undefined;
  const sent = await submit(deps, plan, pool, options);
  if (sent.kind === 'busy') return { ...sent, pool };
  if (sent.kind === 'settled' || sent.kind === 'stale' || sent.kind === 'changed') return sent;
  // For a request sent earlier, the plan knows the pool before it.
  const before = options.intent === undefined || pool === undefined ? pool : plannedPool(plan);
  return { kind: 'finished', result: await conclude(deps, plan, before, sent, options) };
}
