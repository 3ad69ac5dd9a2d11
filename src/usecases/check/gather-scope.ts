import type { Clock } from '../../core/ports.ts';
import type { ClusterSource } from '../../model/inventory.ts';
import type { Azure } from '../../model/ports.ts';
import { namedCluster, resolveScope, type ScopeDeps, type ScopeRequest } from '../scope/index.ts';
import type { FactsSource } from './facts-source.ts';
import { clusterSource } from './gather-cluster.ts';
import { fleetSource } from './gather-fleet.ts';
import type { GatherOptions } from './check-options.ts';

export interface GatherDeps extends ScopeDeps {
  readonly azure: Azure;
  readonly clock: Clock;
}

export interface ScopeQuery {
  readonly request: ScopeRequest;
  /** One pool of the cluster that the request names. */
  readonly pool: string | undefined;
  readonly source: ClusterSource;
}

/**
 * The facts of a scope. A fully named cluster is read directly, any other scope as a fleet.
 * @throws as `resolveScope` does
 */
export async function scopeSource(
  deps: GatherDeps,
  { request, pool, source }: ScopeQuery,
  options: GatherOptions,
): Promise<FactsSource> {
  const { azure, clock, signal } = deps;
  const named = namedCluster(request);
  if (named === undefined)
    return fleetSource(azure, { ...(await resolveScope(deps, request)), source, signal, clock }, options);
  const { resourceGroup, clusterName: cluster } = named;
  const subscription = await azure.accounts.subscription(named.subscription, { unread: true });
  const ref = { subscriptionId: subscription.id, resourceGroup, cluster };
  return clusterSource(azure, { ref, pool, subscription, clock }, options);
}
