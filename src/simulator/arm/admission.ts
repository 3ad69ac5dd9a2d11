import { ConnectionLost } from '../../core/http.ts';
import { checkApiVersion } from './api-versions.ts';
import { takeFromAks, takeFromArm } from './budgets.ts';
import type { Exchange } from './exchange.ts';
import type { Faults } from './faults.ts';
import { checkLocks } from './locks.ts';
import { findSubscription, providerOf } from './lookup.ts';
import { authorizationFailed, isGranted } from './permissions.ts';
import { checkPolicies } from './policies.ts';
import { gatewayError, type Reply } from './reply.ts';

function checkSubscription(exchange: Exchange): Reply | undefined {
  const id = exchange.params['subscription'];
  if (id === undefined) return undefined;
  const subscription = findSubscription(exchange);
  if (subscription === undefined)
    return gatewayError(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`);
  const reads = ['GET', 'HEAD'].includes(exchange.request.method);
  if (subscription.state !== 'Disabled' || reads) return undefined;
  return gatewayError(
    409,
    'ReadOnlyDisabledSubscription',
    `The subscription '${subscription.id}' is disabled and therefore marked as read only. You cannot perform any write actions on this subscription until it is re-enabled.`,
  );
}

function checkPermission(exchange: Exchange): Reply | undefined {
  const { world, route, params } = exchange;
  const { grants, deniedSubscriptions } = world.settings;
  const denied = deniedSubscriptions.has((params['subscription'] ?? '').toLowerCase());
  if (route.action === undefined || (!denied && isGranted(grants, route.action))) return undefined;
  return authorizationFailed(exchange, route.action);
}

function checkRegistration(exchange: Exchange): Reply | undefined {
  const { world, route } = exchange;
  const subscription = findSubscription(exchange);
  if (route.needsRegistration !== true || subscription === undefined) return undefined;
  const namespace = 'Microsoft.ContainerService';
  if (providerOf(world, subscription, namespace).state === 'Registered') return undefined;
  const code = 'MissingSubscriptionRegistration';
  const message = `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`;
  return gatewayError(409, code, message, { error: { details: [{ code, target: namespace, message }] } });
}

/** What is passed on: the rate-limit headers that the answer will carry. */
interface Admitted {
  readonly rateHeaders: Readonly<Record<string, string>>;
}

/**
 * All checks before a request reaches its handler, in ARM's order: connection, api-version, budgets, faults of the
 * gateway, subscription, permission, locks, policies, registration.
 */
export function admit(exchange: Exchange, faults: Faults): Reply | Admitted {
  if (faults.trigger('reset', exchange).length > 0) throw new ConnectionLost('read ECONNRESET');
  const wrongVersion = checkApiVersion(exchange);
  if (wrongVersion !== undefined) return wrongVersion;
  if (exchange.route.anonymous === true) return { rateHeaders: {} };
  const taken = takeFromArm(exchange);
  if ('status' in taken) return taken;
  const throttled = takeFromAks(exchange);
  if (throttled !== undefined) return throttled;
  const [fault] = faults.trigger('answer', exchange);
  const refused = fault?.answer(exchange) ?? checkSubscription(exchange) ?? checkPermission(exchange);
  return refused ?? checkLocks(exchange) ?? checkPolicies(exchange) ?? checkRegistration(exchange) ?? taken;
}
