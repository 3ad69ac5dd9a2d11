import { mapLimited } from '../../../core/limit.ts';
import { isAzureError } from '../../../model/azure-error.ts';
import type { Cluster } from '../../../model/cluster.ts';
import { clusterKey, type ClusterRef } from '../../../model/ids.ts';
import type { ClusterPage, ScopeTrouble } from '../../../model/inventory.ts';
import { groupBy } from '../group-by.ts';
import { saysPools, sideBySide, type ArmClusters } from './arm-clusters.ts';
import { page, type Run } from './run.ts';
import { clusterTrouble, gone, withoutPools } from './troubles.ts';

/**
 * A few clusters are read one by one. From here on a list of their subscription is cheaper, unless it holds many times
 * as many.
 */
const oneByOne = 8;

/** Named clusters that are read at a time: a page. */
const namedOfPage = 200;

/** What named clusters are now: each is found, or a trouble says why not. */
export interface Found {
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly troubles: readonly ScopeTrouble[];
}

type One = Cluster | ScopeTrouble;

/**
 * Reads clusters by name. `others`: how many clusters each subscription is known to have, so that a long list is not
 * read for a few of them.
 */
export async function readNamed(
  arm: ArmClusters,
  refs: readonly ClusterRef[],
  run: Run,
  others: (subscriptionId: string) => number = () => 0,
): Promise<Found> {
  const groups = [...groupBy(refs, ({ subscriptionId }) => subscriptionId).entries()];
  const isFew = (subscriptionId: string, group: readonly ClusterRef[]): boolean =>
    group.length <= Math.max(oneByOne, others(subscriptionId) / 20);
  const works = groups.flatMap(([subscriptionId, group]): readonly (() => Promise<readonly One[]>)[] =>
    isFew(subscriptionId, group)
      ? group.map((ref) => async () => [await one(arm, ref, run)])
      : [async () => several(arm, subscriptionId, group, run)],
  );
  const found = (await mapLimited(works, sideBySide, async (work) => work())).flat();
  return {
    clusters: new Map(found.flatMap((item) => ('pools' in item ? [[clusterKey(item.ref), item] as const] : []))),
    troubles: found.flatMap((item) => ('pools' in item ? [] : [item])),
  };
}

/** Clusters by name, a page at a time, each page in the order of ids. */
export async function* namedPages(
  arm: ArmClusters,
  refs: readonly ClusterRef[],
  run: Run,
): AsyncGenerator<ClusterPage, void> {
  for (let start = 0; start < refs.length; start += namedOfPage) {
    const { clusters, troubles } = await readNamed(arm, refs.slice(start, start + namedOfPage), run);
    const sorted = [...clusters].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, cluster]) => cluster);
    yield page(sorted.filter(run.wants), troubles, 'arm');
  }
}

async function one(arm: ArmClusters, ref: ClusterRef, run: Run): Promise<One> {
  try {
    return await arm.get(ref, run);
  } catch (error) {
    return clusterTrouble(ref, run.partial(error));
  }
}

async function several(
  arm: ArmClusters,
  subscriptionId: string,
  refs: readonly ClusterRef[],
  run: Run,
): Promise<readonly One[]> {
  const open = new Map(refs.map((ref) => [clusterKey(ref), ref]));
  const found: One[] = [];
  try {
    for await (const entries of arm.list(subscriptionId, undefined, run, run.signal)) {
      for (const cluster of entries.flatMap((entry) => run.cluster(entry) ?? []))
        if (open.delete(clusterKey(cluster.ref))) found.push(saysPools(cluster) ? cluster : withoutPools(cluster.ref));
    }
  } catch (thrown) {
    const error = run.partial(thrown);
    // Whoever may not list a subscription may still read some of its clusters.
    if (isAzureError(error, 'not-permitted'))
      return mapLimited([...open.values()], sideBySide, async (ref) => one(arm, ref, run));
    return [...found, ...[...open.values()].map((ref) => clusterTrouble(ref, error))];
  }
  return [...found, ...[...open.values()].map((ref) => gone(ref))];
}
