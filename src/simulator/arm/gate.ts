import { ConnectionLost } from '../../core/http.ts';
import { checkApiVersion } from './api-versions.ts';
import { aksBudgets, armBudgets, globalFactor, takeFromBucket } from './budgets.ts';
import type { Exchange } from './exchange.ts';
import type { Faults } from './faults.ts';
import { findCluster, findSubscription, providerOf } from './lookup.ts';
import { gatewayError, providerError, type Reply } from './reply.ts';

/** What the gate passes on: the rate-limit headers that the answer will carry. */
export interface Passed {
  readonly rateHeaders: Readonly<Record<string, string>>;
}

type Kind = keyof typeof armBudgets;

function kindOf(method: string): Kind {
  if (method === 'GET' || method === 'HEAD') return 'reads';
  return method === 'DELETE' ? 'deletes' : 'writes';
}

function drawFromArm(exchange: Exchange): Reply | Passed {
  const { world, now, caller, params } = exchange;
  const kind = kindOf(exchange.request.method);
  const scope = params['subscription']?.toLowerCase();
  const own = takeFromBucket(world, `arm:${scope ?? 'tenant'}:${caller.objectId}:${kind}`, armBudgets[kind], now);
  const size = armBudgets[kind];
  const all = takeFromBucket(
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

const handlerNames: Readonly<Record<string, string>> = {
  'clusters.list': 'ListManagedClustersHandler.GET',
  'clusters.listByGroup': 'ListManagedClustersByResourceGroupHandler.GET',
  'clusters.get': 'GetManagedClusterHandler.GET',
  'agentPools.put': 'PutAgentPoolHandler.PUT',
  'operations.get': 'GetOperationStatusHandler.GET',
  other: 'AKSRequestHandler',
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

function drawFromAks(exchange: Exchange): Reply | undefined {
  const { world, params, now } = exchange;
  const name = exchange.route.budget;
  if (name === undefined) return undefined;
  const budget = aksBudgets[name];
  const region = params['location'] ?? findCluster(exchange)?.location ?? 'all';
  const parts = {
    subscription: [],
    group: ['resourceGroup'],
    cluster: ['resourceGroup', 'cluster'],
    pool: ['resourceGroup', 'cluster', 'pool'],
  } as const;
  const scope = parts[budget.scope].map((part) => params[part] ?? '');
  const key = ['aks', name, params['subscription'] ?? '', region, ...scope].join('/').toLowerCase();
  const drawn = takeFromBucket(world, key, budget, now);
  return 'retryAfter' in drawn
    ? aksThrottled(handlerNames[name] ?? name, params['subscription'] ?? '', drawn.retryAfter)
    : undefined;
}

/** Azure RBAC's wildcard: `*` stands for any text. */
export function isGranted(grants: readonly string[], action: string): boolean {
  return grants.some((grant) => {
    const pattern = grant
      .toLowerCase()
      .split('*')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*');
    return new RegExp(`^${pattern}$`).test(action.toLowerCase());
  });
}

export function authorizationFailed(exchange: Exchange, action: string): Reply {
  const { caller, url } = exchange;
  return gatewayError(
    403,
    'AuthorizationFailed',
    `The client '${caller.objectId}' with object id '${caller.objectId}' does not have authorization to perform action '${action}' over scope '${url.pathname}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}

function checkRegistration(exchange: Exchange): Reply | undefined {
  const { world, route } = exchange;
  const subscription = findSubscription(exchange);
  if (route.needsRegistration !== true || subscription === undefined) return undefined;
  if (providerOf(world, subscription, 'Microsoft.ContainerService').state === 'Registered') return undefined;
  return gatewayError(
    409,
    'MissingSubscriptionRegistration',
    "The subscription is not registered to use namespace 'Microsoft.ContainerService'. See https://aka.ms/rps-not-found for how to register subscriptions.",
    {
      error: {
        details: [
          {
            code: 'MissingSubscriptionRegistration',
            target: 'Microsoft.ContainerService',
            message:
              "The subscription is not registered to use namespace 'Microsoft.ContainerService'. See https://aka.ms/rps-not-found for how to register subscriptions.",
          },
        ],
      },
    },
  );
}

function checkSubscription(exchange: Exchange): Reply | undefined {
  const id = exchange.params['subscription'];
  if (id === undefined) return undefined;
  const subscription = findSubscription(exchange);
  if (subscription === undefined)
    return gatewayError(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`);
  if (subscription.state !== 'Disabled' || kindOf(exchange.request.method) === 'reads') return undefined;
  return gatewayError(
    409,
    'ReadOnlyDisabledSubscription',
    `The subscription '${subscription.id}' is disabled and therefore marked as read only. You cannot perform any write actions on this subscription until it is re-enabled.`,
  );
}

function rest(exchange: Exchange, faults: Faults): Reply | undefined {
  const { world, route } = exchange;
  const [fault] = faults.trigger('answer', exchange);
  if (fault !== undefined) return fault.answer(exchange);
  const refused = checkSubscription(exchange);
  if (refused !== undefined) return refused;
  const denied = world.settings.deniedSubscriptions.has((exchange.params['subscription'] ?? '').toLowerCase());
  if (route.action !== undefined && (denied || !isGranted(world.settings.grants, route.action)))
    return authorizationFailed(exchange, route.action);
  return checkRegistration(exchange);
}

/**
 * Everything that is asked before a request reaches its handler, in ARM's order: connection, api-version, budgets,
 * faults of the gateway, subscription, permission, registration.
 */
export function gate(exchange: Exchange, faults: Faults): Reply | Passed {
  if (faults.trigger('reset', exchange).length > 0) throw new ConnectionLost('read ECONNRESET');
  const wrongVersion = checkApiVersion(exchange);
  if (wrongVersion !== undefined) return wrongVersion;
  if (exchange.route.anonymous === true) return { rateHeaders: {} };
  const drawn = drawFromArm(exchange);
  if ('status' in drawn) return drawn;
  return drawFromAks(exchange) ?? rest(exchange, faults) ?? drawn;
}
