import { mapLimited } from '../../../core/limit.ts';
import { isAzureError } from '../../../model/azure-error.ts';
import type { Cluster } from '../../../model/cluster.ts';
import { clusterKey, type ClusterRef } from '../../../model/ids.ts';
import type { ClusterPage, ScopeProblem } from '../../../model/inventory.ts';
import { groupBy } from '../group-by.ts';
import { saysPools, maxConcurrent, type ArmClusters } from './arm-clusters.ts';
import { page, type ScopeReading } from './scope-reading.ts';
import { clusterProblem, gone, withoutPools } from './scope-problems.ts';

/**
 * A few clusters are read one by one. From this number on, listing their subscription is cheaper, unless it holds many
 * times as many.
 */
const listThreshold = 8;

/** The number of named clusters read at a time: one page. */
const namedPageSize = 200;

/** The current state of named clusters: each one is found, or a problem says why not. */
export interface Found {
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly problems: readonly ScopeProblem[];
}

type ReadResult = Cluster | ScopeProblem;

/**
 * Reads clusters by name. `others` is the known number of clusters in each subscription, so that a long list is not
 * read for a few of them.
 */
export async function readNamed(
  arm: ArmClusters,
  refs: readonly ClusterRef[],
  reading: ScopeReading,
  others: (subscriptionId: string) => number = () => 0,
): Promise<Found> {
  const groups = [...groupBy(refs, ({ subscriptionId }) => subscriptionId).entries()];
  const isFew = (subscriptionId: string, group: readonly ClusterRef[]): boolean =>
    group.length <= Math.max(listThreshold, others(subscriptionId) / 20);
  const works = groups.flatMap(([subscriptionId, group]): readonly (() => Promise<readonly ReadResult[]>)[] =>
    isFew(subscriptionId, group)
      ? group.map((ref) => async () => [await readOne(arm, ref, reading)])
      : [async () => readSeveral(arm, subscriptionId, group, reading)],
  );
  const found = (await mapLimited(works, maxConcurrent, async (work) => work())).flat();
  return {
    clusters: new Map(found.flatMap((item) => ('pools' in item ? [[clusterKey(item.ref), item] as const] : []))),
    problems: found.flatMap((item) => ('pools' in item ? [] : [item])),
  };
}

/** Clusters by name, one page at a time, each page ordered by ID. */
export async function* namedPages(
  arm: ArmClusters,
  refs: readonly ClusterRef[],
  reading: ScopeReading,
): AsyncGenerator<ClusterPage, void> {
  for (let start = 0; start < refs.length; start += namedPageSize) {
    const { clusters, problems } = await readNamed(arm, refs.slice(start, start + namedPageSize), reading);
    const sorted = [...clusters].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, cluster]) => cluster);
    yield page(sorted.filter(reading.matches), problems, 'arm');
  }
}

async function readOne(arm: ArmClusters, ref: ClusterRef, reading: ScopeReading): Promise<ReadResult> {
  try {
    return await arm.get(ref, reading);
  } catch (error) {
    return clusterProblem(ref, reading.partial(error));
  }
}

async function readSeveral(
  arm: ArmClusters,
  subscriptionId: string,
  refs: readonly ClusterRef[],
  reading: ScopeReading,
): Promise<readonly ReadResult[]> {
  const open = new Map(refs.map((ref) => [clusterKey(ref), ref]));
  const found: ReadResult[] = [];
  try {
    for await (const entries of arm.list(subscriptionId, undefined, reading, reading.signal)) {
      for (const cluster of entries.flatMap((entry) => reading.cluster(entry) ?? []))
        if (open.delete(clusterKey(cluster.ref))) found.push(saysPools(cluster) ? cluster : withoutPools(cluster.ref));
    }
  } catch (thrown) {
    const error = reading.partial(thrown);
    // An account that may not list the clusters of a subscription may still read some of them.
    if (isAzureError(error, 'not-permitted'))
      return mapLimited([...open.values()], maxConcurrent, async (ref) => readOne(arm, ref, reading));
    return [...found, ...[...open.values()].map((ref) => clusterProblem(ref, error))];
  }
  return [...found, ...[...open.values()].map((ref) => gone(ref))];
}
