import { asString } from '../../core/json.ts';
import type { Cluster, Pool } from '../world.ts';
import { checkConflict, checkRunning } from './conflicts.ts';
import { checkETag } from './etags.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { clusterTemplate, onCluster, onPool } from './lookup.ts';
import { latestImageOf } from './node-images.ts';
import { operationHeaders, startOperation } from './operations.ts';
import { nextLink, skipped } from './pages.ts';
import { isLastSystemPool } from './pool-limits.ts';
import { putPool } from './pool-put.ts';
import { renderPool } from './pool-view.ts';
import { ok, providerError, reply, type Reply } from './reply.ts';

/** Source: recordings: the list always has a nextLink, and ends with an empty page. */
function listPools(exchange: Exchange, cluster: Cluster): Reply {
  const skip = skipped(exchange);
  const pools = [...cluster.pools.values()].slice(skip);
  if (pools.length === 0) return ok({ value: [] });
  const value = pools.map((pool) => renderPool(cluster, pool, exchange.apiVersion));
  return ok({ value, nextLink: nextLink(exchange, skip + pools.length) });
}

function deletePool(exchange: Exchange, cluster: Cluster): Reply {
  const { world } = exchange;
  const pool = cluster.pools.get(param(exchange, 'pool').toLowerCase());
  if (pool === undefined) return reply(204, undefined);
  const refused = checkRunning(cluster) ?? checkETag(exchange, pool) ?? checkConflict(world, cluster, pool);
  if (refused !== undefined) return refused;
  // Text as users report it, Azure/azure-cli 13420.
  if (isLastSystemPool(cluster, pool.name))
    return providerError(400, 'OperationNotAllowed', 'There has to be at least one system agent pool.');
  const operation = startOperation(world, {
    kind: 'Deleting',
    cluster,
    pool,
    caller: exchange.caller.objectId,
    seconds: world.settings.timing.remove,
    removes: true,
  });
  return reply(202, undefined, operationHeaders(world, operation, true));
}

/**
 * Source: recorded POST: 202 with both headers and the pool. If the pool has the newest image, Azure replaces
 * nothing.
 */
function upgradeNodeImage(exchange: Exchange, cluster: Cluster, pool: Pool): Reply {
  const { world } = exchange;
  const refused = checkRunning(cluster) ?? checkETag(exchange, pool) ?? checkConflict(world, cluster, pool);
  if (refused !== undefined) return refused;
  const image = asString(pool.properties['nodeImageVersion']) ?? '';
  const latest = latestImageOf(pool.properties) ?? image;
  const operation = startOperation(
    world,
    {
      kind: 'UpgradingNodeImageVersion',
      cluster,
      pool,
      caller: exchange.caller.objectId,
      seconds: world.settings.timing.quick,
      reimage: latest !== image,
      finish: (properties) =>
        properties['provisioningState'] === 'Succeeded' ? { ...properties, nodeImageVersion: latest } : properties,
    },
    exchange.faults.operation(),
  );
  return reply(202, renderPool(cluster, pool, exchange.apiVersion), operationHeaders(world, operation, true));
}

const template = `${clusterTemplate}/agentPools/{pool}`;
const actions = 'Microsoft.ContainerService/managedClusters/agentPools';

export const poolRoutes: readonly Route[] = [
  {
    name: 'agentPools.list',
    method: 'GET',
    template: `${clusterTemplate}/agentPools`,
    handler: onCluster(listPools),
    versions: 'containerService',
    action: `${actions}/read`,
    budget: 'other',
  },
  {
    name: 'agentPools.get',
    method: 'GET',
    template,
    handler: onPool((exchange, cluster, pool) => ok(renderPool(cluster, pool, exchange.apiVersion))),
    versions: 'containerService',
    action: `${actions}/read`,
    budget: 'other',
  },
  {
    name: 'agentPools.put',
    method: 'PUT',
    template,
    handler: putPool,
    versions: 'containerService',
    action: `${actions}/write`,
    budget: 'agentPools.put',
    needsRegistration: true,
  },
  {
    name: 'agentPools.delete',
    method: 'DELETE',
    template,
    handler: onCluster(deletePool),
    versions: 'containerService',
    action: `${actions}/delete`,
    budget: 'other',
  },
  {
    name: 'agentPools.upgradeNodeImageVersion',
    method: 'POST',
    template: `${template}/upgradeNodeImageVersion`,
    handler: onPool(upgradeNodeImage),
    versions: 'containerService',
    action: `${actions}/upgradeNodeImageVersion/action`,
    budget: 'other',
    needsRegistration: true,
  },
];
