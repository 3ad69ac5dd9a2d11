import { UsageError } from '../core/errors.ts';
import { oneLine } from '../core/text.ts';

export interface ClusterRef {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly cluster: string;
}

export interface PoolRef extends ClusterRef {
  readonly pool: string;
}

/** What the id of a resource says, as it is spelled there. */
export interface ResourceId {
  readonly subscriptionId: string;
  /** Empty where the resource is in none. */
  readonly resourceGroup: string;
  /** In lower case, `microsoft.containerservice/managedclusters/agentpools`; empty for a subscription or a group. */
  readonly type: string;
  /** One for each word of the type behind its provider. */
  readonly names: readonly string[];
}

/**
 * Undefined for what has not the shape of an id below a subscription. Ids come from outside: what stands in the parts
 * is not checked.
 */
export function parseResourceId(id: string): ResourceId | undefined {
  const [, subscriptionId, resourceGroup = '', provider, path = ''] =
    /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?(?:\/providers\/([^/]+)((?:\/[^/]+\/[^/]+)+))?$/i.exec(
      id,
    ) ?? [];
  if (subscriptionId === undefined) return undefined;
  const parts = path.split('/').slice(1);
  const types = provider === undefined ? [] : [provider, ...parts.filter((_, index) => index % 2 === 0)];
  return {
    subscriptionId,
    resourceGroup,
    type: types.join('/').toLowerCase(),
    names: parts.filter((_, index) => index % 2 === 1),
  };
}

/** The subscription of an id, in lower case, also of one that has no shape beyond that; else empty. */
export function subscriptionOf(id: string): string {
  return /^\/subscriptions\/([^/]+)/i.exec(id)?.[1]?.toLowerCase() ?? '';
}

/** Where something of AKS belongs, as its id spells it; empty where the id does not say. */
export interface Place {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly cluster: string;
  readonly pool: string;
}

const poolType = 'microsoft.containerservice/managedclusters/agentpools';

export function placeOf(id: string): Place {
  const { subscriptionId = subscriptionOf(id), resourceGroup = '', type = '', names = [] } = parseResourceId(id) ?? {};
  const [cluster = '', pool = ''] = type !== '' && `${poolType}/`.startsWith(`${type}/`) ? names : [];
  return { subscriptionId, resourceGroup, cluster, pool };
}

/**
 * The cluster or node pool that an id names, with what has no case in lower case. Undefined where it names something
 * else, or a name could not be one: what is returned may become part of a URL.
 */
export function parseAksId(id: string): (ClusterRef & { readonly pool: string | undefined }) | undefined {
  const place = placeOf(id);
  const ref = { ...place, subscriptionId: place.subscriptionId.toLowerCase(), pool: place.pool.toLowerCase() };
  const fits =
    namePatterns.guid.test(ref.subscriptionId) &&
    namePatterns.resourceGroup.test(ref.resourceGroup) &&
    namePatterns.cluster.test(ref.cluster) &&
    (ref.pool === '' || namePatterns.pool.test(ref.pool));
  return fits ? { ...ref, pool: ref.pool === '' ? undefined : ref.pool } : undefined;
}

/** The same for clusters alone. */
export function parseClusterId(id: string): ClusterRef | undefined {
  const found = parseAksId(id);
  if (found === undefined || found.pool !== undefined) return undefined;
  const { pool: _, ...ref } = found;
  return ref;
}

export function subscriptionResourceId(subscriptionId: string): string {
  return `/subscriptions/${subscriptionId}`;
}

/** ARM ids are compared without case; the resource provider answers with `resourcegroups` in lower case. */
export function clusterId(ref: ClusterRef): string {
  return `${subscriptionResourceId(ref.subscriptionId)}/resourceGroups/${ref.resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${ref.cluster}`;
}

export function poolId(ref: PoolRef): string {
  return `${clusterId(ref)}/agentPools/${ref.pool}`;
}

/** One text for every spelling of a cluster's id. */
export function clusterKey(ref: ClusterRef): string {
  return clusterId(ref).toLowerCase();
}

/** The arguments that name a cluster or a pool on our command line, and on az's. */
export function refArguments(ref: ClusterRef & { readonly pool?: string }): readonly string[] {
  return [
    '-g',
    ref.resourceGroup,
    '--cluster-name',
    ref.cluster,
    ...(ref.pool === undefined ? [] : ['-n', ref.pool]),
    '--subscription',
    ref.subscriptionId,
  ];
}

export function sameId(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

export const namePatterns = {
  /** Source: AKS API, agent pool name; Windows pools at most 6. */
  pool: /^[a-z][a-z0-9]{0,11}$/,
  /** Source: AKS API, managed cluster name. */
  cluster: /^[a-zA-Z0-9](?:[-_a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/,
  /** Source: ARM, naming rules of resource groups: letters and digits are those of Unicode; no final dot. */
  resourceGroup: /^[-\p{L}\p{Nd}_.()]{0,89}[-\p{L}\p{Nd}_()]$/u,
  guid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
} as const;

/** @throws UsageError where a name could not be one, so that nothing odd ever becomes part of a URL. */
export function checkName(kind: 'pool' | 'cluster' | 'resourceGroup', name: string, option: string): string {
  if (namePatterns[kind].test(name)) return name;
  const words = { pool: 'node pool', cluster: 'cluster', resourceGroup: 'resource group' } as const;
  const rule = {
    pool: 'A node pool name has 1 to 12 lower-case letters and digits and begins with a letter.',
    cluster: 'A cluster name has 1 to 63 letters, digits, - and _, and begins and ends with a letter or digit.',
    resourceGroup: 'A resource group name has 1 to 90 letters, digits, - _ . ( ), and does not end with a dot.',
  } as const;
  throw new UsageError(`${option}: '${oneLine(name)}' cannot be the name of a ${words[kind]}.`, [rule[kind]]);
}
