import { asString, at, own, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { Cluster, Subscription } from '../world.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { comparisonsOf, type Comparison } from './filters.ts';
import { subscriptionOf } from './lookup.ts';
import { page } from './pages.ts';
import { gatewayError, ok, type Reply } from './reply.ts';
import { securityGroupId, securityGroupsOf } from './security-groups.ts';
import { networkId, networksOf } from './virtual-networks.ts';

interface Row {
  readonly resourceGroup: string;
  readonly row: JsonObject;
}

function ofCluster({ resource, resourceGroup }: Cluster): Row {
  const keep = (key: string): JsonObject => {
    const value: JsonValue | undefined = own(resource, key);
    return value === undefined ? {} : { [key]: value };
  };
  return {
    resourceGroup,
    row: {
      ...keep('id'),
      ...keep('name'),
      type: 'Microsoft.ContainerService/managedClusters',
      ...keep('sku'),
      ...keep('location'),
      ...keep('identity'),
      ...keep('tags'),
      provisioningState: asString(at(resource, 'properties', 'provisioningState')) ?? 'Succeeded',
    },
  };
}

/** Node pools and subnets are parts of a resource, and not listed. Source: Resources API, list. */
function rowsOf(exchange: Exchange, subscription: Subscription): readonly Row[] {
  const plain = (
    id: string,
    type: string,
    {
      name,
      location,
      resourceGroup,
    }: { readonly name: string; readonly location: string; readonly resourceGroup: string },
  ): Row => ({ resourceGroup, row: { id, name, type, location, provisioningState: 'Succeeded' } });
  return [
    ...[...subscription.clusters.values()].map((cluster) => ofCluster(cluster)),
    ...networksOf(exchange.world, subscription).map((one) =>
      plain(networkId(one), 'Microsoft.Network/virtualNetworks', one),
    ),
    ...securityGroupsOf(exchange.world, subscription).map((one) =>
      plain(securityGroupId(one), 'Microsoft.Network/networkSecurityGroups', one),
    ),
  ];
}

/** Fields of `$filter`; a tag is named and, if wanted, valued by two comparisons. */
const fields: Readonly<Record<string, (row: Row) => string>> = {
  resourcetype: ({ row }) => asString(row['type']) ?? '',
  resourcegroup: ({ resourceGroup }) => resourceGroup,
  name: ({ row }) => asString(row['name']) ?? '',
  location: ({ row }) => asString(row['location']) ?? '',
};

function hasTag(comparisons: readonly Comparison[], { row }: Row): boolean {
  const value = (field: string): string | undefined => comparisons.find((one) => one.field === field)?.value;
  const name = value('tagname')?.toLowerCase();
  if (name === undefined) return true;
  const tags = Object.entries((row['tags'] ?? {}) as JsonObject);
  return tags.some(
    ([key, has]) => key.toLowerCase() === name && (value('tagvalue') === undefined || has === value('tagvalue')),
  );
}

/** Source: Resources API, list: fields joined by `and`; code of a refused filter as users report it. */
function list(exchange: Exchange): Reply {
  const subscription = subscriptionOf(exchange);
  const group = exchange.params['resourceGroup'];
  if (group !== undefined && !subscription.groups.has(group.toLowerCase()))
    return gatewayError(
      404,
      'ResourceGroupNotFound',
      `Resource group '${param(exchange, 'resourceGroup')}' could not be found.`,
    );
  const filter = exchange.query.get('$filter') ?? '';
  const comparisons = comparisonsOf(filter);
  const known = ({ field, operator }: Comparison): boolean =>
    operator === 'eq' && (fields[field] !== undefined || field === 'tagname' || field === 'tagvalue');
  if (comparisons === undefined || !comparisons.every((one) => known(one)))
    return gatewayError(
      400,
      'InvalidFilterInQueryString',
      `Invalid $filter '${filter}' specified in the query string.`,
    );
  const rows = rowsOf(exchange, subscription).filter(
    (row) =>
      (group === undefined || row.resourceGroup.toLowerCase() === group.toLowerCase()) &&
      comparisons.every(({ field, value }) => (fields[field]?.(row) ?? value).toLowerCase() === value.toLowerCase()) &&
      hasTag(comparisons, row),
  );
  const wanted = (exchange.query.get('$expand') ?? '').toLowerCase().includes('provisioningstate');
  return ok(
    page(
      exchange,
      rows.map(({ row: { provisioningState, ...row } }) => (wanted ? { ...row, provisioningState } : row)),
      1000,
    ),
  );
}

const action = 'Microsoft.Resources/subscriptions/resources/read';

export const resourceListRoutes: readonly Route[] = [
  {
    name: 'resources.list',
    method: 'GET',
    template: '/subscriptions/{subscription}/resources',
    handler: list,
    versions: 'resources',
    action,
  },
  {
    name: 'resources.listByGroup',
    method: 'GET',
    template: '/subscriptions/{subscription}/resourceGroups/{resourceGroup}/resources',
    handler: list,
    versions: 'resources',
    action: 'Microsoft.Resources/subscriptions/resourceGroups/resources/read',
  },
];
