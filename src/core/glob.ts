/** How the parts of a pattern are read. */
export interface Wildcards<P, T> {
  /** Whether a part stands for any number of items, none included. */
  readonly isStar: (part: P) => boolean;
  readonly fits: (part: P, item: T) => boolean;
}

/**
 * Whether items fit a pattern, both from `start` on. Goes back to the last star alone, so that no pattern takes more
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

/** `*` any characters, `?` one. */
export function fitsGlob(pattern: string, text: string): boolean {
  return fitsPattern(pattern, text, characters);
}
