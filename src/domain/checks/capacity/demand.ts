import { count as counted } from '../../../core/text.ts';

/** What pools need together of one thing. Keeps sums and how often each need occurs, never the pools. */
export class Demand {
  #amount = 0;
  #pools = 0;
  #unclear = 0;
  #why: string | undefined;
  readonly #needs = new Map<number, number>();

  add(need: number): void {
    if (need === 0) return;
    this.#amount += need;
    this.#pools += 1;
    this.#needs.set(need, (this.#needs.get(need) ?? 0) + 1);
  }

  /** A pool of which it is not known what it needs. `why` without an end of its own. */
  addUnclear(why: string): void {
    this.#unclear += 1;
    // The same one whatever the order of the pools.
    if (this.#why === undefined || why < this.#why) this.#why = why;
  }

  get amount(): number {
    return this.#amount;
  }

  get pools(): number {
    return this.#pools;
  }

  get unclear(): { readonly pools: number; readonly why: string } | undefined {
    return this.#why === undefined ? undefined : { pools: this.#unclear, why: this.#why };
  }

  /** How many of the pools fit at once, whichever they are; where not even the largest does, how many of the smallest. */
  fitting(left: number): { readonly any: number; readonly smallest: number } {
    const bySize = [...this.#needs].sort(([one], [other]) => one - other);
    return { any: fill(bySize.toReversed(), left), smallest: fill(bySize, left) };
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

/** `needs 96 more vCPUs for 12 pools at once`; undefined where nothing is known. */
export function needed(demand: Demand, singular: string, plural: string): string | undefined {
  const { amount, pools, unclear } = demand;
  if (amount === 0) return undefined;
  return `needs ${unclear === undefined ? '' : 'at least '}${counted(amount, `more ${singular}`, `more ${plural}`)} for ${counted(pools, 'pool')} at once`;
}

/** `any 5 of these pools fit at once`: what can be done without more of it. */
export function waves({ any, smallest }: ReturnType<Demand['fitting']>): string {
  if (any > 0) return `Roll out in waves: any ${any === 1 ? 'one' : String(any)} of these pools ${any === 1 ? 'fits' : 'fit'} at once`;
  if (smallest > 0) return `Roll out in waves: the largest of these pools does not fit even alone, ${counted(smallest, 'of the smallest does', 'of the smallest do')}`;
  return 'None of these pools fits: lower their surge (--max-surge 1, or 0 with --max-unavailable 1)';
}
