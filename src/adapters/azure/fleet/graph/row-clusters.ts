import type { JsonObject } from '../../../../core/json.ts';
import type { Cluster } from '../../../../model/cluster.ts';
import type { ScopeProblem } from '../../../../model/inventory.ts';
import type { Subscription } from '../../../../model/registration.ts';
import { saysPools, type ArmClusters } from '../arm-clusters.ts';
import { readNamed } from '../named-clusters.ts';
import type { ScopeReading } from '../scope-reading.ts';
import { malformedId } from '../scope-problems.ts';
import type { Graph } from './graph.ts';
import { isFresh, showsProfile } from './row.ts';
import { clusterKey } from '../../../../model/ids.ts';

export interface ReadRow {
  readonly row: JsonObject;
  /** Undefined if the row's ID is not the ID of a cluster. */
  readonly cluster: Cluster | undefined;
}

export interface RowClusters {
  readonly clusters: readonly Cluster[];
  readonly problems: readonly ScopeProblem[];
}

export interface RowClusterDeps {
  readonly graph: Graph;
  readonly arm: ArmClusters;
}

/**
 * The clusters of a page that match the scope. A row is used if it was read from AKS with an api-version that has
 * profiles, if it lists its pools, and once Resource Graph has shown a profile. Other clusters are read from AKS
 * itself, whatever source was requested, because a missing profile would look like LocalDNS being off.
 */
export async function clustersOfRows(
  rows: readonly ReadRow[],
  asked: readonly Subscription[],
  reading: ScopeReading,
  { graph, arm }: RowClusterDeps,
): Promise<RowClusters> {
  if (rows.some(({ row }) => isFresh(row) && showsProfile(row))) graph.sawProfile();
  const named = rows.flatMap(({ row, cluster }) =>
    cluster !== undefined && reading.matches(cluster) ? [{ row, cluster }] : [],
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
    reading,
    (id) => perSubscription.get(id) ?? 0,
  );
  const doubted = new Set(doubtful.map(({ cluster }) => cluster));
  const clusters = named.flatMap(({ cluster }) => {
    const now = doubted.has(cluster) ? again.clusters.get(clusterKey(cluster.ref)) : cluster;
    return now !== undefined && reading.matches(now) ? [now] : [];
  });
  return {
    clusters,
    problems: [
      ...again.problems,
      ...rows.flatMap(({ row, cluster }) => (cluster === undefined ? [malformedId(row, asked)] : [])),
    ],
  };
}
