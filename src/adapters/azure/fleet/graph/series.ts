import { asString, type JsonObject } from '../../../../core/json.ts';
import { oneLine } from '../../../../core/text.ts';
import { isAzureError, type AzureError } from '../../../../model/azure-error.ts';
import type { Cluster } from '../../../../model/cluster.ts';
import { namePatterns } from '../../../../model/ids.ts';
import type { ClusterPage, ScopeTrouble } from '../../../../model/inventory.ts';
import type { Subscription } from '../../../../model/registration.ts';
import type { ArmClusters } from '../arm-clusters.ts';
import { clusterKey } from '../cluster-id.ts';
import { readNamed } from '../reread.ts';
import { page, type Run } from '../run.ts';
import { subscriptionTrouble, truncated } from '../troubles.ts';
import type { Graph, GraphPage } from './graph.ts';
import { clustersQuery } from './query.ts';
import { asResource, isFresh, showsProfile } from './row.ts';

/** More pages than a tenant can have clusters. */
const mostPages = 1000;

/** How a series ended. */
export interface SeriesEnd {
  /** Refused for good before anything came. */
  readonly refused?: AzureError;
  /** Subscriptions that no row came of, and that no trouble speaks of. */
  readonly quiet: readonly Subscription[];
  readonly limitHit: boolean;
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
export async function* series(subscriptions: readonly Subscription[], run: Run, tools: SeriesTools): AsyncGenerator<ClusterPage, SeriesEnd> {
  const query = clustersQuery(run.scope);
  const ids = subscriptions.map(({ id }) => id);
  const shown = new Set<string>();
  let last = '';
  let limitHit = false;
  let skipToken: string | undefined;
  let total: number | undefined;
  // Rows come ordered by subscription: those before the last row's are complete.
  const open = (): readonly Subscription[] => subscriptions.filter(({ id }) => id.toLowerCase() >= last);
  const end = (more: Partial<SeriesEnd> = {}, without: readonly Subscription[] = []): SeriesEnd =>
    ({ limitHit, quiet: subscriptions.filter((each) => !shown.has(each.id.toLowerCase()) && !without.includes(each)), ...more });
  for (let number = 1; ; number += 1) {
    let read: GraphPage;
    try {
      read = await tools.graph.ask({ query: query.text, subscriptions: ids, skipToken }, run.signal);
      run.answered();
    } catch (thrown) {
      const error = run.partial(thrown);
      if (number === 1 && isRefusal(error)) return end({ refused: error });
      yield page([], open().map((each) => subscriptionTrouble(each, error)));
      return end({}, open());
    }
    limitHit ||= read.limitHit;
    if (number === 1 && read.total !== undefined) total = query.exact ? tools.totalOf(read.total) : undefined;
    const rows = read.rows.map((row) => ({ row, cluster: run.cluster(asResource(row)) }));
    for (const { cluster } of rows) {
      if (cluster === undefined) continue;
      tools.came(clusterKey(cluster.ref));
      last = cluster.ref.subscriptionId.toLowerCase();
      shown.add(last);
    }
    const found = await clustersOf(rows, run, tools);
    const isOver = read.skipToken === undefined || read.skipToken === skipToken || number >= mostPages;
    const cutOff = read.truncated || (isOver && read.skipToken !== undefined);
    yield page(found.clusters, [...found.troubles, ...(cutOff ? open().map(truncated) : [])], total);
    if (isOver) return end({}, cutOff ? open() : []);
    skipToken = read.skipToken;
  }
}

/** An answer that would be the same again, from a cloud without Resource Graph too; all else is a failure. */
function isRefusal(error: AzureError): boolean {
  return isAzureError(error, 'not-permitted', 'not-found', 'invalid', 'policy', 'provider-not-registered');
}

interface ReadRow {
  readonly row: JsonObject;
  readonly cluster: Cluster | undefined;
}

/** The wanted clusters of a page. What a row cannot be believed on is read from AKS itself. */
async function clustersOf(rows: readonly ReadRow[], run: Run, { graph, arm }: SeriesTools): Promise<{ readonly clusters: readonly Cluster[]; readonly troubles: readonly ScopeTrouble[] }> {
  if (rows.some(({ row }) => isFresh(row) && showsProfile(row))) graph.sawProfile();
  const named = rows.flatMap(({ row, cluster }) => (cluster !== undefined && run.wants(cluster) ? [{ row, cluster }] : []));
  const doubtful = named.filter(({ row, cluster }) => !isFresh(row) || (!graph.carriesProfiles && cluster.pools.length > 0));
  const perSubscription = new Map<string, number>();
  for (const { cluster } of named) perSubscription.set(cluster.ref.subscriptionId, (perSubscription.get(cluster.ref.subscriptionId) ?? 0) + 1);
  const again = await readNamed(arm, doubtful.map(({ cluster }) => cluster.ref), run, (id) => perSubscription.get(id) ?? 0);
  const doubted = new Set(doubtful.map(({ cluster }) => cluster));
  const clusters = named.flatMap(({ cluster }) => {
    const now = doubted.has(cluster) ? again.clusters.get(clusterKey(cluster.ref)) : cluster;
    return now !== undefined && run.wants(now) ? [now] : [];
  });
  return { clusters, troubles: [...again.troubles, ...rows.flatMap(({ row, cluster }) => (cluster === undefined ? [odd(row, run)] : []))] };
}

/** A row whose id is none of a cluster's: it is told, and nothing is sent to where it leads. */
function odd(row: JsonObject, run: Run): ScopeTrouble {
  const id = oneLine(asString(row['id']) ?? '').slice(0, 300);
  const [, given = ''] = /^\/subscriptions\/([^/]+)/i.exec(id) ?? [];
  const subscriptionId = namePatterns.guid.test(given) ? given : (run.scope.subscriptions[0]?.id ?? '');
  return { kind: 'cluster-not-readable', subscriptionId, resourceId: id, why: `Resource Graph names a cluster by an id that cannot be one: '${id}'.` };
}
