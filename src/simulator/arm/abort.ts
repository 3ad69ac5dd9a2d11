import { asString, at, own, type JsonObject } from '../../core/json.ts';
import type { Cluster, Operation, Pool } from '../world.ts';
import type { Exchange, Route } from './exchange.ts';
import { clusterTemplate, onCluster, onPool } from './lookup.ts';
import { endOperation, operationHeaders, startOperation } from './operations.ts';
import { providerError, reply, type Reply } from './reply.ts';

function canceled({ cluster, along }: Operation): void {
  const properties = own(cluster.resource, 'properties') as JsonObject;
  cluster.resource = { ...cluster.resource, properties: { ...properties, provisioningState: 'Canceled' } };
  for (const pool of along) pool.properties = { ...pool.properties, provisioningState: 'Canceled' };
}

/** The running operation ends Canceled at once; what it works on follows when the abort itself has ended. */
function preempt(exchange: Exchange, running: Operation): Reply {
  const { world, now } = exchange;
  const { cluster, pool, along } = running;
  const elapsed =
    running.end === Number.POSITIVE_INFINITY ? 0 : (now - running.start) / Math.max(1, running.end - running.start);
  const abort = startOperation(
    world,
    {
      kind: 'Canceling',
      cluster,
      pool,
      along,
      caller: exchange.caller.objectId,
      seconds: world.settings.timing.abort,
      finishCluster: () => {
        canceled(running);
      },
    },
    { finish: (properties) => ({ ...properties, provisioningState: 'Canceled' }) },
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
 * Source: recorded aborts of a pool and of a cluster: 202, Canceling, Canceled about 5 s later; 409 if the operation
 * has ended; 204 if there never was one.
 */
function abort(
  exchange: Exchange,
  { operation: running, hadOperation }: Pick<Pool | Cluster, 'operation' | 'hadOperation'>,
  where: string,
  state: string | undefined,
): Reply {
  if (running !== undefined && running.kind !== 'Canceling') return preempt(exchange, running);
  if (running === undefined && !hadOperation) return reply(204, undefined);
  return providerError(
    409,
    'OperationNotAllowed',
    `There is no operation to abort on ${where}; its state is ${state ?? 'unknown'}.`,
  );
}

const actions = 'Microsoft.ContainerService/managedClusters';

export const abortRoutes: readonly Route[] = [
  {
    name: 'agentPools.abort',
    method: 'POST',
    template: `${clusterTemplate}/agentPools/{pool}/abort`,
    handler: onPool((exchange, _cluster, pool) =>
      abort(exchange, pool, `agent pool ${pool.name}`, asString(pool.properties['provisioningState'])),
    ),
    versions: 'containerService',
    action: `${actions}/agentPools/abort/action`,
    budget: 'other',
  },
  {
    name: 'clusters.abort',
    method: 'POST',
    template: `${clusterTemplate}/abort`,
    handler: onCluster((exchange, cluster) =>
      abort(
        exchange,
        cluster,
        `managed cluster ${cluster.name}`,
        asString(at(cluster.resource, 'properties', 'provisioningState')),
      ),
    ),
    versions: 'containerService',
    action: `${actions}/abort/action`,
    budget: 'other',
  },
];
