import type { AzureError } from '../../../../model/azure-error.ts';
import { clusterKey, type ClusterRef } from '../../../../model/ids.ts';
import type { ClusterPage, ClusterSource } from '../../../../model/inventory.ts';
import type { Subscription } from '../../../../model/registration.ts';
import { groupBy } from '../../group-by.ts';
import type { Session, Sessions } from '../../session/sessions.ts';
import type { ArmClusters } from '../arm-clusters.ts';
import { namedPages } from '../reread.ts';
import { page, type Run } from '../run.ts';
import { subscriptionTrouble } from '../troubles.ts';
import type { Graph } from './graph.ts';
import { doubtfulOf, unconfirmedOf, unseenOf } from './quiet.ts';
import { series, type Rest, type SeriesTools } from './series.ts';

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
    Array.from({ length: Math.ceil(reached.length / subscriptionsOfSeries) }, (_, index) =>
      reached.slice(index * subscriptionsOfSeries, (index + 1) * subscriptionsOfSeries),
    ),
  );
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
 * The clusters that Resource Graph knows. What it leaves out in silence is found out: subscriptions that no row came
 * of, and named clusters that did not come.
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
  const shown = new Set<Session>();
  const unsure: (readonly Subscription[])[] = [];
  for (const group of groups) {
    const came = (key: string): void => {
      missing.delete(key);
      shown.add(sessionOf(group, tools.sessions));
    };
    for await (const each of groupClusters(group, run, source, {
      ...tools,
      totalOf,
      came,
      unsure: (those) => void unsure.push(those),
    })) {
      for (const { kind, subscriptionId } of each.troubles)
        if (!kind.startsWith('cluster-')) troubled.add(subscriptionId);
      for (const { ref } of each.clusters) missing.delete(clusterKey(ref));
      yield each;
    }
  }
  for (const each of unsure.filter((those) => !shown.has(sessionOf(those, tools.sessions))))
    yield page([], await unconfirmedOf(each, run, tools.graph));
  yield* namedPages(
    tools.arm,
    [...missing.values()].filter(({ subscriptionId }) => !troubled.has(subscriptionId)),
    run,
  );
}

function sessionOf([first]: readonly Subscription[], sessions: Sessions): Session {
  return sessions.of(first?.id);
}

interface GroupTools extends GraphTools, SeriesTools {
  /** Takes subscriptions that Resource Graph shows, and no cluster of. */
  readonly unsure: (subscriptions: readonly Subscription[]) => void;
}

async function* groupClusters(
  group: readonly Subscription[],
  run: Run,
  source: 'auto' | 'graph',
  tools: GroupTools,
): AsyncGenerator<ClusterPage, void> {
  const end = yield* series(group, run, tools);
  const { refused, rest, quiet } = end;
  if (refused !== undefined) {
    yield* refusedClusters(group, run, source, refused, tools);
    return;
  }
  if (rest !== undefined) yield* openClusters(rest, run, source, tools);
  if (quiet.length === 0) return;
  if (source === 'auto') {
    yield* tools.arm.pages(await doubtfulOf(group, quiet, run, tools.graph), run);
    return;
  }
  const { unseen, seen } = await unseenOf(group, end, run, tools.graph);
  if (unseen.length > 0) yield page([], unseen);
  // Named clusters that did not come are asked for one by one.
  if (seen.length > 0 && run.scope.clusterIds === undefined) tools.unsure(seen);
}

async function* refusedClusters(
  group: readonly Subscription[],
  run: Run,
  source: 'auto' | 'graph',
  refused: AzureError,
  { arm }: GroupTools,
): AsyncGenerator<ClusterPage, void> {
  if (source === 'auto') yield* arm.pages(group, run);
  else
    yield page(
      [],
      group.map((each) => subscriptionTrouble(each, refused)),
    );
}

/** What a series that broke off left open: ARM has it all. */
async function* openClusters(
  { open, why, has }: Rest,
  run: Run,
  source: 'auto' | 'graph',
  { arm }: GroupTools,
): AsyncGenerator<ClusterPage, void> {
  if (source === 'graph') {
    yield page([], open.map(why));
    return;
  }
  for await (const each of arm.pages(open, run))
    yield { ...each, clusters: each.clusters.filter(({ ref }) => !has(ref)) };
}
