import type { Clock } from '../../core/ports.ts';
import { oneLine } from '../../core/text.ts';
import { isAzureError } from '../../model/azure-error.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { ClusterRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { Azure } from '../../model/ports.ts';
import type { Subscription } from '../../model/registration.ts';
import type { ClusterFacts } from '../../domain/checks/index.ts';
import { known, notKnown, type Known } from '../../model/known.ts';
import type { FactsSource } from './facts-source.ts';
import { findPool } from './find-pool.ts';
import { isoTime } from './iso-time.ts';
import { readNetwork } from './network-facts.ts';
import type { GatherOptions } from './check-options.ts';
import { SharedFacts } from './shared-facts.ts';

/** The cluster, or only its pools if the caller may not read the cluster. */
export interface Gathered {
  readonly facts: ClusterFacts;
  readonly cluster: Cluster | undefined;
  readonly pools: readonly NodePool[];
}

/** Selects the pools to judge. */
export interface Picked {
  readonly from: (cluster: Cluster) => readonly NodePool[];
  /** Reads them without the cluster. */
  readonly alone: () => Promise<readonly NodePool[]>;
}

async function readCluster(azure: Azure, ref: ClusterRef): Promise<Known<Cluster>> {
  try {
    return known(await azure.nodePools.readCluster(ref));
  } catch (error) {
    if (!isAzureError(error, 'not-permitted')) throw error;
    return notKnown(
      'The cluster cannot be read: the permission Microsoft.ContainerService/managedClusters/read is missing on it.',
    );
  }
}

/**
 * The facts of one cluster. Without capacity and networks this takes at most four requests in two steps: cluster,
 * feature and provider in parallel; then the VM sizes of the region, or the pools if the cluster cannot be read.
 * @throws AzureError if neither the cluster nor its pools can be read
 */
export async function gatherCluster(
  azure: Azure,
  ref: ClusterRef,
  name: string | undefined,
  options: GatherOptions,
  pick: Picked,
  shared: SharedFacts,
): Promise<Gathered> {
  const [subscription, own] = await Promise.all([
    shared.subscription(ref.subscriptionId, name),
    readCluster(azure, ref).then(async (cluster) => {
      const pools = cluster.known ? pick.from(cluster.value) : await pick.alone();
      const [vmSizes, usages, network] = await Promise.all([
        shared.vmSizes(ref.subscriptionId, cluster, pools),
        shared.usages(ref.subscriptionId, cluster),
        readNetwork(azure, pools, options),
      ]);
      return { cluster, pools, vmSizes, usages, network };
    }),
  ]);
  const { cluster, pools, vmSizes, usages, network } = own;
  const facts: ClusterFacts = { subscription, clusterRef: ref, cluster, vmSizes, usages, network };
  return { facts, cluster: cluster.known ? cluster.value : undefined, pools };
}

export interface ClusterQuery {
  readonly ref: ClusterRef;
  /** Defaults to all pools of the cluster. */
  readonly pool?: string | undefined;
  readonly subscription: Subscription;
  readonly clock: Clock;
}

/** One cluster, or one pool of it, as a source of facts. */
export function clusterSource(
  azure: Azure,
  { ref, pool, subscription, clock }: ClusterQuery,
  options: GatherOptions,
): FactsSource {
  const poolRef = pool === undefined ? undefined : { ...ref, pool };
  const pick: Picked =
    poolRef === undefined
      ? { from: (cluster) => cluster.pools, alone: async () => azure.nodePools.listPools(ref) }
      : {
          from: (cluster) => [findPool(cluster, poolRef)],
          alone: async () => [await azure.nodePools.readPool(poolRef)],
        };
  const shared = new SharedFacts(azure, options);
  const path = oneLine([ref.resourceGroup, ref.cluster, ...(pool === undefined ? [] : [pool])].join('/'));
  return {
    scope: `${pool === undefined ? 'cluster' : 'node pool'} ${path}`,
    breadth: 'one',
    subscriptions: [subscription],
    gatheredAt: isoTime(clock),
    pages: async function* () {
      const { facts, pools } = await gatherCluster(azure, ref, subscription.name, options, pick, shared);
      yield { clusters: [{ facts, pools, named: pool !== undefined }], problems: [], total: 1, from: 'arm' };
    },
  };
}
