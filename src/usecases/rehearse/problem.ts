/** A difference between the explanation and the observation. */
export interface Problem {
  /** `rcode`, `ttl`, `block`, … */
  readonly what: string;
  readonly explained: string;
  readonly seen: string;
}

export function problem(what: string, explained: unknown, seen: unknown): Problem {
  return { what, explained: String(explained), seen: String(seen) };
}

type Plain = string | number | boolean | null;

/** Empty if they are equal. */
export function unless(what: string, explained: Plain, seen: Plain): readonly Problem[] {
  return explained === seen ? [] : [problem(what, explained, seen)];
}

/** Describes a missing answer. The time shows whether it timed out or the connection was lost. */
export function nothing({ sent, got }: { readonly sent: number; readonly got: number }): string {
  return `no answer after ${String(got - sent)} ms`;
}
