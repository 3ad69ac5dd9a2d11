import { asString, at } from '../../core/json.ts';
import type { Operation } from '../world.ts';
import { checkConflict } from './conflicts.ts';
import { checkETag } from './etags.ts';
import type { Exchange, Route } from './exchange.ts';
import { clusterOr404, findPool, poolOr404 } from './lookup.ts';
import { latestOf } from './node-images.ts';
import { endOperation, getOperation, getOperationResult, operationHeaders, startOperation } from './operations.ts';
import { nextLink, skipped } from './pages.ts';
import { clusterStopped, putPool } from './pool-put.ts';
import { clusterIdOf, renderPool } from './pool-view.ts';
import { ok, providerError, reply, type Reply } from './reply.ts';

function getPool(exchange: Exchange): Reply {
  const found = poolOr404(exchange);
  return 'status' in found ? found : ok(renderPool(found.cluster, found.pool, exchange.apiVersion));
}

/** Source: recordings: the list always has a nextLink, and ends with an empty page. */
function listPools(exchange: Exchange): Reply {
  const cluster = clusterOr404(exchange);
  if ('status' in cluster) return cluster;
  const skip = skipped(exchange);
  const pools = [...cluster.pools.values()].slice(skip);
  if (pools.length === 0) return ok({ value: [] });
  const value = pools.map((pool) => renderPool(cluster, pool, exchange.apiVersion));
  return ok({ value, nextLink: nextLink(exchange, skip + pools.length) });
}

function deletePool(exchange: Exchange): Reply {
  const { world } = exchange;
  const cluster = clusterOr404(exchange);
  if ('status' in cluster) return cluster;
  const pool = findPool(exchange);
  if (pool === undefined) return reply(204, undefined);
  const refused = clusterStopped(cluster) ?? checkETag(exchange, pool) ?? checkConflict(world, cluster, pool);
  if (refused !== undefined) return refused;
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
 * Source: recorded POST: 202 with both headers and the pool. Where the newest image is there already, Azure replaces
 * nothing.
 */
function upgradeNodeImage(exchange: Exchange): Reply {
  const { world } = exchange;
  const found = poolOr404(exchange);
  if ('status' in found) return found;
  const { cluster, pool } = found;
  const refused = clusterStopped(cluster) ?? checkETag(exchange, pool) ?? checkConflict(world, cluster, pool);
  if (refused !== undefined) return refused;
  const image = asString(pool.properties['nodeImageVersion']) ?? '';
  const latest = latestOf(image) ?? image;
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

function upgradeProfile(exchange: Exchange): Reply {
  const found = poolOr404(exchange);
  if ('status' in found) return found;
  const { cluster, pool } = found;
  const latest = latestOf(asString(pool.properties['nodeImageVersion']) ?? '');
  return ok({
    id: `${clusterIdOf(cluster)}/agentPools/${pool.name}/upgradeProfiles/default`,
    name: 'default',
    type: 'Microsoft.ContainerService/managedClusters/agentPools/upgradeProfiles',
    properties: {
      kubernetesVersion: asString(pool.properties['currentOrchestratorVersion']) ?? null,
      osType: asString(pool.properties['osType']) ?? null,
      ...(latest === undefined ? {} : { latestNodeImageVersion: latest }),
    },
  });
}

/** The running operation ends as Canceled at once; the pool follows when the abort itself has ended. */
function preempt(exchange: Exchange, running: Operation): Reply {
  const { world, now } = exchange;
  const { cluster, pool } = running;
  const elapsed =
    running.end === Number.POSITIVE_INFINITY ? 0 : (now - running.start) / Math.max(1, running.end - running.start);
  const abort = startOperation(
    world,
    { kind: 'Canceling', cluster, pool, caller: exchange.caller.objectId, seconds: world.settings.timing.abort },
    {
      finish: (properties) => ({ ...properties, provisioningState: 'Canceled' }),
    },
  );
  endOperation(world, running, {
    at: now,
    outcome: 'Canceled',
    error: { code: 'Canceled', message: `The operation was overriden and canceled by a later operation ${abort.id}.` },
  });
  if (pool !== undefined) pool.reimagedNodes += Math.floor(running.reimages * elapsed);
  return reply(202, undefined, operationHeaders(world, abort, true));
}

/**
 * Source: recorded abort: 202, Canceling, Canceled about 5 s later; 409 where the operation has ended; 204 where there
 * never was one.
 */
function abort(exchange: Exchange): Reply {
  const found = poolOr404(exchange);
  if ('status' in found) return found;
  const { pool } = found;
  const running = pool.operation;
  if (running !== undefined && running.kind !== 'Canceling') return preempt(exchange, running);
  if (running === undefined && !pool.hadOperation) return reply(204, undefined);
  return providerError(
    409,
    'OperationNotAllowed',
    `There is no operation to abort on agent pool ${pool.name}; its state is ${asString(at(pool.properties, 'provisioningState')) ?? 'unknown'}.`,
  );
}

const cluster =
  '/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/Microsoft.ContainerService/managedClusters/{cluster}';
const pool = `${cluster}/agentPools/{pool}`;
const location = '/subscriptions/{subscription}/providers/Microsoft.ContainerService/locations/{location}';
const actions = 'Microsoft.ContainerService/managedClusters/agentPools';

export const poolRoutes: readonly Route[] = [
  {
    name: 'agentPools.list',
    method: 'GET',
    template: `${cluster}/agentPools`,
    handler: listPools,
    versions: 'containerService',
    action: `${actions}/read`,
    budget: 'other',
  },
  {
    name: 'agentPools.get',
    method: 'GET',
    template: pool,
    handler: getPool,
    versions: 'containerService',
    action: `${actions}/read`,
    budget: 'other',
  },
  {
    name: 'agentPools.put',
    method: 'PUT',
    template: pool,
    handler: putPool,
    versions: 'containerService',
    action: `${actions}/write`,
    budget: 'agentPools.put',
    needsRegistration: true,
  },
  {
    name: 'agentPools.delete',
    method: 'DELETE',
    template: pool,
    handler: deletePool,
    versions: 'containerService',
    action: `${actions}/delete`,
    budget: 'other',
  },
  {
    name: 'agentPools.abort',
    method: 'POST',
    template: `${pool}/abort`,
    handler: abort,
    versions: 'containerService',
    action: `${actions}/abort/action`,
    budget: 'other',
  },
  {
    name: 'agentPools.upgradeNodeImageVersion',
    method: 'POST',
    template: `${pool}/upgradeNodeImageVersion`,
    handler: upgradeNodeImage,
    versions: 'containerService',
    action: `${actions}/upgradeNodeImageVersion/action`,
    budget: 'other',
    needsRegistration: true,
  },
  {
    name: 'agentPools.upgradeProfile',
    method: 'GET',
    template: `${pool}/upgradeProfiles/default`,
    handler: upgradeProfile,
    versions: 'containerService',
    action: `${actions}/upgradeProfiles/read`,
    budget: 'other',
  },
  {
    name: 'operations.get',
    method: 'GET',
    template: `${location}/operations/{operation}`,
    handler: getOperation,
    versions: 'operations',
    action: 'Microsoft.ContainerService/locations/operations/read',
    budget: 'operations.get',
  },
  {
    name: 'operationResults.get',
    method: 'GET',
    template: `${location}/operationresults/{operation}`,
    handler: getOperationResult,
    versions: 'operations',
    action: 'Microsoft.ContainerService/locations/operationresults/read',
    budget: 'operations.get',
  },
];
