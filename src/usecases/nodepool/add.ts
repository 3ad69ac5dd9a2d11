import { CliError } from '../../core/errors.ts';
import {
  findingsOf,
  likePool,
  limitsBroken,
  newPoolProperties,
  planOf,
  type NewPool,
} from '../../domain/change/index.ts';
import { poolId, sameId, type PoolRef } from '../../model/ids.ts';
import type { PoolJudgement } from '../../model/judgement.ts';
import { readNodePool, type NodePool } from '../../model/node-pool.ts';
import { poolLine, poolName } from '../../model/pool-lines.ts';
import { converse } from './conversation.ts';
import { refuseOverLimits } from './over-limits.ts';
import type { WriteResult } from './result.ts';
import type { Judging, WriteOptions, WriteWork } from './work.ts';

/** A new pool disturbs nothing: `confirm` is asked only if a check could not be evaluated. */
export interface AddWork extends WriteWork, Pick<Judging, 'refuse'> {
  /** Judges the pool that would be. */
  judge(pool: NodePool): Promise<PoolJudgement>;
}

function exists(ref: PoolRef): CliError {
  return new CliError({
    code: 'pool-exists',
    message: `A node pool ${poolName(ref)} exists already; nothing was changed.`,
    hints: [
      `To set LocalDNS on it: ${poolLine('update', ref, ['--localdns-config', 'FILE'])}`,
      `Or the documented default: ${poolLine('enable', ref)}`,
    ],
  });
}

/**
 * Adds a pool with LocalDNS from the start; no node is reimaged later.
 * @throws CliError `pool-exists`, `pool-not-found` (for `like`), UsageError for a bad setting, and what `converse`
 * throws.
 */
export async function addPool(work: AddWork, request: NewPool, options: WriteOptions = {}): Promise<WriteResult> {
  const { ref } = request;
  return converse(
    work,
    {
      action: 'add',
      ref,
      look: async () => {
        const pools = await work.pools.listPools(ref);
        if (pools.some((pool) => sameId(pool.ref.pool, ref.pool))) throw exists(ref);
        const pool = readNodePool(ref, poolId(ref), newPoolProperties(request, likePool(request, pools)));
        const judgement = await work.judge(pool);
        const plan = planOf({
          action: 'add',
          ref,
          poolId: pool.id,
          principal: work.principal,
          before: undefined,
          change: { kind: 'create', properties: pool.properties },
          ...findingsOf(judgement),
          abortsRunning: false,
        });
        return { pool: undefined, judgement, plan };
      },
      refuse: ({ plan, judgement }) => {
        if (judgement === undefined) return;
        const properties = plan?.change.kind === 'create' ? plan.change.properties : {};
        const wanted = readNodePool(ref, poolId(ref), properties);
        refuseOverLimits(ref, limitsBroken({ pool: wanted, cluster: judgement.cluster }, 'pool'));
        if (judgement.verdict === 'blocked' && plan?.localDnsMode.after !== 'Disabled') throw work.refuse(judgement);
        if (judgement.verdict === 'unknown' && !work.asks) throw work.refuse(judgement);
      },
      asksFor: ({ unknowns }) => unknowns.length > 0,
    },
    options,
  );
}
