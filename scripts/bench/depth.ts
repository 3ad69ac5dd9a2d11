/** One request, from when the server had it to when it answered, in milliseconds. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/**
 * How many requests waited for one another: the length of the longest sequence of requests in which each began after the
 * previous one was answered. Always taking the next request that ends first gives the longest sequence without overlap.
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
