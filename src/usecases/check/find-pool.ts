import { CliError } from '../../core/errors.ts';
import { nearest, oneLine } from '../../core/text.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';

/** @throws CliError `pool-not-found` with the pools that exist. */
export function findPool(cluster: Cluster, ref: PoolRef): NodePool {
  const found = cluster.pools.find((pool) => pool.ref.pool.toLowerCase() === ref.pool.toLowerCase());
  if (found !== undefined) return found;
  const names = cluster.pools.map((pool) => oneLine(pool.ref.pool)).sort();
  const near = nearest(ref.pool, names);
  throw new CliError({
    code: 'pool-not-found',
    message: `The cluster ${oneLine(ref.cluster)} has no node pool '${oneLine(ref.pool)}'.`,
    hints: [
      ...(near === undefined ? [] : [`Did you mean '${near}'?`]),
      names.length === 0 ? 'It has no node pools.' : `Its node pools: ${names.join(', ')}.`,
    ],
  });
}
