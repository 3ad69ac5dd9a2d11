import type { AzureError } from '../../../../model/azure-error.ts';
import { clusterKey, type ClusterRef } from '../../../../model/ids.ts';
import type { ClusterPage, ClusterSource } from '../../../../model/inventory.ts';
import type { Subscription } from '../../../../model/registration.ts';
import { groupBy } from '../../group-by.ts';
import type { Session, Sessions } from '../../session/sessions.ts';
import type { ArmClusters } from '../arm-clusters.ts';
import { namedPages } from '../named-clusters.ts';
import { page, type ScopeReading } from '../scope-reading.ts';
import { subscriptionProblem } from '../scope-problems.ts';
import type { Graph } from './graph.ts';
import { subscriptionsToRead, unconfirmedProblems, splitByVisibility } from './subscriptions-without-rows.ts';
import { series, type Rest, type SeriesDeps } from './series.ts';

/** Source: Resource Graph docs, guidance for throttled requests: group by subscription, at most 300. */
const maxSeriesSubscriptions = 300;

export interface GraphDeps {
  readonly graph: Graph;
  readonly arm: ArmClusters;
  readonly sessions: Sessions;
}

/** One series per sign-in, because Resource Graph answers for one tenant at a time. */
function groupsOf(subscriptions: readonly Subscription[], sessions: Sessions): readonly (readonly Subscription[])[] {
  return [...groupBy(subscriptions, ({ id }) => sessions.of(id)).values()].flatMap((reached) =>
    Array.from({ length: Math.ceil(reached.length / maxSeriesSubscriptions) }, (_, index) =>
      reached.slice(index * maxSeriesSubscriptions, (index + 1) * maxSeriesSubscriptions),
    ),
  );
}

/** Known once every series has reported its own. */
function totals(expected: number): SeriesDeps['totalOf'] {
  const known: number[] = [];
  return (series) => {
    known.push(series);
    return known.length === expected ? known.reduce((sum, each) => sum + each, 0) : undefined;
  };
}

/**
 * The clusters that Resource Graph returns, and what it silently omits: subscriptions without rows and named clusters
 * that are missing are looked into.
 */
export async function* graphClusters(
  subscriptions: readonly Subscription[],
  named: readonly ClusterRef[],
  reading: ScopeReading,
  source: Exclude<ClusterSource, 'arm'>,
  deps: GraphDeps,
): AsyncGenerator<ClusterPage, void> {
  const groups = groupsOf(subscriptions, deps.sessions);
  const missing = new Map(named.map((ref) => [clusterKey(ref), ref]));
  const totalOf = totals(groups.length);
  const withProblems = new Set<string>();
  const shown = new Set<Session>();
  const withoutClusters: (readonly Subscription[])[] = [];
  for (const group of groups) {
    const came = (key: string): void => {
      missing.delete(key);
      shown.add(sessionOf(group, deps.sessions));
    };
    for await (const each of groupClusters(group, reading, source, {
      ...deps,
      totalOf,
      came,
      withoutClusters: (those) => void withoutClusters.push(those),
    })) {
      for (const { kind, subscriptionId } of each.problems)
        if (!kind.startsWith('cluster-')) withProblems.add(subscriptionId);
      for (const { ref } of each.clusters) missing.delete(clusterKey(ref));
      yield each;
    }
  }
  for (const each of withoutClusters.filter((those) => !shown.has(sessionOf(those, deps.sessions))))
    yield page([], await unconfirmedProblems(each, reading, deps.graph));
  yield* namedPages(
    deps.arm,
    [...missing.values()].filter(({ subscriptionId }) => !withProblems.has(subscriptionId)),
    reading,
  );
}

function sessionOf([first]: readonly Subscription[], sessions: Sessions): Session {
  return sessions.of(first?.id);
}

interface GroupDeps extends GraphDeps, SeriesDeps {
  /** Receives subscriptions that Resource Graph shows, but without clusters. */
  readonly withoutClusters: (subscriptions: readonly Subscription[]) => void;
}

async function* groupClusters(
  group: readonly Subscription[],
  reading: ScopeReading,
  source: 'auto' | 'graph',
  deps: GroupDeps,
): AsyncGenerator<ClusterPage, void> {
  const end = yield* series(group, reading, deps);
  const { refused, rest, withoutRows } = end;
  if (refused !== undefined) {
    yield* refusedClusters(group, reading, source, refused, deps);
    return;
  }
  if (rest !== undefined) yield* openClusters(rest, reading, source, deps);
  if (withoutRows.length === 0) return;
  if (source === 'auto') {
    yield* deps.arm.pages(await subscriptionsToRead(group, withoutRows, reading, deps.graph), reading);
    return;
  }
  const { hidden, visible } = await splitByVisibility(group, end, reading, deps.graph);
  if (hidden.length > 0) yield page([], hidden);
  // Named clusters that are missing are read one by one.
  if (visible.length > 0 && reading.scope.clusterIds === undefined) deps.withoutClusters(visible);
}

async function* refusedClusters(
  group: readonly Subscription[],
  reading: ScopeReading,
  source: 'auto' | 'graph',
  refused: AzureError,
  { arm }: GroupDeps,
): AsyncGenerator<ClusterPage, void> {
  if (source === 'auto') yield* arm.pages(group, reading);
  else
    yield page(
      [],
      group.map((each) => subscriptionProblem(each, refused)),
    );
}

/** The subscriptions that a series did not cover, read completely through ARM. */
async function* openClusters(
  { open, why, has }: Rest,
  reading: ScopeReading,
  source: 'auto' | 'graph',
  { arm }: GroupDeps,
): AsyncGenerator<ClusterPage, void> {
  if (source === 'graph') {
    yield page([], open.map(why));
    return;
  }
  for await (const each of arm.pages(open, reading))
    yield { ...each, clusters: each.clusters.filter(({ ref }) => !has(ref)) };
}
