/** Where what was explained and what happened are not the same. */
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

/** Nothing where they are equal. */
export function unless(what: string, explained: Plain, seen: Plain): readonly Problem[] {
  return explained === seen ? [] : [problem(what, explained, seen)];
}

/** No answer at all: by the clock one sees whether it was waited for, or the connection was lost. */
export function nothing({ sent, got }: { readonly sent: number; readonly got: number }): string {
  return `nothing after ${String(got - sent)} ms`;
}
