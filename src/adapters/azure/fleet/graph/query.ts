import type { ClusterScope } from '../../../../model/inventory.ts';
import { regionOf } from '../../../../model/region.ts';
import { clusterKey, parseClusterId } from '../../../../model/ids.ts';

export interface KqlQuery {
  readonly text: string;
  /** The query finds what is wanted and nothing else, so that its total is the scope's. */
  readonly exact: boolean;
}

/**
 * What is read of a cluster's properties: its pools whole, and what tells clusters apart. The rest is most of a row.
 * Source: AKS REST API, managed clusters.
 */
export const clusterProperties = [
  'provisioningState',
  'powerState',
  'kubernetesVersion',
  'currentKubernetesVersion',
  'nodeResourceGroup',
  'networkProfile',
  'nodeProvisioningProfile',
  'apiServerAccessProfile',
  'autoUpgradeProfile',
  'supportPlan',
  'agentPoolProfiles',
] as const;

/** More ids make a query too long: their subscriptions are then read whole. */
export const mostIds = 200;

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text as a KQL string literal. Source: KQL docs, the string data type. */
export function kqlText(text: string): string {
  return `'${text.replace(/[\\'\n\r\t]/g, (character) => escapes[character] ?? '')}'`;
}

function kqlList(texts: readonly string[]): string {
  return `(${texts.map(kqlText).join(', ')})`;
}

interface Condition {
  readonly text: string;
  readonly exact: boolean;
}

const exactly = (text: string): Condition => ({ text, exact: true });

/** Only what a cluster can be called; any other pattern is left to us. */
function patternCondition(pattern: string): Condition {
  if (!/^[-\w*?]+$/.test(pattern)) return { text: '', exact: false };
  const regex = pattern.replace(/\*+/g, '*').replace(/[*?]/g, (character) => (character === '*' ? '.*' : '.'));
  return exactly(`name matches regex ${kqlText(`(?i)^${regex}$`)}`);
}

/**
 * A key's case is not known to KQL, so that the tags are only searched for the words; what is found is looked at again.
 */
function tagConditions({
  key,
  value,
}: {
  readonly key: string;
  readonly value: string | undefined;
}): readonly Condition[] {
  // Whatever JSON would escape is not searched for.
  const words = [key, ...(value === undefined ? [] : [value])].filter((word) => /^[-\w.:/ ]+$/.test(word));
  const found = words.map((word) => ({ text: `tostring(tags) contains ${kqlText(`"${word}"`)}`, exact: false }));
  return found.length > 0 ? found : [{ text: '', exact: false }];
}

function idCondition(ids: readonly string[]): Condition {
  const keys = ids.flatMap((id) => {
    const ref = parseClusterId(id);
    return ref === undefined ? [] : [clusterKey(ref)];
  });
  return keys.length > mostIds ? { text: '', exact: false } : exactly(`id in~ ${kqlList(keys)}`);
}

function conditions(scope: ClusterScope): readonly Condition[] {
  const { resourceGroup, clusterName, locations, tags = [], clusterPattern, clusterIds } = scope;
  const others = [
    ...(resourceGroup === undefined ? [] : [exactly(`resourceGroup =~ ${kqlText(resourceGroup)}`)]),
    ...(clusterName === undefined ? [] : [exactly(`name =~ ${kqlText(clusterName)}`)]),
    ...(locations === undefined || locations.length === 0
      ? []
      : [exactly(`location in~ ${kqlList(locations.map(regionOf))}`)]),
    ...(clusterPattern === undefined ? [] : [patternCondition(clusterPattern)]),
    ...tags.flatMap(tagConditions),
  ];
  // An id that does not come back is asked for by itself, so that no other condition may hold it back.
  return clusterIds === undefined
    ? others
    : [idCondition(clusterIds), ...others.map((): Condition => ({ text: '', exact: false }))];
}

/**
 * One row a cluster, its pools nested, so that one without pools is there too. Ordered by id: pages need it, and so do
 * subscriptions that come one after the other.
 */
export function clustersQuery(scope: ClusterScope): KqlQuery {
  const all = conditions(scope);
  const members = clusterProperties.map((name) => `'${name}', properties.${name}`).join(', ');
  const lines = [
    'resources',
    "| where type =~ 'microsoft.containerservice/managedclusters'",
    ...all.filter(({ text }) => text !== '').map(({ text }) => `| where ${text}`),
    `| project id, name, location, tags, sku, managedBy, apiVersion, properties = bag_pack(${members})`,
    '| order by id asc',
  ];
  return { text: lines.join('\n'), exact: all.every(({ exact }) => exact) };
}

/** Which subscriptions Resource Graph shows to this account at all. Source: Resource Graph docs, resourcecontainers. */
export const visibleSubscriptionsQuery = [
  'resourcecontainers',
  "| where type =~ 'microsoft.resources/subscriptions'",
  '| project id, subscriptionId',
  '| order by id asc',
].join('\n');

/** Whether a scope takes some clusters of its subscriptions alone. */
export function narrows(scope: ClusterScope): boolean {
  return conditions(scope).length > 0;
}

/** Of which subscriptions Resource Graph shows this account any cluster: a row each, and so one page. */
export const clusterSubscriptionsQuery = [
  'resources',
  "| where type =~ 'microsoft.containerservice/managedclusters'",
  '| distinct subscriptionId',
].join('\n');
