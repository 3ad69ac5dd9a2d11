import pLimit from 'p-limit';

/**
 * Runs `work` on all items, at most `concurrency` at a time; results keep the order of the items. Starts no more after
 * the first failure.
 */
export async function mapLimited<T, R>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const limit = pLimit(concurrency);
  try {
    return await Promise.all(items.map(async (item) => limit(async () => work(item))));
  } catch (error) {
    limit.clearQueue();
    throw error;
  }
}
