import { isAzureError, type AzureError } from '../../../../model/azure-error.ts';
import { clusterKey, type ClusterRef } from '../../../../model/ids.ts';
import type { ClusterPage, ScopeProblem } from '../../../../model/inventory.ts';
import type { Subscription } from '../../../../model/registration.ts';
import type { ArmClusters } from '../arm-clusters.ts';
import { page, type ScopeReading } from '../scope-reading.ts';
import { subscriptionProblem, truncated } from '../scope-problems.ts';
import { clustersOfRows } from './row-clusters.ts';
import { Coverage } from './coverage.ts';
import type { Graph, GraphPage } from './graph.ts';
import { clustersQuery } from './query.ts';
import { asResource } from './row.ts';

/** More pages than a tenant can have clusters. */
const maxPages = 1000;

/** How a series ended. */
export interface SeriesEnd {
  /** Set if the first request was refused permanently. */
  readonly refused?: AzureError;
  /** Subscriptions without rows that no problem mentions. */
  readonly withoutRows: readonly Subscription[];
  readonly limitHit: boolean;
  /** What a truncated series did not cover. */
  readonly rest?: Rest;
}

/** Subscriptions that may have further rows. */
export interface Rest {
  readonly open: readonly Subscription[];
  readonly why: (subscription: Subscription) => ScopeProblem;
  /** Whether one of their clusters was already returned. */
  readonly has: (ref: ClusterRef) => boolean;
}

export interface SeriesDeps {
  readonly graph: Graph;
  readonly arm: ArmClusters;
  /** Takes the total of this series; returns the total of the scope once every series has reported. */
  readonly totalOf: (series: number) => number | undefined;
  /** Receives the clusters that were returned, whether they match the scope or not. */
  readonly came: (key: string) => void;
}

/** One series of pages for subscriptions that one sign-in can reach, sorted by ID. */
export async function* series(
  subscriptions: readonly Subscription[],
  reading: ScopeReading,
  deps: SeriesDeps,
): AsyncGenerator<ClusterPage, SeriesEnd> {
  const query = clustersQuery(reading.scope);
  const ids = subscriptions.map(({ id }) => id);
  const coverage = new Coverage(subscriptions);
  let limitHit = false;
  let skipToken: string | undefined;
  let total: number | undefined;
  let before: ReadonlySet<string> = new Set();
  for (let number = 1; ; number += 1) {
    let read: GraphPage;
    try {
      read = await deps.graph.ask({ query: query.text, subscriptions: ids, skipToken }, reading.signal);
      reading.answered();
    } catch (thrown) {
      const error = reading.partial(thrown);
      if (number === 1 && isRefusal(error)) return { refused: error, withoutRows: [], limitHit };
      return {
        withoutRows: coverage.finishedWithoutRows(),
        limitHit,
        rest: restOf(coverage, (each) => subscriptionProblem(each, error)),
      };
    }
    limitHit ||= read.limitHit;
    if (number === 1 && read.total !== undefined && query.exact) total = deps.totalOf(read.total);
    const all = read.rows.map((row) => ({ row, cluster: reading.cluster(asResource(row)) }));
    const came = all.flatMap(({ cluster }) => cluster ?? []);
    for (const { ref } of came) coverage.saw(ref);
    for (const { ref } of came) deps.came(clusterKey(ref));
    // If a cluster is created in the meantime, rows move on to the next page.
    const rows = all.filter(({ cluster }) => cluster === undefined || !before.has(clusterKey(cluster.ref)));
    before = new Set(came.map(({ ref }) => clusterKey(ref)));
    const { clusters, problems } = await clustersOfRows(rows, subscriptions, reading, deps);
    const isLast = read.skipToken === undefined || read.skipToken === skipToken || number >= maxPages;
    const isCutOff = read.truncated || (isLast && read.skipToken !== undefined);
    yield page(clusters, problems, 'graph', total);
    if (isCutOff) return { withoutRows: coverage.finishedWithoutRows(), limitHit, rest: restOf(coverage, truncated) };
    if (isLast) return { withoutRows: coverage.withoutRows(), limitHit };
    skipToken = read.skipToken;
  }
}

function restOf(coverage: Coverage, why: Rest['why']): Rest {
  return { open: coverage.open(), why, has: (ref) => coverage.has(ref) };
}

/** An answer that a retry would not change, including from a cloud without Resource Graph; all else is a failure. */
function isRefusal(error: AzureError): boolean {
  return isAzureError(error, 'not-permitted', 'not-found', 'invalid', 'policy', 'provider-not-registered');
}
