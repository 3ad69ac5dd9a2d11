/** One request, from when the server had it to when it answered, in milliseconds. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/**
 * How many requests waited for one another: the longest row of requests of which each began after the one before had
 * been answered. It is the most that can be picked without an overlap, by taking always the one that ends first.
 */
export function depth(intervals: readonly Interval[]): number {
  let last = Number.NEGATIVE_INFINITY;
  let count = 0;
  for (const { start, end } of [...intervals].sort((a, b) => a.end - b.end)) {
    if (start < last) continue;
    last = end;
    count += 1;
  }
  return count;
}
