import { clip, oneLine } from '../../../core/text.ts';
import { clusterKey, parseClusterId, type ClusterRef } from '../../../model/ids.ts';
import type { ClusterScope, ScopeProblem } from '../../../model/inventory.ts';
import type { Fleet } from '../../../model/ports.ts';
import { isDisabled, type Subscription } from '../../../model/registration.ts';
import { graphClusters, type GraphDeps } from './graph/graph-clusters.ts';
import { namedPages } from './named-clusters.ts';
import { byId, page, ScopeReading } from './scope-reading.ts';
import { disabled } from './scope-problems.ts';

export interface ClustersDeps extends GraphDeps {
  readonly signal: AbortSignal;
}

interface Named {
  /** In readable subscriptions of the scope, without duplicates, sorted. */
  readonly refs: readonly ClusterRef[];
  readonly problems: readonly ScopeProblem[];
}

/** IDs outside the scope's subscriptions are ignored, as with every other condition. */
function namedBy(ids: readonly string[], subscriptions: readonly Subscription[]): Named {
  const open = new Map(subscriptions.map(({ id }) => [id.toLowerCase(), id]));
  const refs = new Map<string, ClusterRef>();
  const problems: ScopeProblem[] = [];
  for (const id of ids) {
    const ref = parseClusterId(id);
    const subscriptionId = open.get(ref?.subscriptionId ?? '');
    if (ref === undefined) {
      const shown = clip(oneLine(id), 300);
      problems.push({
        kind: 'cluster-not-readable',
        subscriptionId: '',
        resourceId: shown,
        why: `'${shown}' is not a cluster ID.`,
      });
    } else if (subscriptionId !== undefined) refs.set(clusterKey(ref), { ...ref, subscriptionId });
  }
  return { refs: [...refs].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, ref]) => ref), problems };
}

/** The cluster, if exactly one cluster is meant. */
function singleCluster(
  { resourceGroup, clusterName, clusterIds }: ClusterScope,
  subscriptions: readonly Subscription[],
  named: Named | undefined,
): ClusterRef | undefined {
  const [subscription] = subscriptions;
  if (clusterIds !== undefined) return named?.refs.length === 1 ? named.refs[0] : undefined;
  if (
    subscriptions.length !== 1 ||
    subscription === undefined ||
    resourceGroup === undefined ||
    clusterName === undefined
  )
    return undefined;
  return { subscriptionId: subscription.id, resourceGroup, cluster: clusterName };
}

/** The clusters of a scope, from Resource Graph or from AKS itself. */
export function createClusters(deps: ClustersDeps): Fleet['clusters'] {
  return async function* clusters(scope, { source, signal }) {
    const reading = new ScopeReading(scope, AbortSignal.any([deps.signal, ...(signal === undefined ? [] : [signal])]));
    const all = [...new Map(scope.subscriptions.map((each) => [each.id.toLowerCase(), each])).values()].sort(byId);
    const readable = all.filter((subscription) => !isDisabled(subscription));
    const named = scope.clusterIds === undefined ? undefined : namedBy(scope.clusterIds, readable);
    const problems = [...all.filter(isDisabled).map(disabled), ...(named?.problems ?? [])];
    if (problems.length > 0) yield page([], problems);
    const holding = new Set(named?.refs.map(({ subscriptionId }) => subscriptionId));
    const meant = named === undefined ? readable : readable.filter(({ id }) => holding.has(id));
    const only = singleCluster(scope, meant, named);
    if (only !== undefined) yield* namedPages(deps.arm, [only], reading);
    else if (source !== 'arm') yield* graphClusters(meant, named?.refs ?? [], reading, source, deps);
    else if (named !== undefined) yield* namedPages(deps.arm, named.refs, reading);
    else yield* deps.arm.pages(meant, reading);
  };
}
