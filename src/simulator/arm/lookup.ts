import type { Cluster, Feature, Pool, Provider, Subscription, World } from '../world.ts';
import { param, type Exchange } from './exchange.ts';
import { gatewayError, providerError, type Reply } from './reply.ts';

export function clusterKey(group: string, cluster: string): string {
  return `${group}/${cluster}`.toLowerCase();
}

export function findSubscription(exchange: Exchange): Subscription | undefined {
  return exchange.world.subscriptions.get((exchange.params['subscription'] ?? '').toLowerCase());
}

export function findCluster(exchange: Exchange): Cluster | undefined {
  const { params } = exchange;
  return findSubscription(exchange)?.clusters.get(clusterKey(params['resourceGroup'] ?? '', params['cluster'] ?? ''));
}

/** The subscription of a route that the gate let through. */
export function theSubscription(exchange: Exchange): Subscription {
  const found = findSubscription(exchange);
  if (found === undefined) throw new Error('The gate lets no request through for a subscription that is not there.');
  return found;
}

/** The cluster that the path names, or ARM's 404. Source: recorded 404. */
export function clusterOr404(exchange: Exchange): Cluster | Reply {
  const group = param(exchange, 'resourceGroup');
  const name = param(exchange, 'cluster');
  const subscription = theSubscription(exchange);
  if (!subscription.groups.has(group.toLowerCase())) {
    return gatewayError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
  }
  return (
    findCluster(exchange) ??
    gatewayError(
      404,
      'ResourceNotFound',
      `The Resource 'Microsoft.ContainerService/managedClusters/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
    )
  );
}

export function findPool(exchange: Exchange): Pool | undefined {
  return findCluster(exchange)?.pools.get(param(exchange, 'pool').toLowerCase());
}

export function poolNotFound(name: string): Reply {
  return providerError(404, 'NotFound', `Could not find AgentPool: ${name}.`, { subcode: 'GetAgentPool_NotFound' });
}

/** The cluster and the pool that the path names, or the 404 that fits. */
export function poolOr404(exchange: Exchange): { readonly cluster: Cluster; readonly pool: Pool } | Reply {
  const cluster = clusterOr404(exchange);
  if ('status' in cluster) return cluster;
  const pool = findPool(exchange);
  return pool === undefined ? poolNotFound(param(exchange, 'pool')) : { cluster, pool };
}

/** A registration moves on by itself: what is due by now has happened. */
export function settleRegistration(world: World, registration: Feature | Provider): void {
  const { next } = registration;
  if (next === undefined || next.at > world.now()) return;
  registration.state = next.state;
  registration.next = undefined;
  if ('registeredAt' in registration && next.state === 'Registered') registration.registeredAt = next.at;
}

/** A provider that nobody has touched is registered when it is AKS, Compute or the like, and unknown otherwise. */
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
