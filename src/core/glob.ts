/** How to match the parts of a pattern. */
export interface Wildcards<P, T> {
  /** Whether a part matches any number of items, including none. */
  readonly isStar: (part: P) => boolean;
  readonly fits: (part: P, item: T) => boolean;
}

/**
 * Whether items match a pattern, both from `start` on. Backtracks only to the last star, so no pattern takes more time
 * than the product of both lengths.
 */
export function fitsPattern<P, T>(
  pattern: ArrayLike<P>,
  items: ArrayLike<T>,
  { isStar, fits }: Wildcards<P, T>,
  start = 0,
): boolean {
  let [at, index] = [start, start];
  let [star, mark] = [-1, 0];
  for (let item = items[index]; item !== undefined; item = items[index]) {
    const part = pattern[at];
    if (part !== undefined && isStar(part)) {
      star = at;
      mark = index;
      at += 1;
    } else if (part !== undefined && fits(part, item)) {
      at += 1;
      index += 1;
    } else if (star === -1) return false;
    else {
      at = star + 1;
      mark += 1;
      index = mark;
    }
  }
  for (let part = pattern[at]; part !== undefined && isStar(part); part = pattern[at]) at += 1;
  return at === pattern.length;
}

const characters: Wildcards<string, string> = {
  isStar: (part) => part === '*',
  fits: (part, item) => part === '?' || part === item,
};

/** `*` matches any characters, `?` exactly one. */
export function fitsGlob(pattern: string, text: string): boolean {
  return fitsPattern(pattern, text, characters);
}
