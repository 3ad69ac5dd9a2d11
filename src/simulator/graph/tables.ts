import { without, type JsonObject, type JsonValue } from '../../core/json.ts';
import { containerServiceVersions, unknownFields } from '../arm/api-versions.ts';
import { ancestorsOf, groupOf } from '../arm/management-groups.ts';
import { isGranted } from '../arm/permissions.ts';
import type { Cluster, ClusterRow, Subscription, World } from '../world.ts';
import type { Table } from './run.ts';
import { QueryRefused } from './syntax.ts';

/** Source: Resource Graph docs, columns of the two tables. */
const columns = [
  'id',
  'name',
  'type',
  'tenantId',
  'kind',
  'location',
  'resourceGroup',
  'subscriptionId',
  'managedBy',
  'sku',
  'plan',
  'properties',
  'tags',
  'identity',
  'zones',
  'extendedLocation',
  'apiVersion',
] as const;

/**
 * The rows are what GET gives at the newest stable api-version. Source: Resource Graph docs; the eTags are left out as
 * no documentation shows them.
 */
function newestStable(world: World): string {
  return (
    containerServiceVersions(world.settings.newestApiVersion).find((version) => !version.endsWith('-preview')) ?? ''
  );
}

function clusterRow(subscription: Subscription, cluster: Cluster, apiVersion: string, profiles: boolean): JsonObject {
  const hidden = [...unknownFields(apiVersion), 'eTag', ...(profiles ? [] : ['localDNSProfile'])];
  const { resource } = cluster;
  const group = cluster.resourceGroup;
  return {
    id: `/subscriptions/${subscription.id}/resourceGroups/${group}/providers/Microsoft.ContainerService/managedClusters/${cluster.name}`,
    name: cluster.name,
    type: 'microsoft.containerservice/managedclusters',
    tenantId: subscription.tenantId,
    kind: typeof resource['kind'] === 'string' ? resource['kind'] : '',
    location: cluster.location,
    // Source: Resource Graph answers: names of groups are in lower case.
    resourceGroup: group.toLowerCase(),
    subscriptionId: subscription.id,
    managedBy: typeof resource['managedBy'] === 'string' ? resource['managedBy'] : '',
    sku: resource['sku'] ?? null,
    plan: null,
    properties: {
      ...without(resource['properties'] as JsonObject, hidden),
      agentPoolProfiles: [...cluster.pools.values()].map((pool) => ({
        name: pool.name,
        ...without(pool.properties, hidden),
      })),
    },
    tags: resource['tags'] ?? null,
    identity: resource['identity'] ?? null,
    zones: null,
    extendedLocation: null,
    apiVersion,
  };
}

/** Every cluster as Resource Graph has it now. */
export function clusterRows(world: World): readonly ClusterRow[] {
  const newest = newestStable(world);
  const { oldRow, profiles } = world.settings.graph;
  const rows: ClusterRow[] = [];
  for (const subscription of world.subscriptions.values()) {
    for (const cluster of subscription.clusters.values()) {
      const version = oldRow === undefined || rows.length % oldRow.every !== 0 ? newest : oldRow.apiVersion;
      rows.push({ subscriptionId: subscription.id, row: clusterRow(subscription, cluster, version, profiles) });
    }
  }
  return rows;
}

function empty(id: string, name: string, type: string): Record<string, JsonValue> {
  return {
    ...Object.fromEntries(columns.map((column) => [column, null])),
    kind: '',
    location: '',
    resourceGroup: '',
    managedBy: '',
    apiVersion: '2022-12-01',
    id,
    name,
    type,
  };
}

/**
 * Source: Resource Graph docs, resourcecontainers: `managementGroupAncestorsChain` from the nearest group to the root.
 */
function subscriptionRow(world: World, subscription: Subscription): JsonObject {
  const { id, tenantId, name, state } = subscription;
  const chain = ancestorsOf(world, groupOf(world, id)).map((group) => ({
    name: group.id,
    displayName: group.displayName,
  }));
  return {
    ...empty(`/subscriptions/${id}`, name, 'microsoft.resources/subscriptions'),
    tenantId,
    subscriptionId: id,
    properties: {
      state,
      subscriptionPolicies: {
        quotaId: 'PayAsYouGo_2014-09-01',
        spendingLimit: 'Off',
        locationPlacementId: 'Public_2014-09-01',
      },
      managedByTenants: [],
      managementGroupAncestorsChain: chain,
    },
  };
}

function groupRows(subscription: Subscription): readonly JsonObject[] {
  return [...subscription.groups.values()].map(({ name, location }) => ({
    ...empty(
      `/subscriptions/${subscription.id}/resourceGroups/${name}`,
      name,
      'microsoft.resources/subscriptions/resourcegroups',
    ),
    tenantId: subscription.tenantId,
    subscriptionId: subscription.id,
    resourceGroup: name.toLowerCase(),
    location,
    properties: { provisioningState: 'Succeeded' },
  }));
}

const clusterRead = 'Microsoft.ContainerService/managedClusters/read';

/** What the caller sees of a table: rows that may not be read are silently not there. */
function rowsOf(world: World, name: string, subscriptions: readonly Subscription[]): readonly JsonObject[] {
  const { grants } = world.settings;
  if (name === 'resources') {
    if (!isGranted(grants, clusterRead)) return [];
    const ids = new Set(subscriptions.map(({ id }) => id));
    return (world.graph.frozen ?? clusterRows(world))
      .filter(({ subscriptionId }) => ids.has(subscriptionId))
      .map(({ row }) => row);
  }
  return subscriptions.flatMap((subscription) => [subscriptionRow(world, subscription), ...groupRows(subscription)]);
}

/** @throws QueryRefused for a table other than `resources` and `resourcecontainers`. */
export function tableOf(world: World, name: string, subscriptions: readonly Subscription[]): Table {
  const lower = name.toLowerCase();
  if (lower !== 'resources' && lower !== 'resourcecontainers') {
    throw new QueryRefused('DisallowedLogicalTableName', `The table ${name} is not known to this simulator.`, name, 0);
  }
  return { columns: new Set(columns), rows: rowsOf(world, lower, subscriptions) };
}
