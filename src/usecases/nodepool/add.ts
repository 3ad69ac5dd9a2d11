import { CliError } from '../../core/errors.ts';
import {
  findingsOf,
  likePool,
  limitViolations,
  newPoolProperties,
  planOf,
  type NewPool,
} from '../../domain/change/index.ts';
import { poolId, sameId, type PoolRef } from '../../model/ids.ts';
import type { PoolJudgement } from '../../model/judgement.ts';
import { readNodePool, type NodePool } from '../../model/node-pool.ts';
import { poolLine, poolName } from '../../model/pool-command.ts';
import { confirmAndApply } from './confirm-and-apply.ts';
import { refuseOverLimits } from './over-limits.ts';
import type { WriteResult } from './write-result.ts';
import type { JudgeDeps, WriteOptions, WriteDeps } from './pool-deps.ts';

/** A new pool disrupts nothing, so `confirm` is called only if a check could not be evaluated. */
export interface AddDeps extends WriteDeps, Pick<JudgeDeps, 'refuse'> {
  /** Judges the pool to be added. */
  judge(pool: NodePool): Promise<PoolJudgement>;
}

function exists(ref: PoolRef): CliError {
  return new CliError({
    code: 'pool-exists',
    message: `The node pool ${poolName(ref)} already exists; nothing was changed.`,
    hints: [
      `To set its LocalDNS profile: ${poolLine('update', ref, ['--localdns-config', 'FILE'])}`,
      `To enable the documented default: ${poolLine('enable', ref)}`,
    ],
  });
}

/**
 * Adds a pool that has LocalDNS from the start, so that no node has to be reimaged later.
 * @throws CliError `pool-exists`, `pool-not-found` (for `like`), UsageError for a bad setting, and what
 * `confirmAndApply` throws.
 */
export async function addPool(deps: AddDeps, request: NewPool, options: WriteOptions = {}): Promise<WriteResult> {
  const { ref } = request;
  return confirmAndApply(
    deps,
    {
      action: 'add',
      ref,
      assess: async () => {
        const pools = await deps.pools.listPools(ref);
        if (pools.some((pool) => sameId(pool.ref.pool, ref.pool))) throw exists(ref);
        const pool = readNodePool(ref, poolId(ref), newPoolProperties(request, likePool(request, pools)));
        const judgement = await deps.judge(pool);
        const plan = planOf({
          action: 'add',
          ref,
          poolId: pool.id,
          principal: deps.principal,
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
        const newPool = readNodePool(ref, poolId(ref), properties);
        refuseOverLimits(ref, limitViolations({ pool: newPool, cluster: judgement.cluster }, 'pool'));
        if (judgement.verdict === 'blocked' && plan?.localDnsMode.after !== 'Disabled') throw deps.refuse(judgement);
        if (judgement.verdict === 'unknown' && !deps.canPrompt) throw deps.refuse(judgement);
      },
      needsConfirmation: ({ unknowns }) => unknowns.length > 0,
    },
    options,
  );
}
