import type { World } from '../world.ts';

/** A token bucket: `burst` requests at once, `perSecond` of them coming back. */
interface BucketSize {
  readonly burst: number;
  readonly perSecond: number;
}

/** Source: ARM's limits, per subscription, caller and kind of request. */
export const armBudgets = {
  reads: { burst: 250, perSecond: 25 },
  writes: { burst: 200, perSecond: 10 },
  deletes: { burst: 200, perSecond: 10 },
} as const satisfies Readonly<Record<string, BucketSize>>;

/** ARM's limit of a subscription over all its callers is this many times a caller's. */
export const globalFactor = 15;

/** Source: AKS quotas and limits, per region. */
export const aksBudgets = {
  'clusters.list': { burst: 500, perSecond: 1, scope: 'subscription' },
  'clusters.listByGroup': { burst: 60, perSecond: 1, scope: 'group' },
  'clusters.get': { burst: 60, perSecond: 1, scope: 'cluster' },
  'agentPools.put': { burst: 20, perSecond: 1 / 60, scope: 'pool' },
  'operations.get': { burst: 200, perSecond: 2, scope: 'subscription' },
  other: { burst: 60, perSecond: 1, scope: 'subscription' },
} as const satisfies Readonly<
  Record<string, BucketSize & { readonly scope: 'subscription' | 'group' | 'cluster' | 'pool' }>
>;

/** Takes a request from a bucket; answers what remains, or if there is none, how many seconds until there is. */
export function takeFromBucket(
  { buckets }: World,
  key: string,
  size: BucketSize,
  now: number,
): { readonly remaining: number } | { readonly retryAfter: number } {
  const bucket = buckets.get(key) ?? { tokens: size.burst, at: now };
  const elapsed = Math.max(0, now - bucket.at) / 1000;
  const tokens = Math.min(size.burst, bucket.tokens + elapsed * size.perSecond);
  const enough = tokens >= 1;
  buckets.set(key, { tokens: enough ? tokens - 1 : tokens, at: Math.max(now, bucket.at) });
  if (enough) return { remaining: Math.floor(tokens - 1) };
  return { retryAfter: Math.max(1, Math.ceil((1 - tokens) / size.perSecond)) };
}
