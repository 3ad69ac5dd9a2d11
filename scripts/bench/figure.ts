import { ratios, spread, type Spread } from './statistics.ts';

/** The input of a benchmark. */
export interface Bench {
  /** The checkout. */
  readonly root: string;
  /** The Node that runs the program and the baseline. */
  readonly node: string;
  readonly runs: number;
}

/** One measured figure and its limit. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  /** `x`: times the baseline of the same run; `s`: seconds. */
  readonly unit: 'x' | 'requests' | 'deep' | 's' | 'MB';
  readonly measured: Spread;
  /** The maximum; absent if the figure is only reported. */
  readonly limit?: number;
  readonly held: boolean;
  /** The median in milliseconds, and the baseline's, behind a ratio. */
  readonly milliseconds?: number;
  readonly baselineMilliseconds?: number;
  readonly runs: number;
}

export interface FigureSpec {
  readonly id: string;
  readonly title: string;
  readonly limit?: number;
}

function held(limit: number | undefined, value: number): boolean {
  return limit === undefined || value <= limit;
}

/** The median of the ratios of neighbours must be within the limit. */
export function ratioFigure(spec: FigureSpec, values: readonly number[], baseline: readonly number[]): Figure {
  const measured = spread(ratios(values, baseline));
  return {
    ...spec,
    unit: 'x',
    measured,
    held: held(spec.limit, measured.median),
    milliseconds: spread(values).median,
    baselineMilliseconds: spread(baseline).median,
    runs: values.length,
  };
}

/** A count that must be within the limit in every run. */
export function countFigure(spec: FigureSpec, values: readonly number[]): Figure {
  return {
    ...spec,
    unit: 'requests',
    measured: spread(values),
    held: values.every((value) => held(spec.limit, value)),
    runs: values.length,
  };
}

/** The median of a depth counts, because a stall of the machine can make a single run look deeper. */
export function depthFigure(spec: FigureSpec, values: readonly number[]): Figure {
  const measured = spread(values);
  return { ...spec, unit: 'deep', measured, held: held(spec.limit, measured.median), runs: values.length };
}

/** Seconds, megabytes, or a known ratio: the median must be within the limit. */
export function amountFigure(spec: FigureSpec, unit: 's' | 'MB' | 'x', values: readonly number[]): Figure {
  const measured = spread(values);
  return { ...spec, unit, measured, held: held(spec.limit, measured.median), runs: values.length };
}
