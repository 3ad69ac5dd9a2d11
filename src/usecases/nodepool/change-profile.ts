import { CliError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import { catalogue } from '../../domain/checks/index.ts';
import type { AzureError } from '../../model/azure-error.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { PoolJudgement } from '../../model/judgement.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { abortAndSettle } from './abort.ts';
import { agree, brokenBy, poolChanged, type Agreement } from './agreement.ts';
import { requestProperties } from './body.ts';
import { finishChange, sendChange } from './deliver.ts';
import { poolLine, poolName } from './lines.ts';
import { planChange } from './plan.ts';
import type { WriteResult } from './result.ts';
import { inState, isRunning, isRunningState } from './states.ts';
import { carriesTarget, targetOf, type ChangeRequest, type Target } from './target.ts';
import { busyError, OtherOperations } from './wait-for-other.ts';
import type { Judging, WriteOptions, WriteWork } from './work.ts';

interface State {
  agreement: Agreement | undefined;
  refusals: number;
  /** Azure's last word that it is busy. */
  busy: AzureError | undefined;
  readonly other: OtherOperations;
}

type Work = WriteWork & Judging;

const maxRounds = 20;
const maxRefusals = 2;

function nothingToDo(request: ChangeRequest, pool: NodePool): WriteResult {
  const mode = oneLine(pool.localDns?.mode ?? 'never configured');
  const off = pool.localDns?.mode === 'Required' && pool.localDns.state?.toLowerCase() === 'disabled';
  const doubt = off ? ' Azure does not say that it is on; --force sends the request again.' : '';
  const summary = `${poolName(request.ref)} is as wanted already (LocalDNS: ${mode}): nothing was sent, and no node is reimaged.${doubt}`;
  return {
    action: request.action,
    ref: request.ref,
    outcome: 'nothing-to-do',
    changed: false,
    summary,
    pool,
    otherChanges: [],
  };
}

/** Checks without which Azure takes no change at all: these alone stop the way out. */
const stopsAnyWrite = new Set(catalogue.filter((check) => check.stops === 'any-write').map((check) => check.id));

function refuseWhereBlocked(work: Work, judgement: PoolJudgement, target: Target, dryRun: boolean): void {
  if (target.effective.mode === 'Disabled') {
    const rows = judgement.report.rows.filter(
      (row) => row.status === 'fail' && !row.ignored && stopsAnyWrite.has(row.id),
    );
    if (rows.length > 0) throw work.refuse({ ...judgement, verdict: 'blocked', report: { ...judgement.report, rows } });
    return;
  }
  if (judgement.verdict === 'blocked') throw work.refuse(judgement);
  if (judgement.verdict === 'unknown' && !work.asks && !dryRun) throw work.refuse(judgement);
}

/**
 * The same request is running: Azure shows our profile, and an update of the pool. Other words (Scaling, Upgrading) are
 * other operations.
 */
function isOurs(pool: NodePool, target: Target): boolean {
  return pool.provisioningState?.toLowerCase() === 'updating' && carriesTarget(pool, target);
}

function clusterIsRunning({ cluster }: PoolJudgement): boolean {
  return isRunningState(cluster?.provisioningState);
}

async function abortFirst(
  work: Work,
  request: ChangeRequest,
  agreement: Agreement,
  options: WriteOptions,
): Promise<Agreement> {
  const pool = await abortAndSettle(work, request.ref, options.timeoutSeconds);
  // The abort itself changes the pool; that was agreed to as well.
  return { pool, plan: agreement.plan };
}

/** One reading, judging and sending. `undefined`: the pool is not what it was; once more. */
async function round(
  work: Work,
  request: ChangeRequest,
  options: WriteOptions,
  state: State,
): Promise<WriteResult | undefined> {
  const judgement = await work.judge();
  const { pool } = judgement;
  if (pool === undefined) throw poolMissing(request.ref);
  const target = targetOf(request, pool);
  if (target === undefined) return nothingToDo(request, pool);
  if (!request.force && inState(pool, 'Succeeded') && carriesTarget(pool, target)) return nothingToDo(request, pool);
  const dryRun = options.dryRun === true;
  if (!dryRun && isOurs(pool, target)) {
    return finishChange(work, request, options, {
      target,
      before: pool.properties,
      plan: state.agreement?.plan,
      result: { kind: 'adopted', pool },
    });
  }
  refuseWhereBlocked(work, judgement, target, dryRun);
  const running = isRunning(pool);
  if (running && !dryRun && !request.abortRunning) {
    await state.other.wait(pool, undefined);
    return undefined;
  }
  // AKS takes few PUTs of a pool a minute: while the cluster's own operation that held up the last one can be seen,
  // none is sent.
  if (state.busy !== undefined && clusterIsRunning(judgement)) {
    await state.other.pause(state.busy);
    return undefined;
  }
  const properties = requestProperties(pool.properties, target.wanted, target.settings);
  const abortsRunning = running && request.abortRunning;
  const plan = planChange({
    ...target,
    wanted: target.effective,
    action: request.action,
    principal: work.principal,
    judgement,
    properties,
    abortsRunning,
  });
  if (dryRun) {
    const summary = `A dry run: nothing was sent to ${poolName(request.ref)}.`;
    return {
      action: request.action,
      ref: request.ref,
      outcome: 'planned',
      changed: false,
      summary,
      plan,
      pool,
      otherChanges: [],
    };
  }
  const agreed = await agree(work, state.agreement, pool, plan);
  if (agreed !== state.agreement) state.refusals = 0;
  state.agreement = agreed;
  if (abortsRunning) {
    state.agreement = await abortFirst(work, request, agreed, options);
    return undefined;
  }
  return sendAgreed(work, request, options, state, agreed);
}

/**
 * What was agreed to is what happens: the pool is read again right before the request, which carries the eTag of that
 * reading.
 */
async function sendAgreed(
  work: Work,
  request: ChangeRequest,
  options: WriteOptions,
  state: State,
  agreed: Agreement,
): Promise<WriteResult | undefined> {
  const fresh = await work.pools.readPool(request.ref);
  if (brokenBy(agreed, fresh).length > 0) return undefined;
  const target = targetOf(request, fresh);
  if (target === undefined) return undefined;
  const result = await sendChange(work, request.ref, target);
  if (result.kind === 'busy') {
    if (options.waitForOperationSeconds === undefined) throw busyError(request.ref, fresh, result.error);
    state.busy = result.error;
    await state.other.wait(fresh, result.error);
    return undefined;
  }
  if (result.kind === 'changed') {
    state.refusals += 1;
    if (state.refusals >= maxRefusals) throw poolChanged(request.ref, ['its eTag, again and again']);
    return undefined;
  }
  return finishChange(work, request, options, { target, before: fresh.properties, plan: agreed.plan, result });
}

function poolMissing(ref: PoolRef): CliError {
  return new CliError({
    code: 'pool-not-found',
    message: `There is no node pool ${poolName(ref)}.`,
    hints: [
      `The pools of the cluster: ${poolLine(['list'], { subscriptionId: ref.subscriptionId, resourceGroup: ref.resourceGroup, cluster: ref.cluster })}`,
    ],
    exit: 'not-found',
  });
}

/**
 * Judges, plans, asks, sends at most one PUT that Azure carries out, follows it and reads back.
 * @throws what `refuse` makes (exit `findings` or `unknown`); CliError `declined`, `pool-changed`,
 * `operation-in-progress`, `still-waiting` (exit `waiting`), `profile-not-stored` (exit `unproven`); AzureError;
 * InterruptedError with the line that continues.
 */
export async function changeProfile(work: Work, request: ChangeRequest, options: WriteOptions): Promise<WriteResult> {
  const state: State = {
    agreement: undefined,
    refusals: 0,
    busy: undefined,
    other: new OtherOperations(work, request.ref, options.waitForOperationSeconds),
  };
  for (let turn = 0; turn < maxRounds; turn += 1) {
    const result = await round(work, request, options, state);
    if (result !== undefined) return result;
  }
  throw poolChanged(request.ref, ['it does not come to rest']);
}
