import { CliError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import { isBeingApplied, replanned, staleBecause, type PoolAction, type PoolPlan } from '../../domain/change/index.ts';
import type { AzureError } from '../../model/azure-error.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { PoolJudgement } from '../../model/judgement.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { poolName } from '../../model/pool-command.ts';
import { isRunning, isRunningState } from '../../model/pool-state.ts';
import { abortAndSettle } from './abort.ts';
import { applyPlan } from './apply.ts';
import { conclude } from './conclude.ts';
import { OtherOperations } from './other-operations.ts';
import type { WriteResult } from './write-result.ts';
import type { WriteOptions, WriteDeps } from './pool-deps.ts';

/** The pool as read, judged and planned. */
export interface Assessment {
  /** Undefined for a pool that does not exist yet. */
  readonly pool: NodePool | undefined;
  /** Undefined if the pool is already up to date. */
  readonly plan: PoolPlan | undefined;
  /** Undefined if nothing is judged. */
  readonly judgement?: PoolJudgement | undefined;
}

/** A change that `confirmAndApply` asks about and carries out. */
export interface ChangeTask {
  readonly action: PoolAction;
  readonly ref: PoolRef;
  /** Reads, judges and plans again. */
  assess(): Promise<Assessment>;
  /** Throws if prerequisites stop the plan. */
  refuse(assessment: Assessment): void;
  /** Whether the plan needs a confirmation. */
  needsConfirmation(plan: PoolPlan): boolean;
}

const maxRounds = 20;
const maxRefusals = 2;

export function declined(): CliError {
  return new CliError({ code: 'declined', message: 'Cancelled; nothing was changed.' });
}

function poolChanged(ref: PoolRef, what: readonly string[]): CliError {
  return new CliError({
    code: 'pool-changed',
    message: `${poolName(ref)} changed after the change was confirmed (${what.map(oneLine).join(', ')}); nothing was sent.`,
    hints: ['Another user or process is changing this node pool. Check it, then run the same command again.'],
  });
}

function nothingToDoResult({ action, ref }: ChangeTask, pool: NodePool, dryRun: boolean): WriteResult {
  const mode = oneLine(pool.localDns?.mode ?? 'never configured');
  const off = pool.localDns?.mode === 'Required' && pool.localDns.state?.toLowerCase() === 'disabled';
  const doubt = off ? ' Azure does not report it as enabled; use --force to send the request again.' : '';
  const summary = `${poolName(ref)} is already up to date (LocalDNS: ${mode}). Nothing was sent, and no node is reimaged.${doubt}`;
  return { action, ref, outcome: 'nothing-to-do', changed: false, dryRun, summary, pool, otherChanges: [] };
}

function plannedResult({ action, ref }: ChangeTask, plan: PoolPlan, pool: NodePool | undefined): WriteResult {
  const { change } = plan;
  const summary =
    change.kind === 'create'
      ? `Dry run: ${poolName(ref)} was not added.`
      : `Dry run: ${poolName(ref)} was not changed.`;
  const nodeImage =
    change.kind === 'node-image'
      ? { before: pool?.nodeImageVersion, after: undefined, latest: change.latest }
      : undefined;
  const common = { action, ref, changed: false, dryRun: true, otherChanges: [] };
  return { ...common, outcome: 'planned', summary, plan, pool, nodeImage };
}

/** State that is kept between rounds. */
interface ConversationState {
  /** The confirmed plan. */
  agreed: PoolPlan | undefined;
  /** How often Azure rejected the eTag of the confirmed plan. */
  refusals: number;
  /** The latest error that another operation is in progress. */
  busy: AzureError | undefined;
  readonly other: OtherOperations;
}

/**
 * Returns the confirmed plan if it still holds, otherwise asks.
 * @throws CliError `pool-changed` if there is no terminal to prompt on again, `declined`.
 */
async function agree(
  deps: WriteDeps,
  task: ChangeTask,
  state: ConversationState,
  assessment: Assessment,
  plan: PoolPlan,
): Promise<PoolPlan> {
  const { agreed } = state;
  const reasons = agreed === undefined ? [] : staleBecause(agreed, assessment.pool, plan.unknowns);
  if (agreed !== undefined && reasons.length === 0) return agreed;
  if (agreed !== undefined) {
    if (!deps.canPrompt) throw poolChanged(task.ref, reasons);
    const message = `${poolName(task.ref)} changed in the meantime (${reasons.join(', ')}); asking again.`;
    deps.emit({ type: 'notice', level: 'warning', code: 'pool-changed', message });
  }
  if (task.needsConfirmation(plan) && !(await deps.confirm(plan))) throw declined();
  state.agreed = plan;
  state.refusals = 0;
  return plan;
}

function clusterRuns({ judgement }: Assessment): boolean {
  return isRunningState(judgement?.cluster?.provisioningState);
}

/** Waits for a running operation. Returns true if it waited. */
async function waited(assessment: Assessment, plan: PoolPlan, state: ConversationState): Promise<boolean> {
  const { pool } = assessment;
  const found = { pool, refusal: state.busy, clusterRuns: clusterRuns(assessment) };
  if (pool !== undefined && isRunning(pool) && !plan.abortsRunning) {
    await state.other.wait({ ...found, refusal: undefined });
    return true;
  }
  // AKS limits PUTs of a pool per minute, so none is sent while the cluster operation that blocked the last one is
  // visible.
  if (state.busy === undefined || !found.clusterRuns) return false;
  await state.other.pause(found);
  return true;
}

/** One round with at most one question and one request. Returns undefined if another round is needed. */
async function round(
  deps: WriteDeps,
  task: ChangeTask,
  options: WriteOptions,
  state: ConversationState,
): Promise<WriteResult | undefined> {
  const assessment = await task.assess();
  const { pool, plan } = assessment;
  if (plan === undefined)
    return pool === undefined ? undefined : nothingToDoResult(task, pool, options.dryRun === true);
  if (options.dryRun === true) {
    task.refuse(assessment);
    return plannedResult(task, plan, pool);
  }
  if (pool !== undefined && isBeingApplied(plan, pool))
    return conclude(deps, plan, pool, { kind: 'adopted', pool }, options);
  task.refuse(assessment);
  if (await waited(assessment, plan, state)) return undefined;
  const agreed = await agree(deps, task, state, assessment, plan);
  if (plan.abortsRunning) {
    // The abort itself changes the pool, which the confirmation covers.
    state.agreed = replanned(agreed, await abortAndSettle(deps, task.ref, options.timeoutSeconds));
    return undefined;
  }
  const applied = await applyPlan(deps, agreed, options);
  if (applied.kind === 'finished') return applied.result;
  if (applied.kind === 'busy') {
    state.busy = applied.error;
    await state.other.wait({ pool: applied.pool, refusal: applied.error, clusterRuns: clusterRuns(assessment) });
  }
  if (applied.kind === 'changed') {
    state.refusals += 1;
    if (state.refusals >= maxRefusals) throw poolChanged(task.ref, ['its eTag, repeatedly']);
  }
  return undefined;
}

/**
 * The interactive loop around plan and apply: assesses, refuses or asks, applies. Asks again if the pool changed in a
 * way that matters. Waits for another operation if requested.
 * @throws what `refuse` throws (exit `findings` or `unknown`); CliError `declined`, `pool-changed`,
 * `operation-in-progress`, and what `applyPlan` throws.
 */
export async function confirmAndApply(deps: WriteDeps, task: ChangeTask, options: WriteOptions): Promise<WriteResult> {
  const other = new OtherOperations(deps, task.ref, options.waitForOperationSeconds);
  const state: ConversationState = { agreed: options.agreed, refusals: 0, busy: undefined, other };
  for (let turn = 0; turn < maxRounds; turn += 1) {
    const result = await round(deps, task, options, state);
    if (result !== undefined) return result;
  }
  throw poolChanged(task.ref, ['it keeps changing']);
}
