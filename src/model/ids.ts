import { addressOf } from '../core/address.ts';
import { UsageError } from '../core/errors.ts';
import { clip, oneLine, shellWord } from '../core/text.ts';

export interface ClusterRef {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly cluster: string;
}

export interface PoolRef extends ClusterRef {
  readonly pool: string;
}

/** The parts of a resource ID, spelled as in the ID. */
export interface ResourceId {
  readonly subscriptionId: string;
  /** Empty if the resource is not in a resource group. */
  readonly resourceGroup: string;
  /** In lower case, `microsoft.containerservice/managedclusters/agentpools`; empty for a subscription or a group. */
  readonly type: string;
  /** One name for each segment of the type after the provider. */
  readonly names: readonly string[];
}

/**
 * Undefined if the text does not have the shape of a resource ID in a subscription. IDs come from outside; the parts
 * are not validated.
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

/** The subscription of an ID in lower case, even if the rest is malformed; empty if there is none. */
export function subscriptionOf(id: string): string {
  return /^\/subscriptions\/([^/]+)/i.exec(id)?.[1]?.toLowerCase() ?? '';
}

/** The location of an AKS resource in the hierarchy, as its ID spells it; empty if the ID does not say. */
export interface Place {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly cluster: string;
  readonly pool: string;
}

/** A single expression, because a report needs the place of a large number of rows. */
const aksPattern =
  /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?\/providers\/Microsoft\.ContainerService\/managedClusters\/([^/]+)(?:\/agentPools\/([^/]+))?$/i;

export function placeOf(id: string): Place {
  const [, subscriptionId, resourceGroup = '', cluster = '', pool = ''] = aksPattern.exec(id) ?? [];
  if (subscriptionId !== undefined) return { subscriptionId, resourceGroup, cluster, pool };
  const other = parseResourceId(id);
  return {
    subscriptionId: other?.subscriptionId ?? subscriptionOf(id),
    resourceGroup: other?.resourceGroup ?? '',
    cluster,
    pool,
  };
}

/**
 * The cluster or node pool that an ID names, with case-insensitive parts in lower case. Undefined if the ID names
 * something else or contains an invalid name: the result may become part of a URL.
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

/** Like `parseAksId`, for clusters only. */
export function parseClusterId(id: string): ClusterRef | undefined {
  const found = parseAksId(id);
  if (found === undefined || found.pool !== undefined) return undefined;
  const { pool: _, ...ref } = found;
  return ref;
}

export function subscriptionResourceId(subscriptionId: string): string {
  return `/subscriptions/${subscriptionId}`;
}

/** ARM IDs are case-insensitive; the resource provider returns `resourcegroups` in lower case. */
export function clusterId(ref: ClusterRef): string {
  return `${subscriptionResourceId(ref.subscriptionId)}/resourceGroups/${ref.resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${ref.cluster}`;
}

export function poolId(ref: PoolRef): string {
  return `${clusterId(ref)}/agentPools/${ref.pool}`;
}

/** The same text for every spelling of a cluster's ID. */
export function clusterKey(ref: ClusterRef): string {
  return clusterId(ref).toLowerCase();
}

/** The arguments that name a cluster or a pool, on our command line and az's. */
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
  /** Source: ARM, naming rules of resource groups: Unicode letters and digits; no final dot. */
  resourceGroup: /^[-\p{L}\p{Nd}_.()]{0,89}[-\p{L}\p{Nd}_()]$/u,
  guid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
} as const;

const nouns = {
  pool: { words: 'node pool', segment: 'agentPools', pattern: namePatterns.pool },
  cluster: { words: 'cluster', segment: 'managedClusters', pattern: namePatterns.cluster },
  resourceGroup: { words: 'resource group', segment: 'resourceGroups', pattern: namePatterns.resourceGroup },
  subscription: { words: 'subscription', segment: 'subscriptions', pattern: /^[^/:]+$/ },
  managementGroup: { words: 'management group', segment: 'managementGroups', pattern: /^[-\w.()]+$/ },
} as const;

/**
 * Rejects a resource ID, a URL, `host:port` or a path in place of a name, with a suggestion.
 * @throws UsageError for these; accepts any other word.
 */
export function refuseAddress(kind: keyof typeof nouns, word: string, option: string): void {
  const { words, segment, pattern } = nouns[kind];
  const isId = /^\/?(?:subscriptions|providers)\//i.test(word);
  const address = addressOf(word);
  if (!isId && address === undefined) return;
  const inPath = new RegExp(`/${segment}/([^/?#]+)`, 'i').exec(`/${word}`)?.[1];
  const suggestion = inPath ?? (isId ? undefined : address?.host);
  const long = option.split('/')[0] ?? option;
  throw new UsageError(
    `${option}: '${clip(oneLine(word), 200)}' is ${isId ? 'a resource ID' : (address?.what ?? 'a path')}, not the ` +
      `name of a ${words}.`,
    suggestion !== undefined && pattern.test(suggestion) ? [`Did you mean ${long} ${shellWord(suggestion)}?`] : [],
  );
}

/** @throws UsageError if the name is invalid, so that nothing unexpected becomes part of a URL. */
export function checkName(kind: 'pool' | 'cluster' | 'resourceGroup', name: string, option: string): string {
  const { words, pattern } = nouns[kind];
  if (pattern.test(name)) return name;
  refuseAddress(kind, name, option);
  const rule = {
    pool: 'A node pool name has 1 to 12 lowercase letters and digits and starts with a letter.',
    cluster: 'A cluster name has 1 to 63 letters, digits, - and _, and starts and ends with a letter or digit.',
    resourceGroup: 'A resource group name has 1 to 90 letters, digits, - _ . ( ), and does not end with a dot.',
  } as const;
  throw new UsageError(`${option}: '${oneLine(name)}' is not a valid ${words} name.`, [rule[kind]]);
}
