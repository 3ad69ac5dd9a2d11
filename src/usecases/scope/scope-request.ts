import type { Tag } from '../../model/inventory.ts';

/** Which clusters, node pools and subscriptions a command is about. Checked, but not looked up yet. */
export interface ScopeRequest {
  readonly root: ScopeRoot;
  readonly conditions: ScopeConditions;
}

/** Where to look for clusters. Defaults to the active subscription. */
export type ScopeRoot =
  | { readonly kind: 'active' }
  | { readonly kind: 'named'; readonly names: readonly string[] }
  | { readonly kind: 'all' }
  | { readonly kind: 'management-group'; readonly id: string }
  /** Resource ids of clusters and node pools; `-` is standard input. */
  | { readonly kind: 'file'; readonly file: string };

/** Which of them to include. */
export interface ScopeConditions {
  readonly resourceGroup: string | undefined;
  readonly clusterName: string | undefined;
  readonly locations: readonly string[];
  readonly tags: readonly Tag[];
  readonly clusterPattern: string | undefined;
}

export function hasConditions({
  resourceGroup,
  clusterName,
  locations,
  tags,
  clusterPattern,
}: ScopeConditions): boolean {
  return (
    [resourceGroup, clusterName, clusterPattern].some((word) => word !== undefined) ||
    locations.length > 0 ||
    tags.length > 0
  );
}

/** The one cluster that a request names in full; undefined if it may mean several. */
export function namedCluster({
  root,
  conditions,
}: ScopeRequest):
  | { readonly subscription: string | undefined; readonly resourceGroup: string; readonly clusterName: string }
  | undefined {
  const { resourceGroup, clusterName, clusterPattern, locations, tags } = conditions;
  const names = root.kind === 'active' ? [undefined] : root.kind === 'named' ? root.names : [];
  if (names.length !== 1 || clusterPattern !== undefined || locations.length > 0 || tags.length > 0) return undefined;
  if (resourceGroup === undefined || clusterName === undefined) return undefined;
  return { subscription: names[0], resourceGroup, clusterName };
}
