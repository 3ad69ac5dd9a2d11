import type { ClusterScope } from '../../../../model/inventory.ts';
import { regionOf } from '../../../../model/region.ts';
import { clusterKey, parseClusterId } from '../../../../model/ids.ts';

export interface KqlQuery {
  readonly text: string;
  /** The query returns exactly the clusters of the scope, so that its total is the scope's total. */
  readonly exact: boolean;
}

/**
 * The cluster properties to read: pools completely, and what distinguishes clusters. The rest makes up most of a row.
 * Source: AKS REST API, managed clusters.
 */
const clusterProperties = [
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

/** More IDs make a query too long; their subscriptions are then read completely. */
const maxIds = 200;

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

/** Only characters allowed in a cluster name; any other pattern is filtered here. */
function patternCondition(pattern: string): Condition {
  if (!/^[-\w*?]+$/.test(pattern)) return { text: '', exact: false };
  const regex = pattern.replace(/\*+/g, '*').replace(/[*?]/g, (character) => (character === '*' ? '.*' : '.'));
  return exactly(`name matches regex ${kqlText(`(?i)^${regex}$`)}`);
}

/**
 * KQL cannot match keys case-insensitively, so the tags are only searched for the words, and the results are filtered
 * again.
 */
function tagConditions({
  key,
  value,
}: {
  readonly key: string;
  readonly value: string | undefined;
}): readonly Condition[] {
  // Text that JSON would escape is not searched for.
  const words = [key, ...(value === undefined ? [] : [value])].filter((word) => /^[-\w.:/ ]+$/.test(word));
  const found = words.map((word) => ({ text: `tostring(tags) contains ${kqlText(`"${word}"`)}`, exact: false }));
  return found.length > 0 ? found : [{ text: '', exact: false }];
}

function idCondition(ids: readonly string[]): Condition {
  const keys = ids.flatMap((id) => {
    const ref = parseClusterId(id);
    return ref === undefined ? [] : [clusterKey(ref)];
  });
  return keys.length > maxIds ? { text: '', exact: false } : exactly(`id in~ ${kqlList(keys)}`);
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
  // An ID that is not returned is read by itself, so no other condition may filter it out.
  return clusterIds === undefined
    ? others
    : [idCondition(clusterIds), ...others.map((): Condition => ({ text: '', exact: false }))];
}

/**
 * One row per cluster with its pools nested, so that a cluster without pools is included. Ordered by ID, which paging
 * and the processing of one subscription after another require.
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

/** The subscriptions that Resource Graph shows to this account. Source: Resource Graph docs, resourcecontainers. */
export const visibleSubscriptionsQuery = [
  'resourcecontainers',
  "| where type =~ 'microsoft.resources/subscriptions'",
  '| project id, subscriptionId',
  '| order by id asc',
].join('\n');

/** Whether a scope selects only some clusters of its subscriptions. */
export function narrows(scope: ClusterScope): boolean {
  return conditions(scope).length > 0;
}

/** The subscriptions in which Resource Graph shows this account any cluster: one row each, so a single page. */
export const clusterSubscriptionsQuery = [
  'resources',
  "| where type =~ 'microsoft.containerservice/managedclusters'",
  '| distinct subscriptionId',
].join('\n');
