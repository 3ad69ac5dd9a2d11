import type { Cluster } from '../world.ts';
import { checkClusterConflict } from './conflicts.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { clusterTemplate, findCluster, onCluster, subscriptionOf } from './lookup.ts';
import { operationHeaders, startOperation } from './operations.ts';
import { nextLink, skipped } from './pages.ts';
import { renderCluster } from './pool-view.ts';
import { gatewayError, ok, reply, type Reply } from './reply.ts';

/** Only the clusters of the page are rendered: a subscription may have thousands. */
function pageOf(exchange: Exchange, clusters: readonly Cluster[]): Reply {
  const skip = skipped(exchange);
  const end = skip + exchange.world.settings.clusterPageSize;
  const value = clusters.slice(skip, end).map((cluster) => renderCluster(cluster, exchange.apiVersion));
  return ok(clusters.length > end ? { value, nextLink: nextLink(exchange, end) } : { value });
}

function listClusters(exchange: Exchange): Reply {
  return pageOf(exchange, [...subscriptionOf(exchange).clusters.values()]);
}

function listByGroup(exchange: Exchange): Reply {
  const group = param(exchange, 'resourceGroup').toLowerCase();
  const subscription = subscriptionOf(exchange);
  if (!subscription.groups.has(group)) {
    return gatewayError(
      404,
      'ResourceGroupNotFound',
      `Resource group '${param(exchange, 'resourceGroup')}' could not be found.`,
    );
  }
  return pageOf(
    exchange,
    [...subscription.clusters.values()].filter((cluster) => cluster.resourceGroup.toLowerCase() === group),
  );
}

/** Source: recorded DELETE: 202 with both headers and no body. */
function deleteCluster(exchange: Exchange): Reply {
  const { world } = exchange;
  const cluster = findCluster(exchange);
  if (cluster === undefined) return reply(204, undefined);
  const refused = checkClusterConflict(world, cluster);
  if (refused !== undefined) return refused;
  const seconds = world.settings.timing.remove;
  const operation = startOperation(world, {
    kind: 'Deleting',
    cluster,
    pool: undefined,
    caller: exchange.caller.objectId,
    seconds,
    removes: true,
  });
  return reply(202, undefined, operationHeaders(world, operation, true));
}

const read = 'Microsoft.ContainerService/managedClusters/read';
const provider = 'providers/Microsoft.ContainerService/managedClusters';

export const clusterRoutes: readonly Route[] = [
  {
    name: 'clusters.list',
    method: 'GET',
    template: `/subscriptions/{subscription}/${provider}`,
    handler: listClusters,
    versions: 'containerService',
    action: read,
    budget: 'clusters.list',
  },
  {
    name: 'clusters.listByGroup',
    method: 'GET',
    template: `/subscriptions/{subscription}/resourceGroups/{resourceGroup}/${provider}`,
    handler: listByGroup,
    versions: 'containerService',
    action: read,
    budget: 'clusters.listByGroup',
  },
  {
    name: 'clusters.get',
    method: 'GET',
    template: clusterTemplate,
    handler: onCluster((exchange, cluster) => ok(renderCluster(cluster, exchange.apiVersion))),
    versions: 'containerService',
    action: read,
    budget: 'clusters.get',
  },
  {
    name: 'clusters.delete',
    method: 'DELETE',
    template: clusterTemplate,
    handler: deleteCluster,
    versions: 'containerService',
    action: 'Microsoft.ContainerService/managedClusters/delete',
    budget: 'other',
  },
];
