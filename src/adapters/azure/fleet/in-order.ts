interface Opened<T> {
  readonly list: AsyncGenerator<T, void>;
  readonly first: Promise<IteratorResult<T, void>>;
}

/**
 * The pages of several lists, in the order of the lists. While one is read, the first pages of the next ones are
 * fetched, so that `width` lists are in flight and at most as many pages are kept.
 */
export async function* inOrder<I, T>(
  items: readonly I[],
  width: number,
  open: (item: I, signal: AbortSignal) => AsyncGenerator<T, void>,
): AsyncGenerator<T, void> {
  const unneeded = new AbortController();
  const opened: Opened<T>[] = [];
  let next = 0;
  const fill = (): void => {
    for (const item of items.slice(next, next + width - opened.length)) {
      const list = open(item, unneeded.signal);
      const first = list.next();
      // Awaited in its turn; it may fail before that.
      first.catch(() => undefined);
      opened.push({ list, first });
      next += 1;
    }
  };
  try {
    for (;;) {
      fill();
      const [current] = opened;
      if (current === undefined) return;
      let result = await current.first;
      while (result.done !== true) {
        yield result.value;
        result = await current.list.next();
      }
      opened.shift();
    }
  } finally {
    unneeded.abort();
    await Promise.allSettled(opened.map(async ({ list }) => list.return()));
  }
}
