import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { NodePools } from '../../model/ports.ts';

/** One pool, as Azure has it now; `poolValue` makes it printable. */
export async function showPool(pools: NodePools, ref: PoolRef): Promise<NodePool> {
  return pools.readPool(ref);
}
