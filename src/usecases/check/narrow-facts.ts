import { CliError } from '../../core/errors.ts';
import { nearest, oneLine } from '../../core/text.ts';
import { placeOf, sameId, type ClusterRef } from '../../model/ids.ts';
import type { ClusterScope, ScopeProblem } from '../../model/inventory.ts';
import { subscriptionName, type Subscription } from '../../model/registration.ts';
import { scopeFilter } from '../../model/scope-filter.ts';
import { describeConditions, describeSubscriptions, namedCluster, type ScopeRequest } from '../scope/index.ts';
import type { FactsPage, FactsSource, GatheredCluster } from './facts-source.ts';
import { findPool } from './find-pool.ts';

/** @throws CliError `subscription-not-found` with the subscriptions that the facts hold */
function chosen(all: readonly Subscription[], names: readonly string[]): readonly Subscription[] {
  const found = names.flatMap((name) => {
    const matches = all.filter((each) => sameId(each.id, name) || sameId(each.name, name));
    if (matches.length > 0) return matches;
    const near = nearest(name, all.map(subscriptionName));
    throw new CliError({
      code: 'subscription-not-found',
      message: `The facts hold no subscription '${oneLine(name)}'.`,
      hints: near === undefined ? [] : [`Did you mean '${oneLine(near)}'?`],
    });
  });
  return [...new Set(found)];
}

/** Whether a cluster of which the ID alone is known can be meant: only what the ID says speaks against it. */
function fitsById(scope: ClusterScope): (ref: ClusterRef) => boolean {
  const filter = scopeFilter({ ...scope, locations: undefined, tags: undefined });
  return (ref) => filter({ ref, location: undefined, tags: {} });
}

/**
 * Those of saved facts that a request means, by the same conditions as clusters of Azure.
 * @param pool the one node pool of the cluster that the request names
 * @throws CliError `subscription-not-found`, or `pool-not-found` while the pages are read
 */
export function narrowFacts(source: FactsSource, request: ScopeRequest, pool: string | undefined): FactsSource {
  const { root, conditions } = request;
  const subscriptions = root.kind === 'named' ? chosen(source.subscriptions, root.names) : source.subscriptions;
  const words = [
    ...(root.kind === 'named' ? [describeSubscriptions(subscriptions)] : []),
    ...describeConditions(conditions),
    ...(pool === undefined ? [] : [`node pool ${pool}`]),
  ];
  if (words.length === 0) return source;
  const { resourceGroup, clusterName, clusterPattern, locations, tags } = conditions;
  const scope = {
    subscriptions,
    resourceGroup,
    clusterName,
    clusterPattern,
    locations: locations.length === 0 ? undefined : locations,
    tags,
  };
  const named = namedCluster(request);
  const [fits, fitsId] = [scopeFilter(scope), fitsById(scope)];
  const open = new Set(subscriptions.map(({ id }) => id.toLowerCase()));
  const wanted = ({ facts: { cluster, clusterRef } }: GatheredCluster): boolean =>
    cluster.known ? fits(cluster.value) : fitsId(clusterRef);
  const concerns = ({ subscriptionId, resourceId }: ScopeProblem): boolean => {
    if (subscriptionId !== '' && !open.has(subscriptionId.toLowerCase())) return false;
    const place = placeOf(resourceId);
    return place.cluster === '' || fitsId(place);
  };
  const narrowed = (gathered: GatheredCluster): GatheredCluster => {
    const { cluster, clusterRef } = gathered.facts;
    return pool === undefined || !cluster.known
      ? gathered
      : { ...gathered, pools: [findPool(cluster.value, { ...clusterRef, pool })], named: true };
  };
  const page = ({ clusters, problems, from }: FactsPage): FactsPage => ({
    clusters: clusters.filter(wanted).map(narrowed),
    problems: problems.filter(concerns),
    total: undefined,
    ...(from === undefined ? {} : { from }),
  });
  return {
    ...source,
    scope: [source.scope, ...words].join(', '),
    breadth: named === undefined ? source.breadth : 'one',
    subscriptions,
    async *pages() {
      let found = 0;
      for await (const each of source.pages()) {
        const part = page(each);
        found += part.clusters.length + part.problems.length;
        yield part;
      }
      if (named !== undefined && found === 0)
        throw new CliError({
          code: 'azure-not-found',
          message: `The facts hold no cluster ${named.resourceGroup}/${named.clusterName}.`,
        });
    },
  };
}
