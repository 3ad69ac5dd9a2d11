import { AzureError } from '../../../../model/azure-error.ts';
import type { ScopeProblem } from '../../../../model/inventory.ts';
import type { Subscription } from '../../../../model/registration.ts';
import type { ScopeReading } from '../scope-reading.ts';
import { invisible, pageFailed, truncated, unconfirmed } from '../scope-problems.ts';
import type { Graph } from './graph.ts';
import { clusterSubscriptionsQuery, narrows, visibleSubscriptionsQuery } from './query.ts';
import type { SeriesEnd } from './series.ts';

/*
 * A subscription without rows may have no clusters, or this account may have no permission: Resource Graph silently
 * omits what the account may not read. A visible subscription proves nothing either, since any role in it is enough
 * for that.
 */

/** Lowercase IDs of the subscriptions that a query returns, or the error. */
async function shownBy(
  query: string,
  subscriptions: readonly Subscription[],
  reading: ScopeReading,
  graph: Graph,
): Promise<ReadonlySet<string> | AzureError> {
  try {
    const { rows } = await graph.ask({ query, subscriptions: subscriptions.map(({ id }) => id) }, reading.signal);
    return new Set(
      rows.flatMap(({ subscriptionId }) => (typeof subscriptionId === 'string' ? [subscriptionId.toLowerCase()] : [])),
    );
  } catch (error) {
    return reading.partial(error);
  }
}

/**
 * The subscriptions that must be read through ARM, which lists their clusters or says why not. If filters may have
 * excluded all rows, subscriptions in which Resource Graph shows any cluster are trusted, so that none is read
 * completely for nothing. The list of a resource group is short and read without this check. Named clusters that are
 * missing are read one by one if Resource Graph shows their subscription.
 */
export async function subscriptionsToRead(
  group: readonly Subscription[],
  withoutRows: readonly Subscription[],
  reading: ScopeReading,
  graph: Graph,
): Promise<readonly Subscription[]> {
  const { clusterIds, resourceGroup } = reading.scope;
  if (clusterIds === undefined && (resourceGroup !== undefined || !narrows(reading.scope))) return withoutRows;
  const shown = await shownBy(
    clusterIds === undefined ? clusterSubscriptionsQuery : visibleSubscriptionsQuery,
    group,
    reading,
    graph,
  );
  return shown instanceof AzureError ? withoutRows : withoutRows.filter(({ id }) => !shown.has(id.toLowerCase()));
}

export interface Visibility {
  readonly hidden: readonly ScopeProblem[];
  /** Resource Graph shows them. */
  readonly visible: readonly Subscription[];
}

/** Which of the subscriptions without rows Resource Graph does not show at all. */
export async function splitByVisibility(
  group: readonly Subscription[],
  { withoutRows, limitHit }: SeriesEnd,
  reading: ScopeReading,
  graph: Graph,
): Promise<Visibility> {
  const visible = await shownBy(visibleSubscriptionsQuery, group, reading, graph);
  if (visible instanceof AzureError)
    return { hidden: withoutRows.map((each) => (limitHit ? truncated(each) : pageFailed(each, visible))), visible: [] };
  const isSeen = ({ id }: Subscription): boolean => visible.has(id.toLowerCase());
  return {
    hidden: withoutRows.filter((each) => !isSeen(each)).map(limitHit ? truncated : invisible),
    visible: withoutRows.filter(isSeen),
  };
}

/**
 * Problems if Resource Graph has shown no cluster in any subscription of the scope to this sign-in. If it has shown
 * some, subscriptions without clusters are assumed to have none: a fleet has hundreds of those, and Resource Graph does
 * not report permissions.
 */
export async function unconfirmedProblems(
  subscriptions: readonly Subscription[],
  reading: ScopeReading,
  graph: Graph,
): Promise<readonly ScopeProblem[]> {
  const shown = narrows(reading.scope)
    ? await shownBy(clusterSubscriptionsQuery, subscriptions, reading, graph)
    : undefined;
  if (shown instanceof AzureError) return subscriptions.map((each) => pageFailed(each, shown));
  return shown === undefined || shown.size === 0 ? subscriptions.map(unconfirmed) : [];
}
