import { CliError } from '../../core/errors.ts';
import { profileChanges } from '../../domain/localdns/index.ts';
import { poolId, type PoolRef } from '../../model/ids.ts';
import type { PoolJudgement } from '../../model/judgement.ts';
import { readNodePool, type NodePool } from '../../model/node-pool.ts';
import type { EffectiveProfile } from '../../model/profile.ts';
import { declined } from './agreement.ts';
import { carries, hasProfile } from './compare.ts';
import { sendOnce } from './deliver.ts';
import { poolLine, poolName, waitLine } from './lines.ts';
import { findLike, newPoolProperties, wantedOf, type AddRequest } from './new-pool.ts';
import { doingTo, followToSuccess, type FollowOptions } from './observe.ts';
import { endedStatus, operationFailure } from './operation-failure.ts';
import { reasons, type WritePlan } from './plan.ts';
import type { PutResult } from './put-once.ts';
import { readBack } from './read-back.ts';
import { judgedRemarks } from './remarks.ts';
import type { WriteResult } from './result.ts';
import { OtherOperations } from './wait-for-other.ts';
import type { Judging, WriteOptions, WriteWork } from './work.ts';

export type { AddRequest } from './new-pool.ts';

/** A new pool disturbs nothing: `confirm` is asked only where a check could not be evaluated. */
export interface AddWork extends WriteWork, Pick<Judging, 'refuse'> {
  /** Judges the pool that would be. */
  judge(pool: NodePool): Promise<PoolJudgement>;
}

const rounds = 20;

function exists(ref: PoolRef): CliError {
  return new CliError({
    code: 'pool-exists',
    message: `A node pool ${poolName(ref)} exists already; nothing was changed.`,
    hints: [
      `To set LocalDNS on it: ${poolLine(['update'], ref, ['--localdns-config', 'FILE'])}`,
      `Or the documented default: ${poolLine(['enable'], ref)}`,
    ],
  });
}

const preferred = {
  id: 'mode-preferred',
  level: 'warning',
  text: 'Mode Preferred installs nothing today: it leaves the choice to AKS by Kubernetes version. Mode Required turns LocalDNS on.',
} as const;

function planAdd(work: AddWork, judgement: PoolJudgement, pool: NodePool, wanted: EffectiveProfile): WritePlan {
  const { rows } = judgement.report;
  return {
    action: 'add',
    ref: pool.ref,
    poolId: pool.id,
    principal: work.principal,
    reimages: false,
    disruption: undefined,
    poolMode: pool.mode,
    localDnsMode: { before: undefined, after: wanted.mode },
    profileChanges: profileChanges(undefined, wanted),
    settingChanges: [],
    owner: rows.find((row) => row.id === 'owner' && row.status === 'warn' && !row.ignored)?.reason,
    remarks: [
      ...judgedRemarks(rows.filter((row) => row.id !== 'owner')),
      ...(wanted.mode === 'Preferred' ? [preferred] : []),
    ],
    unknowns: reasons(judgement, 'unknown'),
    setAside: reasons(judgement, 'fail'),
    abortsRunning: false,
    requestBody: { properties: pool.properties },
  };
}

async function send(
  work: AddWork,
  pool: NodePool,
  wanted: EffectiveProfile,
  options: WriteOptions,
): Promise<PutResult> {
  const { ref } = pool;
  const other = new OtherOperations(work, ref, options.waitForOperationSeconds);
  const carriesIt = (read: NodePool): boolean => hasProfile(read, wanted) && carries(read, pool.properties);
  for (let round = 0; round < rounds; round += 1) {
    const result = await sendOnce(
      work,
      { ref, properties: pool.properties, options: { ifNoneMatch: '*' }, carriesIt },
      waitLine(ref, 'created'),
    );
    if (result.kind !== 'busy') return result;
    // The cluster is busy with another operation: there is no pool to follow, so only a pause helps.
    await other.pause(result.error);
  }
  throw exists(ref);
}

async function finish(
  work: AddWork,
  plan: WritePlan,
  pool: NodePool,
  wanted: EffectiveProfile,
  options: WriteOptions,
  result: PutResult,
): Promise<WriteResult> {
  const { ref } = pool;
  if (result.kind === 'changed' || result.kind === 'busy') throw exists(ref);
  const operation = result.kind === 'accepted' ? result.operation : undefined;
  const follow: FollowOptions = {
    ref,
    operation,
    doing: doingTo('Creating', ref),
    continueWith: waitLine(ref, 'created'),
    timeoutSeconds: options.timeoutSeconds,
  };
  if (result.kind === 'ended') throw operationFailure(endedStatus(result.pool), follow.doing, poolLine(['show'], ref));
  const common = { action: 'add', ref, changed: true, plan, operationId: operation?.id, otherChanges: [] } as const;
  if (options.noWait === true && result.kind !== 'done') {
    return {
      ...common,
      outcome: result.kind,
      summary: `Azure accepted the new pool ${poolName(ref)}. To wait for it: ${follow.continueWith}`,
      pool: result.pool,
    };
  }
  if (result.kind !== 'done') await followToSuccess(work, follow);
  // Azure fills in what was not sent: only the profile is held against what was asked for.
  const read = await readBack(work, follow, { before: undefined, wanted, settings: {} });
  return {
    ...common,
    outcome: result.kind === 'adopted' ? 'adopted' : 'done',
    summary: `The pool ${poolName(ref)} is there, with LocalDNS ${wanted.mode}.`,
    pool: read.pool,
  };
}

/**
 * Adds a pool with LocalDNS from the start; no node is reimaged later.
 * @throws CliError `pool-exists`, `pool-not-found` (for `like`), UsageError for a bad setting, and what `changeProfile`
 * throws apart from consent.
 */
export async function addPool(work: AddWork, request: AddRequest, options: WriteOptions = {}): Promise<WriteResult> {
  const { ref } = request;
  const pools = await work.pools.listPools(ref);
  if (pools.some((pool) => pool.ref.pool.toLowerCase() === ref.pool.toLowerCase())) throw exists(ref);
  const wanted = wantedOf(request);
  const pool = readNodePool(ref, poolId(ref), newPoolProperties(request, findLike(request, pools)));
  const judgement = await work.judge(pool);
  if (judgement.verdict === 'blocked' && wanted.mode !== 'Disabled') throw work.refuse(judgement);
  if (judgement.verdict === 'unknown' && !work.asks && options.dryRun !== true) throw work.refuse(judgement);
  const plan = planAdd(work, judgement, pool, wanted);
  if (options.dryRun === true) {
    return {
      action: 'add',
      ref,
      outcome: 'planned',
      changed: false,
      summary: `A dry run: ${poolName(ref)} was not added.`,
      plan,
      otherChanges: [],
    };
  }
  if (plan.unknowns.length > 0 && !(await work.confirm(plan))) throw declined();
  return finish(work, plan, pool, wanted, options, await send(work, pool, wanted, options));
}
