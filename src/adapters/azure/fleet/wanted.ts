import { fitsGlob } from '../../../core/glob.ts';
import type { Cluster } from '../../../model/cluster.ts';
import { clusterKey, parseClusterId, sameId } from '../../../model/ids.ts';
import type { ClusterScope } from '../../../model/inventory.ts';
import { regionOf } from '../../../model/region.ts';

type Tags = Readonly<Record<string, string>>;

/** Names of tags are compared without case, their values with it. Source: ARM docs, tag resources. */
function hasTag(tags: Tags, { key, value }: { readonly key: string; readonly value: string | undefined }): boolean {
  return Object.entries(tags).some(([name, text]) => sameId(name, key) && (value === undefined || value === text));
}

/** The conditions of a scope on one cluster. They are checked here for every source, whatever was asked of it. */
export function wantedBy(scope: ClusterScope): (cluster: Cluster) => boolean {
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
