import { oneLine } from '../../core/text.ts';
import { AzureError, isAzureError } from '../../model/azure-error.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { ClusterRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { Azure, VmSize } from '../../model/ports.ts';
import { known, notKnown, type ClusterFacts, type Known, type SubscriptionFacts } from '../../domain/checks/index.ts';
import { judged, type SurveyOptions } from './options.ts';

/** What the cluster says, or its pools alone where the caller may read no more. */
export interface Gathered {
  readonly facts: ClusterFacts;
  readonly cluster: Cluster | undefined;
  readonly pools: readonly NodePool[];
}

/** Where a read fails its fact is not known, and the survey goes on; an interrupt and a missing sign-in end it. */
async function attempt<T>(what: string, right: string, read: () => Promise<T>): Promise<Known<T>> {
  try {
    return known(await read());
  } catch (error) {
    if (!(error instanceof AzureError) || error.class === 'not-signed-in') throw error;
    const why = error.class === 'not-permitted' ? `the right ${right} is missing` : oneLine(error.message).replace(/\.$/, '');
    return notKnown(`${what} could not be read: ${why}.`);
  }
}

async function gatherSubscription(azure: Azure, id: string, options: SurveyOptions): Promise<SubscriptionFacts> {
  const notAsked = Promise.resolve(notKnown('It was not asked for.'));
  const featureCounts = judged(options, 'feature-registered') && options.ruleset === 'preview';
  const [feature, provider] = await Promise.all([
    featureCounts
      ? attempt('The state of the feature', 'Microsoft.Features/providers/features/read on the subscription', async () => azure.registration.feature(id))
      : notAsked,
    judged(options, 'provider-registered')
      ? attempt('The state of the resource provider', 'Microsoft.Resources/subscriptions/providers/read on the subscription', async () => azure.registration.provider(id))
      : notAsked,
  ]);
  return { id, name: options.subscriptionName, feature, provider };
}

/** The sizes that a region lists, where any pool's sizes are judged. */
async function gatherSizes(
  azure: Azure,
  { subscriptionId }: ClusterRef,
  cluster: Known<Cluster>,
  pools: readonly NodePool[],
  options: SurveyOptions,
): Promise<Known<ReadonlyMap<string, VmSize>>> {
  if (!cluster.known) return notKnown(`The region of the cluster is not known: ${cluster.why}`);
  const { location } = cluster.value;
  if (location === undefined || location === '') return notKnown('Azure does not say in which region the cluster is.');
  const needed = judged(options, 'vm-vcpus') && pools.some((pool) => pool.vmSizes.length > 0 && pool.osType?.toLowerCase() !== 'windows');
  if (!needed) return notKnown('It was not asked for.');
  return attempt(`The VM sizes of ${oneLine(location)}`, 'Microsoft.Compute/skus/read on the subscription', async () =>
    azure.inventory.vmSizes(subscriptionId, location),
  );
}

async function readCluster(azure: Azure, ref: ClusterRef): Promise<Known<Cluster>> {
  try {
    return known(await azure.nodePools.readCluster(ref));
  } catch (error) {
    if (!isAzureError(error, 'not-permitted')) throw error;
    return notKnown('The cluster may not be read: the right Microsoft.ContainerService/managedClusters/read is missing on it.');
  }
}

/**
 * The facts of one cluster: at most four requests, at most two deep (cluster, feature and provider side by side; then the sizes of the
 * region, or where the cluster may not be read, `readPools`).
 */
export async function gather(
  azure: Azure,
  ref: ClusterRef,
  options: SurveyOptions,
  pick: {
    /** Which of the cluster's pools are judged. */
    readonly from: (cluster: Cluster) => readonly NodePool[];
    /** How to get them without the cluster. */
    readonly alone: () => Promise<readonly NodePool[]>;
  },
): Promise<Gathered> {
  const [subscription, [cluster, pools, vmSizes]] = await Promise.all([
    gatherSubscription(azure, ref.subscriptionId, options),
    readCluster(azure, ref).then(async (read) => {
      const members = read.known ? pick.from(read.value) : await pick.alone();
      return [read, members, await gatherSizes(azure, ref, read, members, options)] as const;
    }),
  ]);
  const facts: ClusterFacts = { subscription, clusterRef: ref, cluster, vmSizes, config: options.config };
  return { facts, cluster: cluster.known ? cluster.value : undefined, pools };
}
