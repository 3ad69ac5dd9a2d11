import { CliError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import {
  isBeingCarriedOut,
  replanned,
  staleBecause,
  type PoolAction,
  type PoolPlan,
} from '../../domain/change/index.ts';
import type { AzureError } from '../../model/azure-error.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { PoolJudgement } from '../../model/judgement.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { poolName } from '../../model/pool-lines.ts';
import { isRunning, isRunningState } from '../../model/pool-state.ts';
import { abortAndSettle } from './abort.ts';
import { applyPlan } from './apply.ts';
import { conclude } from './conclude.ts';
import { OtherOperations } from './other-operations.ts';
import type { WriteResult } from './result.ts';
import type { WriteOptions, WriteWork } from './work.ts';

/** One look at the world, and what would be done about it. */
export interface Look {
  /** Undefined for a pool that is not there yet. */
  readonly pool: NodePool | undefined;
  /** Undefined if the pool is as wanted. */
  readonly plan: PoolPlan | undefined;
  /** Undefined if nothing is judged. */
  readonly judgement?: PoolJudgement | undefined;
}

/** What a conversation is about. */
export interface Topic {
  readonly action: PoolAction;
  readonly ref: PoolRef;
  /** Reads, judges and plans anew. */
  look(): Promise<Look>;
  /** Throws if prerequisites stop the plan. */
  refuse(look: Look): void;
  /** Whether somebody has to agree to the plan. */
  asksFor(plan: PoolPlan): boolean;
}

const maxRounds = 20;
const maxRefusals = 2;

export function declined(): CliError {
  return new CliError({ code: 'declined', message: 'Cancelled; nothing was changed.' });
}

function poolChanged(ref: PoolRef, what: readonly string[]): CliError {
  return new CliError({
    code: 'pool-changed',
    message: `${poolName(ref)} changed between what was agreed to and the request (${what.map(oneLine).join(', ')}); nothing was sent.`,
    hints: ['Another user or process is changing this node pool. Check it, then run the same command again.'],
  });
}

function nothingToDo({ action, ref }: Topic, pool: NodePool, dryRun: boolean): WriteResult {
  const mode = oneLine(pool.localDns?.mode ?? 'never configured');
  const off = pool.localDns?.mode === 'Required' && pool.localDns.state?.toLowerCase() === 'disabled';
  const doubt = off ? ' Azure does not say that it is on; --force sends the request again.' : '';
  const summary = `${poolName(ref)} is already up to date (LocalDNS: ${mode}). Nothing was sent, and no node is reimaged.${doubt}`;
  return { action, ref, outcome: 'nothing-to-do', changed: false, dryRun, summary, pool, otherChanges: [] };
}

function planned({ action, ref }: Topic, plan: PoolPlan, pool: NodePool | undefined): WriteResult {
  const { change } = plan;
  const summary =
    change.kind === 'create'
      ? `A dry run: ${poolName(ref)} was not added.`
      : `A dry run: nothing was sent to ${poolName(ref)}.`;
  const nodeImage =
    change.kind === 'node-image'
      ? { before: pool?.nodeImageVersion, after: undefined, latest: change.latest }
      : undefined;
  const common = { action, ref, changed: false, dryRun: true, otherChanges: [] };
  return { ...common, outcome: 'planned', summary, plan, pool, nodeImage };
}

/** What stands between two looks. */
interface Standing {
  /** What somebody agreed to. */
  agreed: PoolPlan | undefined;
  /** How often Azure refused the eTag of what is agreed to. */
  refusals: number;
  /** Azure's last word that it is busy. */
  busy: AzureError | undefined;
  readonly other: OtherOperations;
}

/**
 * The plan to go by: the agreed one if it still holds; else the question.
 * @throws CliError `pool-changed` if nobody can be asked again, `declined`.
 */
async function agree(work: WriteWork, topic: Topic, standing: Standing, look: Look, plan: PoolPlan): Promise<PoolPlan> {
  const { agreed } = standing;
  const reasons = agreed === undefined ? [] : staleBecause(agreed, look.pool, plan.unknowns);
  if (agreed !== undefined && reasons.length === 0) return agreed;
  if (agreed !== undefined) {
    if (!work.asks) throw poolChanged(topic.ref, reasons);
    const message = `${poolName(topic.ref)} changed meanwhile (${reasons.join(', ')}); asking again.`;
    work.emit({ type: 'notice', level: 'warning', code: 'pool-changed', message });
  }
  if (topic.asksFor(plan) && !(await work.confirm(plan))) throw declined();
  standing.agreed = plan;
  standing.refusals = 0;
  return plan;
}

function clusterRuns({ judgement }: Look): boolean {
  return isRunningState(judgement?.cluster?.provisioningState);
}

/** Whether something that runs has to end first; waits for it. */
async function waited(look: Look, plan: PoolPlan, standing: Standing): Promise<boolean> {
  const { pool } = look;
  const found = { pool, refusal: standing.busy, clusterRuns: clusterRuns(look) };
  if (pool !== undefined && isRunning(pool) && !plan.abortsRunning) {
    await standing.other.wait({ ...found, refusal: undefined });
    return true;
  }
  // AKS takes few PUTs of a pool a minute: while the cluster's own operation that held up the last one can be seen,
  // none is sent.
  if (standing.busy === undefined || !found.clusterRuns) return false;
  await standing.other.pause(found);
  return true;
}

/** One look, one question at most, one request at most. Undefined: the pool is not what it was; once more. */
async function round(
  work: WriteWork,
  topic: Topic,
  options: WriteOptions,
  standing: Standing,
): Promise<WriteResult | undefined> {
  const look = await topic.look();
  const { pool, plan } = look;
  if (plan === undefined) return pool === undefined ? undefined : nothingToDo(topic, pool, options.dryRun === true);
  if (options.dryRun === true) {
    topic.refuse(look);
    return planned(topic, plan, pool);
  }
  if (pool !== undefined && isBeingCarriedOut(plan, pool))
    return conclude(work, plan, pool, { kind: 'adopted', pool }, options);
  topic.refuse(look);
  if (await waited(look, plan, standing)) return undefined;
  const agreed = await agree(work, topic, standing, look, plan);
  if (plan.abortsRunning) {
    // The abort itself changes the pool; that was agreed to as well.
    standing.agreed = replanned(agreed, await abortAndSettle(work, topic.ref, options.timeoutSeconds));
    return undefined;
  }
  const applied = await applyPlan(work, agreed, options);
  if (applied.kind === 'finished') return applied.result;
  if (applied.kind === 'busy') {
    standing.busy = applied.error;
    await standing.other.wait({ pool: applied.pool, refusal: applied.error, clusterRuns: clusterRuns(look) });
  }
  if (applied.kind === 'changed') {
    standing.refusals += 1;
    if (standing.refusals >= maxRefusals) throw poolChanged(topic.ref, ['its eTag, again and again']);
  }
  return undefined;
}

/**
 * The loop for people around plan and apply: looks, refuses or asks, applies; asks again if the pool changed in a way
 * that matters; waits for another operation if that was asked for.
 * @throws what `refuse` throws (exit `findings` or `unknown`); CliError `declined`, `pool-changed`,
 * `operation-in-progress`, and what `applyPlan` throws.
 */
export async function converse(work: WriteWork, topic: Topic, options: WriteOptions): Promise<WriteResult> {
  const other = new OtherOperations(work, topic.ref, options.waitForOperationSeconds);
  const standing: Standing = { agreed: options.agreed, refusals: 0, busy: undefined, other };
  for (let turn = 0; turn < maxRounds; turn += 1) {
    const result = await round(work, topic, options, standing);
    if (result !== undefined) return result;
  }
  throw poolChanged(topic.ref, ['it does not come to rest']);
}
