import { count as counted } from '../../../core/text.ts';

/**
 * How many pools fit at once: `any` of them, or, if the largest does not fit alone, how many of the `smallest`.
 * `oneNode`: whether a single surge node of any pool fits.
 */
export interface Fitting {
  readonly any: number;
  readonly smallest: number;
  readonly oneNode: boolean;
}

/** What pools need together of one resource. Keeps sums and how often each need occurs, not the pools. */
export class Demand {
  #amount = 0;
  #pools = 0;
  #leastNode = Infinity;
  #unclear = 0;
  #unclearMost = 0;
  #why: string | undefined;
  readonly #needs = new Map<number, number>();

  /** `perNode`: what one of its surge nodes needs. */
  add(need: number, perNode: number): void {
    if (need === 0) return;
    this.#leastNode = Math.min(this.#leastNode, perNode);
    this.#amount += need;
    this.#pools += 1;
    this.#needs.set(need, (this.#needs.get(need) ?? 0) + 1);
  }

  /**
   * Adds a pool whose need is unknown. `why`: a clause without a final period; `most`: an upper bound, if there is one.
   */
  addUnclear(why: string, most = Infinity): void {
    this.#unclear += 1;
    this.#unclearMost += most;
    // Picks the same reason in any order of the pools.
    if (this.#why === undefined || why < this.#why) this.#why = why;
  }

  get amount(): number {
    return this.#amount;
  }

  get pools(): number {
    return this.#pools;
  }

  get unclear(): { readonly pools: number; readonly why: string; readonly most: number } | undefined {
    return this.#why === undefined ? undefined : { pools: this.#unclear, why: this.#why, most: this.#unclearMost };
  }

  fitting(left: number): Fitting {
    const bySize = [...this.#needs].sort(([one], [other]) => one - other);
    return { any: fill(bySize.toReversed(), left), smallest: fill(bySize, left), oneNode: this.#leastNode <= left };
  }
}

function fill(needs: readonly (readonly [need: number, pools: number])[], left: number): number {
  let [rest, fitting] = [left, 0];
  for (const [need, pools] of needs) {
    const some = Math.min(pools, Math.floor(rest / need));
    fitting += some;
    rest -= some * need;
    if (some < pools) break;
  }
  return fitting;
}

/** `needs 96 more vCPUs for 12 pools at once`; undefined if no need is known. */
export function needed(demand: Demand, singular: string, plural: string): string | undefined {
  const { amount, pools, unclear } = demand;
  if (amount === 0) return undefined;
  return `needs ${unclear === undefined ? '' : 'at least '}${counted(amount, `more ${singular}`, `more ${plural}`)} for ${counted(pools, 'pool')} at once`;
}

/** `Roll out in waves: any 5 of these pools fit at once`: what is possible without more capacity. */
export function waves({ any, smallest, oneNode }: Fitting): string {
  if (any > 0)
    return `Roll out in waves: any ${any === 1 ? 'one' : String(any)} of these pools ${any === 1 ? 'fits' : 'fit'} at once`;
  if (smallest > 0)
    return `Roll out in waves: the largest of these pools does not fit even alone, but ${counted(smallest, 'of the smallest does', 'of the smallest do')}`;
  const without =
    'replace nodes without surge nodes (--max-surge 0 --max-unavailable 1), which makes a pool one node smaller ' +
    'meanwhile';
  return oneNode
    ? `None of these pools fits with its current surge. Lower the surge if one node fits (--max-surge 1), otherwise ${without}`
    : `Not even one surge node fits: ${without}`;
}
