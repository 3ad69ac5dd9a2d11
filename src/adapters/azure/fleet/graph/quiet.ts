import { AzureError } from '../../../../model/azure-error.ts';
import type { ScopeTrouble } from '../../../../model/inventory.ts';
import type { Subscription } from '../../../../model/registration.ts';
import type { Run } from '../run.ts';
import { invisible, pageFailed, truncated, unconfirmed } from '../troubles.ts';
import type { Graph } from './graph.ts';
import { clusterSubscriptionsQuery, narrows, visibleSubscriptionsQuery } from './query.ts';
import type { SeriesEnd } from './series.ts';

/*
 * No row of a subscription may mean no clusters, or no rights: Resource Graph leaves out in silence what may not be
 * read. That it shows the subscription itself does not tell either, since any right in it is enough for that.
 */

/** Lower-case ids of the subscriptions that a query shows; or why it does not say. */
async function shownBy(
  query: string,
  subscriptions: readonly Subscription[],
  run: Run,
  graph: Graph,
): Promise<ReadonlySet<string> | AzureError> {
  try {
    const { rows } = await graph.ask({ query, subscriptions: subscriptions.map(({ id }) => id) }, run.signal);
    return new Set(
      rows.flatMap(({ subscriptionId }) => (typeof subscriptionId === 'string' ? [subscriptionId.toLowerCase()] : [])),
    );
  } catch (error) {
    return run.partial(error);
  }
}

/**
 * Those that ARM has to tell of: it lists their clusters, or says why not. Where conditions may be what holds the rows
 * back, subscriptions that Resource Graph shows any cluster of are believed, so that none is read whole for nothing. A
 * group's list is short, and asked for without that; named clusters that did not come are asked for one by one, where
 * Resource Graph shows their subscription.
 */
export async function doubtfulOf(
  group: readonly Subscription[],
  quiet: readonly Subscription[],
  run: Run,
  graph: Graph,
): Promise<readonly Subscription[]> {
  const { clusterIds, resourceGroup } = run.scope;
  if (clusterIds === undefined && (resourceGroup !== undefined || !narrows(run.scope))) return quiet;
  const shown = await shownBy(
    clusterIds === undefined ? clusterSubscriptionsQuery : visibleSubscriptionsQuery,
    group,
    run,
    graph,
  );
  return shown instanceof AzureError ? quiet : quiet.filter(({ id }) => !shown.has(id.toLowerCase()));
}

export interface Unseen {
  readonly unseen: readonly ScopeTrouble[];
  /** Resource Graph shows them. */
  readonly seen: readonly Subscription[];
}

/** Which of the subscriptions without rows Resource Graph does not show at all. */
export async function unseenOf(
  group: readonly Subscription[],
  { quiet, limitHit }: SeriesEnd,
  run: Run,
  graph: Graph,
): Promise<Unseen> {
  const visible = await shownBy(visibleSubscriptionsQuery, group, run, graph);
  if (visible instanceof AzureError)
    return { unseen: quiet.map((each) => (limitHit ? truncated(each) : pageFailed(each, visible))), seen: [] };
  const isSeen = ({ id }: Subscription): boolean => visible.has(id.toLowerCase());
  return {
    unseen: quiet.filter((each) => !isSeen(each)).map(limitHit ? truncated : invisible),
    seen: quiet.filter(isSeen),
  };
}

/**
 * Of a sign-in that Resource Graph has shown no cluster to, in any subscription of the scope. Where it has shown some,
 * subscriptions without any are believed to have none: a fleet has hundreds of those, and Resource Graph tells nothing
 * of rights.
 */
export async function unconfirmedOf(
  subscriptions: readonly Subscription[],
  run: Run,
  graph: Graph,
): Promise<readonly ScopeTrouble[]> {
  const shown = narrows(run.scope) ? await shownBy(clusterSubscriptionsQuery, subscriptions, run, graph) : undefined;
  if (shown instanceof AzureError) return subscriptions.map((each) => pageFailed(each, shown));
  return shown === undefined || shown.size === 0 ? subscriptions.map(unconfirmed) : [];
}
