import type { Clock } from '../../../core/ports.ts';

export interface Budget {
  readonly burst: number;
  readonly perSecond: number;
}

/**
 * Limits of this process, lower than what AKS allows, so that other tools of the same users have room. Source: AKS
 * docs, quotas-skus-regions, throttling limits: operation status 200 and 2/s per subscription and region, GET of a
 * cluster 60 and 1/s per cluster, LIST of clusters 500 and 1/s per subscription or 60 and 1/s per resource group, all
 * other calls 60 and 1/s per subscription and region. ARM docs, request limits: reads 250 and 25/s per subscription and
 * caller.
 */
export const budgets = {
  operation: { burst: 100, perSecond: 1 },
  cluster: { burst: 50, perSecond: 0.8 },
  list: { burst: 400, perSecond: 0.8 },
  groupList: { burst: 50, perSecond: 0.8 },
  /** ARM's own limit per subscription, in addition to the provider's. */
  reads: { burst: 200, perSecond: 20 },
  other: { burst: 50, perSecond: 0.8 },
} as const satisfies Readonly<Record<string, Budget>>;

export type BudgetName = keyof typeof budgets;

interface Bucket {
  /** Below zero: the length of the queue. */
  tokens: number;
  /** When `tokens` was calculated; in the future while Azure throttles. */
  at: number;
}

/**
 * Token buckets by key. Takers wait for their turn, first come, first served, so that the total never exceeds a budget.
 */
export class Budgets {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async take(name: BudgetName, key: string, signal: AbortSignal): Promise<void> {
    const wait = this.#reserve(name, key);
    if (wait > 0) await this.#clock.sleep(wait, AbortSignal.any([signal]));
  }

  /** Azure throttles: no tokens are taken from this bucket before then, and it starts empty. */
  block(name: BudgetName, key: string, seconds: number): void {
    const bucket = this.#bucket(name, key);
    bucket.tokens = Math.min(bucket.tokens, 0);
    bucket.at = Math.max(bucket.at, this.#clock.now() + seconds * 1000);
  }

  #bucket(name: BudgetName, key: string): Bucket {
    const full = `${name} ${key.toLowerCase()}`;
    const existing = this.#buckets.get(full);
    if (existing !== undefined) return existing;
    const bucket = { tokens: budgets[name].burst, at: this.#clock.now() };
    this.#buckets.set(full, bucket);
    return bucket;
  }

  /** Milliseconds until the token that was just taken is due. */
  #reserve(name: BudgetName, key: string): number {
    const { burst, perSecond } = budgets[name];
    const bucket = this.#bucket(name, key);
    const now = this.#clock.now();
    const from = Math.max(now, bucket.at);
    bucket.tokens = Math.min(burst, bucket.tokens + ((from - bucket.at) / 1000) * perSecond) - 1;
    bucket.at = from;
    const turn = bucket.tokens >= 0 ? 0 : Math.ceil((-bucket.tokens / perSecond) * 1000);
    return from - now + turn;
  }
}
