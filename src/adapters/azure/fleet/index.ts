import type { Fleet } from '../../../model/ports.ts';
import type { ArmClient } from '../arm/client.ts';
import type { SubscriptionList } from '../subscriptions.ts';
import { createClusters, type ClustersTools } from './clusters.ts';
import { subscriptionsUnder } from './management-groups.ts';
import { createNetworks, type NetworkTools } from './networks.ts';
import { createUsages } from './usages.ts';

/** Reads over many subscriptions. */
export function createFleet(client: ArmClient, listed: SubscriptionList, tools: ClustersTools & NetworkTools): Fleet {
  return {
    subscriptions: async () => listed.all(),
    subscriptionsUnder: async (managementGroup) => subscriptionsUnder(client, listed, managementGroup),
    clusters: createClusters(tools),
    usages: createUsages(client),
    ...createNetworks(client, tools),
  };
}
