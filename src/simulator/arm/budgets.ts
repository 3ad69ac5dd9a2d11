import type { World } from '../world.ts';
import type { Exchange, Route } from './exchange.ts';
import { findCluster } from './lookup.ts';
import { gatewayError, providerError, type Reply } from './reply.ts';

/** A token bucket: `burst` requests at once, `perSecond` of them coming back. */
interface BucketSize {
  readonly burst: number;
  readonly perSecond: number;
}

/** Takes a request from a bucket; returns what remains or, if there is none left, how many seconds to wait. */
function take(
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

/** Source: ARM's limits, per subscription, caller and kind of request. */
const armBudgets = {
  reads: { burst: 250, perSecond: 25 },
  writes: { burst: 200, perSecond: 10 },
  deletes: { burst: 200, perSecond: 10 },
} as const satisfies Readonly<Record<string, BucketSize>>;

/** ARM's limit of a subscription over all its callers is this many times a caller's. */
const globalFactor = 15;

function kindOf(method: string): keyof typeof armBudgets {
  if (method === 'GET' || method === 'HEAD') return 'reads';
  return method === 'DELETE' ? 'deletes' : 'writes';
}

export function takeFromArm(exchange: Exchange): Reply | { readonly rateHeaders: Readonly<Record<string, string>> } {
  const { world, now, caller, params } = exchange;
  const kind = kindOf(exchange.request.method);
  const scope = params['subscription']?.toLowerCase();
  const size = armBudgets[kind];
  const own = take(world, `arm:${scope ?? 'tenant'}:${caller.objectId}:${kind}`, size, now);
  const all = take(
    world,
    `arm:${scope ?? 'tenant'}:all:${kind}`,
    { burst: size.burst * globalFactor, perSecond: size.perSecond * globalFactor },
    now,
  );
  const limited = 'retryAfter' in own ? own : all;
  if ('retryAfter' in limited) {
    return gatewayError(
      429,
      'SubscriptionRequestsThrottled',
      `Number of requests for subscription '${scope ?? ''}' exceeded the limit. Please try again after '${String(limited.retryAfter)}' seconds after additional tokens are available.`,
      { headers: { 'retry-after': String(limited.retryAfter) } },
    );
  }
  const remaining = 'remaining' in own ? own.remaining : 0;
  if (scope === undefined) return { rateHeaders: { [`x-ms-ratelimit-remaining-tenant-${kind}`]: String(remaining) } };
  return {
    rateHeaders: {
      [`x-ms-ratelimit-remaining-subscription-${kind}`]: String(remaining),
      [`x-ms-ratelimit-remaining-subscription-global-${kind}`]: String(limited.remaining),
    },
  };
}

interface AksBudget extends BucketSize {
  /** Parameters of the path that the budget is counted by, beside subscription and region. */
  readonly scope: readonly string[];
  /** AKS names it in its 429. */
  readonly handler: string;
}

/** Source: AKS quotas and limits, per region. */
const aksBudgets: Readonly<Record<NonNullable<Route['budget']>, AksBudget>> = {
  'clusters.list': { burst: 500, perSecond: 1, scope: [], handler: 'ListManagedClustersHandler.GET' },
  'clusters.listByGroup': {
    burst: 60,
    perSecond: 1,
    scope: ['resourceGroup'],
    handler: 'ListManagedClustersByResourceGroupHandler.GET',
  },
  'clusters.get': {
    burst: 60,
    perSecond: 1,
    scope: ['resourceGroup', 'cluster'],
    handler: 'GetManagedClusterHandler.GET',
  },
  'clusters.put': {
    burst: 20,
    perSecond: 1 / 60,
    scope: ['resourceGroup', 'cluster'],
    handler: 'PutManagedClusterHandler.PUT',
  },
  'agentPools.put': {
    burst: 20,
    perSecond: 1 / 60,
    scope: ['resourceGroup', 'cluster', 'pool'],
    handler: 'PutAgentPoolHandler.PUT',
  },
  'operations.get': { burst: 200, perSecond: 2, scope: [], handler: 'GetOperationStatusHandler.GET' },
  other: { burst: 60, perSecond: 1, scope: [], handler: 'AKSRequestHandler' },
};

/** The 429 of the AKS resource provider. Source: AKS docs, throttling limits. */
export function aksThrottled(handler: string, subscription: string, retryAfter: number | undefined): Reply {
  const seconds = String(retryAfter ?? 1);
  return providerError(
    429,
    'Throttled',
    `The ${handler} request limit has been exceeded for SubID='${subscription}', please retry again in ${seconds} seconds. For more information, please visit aka.ms/aks/throttling`,
    retryAfter === undefined ? {} : { headers: { 'retry-after': seconds } },
  );
}

export function takeFromAks(exchange: Exchange): Reply | undefined {
  const { world, params, now } = exchange;
  const name = exchange.route.budget;
  if (name === undefined) return undefined;
  const budget = aksBudgets[name];
  const region = params['location'] ?? findCluster(exchange)?.location ?? 'all';
  const scope = budget.scope.map((part) => params[part] ?? '');
  const key = ['aks', name, params['subscription'] ?? '', region, ...scope].join('/').toLowerCase();
  const taken = take(world, key, budget, now);
  return 'retryAfter' in taken
    ? aksThrottled(budget.handler, params['subscription'] ?? '', taken.retryAfter)
    : undefined;
}
