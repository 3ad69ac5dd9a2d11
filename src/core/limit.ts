import pLimit from 'p-limit';

/** Runs `work` over all items, at most `concurrency` at a time; results keep the order of the items. */
export async function mapLimited<T, R>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const limit = pLimit(concurrency);
  return Promise.all(items.map(async (item) => limit(async () => work(item))));
}
