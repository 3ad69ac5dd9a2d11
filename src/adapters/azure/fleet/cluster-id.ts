import { clusterId, namePatterns, type ClusterRef } from '../../../model/ids.ts';

/**
 * The cluster that a resource id names; undefined for any other text. Ids are compared without case, and come from
 * outside.
 */
export function parseClusterId(id: string): ClusterRef | undefined {
  const parts = id.split('/');
  if (parts.length !== 9) return undefined;
  const [
    empty,
    subscriptions,
    subscriptionId = '',
    groups,
    resourceGroup = '',
    providers,
    provider,
    type,
    cluster = '',
  ] = parts;
  const place = [empty, subscriptions, groups, providers, provider, type].join('/').toLowerCase();
  if (place !== '/subscriptions/resourcegroups/providers/microsoft.containerservice/managedclusters') return undefined;
  const valid =
    namePatterns.guid.test(subscriptionId) &&
    namePatterns.resourceGroup.test(resourceGroup) &&
    namePatterns.cluster.test(cluster);
  return valid ? { subscriptionId: subscriptionId.toLowerCase(), resourceGroup, cluster } : undefined;
}

/** One text for every spelling of a cluster's id. */
export function clusterKey(ref: ClusterRef): string {
  return clusterId(ref).toLowerCase();
}
