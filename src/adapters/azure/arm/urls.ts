import type { ClusterRef, PoolRef } from '../../../model/ids.ts';

/**
 * A path with encoded parts. Names are validated when they are entered; a part that could change the path is rejected.
 */
export function armPath(...parts: readonly string[]): string {
  return parts
    .map((part) => {
      if (part === '' || part === '.' || part === '..') throw new Error(`'${part}' cannot be part of a path.`);
      return `/${encodeURIComponent(part)}`;
    })
    .join('');
}

export function subscriptionPath(subscriptionId: string): string {
  return armPath('subscriptions', subscriptionId);
}

export function clusterPath(ref: ClusterRef): string {
  return `${subscriptionPath(ref.subscriptionId)}${armPath(
    'resourceGroups',
    ref.resourceGroup,
    'providers',
    'Microsoft.ContainerService',
    'managedClusters',
    ref.cluster,
  )}`;
}

export function poolPath(ref: PoolRef): string {
  return `${clusterPath(ref)}${armPath('agentPools', ref.pool)}`;
}

/** The path of a URL, for events and messages, without its query, which may be signed. */
export function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : '(not a URL)';
}
