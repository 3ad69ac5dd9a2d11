import { clip, oneLine } from '../../../core/text.ts';
import { clusterKey, parseClusterId, type ClusterRef } from '../../../model/ids.ts';
import type { ClusterScope, ScopeTrouble } from '../../../model/inventory.ts';
import type { Fleet } from '../../../model/ports.ts';
import { isDisabled, type Subscription } from '../../../model/registration.ts';
import { graphClusters, type GraphTools } from './graph/clusters.ts';
import { namedPages } from './reread.ts';
import { byId, page, Run } from './run.ts';
import { disabled } from './troubles.ts';

export interface ClustersTools extends GraphTools {
  readonly signal: AbortSignal;
}

interface Named {
  /** In readable subscriptions of the scope, each once, sorted. */
  readonly refs: readonly ClusterRef[];
  readonly troubles: readonly ScopeTrouble[];
}

/** Ids outside of the scope's subscriptions are not meant, as with every other condition. */
function namedBy(ids: readonly string[], subscriptions: readonly Subscription[]): Named {
  const open = new Map(subscriptions.map(({ id }) => [id.toLowerCase(), id]));
  const refs = new Map<string, ClusterRef>();
  const troubles: ScopeTrouble[] = [];
  for (const id of ids) {
    const ref = parseClusterId(id);
    const subscriptionId = open.get(ref?.subscriptionId ?? '');
    if (ref === undefined) {
      const shown = clip(oneLine(id), 300);
      troubles.push({
        kind: 'cluster-not-readable',
        subscriptionId: '',
        resourceId: shown,
        why: `'${shown}' is not the id of a cluster.`,
      });
    } else if (subscriptionId !== undefined) refs.set(clusterKey(ref), { ...ref, subscriptionId });
  }
  return { refs: [...refs].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, ref]) => ref), troubles };
}

/** Where exactly one cluster is meant. */
function onlyOne(
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

/** Clusters of a scope, from Resource Graph or from AKS itself. */
export function createClusters(tools: ClustersTools): Fleet['clusters'] {
  return async function* clusters(scope, { source, signal }) {
    const run = new Run(scope, AbortSignal.any([tools.signal, ...(signal === undefined ? [] : [signal])]));
    const all = [...new Map(scope.subscriptions.map((each) => [each.id.toLowerCase(), each])).values()].sort(byId);
    const readable = all.filter((subscription) => !isDisabled(subscription));
    const named = scope.clusterIds === undefined ? undefined : namedBy(scope.clusterIds, readable);
    const troubles = [...all.filter(isDisabled).map(disabled), ...(named?.troubles ?? [])];
    if (troubles.length > 0) yield page([], troubles);
    const holding = new Set(named?.refs.map(({ subscriptionId }) => subscriptionId));
    const meant = named === undefined ? readable : readable.filter(({ id }) => holding.has(id));
    const only = onlyOne(scope, meant, named);
    if (only !== undefined) yield* namedPages(tools.arm, [only], run);
    else if (source !== 'arm') yield* graphClusters(meant, named?.refs ?? [], run, source, tools);
    else if (named !== undefined) yield* namedPages(tools.arm, named.refs, run);
    else yield* tools.arm.pages(meant, run);
  };
}
