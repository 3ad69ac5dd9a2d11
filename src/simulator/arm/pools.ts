import { asString, at } from '../../core/json.ts';
import type { Cluster, Operation, Pool } from '../world.ts';
import { checkConflict, checkRunning } from './conflicts.ts';
import { checkETag } from './etags.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { clusterTemplate, onCluster, onPool } from './lookup.ts';
import { latestImageOf } from './node-images.ts';
import { endOperation, operationHeaders, startOperation } from './operations.ts';
import { nextLink, skipped } from './pages.ts';
import { putPool } from './pool-put.ts';
import { clusterIdOf, renderPool } from './pool-view.ts';
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

function upgradeProfile(_exchange: Exchange, cluster: Cluster, pool: Pool): Reply {
  const latest = latestImageOf(pool.properties);
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

/** The running operation ends Canceled at once; the pool follows when the abort itself has ended. */
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
 * Source: recorded abort: 202, Canceling, Canceled about 5 s later; 409 if the operation has ended; 204 if there
 * never was one.
 */
function abort(exchange: Exchange, _cluster: Cluster, pool: Pool): Reply {
  const running = pool.operation;
  if (running !== undefined && running.kind !== 'Canceling') return preempt(exchange, running);
  if (running === undefined && !pool.hadOperation) return reply(204, undefined);
  return providerError(
    409,
    'OperationNotAllowed',
    `There is no operation to abort on agent pool ${pool.name}; its state is ${asString(at(pool.properties, 'provisioningState')) ?? 'unknown'}.`,
  );
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
    name: 'agentPools.abort',
    method: 'POST',
    template: `${template}/abort`,
    handler: onPool(abort),
    versions: 'containerService',
    action: `${actions}/abort/action`,
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
  {
    name: 'agentPools.upgradeProfile',
    method: 'GET',
    template: `${template}/upgradeProfiles/default`,
    handler: onPool(upgradeProfile),
    versions: 'containerService',
    action: `${actions}/upgradeProfiles/read`,
    budget: 'other',
  },
];
