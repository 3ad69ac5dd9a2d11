import { fitsGlob } from '../core/glob.ts';
import type { Cluster } from './cluster.ts';
import { clusterKey, parseClusterId, sameId } from './ids.ts';
import type { ClusterScope } from './inventory.ts';
import { regionOf } from './region.ts';

type Tags = Readonly<Record<string, string>>;

/** Tag names are case-insensitive, their values are not. Source: ARM docs, tag resources. */
function hasTag(tags: Tags, { key, value }: { readonly key: string; readonly value: string | undefined }): boolean {
  return Object.entries(tags).some(([name, text]) => sameId(name, key) && (value === undefined || value === text));
}

/** Whether a cluster matches the conditions of a scope. Checked here for every source, whatever its query was. */
export function scopeFilter(scope: ClusterScope): (cluster: Pick<Cluster, 'ref' | 'location' | 'tags'>) => boolean {
  const open = new Set(scope.subscriptions.map(({ id }) => id.toLowerCase()));
  const { resourceGroup, clusterName, locations, tags = [], clusterPattern, clusterIds } = scope;
  const pattern = clusterPattern?.toLowerCase();
  const regions = locations === undefined ? undefined : new Set(locations.map(regionOf));
  const ids =
    clusterIds === undefined
      ? undefined
      : new Set(
          clusterIds.flatMap((id) => {
            const ref = parseClusterId(id);
            return ref === undefined ? [] : [clusterKey(ref)];
          }),
        );
  return (cluster) =>
    open.has(cluster.ref.subscriptionId.toLowerCase()) &&
    (resourceGroup === undefined || sameId(cluster.ref.resourceGroup, resourceGroup)) &&
    (clusterName === undefined || sameId(cluster.ref.cluster, clusterName)) &&
    (regions === undefined || regions.has(regionOf(cluster.location ?? ''))) &&
    tags.every((tag) => hasTag(cluster.tags, tag)) &&
    (pattern === undefined || fitsGlob(pattern, cluster.ref.cluster.toLowerCase())) &&
    (ids === undefined || ids.has(clusterKey(cluster.ref)));
}
