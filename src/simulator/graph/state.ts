import type { JsonObject } from '../../core/json.ts';

/** The result of a query that did not fit one page. */
export interface Snapshot {
  /** Query and scope: a token is good for the same ones alone. */
  readonly key: string;
  readonly rows: readonly JsonObject[];
  /** More than there are rows, where the result was cut off. */
  readonly total: number;
  readonly pages: boolean;
}

/** What Resource Graph keeps between requests. */
export interface GraphState {
  readonly snapshots: Map<string, Snapshot>;
  /** By caller: when the window of its quota began, and what was taken from it. */
  readonly windows: Map<string, { start: number; taken: number }>;
}

/** Enough for every series of pages that runs at once. */
const keptSnapshots = 32;

export function createGraphState(): GraphState {
  return { snapshots: new Map(), windows: new Map() };
}

export function keep(state: GraphState, id: string, snapshot: Snapshot): void {
  state.snapshots.set(id, snapshot);
  for (const oldest of state.snapshots.keys()) {
    if (state.snapshots.size <= keptSnapshots) break;
    state.snapshots.delete(oldest);
  }
}

export interface Quota {
  readonly queries: number;
  readonly seconds: number;
}

/**
 * Takes one query of the caller's; `left` below 0 where there was none. Source: Resource Graph docs, 15 queries every 5
 * seconds.
 */
export function takeQuery(
  state: GraphState,
  caller: string,
  quota: Quota,
  now: number,
): { readonly left: number; readonly resetsAfter: number } {
  const length = quota.seconds * 1000;
  const known = state.windows.get(caller);
  const window = known === undefined || now >= known.start + length ? { start: now, taken: 0 } : known;
  state.windows.set(caller, window);
  const left = quota.queries - window.taken - 1;
  if (left >= 0) window.taken += 1;
  return { left, resetsAfter: window.start + length - now };
}
