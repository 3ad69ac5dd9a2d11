import type { ClusterRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { NodePools } from '../../model/ports.ts';

/** The pools of a cluster, by name: needs the right to read pools, not the cluster. */
export async function listPools(pools: NodePools, ref: ClusterRef): Promise<readonly NodePool[]> {
  const all = await pools.listPools(ref);
  return [...all].sort((left, right) => (left.ref.pool < right.ref.pool ? -1 : 1));
}
