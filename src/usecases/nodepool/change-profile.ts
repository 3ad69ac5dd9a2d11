import { CliError } from '../../core/errors.ts';
import {
  findingsOf,
  isSettled,
  limitsBroken,
  planOf,
  withSettings,
  type LimitBreak,
  type PoolPlan,
  type UpgradeSettings,
} from '../../domain/change/index.ts';
import { catalogue } from '../../domain/checks/index.ts';
import { documentedDefault } from '../../domain/localdns/index.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { PoolJudgement } from '../../model/judgement.ts';
import { readNodePool, type NodePool } from '../../model/node-pool.ts';
import { poolLine, poolName } from '../../model/pool-lines.ts';
import { isRunning } from '../../model/pool-state.ts';
import type { LocalDnsProfile } from '../../model/profile.ts';
import { converse, type Look } from './conversation.ts';
import { refuseOverLimits } from './over-limits.ts';
import type { WriteResult } from './result.ts';
import type { Judging, WriteOptions, WriteWork } from './work.ts';

/** What is wanted of the profile of one pool. */
export type ProfileRequest = {
  readonly ref: PoolRef;
  readonly settings?: UpgradeSettings | undefined;
  /** Send even if the pool is as wanted. */
  readonly force?: boolean | undefined;
} & (
  | { readonly action: 'update'; readonly profile: LocalDnsProfile }
  /** Mode Required with the stored overrides, or the documented default if there are none; `reset`: in any case. */
  | { readonly action: 'enable'; readonly reset?: boolean | undefined }
  /**
   * Mode Disabled, overrides kept. A pool that was never configured gets an explicit profile as well: it pins LocalDNS
   * off. `abortRunning`: end the operation that runs on the pool first.
   */
  | { readonly action: 'disable'; readonly abortRunning?: boolean | undefined }
);

type Work = WriteWork & Judging;

function wantedProfile(request: ProfileRequest): LocalDnsProfile {
  if (request.action === 'update') return request.profile;
  if (request.action === 'enable') return request.reset === true ? documentedDefault('Required') : { mode: 'Required' };
  return { mode: 'Disabled' };
}

function planFor(work: Work, request: ProfileRequest, judgement: PoolJudgement, pool: NodePool): PoolPlan | undefined {
  const plan = planOf({
    action: request.action,
    ref: pool.ref,
    poolId: pool.id,
    principal: work.principal,
    before: pool.properties,
    change: { kind: 'profile', profile: wantedProfile(request), settings: request.settings ?? {} },
    ...findingsOf(judgement),
    abortsRunning: request.action === 'disable' && request.abortRunning === true && isRunning(pool),
  });
  return request.force !== true && isSettled(plan, pool) ? undefined : plan;
}

/** Checks without which Azure takes no change at all: these alone stop the way out. */
const stopsAnyWrite = new Set(catalogue.filter((check) => check.stops === 'any-write').map((check) => check.id));

/** @throws what `work.refuse` makes. What could not be evaluated stops the write if nobody can be asked. */
function refuseIfBlocked(work: Work, { plan, judgement }: Look): void {
  if (judgement === undefined) return;
  if (plan?.localDnsMode.after === 'Disabled') {
    const rows = judgement.report.rows.filter(
      (row) => row.status === 'fail' && !row.ignored && stopsAnyWrite.has(row.id),
    );
    if (rows.length > 0) throw work.refuse({ ...judgement, verdict: 'blocked', report: { ...judgement.report, rows } });
    return;
  }
  if (judgement.verdict === 'blocked') throw work.refuse(judgement);
  if (judgement.verdict === 'unknown' && !work.asks) throw work.refuse(judgement);
}

/** Settings that were not asked for are the pool's own affair. */
function settingsBroken({ settings = {} }: ProfileRequest, { pool, judgement }: Look): readonly LimitBreak[] {
  if (pool === undefined || Object.values(settings).every((value) => value === undefined)) return [];
  const wanted = readNodePool(pool.ref, pool.id, withSettings(pool.properties, settings));
  return limitsBroken({ pool: wanted, cluster: judgement?.cluster }, 'settings');
}

function poolMissing(ref: PoolRef): CliError {
  const { pool: _, ...cluster } = ref;
  return new CliError({
    code: 'pool-not-found',
    message: `There is no node pool ${poolName(ref)}.`,
    hints: [`The pools of the cluster: ${poolLine('list', cluster)}`],
  });
}

/**
 * Changes the LocalDNS profile of one pool: judges, plans, asks, sends at most one PUT that Azure carries out, follows
 * it and reads back. The way out, mode Disabled, is stopped by access and power state alone. Errors are those of
 * `converse`, and CliError `pool-not-found`.
 */
export async function changeProfile(
  work: Work,
  request: ProfileRequest,
  options: WriteOptions = {},
): Promise<WriteResult> {
  const { ref, action } = request;
  return converse(
    work,
    {
      action,
      ref,
      look: async () => {
        const judgement = await work.judge();
        const { pool } = judgement;
        if (pool === undefined) throw poolMissing(ref);
        return { pool, judgement, plan: planFor(work, request, judgement, pool) };
      },
      refuse: (look) => {
        refuseIfBlocked(work, look);
        refuseOverLimits(ref, settingsBroken(request, look));
      },
      asksFor: () => true,
    },
    options,
  );
}
