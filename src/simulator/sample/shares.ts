import type { Random } from '../random.ts';

/** How many of `count` each share gets: rounded by the largest remainders, so that they add up. */
function apportion(shares: readonly number[], count: number): readonly number[] {
  const sum = shares.reduce((total, share) => total + share, 0);
  const exact = shares.map((share) => (share * count) / sum);
  const counts = exact.map((value) => Math.floor(value));
  const left = count - counts.reduce((total, value) => total + value, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((one, other) => other.remainder - one.remainder || one.index - other.index);
  for (const { index } of byRemainder.slice(0, left)) counts[index] = (counts[index] ?? 0) + 1;
  return counts;
}

/** `count` of the kinds, each in its exact share: the numbers are the same for every seed, the order is not. */
export function inShares<T extends { readonly share: number }>(
  random: Random,
  kinds: readonly T[],
  count: number,
): readonly T[] {
  const counts = apportion(
    kinds.map(({ share }) => share),
    count,
  );
  const drawn = kinds.flatMap((kind, index) => Array.from({ length: counts[index] ?? 0 }, () => kind));
  for (let index = drawn.length - 1; index > 0; index -= 1) {
    const other = random.between(0, index);
    const [one, two] = [drawn[index], drawn[other]];
    if (one === undefined || two === undefined) continue;
    drawn[index] = two;
    drawn[other] = one;
  }
  return drawn;
}
