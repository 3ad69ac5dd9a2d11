import type { Fleet } from '../../../model/ports.ts';
import type { ArmClient } from '../arm/client.ts';
import type { SubscriptionList } from '../subscriptions.ts';
import { createClusters, type ClustersDeps } from './clusters.ts';
import { subscriptionsUnder } from './management-groups.ts';
import { createNetworks, type NetworkDeps } from './networks.ts';
import { createUsages } from './usages.ts';

/** Reads across many subscriptions. */
export function createFleet(client: ArmClient, listed: SubscriptionList, deps: ClustersDeps & NetworkDeps): Fleet {
  return {
    subscriptions: async () => listed.all(),
    subscriptionsUnder: async (managementGroup) => subscriptionsUnder(client, listed, managementGroup),
    clusters: createClusters(deps),
    usages: createUsages(client),
    ...createNetworks(client, deps),
  };
}
