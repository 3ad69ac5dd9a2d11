import type { CheckRow } from '../model/check.ts';
import { placeOf, type Place } from '../model/ids.ts';
import type { Eligibility, PoolSummary, PrerequisiteReport } from '../model/report.ts';

/** A cluster with what is said of it and its pools. */
export interface ClusterGroup {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly cluster: string;
  readonly pools: readonly PoolSummary[];
  readonly rows: readonly CheckRow[];
  /** That of its worst pool; undefined where it has none. */
  readonly worst: Eligibility | undefined;
}

export interface Grouped {
  /** Rows above the clusters: of subscriptions, and of what has no place. */
  readonly shared: readonly CheckRow[];
  /** In the order in which the report names them. */
  readonly clusters: readonly ClusterGroup[];
}

/** What needs a look first. */
export const worstFirst: readonly Eligibility[] = ['blocked', 'unknown', 'eligible', 'enabled', 'skipped'];

const rank = new Map(worstFirst.map((eligibility, index) => [eligibility, index]));

export function byWorst(left: Eligibility | undefined, right: Eligibility | undefined): number {
  return (
    (left === undefined ? worstFirst.length : (rank.get(left) ?? 0)) -
    (right === undefined ? worstFirst.length : (rank.get(right) ?? 0))
  );
}

export function poolsWorstFirst(report: PrerequisiteReport): readonly PoolSummary[] {
  return [...report.pools].sort((left, right) => byWorst(left.eligibility, right.eligibility));
}

function keyOf({ subscriptionId, resourceGroup, cluster }: Omit<Place, 'pool'>): string {
  return `${subscriptionId}\n${resourceGroup}\n${cluster}`.toLowerCase();
}

type Draft = Omit<Place, 'pool'> & { readonly pools: PoolSummary[]; readonly rows: CheckRow[] };

/** The report by cluster, in one pass. */
export function groupByCluster(report: PrerequisiteReport): Grouped {
  const clusters = new Map<string, Draft>();
  const draftOf = (place: Omit<Place, 'pool'>): Draft => {
    const key = keyOf(place);
    const found = clusters.get(key);
    if (found !== undefined) return found;
    const { subscriptionId, resourceGroup, cluster } = place;
    const draft = { subscriptionId, resourceGroup, cluster, pools: [], rows: [] };
    clusters.set(key, draft);
    return draft;
  };
  for (const pool of report.pools) draftOf(pool).pools.push(pool);
  const shared: CheckRow[] = [];
  for (const row of report.rows) {
    const place = placeOf(row.resourceId);
    if (place.cluster === '' || row.level === 'subscription') shared.push(row);
    else draftOf(place).rows.push(row);
  }
  return {
    shared,
    clusters: [...clusters.values()].map((draft) => ({
      ...draft,
      worst: draft.pools.map((pool) => pool.eligibility).sort(byWorst)[0],
    })),
  };
}
