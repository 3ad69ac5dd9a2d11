import { mapLimited } from '../../core/limit.ts';
import type { Clock } from '../../core/ports.ts';
import type { Cluster } from '../../model/cluster.ts';
import { clusterKey, poolId } from '../../model/ids.ts';
import type { ClusterSource, ScopeProblem } from '../../model/inventory.ts';
import type { Azure } from '../../model/ports.ts';
import { known } from '../../model/known.ts';
import type { ResolvedScope } from '../scope/index.ts';
import type { FactsSource, GatheredCluster } from './facts-source.ts';
import { isoTime } from './iso-time.ts';
import { readNetwork } from './network-facts.ts';
import type { GatherOptions } from './check-options.ts';
import { SharedFacts } from './shared-facts.ts';

/**
 * How many clusters are read in parallel. They arrive sorted by subscription, some tens of each; with fewer,
 * subscriptions would wait for one another. Fewer if each cluster needs requests of its own, for its networks.
 */
const maxConcurrent = { shared: 600, networks: 40 } as const;

/** All clusters of a scope as a source of facts. */
export interface FleetQuery extends ResolvedScope {
  readonly source: ClusterSource;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/** The named pools that do not exist in their cluster. */
function missingPools({ ref, pools }: Cluster, named: ReadonlySet<string>): readonly ScopeProblem[] {
  const there = new Set(pools.map(({ ref: { pool } }) => pool.toLowerCase()));
  return [...named]
    .filter((pool) => !there.has(pool))
    .map((pool) => {
      const poolRef = { ...ref, pool };
      return {
        kind: 'pool-gone',
        subscriptionId: ref.subscriptionId,
        resourceId: poolId(poolRef),
        why: `The node pool ${pool} of ${ref.cluster} in ${ref.resourceGroup} does not exist.`,
      };
    });
}

/** Shared facts are read once. A page is discarded when the next one arrives. */
export function fleetSource(
  azure: Azure,
  { scope, description, pools: named, source, signal, clock }: FleetQuery,
  options: GatherOptions,
): FactsSource {
  const shared = new SharedFacts(azure, options);
  const atOnce = options.capacity === true || options.network === true ? maxConcurrent.networks : maxConcurrent.shared;
  const names = new Map(scope.subscriptions.map(({ id, name }) => [id.toLowerCase(), name]));

  const namedOf = ({ ref }: Cluster): ReadonlySet<string> | undefined => named.get(clusterKey(ref));

  async function gather(cluster: Cluster): Promise<GatheredCluster> {
    const { subscriptionId } = cluster.ref;
    const read = known(cluster);
    const only = namedOf(cluster);
    const pools =
      only === undefined ? cluster.pools : cluster.pools.filter(({ ref }) => only.has(ref.pool.toLowerCase()));
    const [subscription, vmSizes, usages, network] = await Promise.all([
      shared.subscription(subscriptionId, names.get(subscriptionId.toLowerCase())),
      shared.vmSizes(subscriptionId, read, pools),
      shared.usages(subscriptionId, read),
      readNetwork(azure, pools, options),
    ]);
    return {
      facts: { subscription, clusterRef: cluster.ref, cluster: read, vmSizes, usages, network },
      pools,
      named: only !== undefined,
    };
  }

  return {
    scope: description,
    breadth: 'many',
    subscriptions: scope.subscriptions,
    gatheredAt: isoTime(clock),
    pages: async function* () {
      for await (const { clusters, problems, total, from } of azure.fleet.clusters(scope, { source, signal })) {
        const gone = clusters.flatMap((cluster) => missingPools(cluster, namedOf(cluster) ?? new Set()));
        yield { clusters: await mapLimited(clusters, atOnce, gather), problems: [...problems, ...gone], total, from };
      }
    },
  };
}
