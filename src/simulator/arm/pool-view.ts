import { without, type JsonObject } from '../../core/json.ts';
import type { Cluster, Pool } from '../world.ts';
import { unknownFields } from './api-versions.ts';

/** The resource provider answers with `resourcegroups` in lower case. Source: recordings. */
export function clusterIdOf(cluster: Cluster): string {
  return `/subscriptions/${cluster.subscriptionId}/resourcegroups/${cluster.resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${cluster.name}`;
}

/** A pool as one api-version knows it. */
export function renderPool(cluster: Cluster, pool: Pool, apiVersion: string): JsonObject {
  return {
    id: `${clusterIdOf(cluster)}/agentPools/${pool.name}`,
    name: pool.name,
    type: 'Microsoft.ContainerService/managedClusters/agentPools',
    properties: without(pool.properties, unknownFields(apiVersion)),
  };
}

/** A cluster with its pools flattened into it. */
export function renderCluster(cluster: Cluster, apiVersion: string): JsonObject {
  const hidden = unknownFields(apiVersion);
  const properties = cluster.resource['properties'] as JsonObject;
  return {
    ...cluster.resource,
    properties: {
      ...without(properties, hidden),
      agentPoolProfiles: [...cluster.pools.values()].map((pool) => ({
        name: pool.name,
        ...without(pool.properties, hidden),
      })),
    },
  };
}
