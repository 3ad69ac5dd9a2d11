import { AzureError } from '../../../../model/azure-error.ts';
import type { ClusterRef } from '../../../../model/ids.ts';
import type { ClusterPage, ClusterSource } from '../../../../model/inventory.ts';
import type { Subscription } from '../../../../model/registration.ts';
import { groupBy } from '../../group-by.ts';
import type { Sessions } from '../../session/sessions.ts';
import type { ArmClusters } from '../arm-clusters.ts';
import { clusterKey } from '../cluster-id.ts';
import { readNamed } from '../reread.ts';
import { page, type Run } from '../run.ts';
import { invisible, pageFailed, subscriptionTrouble, truncated } from '../troubles.ts';
import type { Graph } from './graph.ts';
import { visibleSubscriptionsQuery } from './query.ts';
import { series, type Rest, type SeriesEnd, type SeriesTools } from './series.ts';

/** Source: Resource Graph docs, guidance for throttled requests: group by subscription, 300 at most. */
const subscriptionsOfSeries = 300;

export interface GraphTools {
  readonly graph: Graph;
  readonly arm: ArmClusters;
  readonly sessions: Sessions;
}

/** One series for each sign-in, as Resource Graph answers for one tenant at a time. */
function groupsOf(subscriptions: readonly Subscription[], sessions: Sessions): readonly (readonly Subscription[])[] {
  return [...groupBy(subscriptions, ({ id }) => sessions.of(id)).values()].flatMap((reached) =>
    Array.from({ length: Math.ceil(reached.length / subscriptionsOfSeries) }, (_, index) => reached.slice(index * subscriptionsOfSeries, (index + 1) * subscriptionsOfSeries)));
}

/** Known once every series has told its own. */
function totals(expected: number): SeriesTools['totalOf'] {
  const known: number[] = [];
  return (series) => {
    known.push(series);
    return known.length === expected ? known.reduce((sum, each) => sum + each, 0) : undefined;
  };
}

/**
 * The clusters that Resource Graph knows. What it leaves out in silence is found out: subscriptions that no row came of are looked for
 * among those that it shows, and named clusters that did not come are asked for one by one.
 */
export async function* graphClusters(
  subscriptions: readonly Subscription[],
  named: readonly ClusterRef[],
  run: Run,
  source: Exclude<ClusterSource, 'arm'>,
  tools: GraphTools,
): AsyncGenerator<ClusterPage, void> {
  const groups = groupsOf(subscriptions, tools.sessions);
  const missing = new Map(named.map((ref) => [clusterKey(ref), ref]));
  const totalOf = totals(groups.length);
  const troubled = new Set<string>();
  const came = (key: string): void => void missing.delete(key);
  for (const group of groups) {
    for await (const each of groupClusters(group, run, source, { ...tools, totalOf, came })) {
      for (const { kind, subscriptionId } of each.troubles) if (!kind.startsWith('cluster-')) troubled.add(subscriptionId);
      for (const { ref } of each.clusters) came(clusterKey(ref));
      yield each;
    }
  }
  const open = [...missing.values()].filter(({ subscriptionId }) => !troubled.has(subscriptionId));
  if (open.length === 0) return;
  const { clusters, troubles } = await readNamed(tools.arm, open, run);
  yield page([...clusters.values()].filter(run.wants), troubles);
}

type GroupTools = GraphTools & SeriesTools;

async function* groupClusters(group: readonly Subscription[], run: Run, source: 'auto' | 'graph', tools: GroupTools): AsyncGenerator<ClusterPage, void> {
  const { refused, rest, quiet, limitHit } = yield* series(group, run, tools);
  if (refused !== undefined) {
    yield* refusedClusters(group, run, source, refused, tools);
    return;
  }
  if (rest !== undefined) yield* openClusters(rest, run, source, tools);
  yield* quietClusters(group, { quiet, limitHit }, run, source, tools);
}

async function* refusedClusters(group: readonly Subscription[], run: Run, source: 'auto' | 'graph', refused: AzureError, { arm }: GroupTools): AsyncGenerator<ClusterPage, void> {
  if (source === 'auto') yield* arm.pages(group, run);
  else yield page([], group.map((each) => subscriptionTrouble(each, refused)));
}

/** What a series that broke off left open: ARM has it all. */
async function* openClusters({ open, why, has }: Rest, run: Run, source: 'auto' | 'graph', { arm }: GroupTools): AsyncGenerator<ClusterPage, void> {
  if (source === 'graph') {
    yield page([], open.map(why));
    return;
  }
  for await (const each of arm.pages(open, run)) yield { ...each, clusters: each.clusters.filter(({ ref }) => !has(ref)) };
}

/**
 * No row may mean no clusters, or no rights: Resource Graph does not tell. That ARM lists a subscription does not tell either, since any
 * right in it is enough for that. So Resource Graph is asked, once for a group, which subscriptions it shows; of those that it does not, ARM gives the reason.
 */
async function* quietClusters(group: readonly Subscription[], { quiet, limitHit }: SeriesEnd, run: Run, source: 'auto' | 'graph', tools: GroupTools): AsyncGenerator<ClusterPage, void> {
  if (quiet.length === 0) return;
  const visible = await visibleOf(group, run, tools);
  const unseen = visible instanceof AzureError ? quiet : quiet.filter(({ id }) => !visible.has(id.toLowerCase()));
  if (unseen.length === 0) return;
  if (source === 'auto') yield* tools.arm.pages(unseen, run);
  else if (limitHit) yield page([], unseen.map(truncated));
  else yield page([], unseen.map((each) => (visible instanceof AzureError ? pageFailed(each, visible) : invisible(each))));
}

/** Lower-case ids of the subscriptions that Resource Graph shows; or why it does not say. */
async function visibleOf(group: readonly Subscription[], run: Run, { graph }: GroupTools): Promise<ReadonlySet<string> | AzureError> {
  try {
    const { rows } = await graph.ask({ query: visibleSubscriptionsQuery, subscriptions: group.map(({ id }) => id) }, run.signal);
    return new Set(rows.flatMap(({ subscriptionId }) => (typeof subscriptionId === 'string' ? [subscriptionId.toLowerCase()] : [])));
  } catch (error) {
    return run.partial(error);
  }
}
