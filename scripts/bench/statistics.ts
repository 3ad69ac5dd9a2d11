/** Median and quartiles, by linear interpolation between neighbours. */
export interface Spread {
  readonly median: number;
  readonly q1: number;
  readonly q3: number;
}

function quantile(sorted: readonly number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), q1: quantile(sorted, 0.25), q3: quantile(sorted, 0.75) };
}

/** The ratio of each run to its neighbour in the same round, because a slow machine slows both. */
export function ratios(values: readonly number[], baseline: readonly number[]): readonly number[] {
  return values.map((value, index) => value / (baseline[index] ?? Number.NaN));
}
