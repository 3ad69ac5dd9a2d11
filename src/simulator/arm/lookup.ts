import type { Cluster, Feature, Pool, Provider, Subscription, World } from '../world.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { gatewayError, providerError, resourceNotFound, type Reply } from './reply.ts';

export const clusterTemplate =
  '/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/Microsoft.ContainerService/managedClusters/{cluster}';

export function clusterKey(group: string, cluster: string): string {
  return `${group}/${cluster}`.toLowerCase();
}

/** Whether a scope is the other one, or above it. */
export function covers(scope: string, other: string): boolean {
  return `${other}/`.toLowerCase().startsWith(`${scope}/`.toLowerCase());
}

export function findSubscription(exchange: Exchange): Subscription | undefined {
  return exchange.world.subscriptions.get((exchange.params['subscription'] ?? '').toLowerCase());
}

export function findCluster(exchange: Exchange): Cluster | undefined {
  const { params } = exchange;
  return findSubscription(exchange)?.clusters.get(clusterKey(params['resourceGroup'] ?? '', params['cluster'] ?? ''));
}

/** The subscription of a request that was admitted. */
export function subscriptionOf(exchange: Exchange): Subscription {
  const found = findSubscription(exchange);
  if (found === undefined) throw new Error(`${exchange.route.name} was admitted without its subscription.`);
  return found;
}

/** A handler that gets the cluster that the path names; without one, ARM's 404. Source: recorded 404. */
export function onCluster(handle: (exchange: Exchange, cluster: Cluster) => Reply): Route['handler'] {
  return (exchange) => {
    const group = param(exchange, 'resourceGroup');
    if (!subscriptionOf(exchange).groups.has(group.toLowerCase()))
      return gatewayError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
    const cluster = findCluster(exchange);
    if (cluster !== undefined) return handle(exchange, cluster);
    return resourceNotFound(`Microsoft.ContainerService/managedClusters/${param(exchange, 'cluster')}`, group);
  };
}

/** A handler that gets the cluster and the pool that the path names; without them, the 404 that fits. */
export function onPool(handle: (exchange: Exchange, cluster: Cluster, pool: Pool) => Reply): Route['handler'] {
  return onCluster((exchange, cluster) => {
    const name = param(exchange, 'pool');
    const pool = cluster.pools.get(name.toLowerCase());
    if (pool !== undefined) return handle(exchange, cluster, pool);
    const subcode = 'GetAgentPool_NotFound';
    return providerError(404, 'NotFound', `Could not find AgentPool: ${name}.`, { subcode });
  });
}

/** A registration moves on by itself: what is due by now has happened. */
export function settleRegistration(world: World, registration: Feature | Provider): void {
  const { next } = registration;
  if (next === undefined || next.at > world.now()) return;
  registration.state = next.state;
  registration.next = undefined;
  if ('registeredAt' in registration && next.state === 'Registered') registration.registeredAt = next.at;
}

/** A provider of a subscription. One that nobody has touched is registered. */
export function providerOf(world: World, subscription: Subscription, namespace: string): Provider {
  const key = namespace.toLowerCase();
  const known = subscription.providers.get(key);
  if (known !== undefined) {
    settleRegistration(world, known);
    return known;
  }
  const provider: Provider = { namespace, data: {}, state: 'Registered', next: undefined, refreshedAt: 0 };
  subscription.providers.set(key, provider);
  return provider;
}
