import { CliError } from '../../core/errors.ts';
import {
  findingsOf,
  isSettled,
  limitViolations,
  planOf,
  withSettings,
  type LimitViolation,
  type PoolPlan,
  type UpgradeSettings,
} from '../../domain/change/index.ts';
import { catalogue } from '../../domain/checks/index.ts';
import { documentedDefault } from '../../domain/localdns/index.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { PoolJudgement } from '../../model/judgement.ts';
import { readNodePool, type NodePool } from '../../model/node-pool.ts';
import { poolLine, poolName } from '../../model/pool-command.ts';
import { isRunning } from '../../model/pool-state.ts';
import type { LocalDnsProfile } from '../../model/profile.ts';
import { confirmAndApply, type Assessment } from './confirm-and-apply.ts';
import { refuseOverLimits } from './over-limits.ts';
import type { WriteResult } from './write-result.ts';
import type { JudgeDeps, WriteOptions, WriteDeps } from './pool-deps.ts';

/** A requested change of the profile of one pool. */
export type ProfileRequest = {
  readonly ref: PoolRef;
  readonly settings?: UpgradeSettings | undefined;
  /** Send even if the pool is already up to date. */
  readonly force?: boolean | undefined;
} & (
  | { readonly action: 'update'; readonly profile: LocalDnsProfile }
  /** Mode Required with the stored overrides, or the documented default if there are none; `reset`: in any case. */
  | { readonly action: 'enable'; readonly reset?: boolean | undefined }
  /**
   * Mode Disabled with the stored overrides. A pool that was never configured also gets an explicit profile, which pins
   * LocalDNS off. `abortRunning`: abort the running operation first.
   */
  | { readonly action: 'disable'; readonly abortRunning?: boolean | undefined }
);

type Work = WriteDeps & JudgeDeps;

function requestedProfile(request: ProfileRequest): LocalDnsProfile {
  if (request.action === 'update') return request.profile;
  if (request.action === 'enable') return request.reset === true ? documentedDefault('Required') : { mode: 'Required' };
  return { mode: 'Disabled' };
}

function planFor(deps: Work, request: ProfileRequest, judgement: PoolJudgement, pool: NodePool): PoolPlan | undefined {
  const plan = planOf({
    action: request.action,
    ref: pool.ref,
    poolId: pool.id,
    principal: deps.principal,
    before: pool.properties,
    change: { kind: 'profile', profile: requestedProfile(request), settings: request.settings ?? {} },
    ...findingsOf(judgement),
    abortsRunning: request.action === 'disable' && request.abortRunning === true && isRunning(pool),
  });
  return request.force !== true && isSettled(plan, pool) ? undefined : plan;
}

/** Checks without which Azure accepts no change. Only these block turning LocalDNS off. */
const stopsAnyWrite = new Set(catalogue.filter((check) => check.stops === 'any-write').map((check) => check.id));

/**
 * @throws the error of `deps.refuse`. A check that could not be evaluated stops the write if there is no terminal to
 * prompt on.
 */
function refuseIfBlocked(deps: Work, { plan, judgement }: Assessment): void {
  if (judgement === undefined) return;
  if (plan?.localDnsMode.after === 'Disabled') {
    const rows = judgement.report.rows.filter(
      (row) => row.status === 'fail' && !row.ignored && stopsAnyWrite.has(row.id),
    );
    if (rows.length > 0) throw deps.refuse({ ...judgement, verdict: 'blocked', report: { ...judgement.report, rows } });
    return;
  }
  if (judgement.verdict === 'blocked') throw deps.refuse(judgement);
  if (judgement.verdict === 'unknown' && !deps.canPrompt) throw deps.refuse(judgement);
}

/** Checks only the limits of settings that the request changes. */
function settingsBroken({ settings = {} }: ProfileRequest, { pool, judgement }: Assessment): readonly LimitViolation[] {
  if (pool === undefined || Object.values(settings).every((value) => value === undefined)) return [];
  const changedPool = readNodePool(pool.ref, pool.id, withSettings(pool.properties, settings));
  return limitViolations({ pool: changedPool, cluster: judgement?.cluster }, 'settings');
}

function poolMissing(ref: PoolRef): CliError {
  const { pool: _, ...cluster } = ref;
  return new CliError({
    code: 'pool-not-found',
    message: `The node pool ${poolName(ref)} was not found.`,
    hints: [`List the node pools of the cluster: ${poolLine('list', cluster)}`],
  });
}

/**
 * Changes the LocalDNS profile of one pool: judges, plans, asks, sends at most one PUT that Azure carries out, follows
 * it and reads back. Only access and power state can block mode Disabled. Errors are those of `confirmAndApply`, and
 * CliError `pool-not-found`.
 */
export async function changeProfile(
  deps: Work,
  request: ProfileRequest,
  options: WriteOptions = {},
): Promise<WriteResult> {
  const { ref, action } = request;
  return confirmAndApply(
    deps,
    {
      action,
      ref,
      assess: async () => {
        const judgement = await deps.judge();
        const { pool } = judgement;
        if (pool === undefined) throw poolMissing(ref);
        return { pool, judgement, plan: planFor(deps, request, judgement, pool) };
      },
      refuse: (assessment) => {
        refuseIfBlocked(deps, assessment);
        refuseOverLimits(ref, settingsBroken(request, assessment));
      },
      needsConfirmation: () => true,
    },
    options,
  );
}
