import type { JsonObject } from '../../../../core/json.ts';
import type { Cluster } from '../../../../model/cluster.ts';
import type { ScopeTrouble } from '../../../../model/inventory.ts';
import type { Subscription } from '../../../../model/registration.ts';
import { saysPools, type ArmClusters } from '../arm-clusters.ts';
import { readNamed } from '../reread.ts';
import type { Run } from '../run.ts';
import { oddId } from '../troubles.ts';
import type { Graph } from './graph.ts';
import { isFresh, showsProfile } from './row.ts';
import { clusterKey } from '../../../../model/ids.ts';

export interface ReadRow {
  readonly row: JsonObject;
  /** Undefined where the row's id is none of a cluster's. */
  readonly cluster: Cluster | undefined;
}

export interface Believed {
  readonly clusters: readonly Cluster[];
  readonly troubles: readonly ScopeTrouble[];
}

export interface BelieveTools {
  readonly graph: Graph;
  readonly arm: ArmClusters;
}

/**
 * The wanted clusters of a page. A row is believed where it was read from AKS at an api-version that has LocalDNS
 * profiles, if it says its pools, and once Resource Graph has shown a profile. The others are read from AKS itself, whatever source was asked for:
 * a profile that is not shown would read as LocalDNS off.
 */
export async function believedOf(
  rows: readonly ReadRow[],
  asked: readonly Subscription[],
  run: Run,
  { graph, arm }: BelieveTools,
): Promise<Believed> {
  if (rows.some(({ row }) => isFresh(row) && showsProfile(row))) graph.sawProfile();
  const named = rows.flatMap(({ row, cluster }) =>
    cluster !== undefined && run.wants(cluster) ? [{ row, cluster }] : [],
  );
  const doubtful = named.filter(
    ({ row, cluster }) => !isFresh(row) || !saysPools(cluster) || (!graph.carriesProfiles && cluster.pools.length > 0),
  );
  const perSubscription = new Map<string, number>();
  for (const { cluster } of named)
    perSubscription.set(cluster.ref.subscriptionId, (perSubscription.get(cluster.ref.subscriptionId) ?? 0) + 1);
  const again = await readNamed(
    arm,
    doubtful.map(({ cluster }) => cluster.ref),
    run,
    (id) => perSubscription.get(id) ?? 0,
  );
  const doubted = new Set(doubtful.map(({ cluster }) => cluster));
  const clusters = named.flatMap(({ cluster }) => {
    const now = doubted.has(cluster) ? again.clusters.get(clusterKey(cluster.ref)) : cluster;
    return now !== undefined && run.wants(now) ? [now] : [];
  });
  return {
    clusters,
    troubles: [
      ...again.troubles,
      ...rows.flatMap(({ row, cluster }) => (cluster === undefined ? [oddId(row, asked)] : [])),
    ],
  };
}
