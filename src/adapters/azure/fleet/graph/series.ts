import { isAzureError, type AzureError } from '../../../../model/azure-error.ts';
import { clusterKey, type ClusterRef } from '../../../../model/ids.ts';
import type { ClusterPage, ScopeTrouble } from '../../../../model/inventory.ts';
import type { Subscription } from '../../../../model/registration.ts';
import type { ArmClusters } from '../arm-clusters.ts';
import { page, type Run } from '../run.ts';
import { subscriptionTrouble, truncated } from '../troubles.ts';
import { believedOf } from './believe.ts';
import { Coverage } from './coverage.ts';
import type { Graph, GraphPage } from './graph.ts';
import { clustersQuery } from './query.ts';
import { asResource } from './row.ts';

/** More pages than a tenant can have clusters. */
const mostPages = 1000;

/** How a series ended. */
export interface SeriesEnd {
  /** Refused for good before anything came. */
  readonly refused?: AzureError;
  /** Subscriptions that no row came of, and that no trouble speaks of. */
  readonly quiet: readonly Subscription[];
  readonly limitHit: boolean;
  /** Where it broke off: what it left open. */
  readonly rest?: Rest;
}

/** Subscriptions that more rows would have come of. */
export interface Rest {
  readonly open: readonly Subscription[];
  readonly why: (subscription: Subscription) => ScopeTrouble;
  /** Whether a cluster of theirs came already. */
  readonly has: (ref: ClusterRef) => boolean;
}

export interface SeriesTools {
  readonly graph: Graph;
  readonly arm: ArmClusters;
  /** Takes the total of the series, and gives that of the scope once all are known. */
  readonly totalOf: (series: number) => number | undefined;
  /** Which clusters came, whether wanted or not. */
  readonly came: (key: string) => void;
}

/** One series of pages over subscriptions that one sign-in reaches, sorted by id. */
export async function* series(
  subscriptions: readonly Subscription[],
  run: Run,
  tools: SeriesTools,
): AsyncGenerator<ClusterPage, SeriesEnd> {
  const query = clustersQuery(run.scope);
  const ids = subscriptions.map(({ id }) => id);
  const coverage = new Coverage(subscriptions);
  let limitHit = false;
  let skipToken: string | undefined;
  let total: number | undefined;
  let before: ReadonlySet<string> = new Set();
  for (let number = 1; ; number += 1) {
    let read: GraphPage;
    try {
      read = await tools.graph.ask({ query: query.text, subscriptions: ids, skipToken }, run.signal);
      run.answered();
    } catch (thrown) {
      const error = run.partial(thrown);
      if (number === 1 && isRefusal(error)) return { refused: error, quiet: [], limitHit };
      return {
        quiet: coverage.quietAndDone(),
        limitHit,
        rest: restOf(coverage, (each) => subscriptionTrouble(each, error)),
      };
    }
    limitHit ||= read.limitHit;
    if (number === 1 && read.total !== undefined && query.exact) total = tools.totalOf(read.total);
    const all = read.rows.map((row) => ({ row, cluster: run.cluster(asResource(row)) }));
    const came = all.flatMap(({ cluster }) => cluster ?? []);
    for (const { ref } of came) coverage.saw(ref);
    for (const { ref } of came) tools.came(clusterKey(ref));
    // Where a cluster is made meanwhile, rows move on to the next page.
    const rows = all.filter(({ cluster }) => cluster === undefined || !before.has(clusterKey(cluster.ref)));
    before = new Set(came.map(({ ref }) => clusterKey(ref)));
    const { clusters, troubles } = await believedOf(rows, subscriptions, run, tools);
    const isLast = read.skipToken === undefined || read.skipToken === skipToken || number >= mostPages;
    const isCutOff = read.truncated || (isLast && read.skipToken !== undefined);
    yield page(clusters, troubles, 'graph', total);
    if (isCutOff) return { quiet: coverage.quietAndDone(), limitHit, rest: restOf(coverage, truncated) };
    if (isLast) return { quiet: coverage.quiet(), limitHit };
    skipToken = read.skipToken;
  }
}

function restOf(coverage: Coverage, why: Rest['why']): Rest {
  return { open: coverage.open(), why, has: (ref) => coverage.has(ref) };
}

/** An answer that would be the same again, from a cloud without Resource Graph too; all else is a failure. */
function isRefusal(error: AzureError): boolean {
  return isAzureError(error, 'not-permitted', 'not-found', 'invalid', 'policy', 'provider-not-registered');
}
