import { asNumber, at, isWord, type JsonObject } from '../../core/json.ts';
import type { Cluster, Pool } from '../world.ts';
import { checkClusterConflict, isStopped } from './conflicts.ts';
import type { Exchange, Route } from './exchange.ts';
import { clusterTemplate, onCluster } from './lookup.ts';
import { nodeCount } from './node-count.ts';
import { operationHeaders, startOperation } from './operations.ts';
import { providerError, reply, type Reply } from './reply.ts';
import { clusterProperties } from './version-rules.ts';

function setPower(cluster: Cluster, code: 'Running' | 'Stopped'): void {
  const properties = clusterProperties(cluster);
  cluster.resource = { ...cluster.resource, properties: { ...properties, powerState: { code } } };
}

function isPoolStopped(pool: Pool): boolean {
  return isWord(at(pool.properties, 'powerState', 'code'), 'Stopped');
}

/** The pools of a stopped cluster have no nodes. Source: AKS docs, start and stop a cluster. */
function stopped(cluster: Cluster): void {
  const running = [...cluster.pools.values()].filter((pool) => !isPoolStopped(pool));
  cluster.nodesAtStop = new Map(running.map((pool) => [pool.name.toLowerCase(), nodeCount(pool.properties)]));
  for (const pool of running)
    pool.properties = { ...pool.properties, ...countOf(pool, 0), powerState: { code: 'Stopped' } };
  setPower(cluster, 'Stopped');
}

/** A pool of virtual machines has no count of its own. */
function countOf({ properties }: Pool, count: number): JsonObject {
  return asNumber(properties['count']) === undefined ? {} : { count };
}

/** A pool that was stopped before its cluster stays so. Where nobody saw the stop, each pool gets its least nodes. */
function started(cluster: Cluster): void {
  const known = cluster.nodesAtStop.size > 0;
  for (const [key, pool] of cluster.pools) {
    const nodes = cluster.nodesAtStop.get(key) ?? (known ? undefined : (asNumber(pool.properties['minCount']) ?? 1));
    if (nodes !== undefined)
      pool.properties = { ...pool.properties, ...countOf(pool, nodes), powerState: { code: 'Running' } };
  }
  cluster.nodesAtStop = new Map();
  setPower(cluster, 'Running');
}

function power(exchange: Exchange, cluster: Cluster, kind: 'Starting' | 'Stopping', finish: () => void): Reply {
  const { world } = exchange;
  const { timing } = world.settings;
  const operation = startOperation(
    world,
    {
      kind,
      cluster,
      pool: undefined,
      along: [...cluster.pools.values()],
      caller: exchange.caller.objectId,
      seconds: kind === 'Starting' ? timing.start : timing.stop,
      finishCluster: (outcome) => {
        if (outcome === 'Succeeded') finish();
      },
    },
    exchange.faults.operation(),
  );
  return reply(202, undefined, operationHeaders(world, operation, true));
}

/** Source: Managed Clusters API: only clusters of scale sets can be stopped; the text is the simulator's own. */
function checkScaleSets(cluster: Cluster): Reply | undefined {
  const set = [...cluster.pools.values()].find((pool) => isWord(pool.properties['type'], 'AvailabilitySet'));
  if (set === undefined) return undefined;
  return providerError(
    400,
    'OperationNotAllowed',
    `Stopping a managed cluster with availability sets is not allowed. Agent pool: ${set.name}.`,
  );
}

function stop(exchange: Exchange, cluster: Cluster): Reply {
  const refused = checkClusterConflict(exchange.world, cluster) ?? checkScaleSets(cluster);
  if (refused !== undefined) return refused;
  if (isStopped(cluster)) return reply(204, undefined);
  return power(exchange, cluster, 'Stopping', () => {
    stopped(cluster);
  });
}

function start(exchange: Exchange, cluster: Cluster): Reply {
  const refused = checkClusterConflict(exchange.world, cluster);
  if (refused !== undefined) return refused;
  if (!isStopped(cluster)) return reply(204, undefined);
  return power(exchange, cluster, 'Starting', () => {
    started(cluster);
  });
}

const action = 'Microsoft.ContainerService/managedClusters';

export const clusterPowerRoutes: readonly Route[] = [
  {
    name: 'clusters.stop',
    method: 'POST',
    template: `${clusterTemplate}/stop`,
    handler: onCluster(stop),
    versions: 'containerService',
    action: `${action}/stop/action`,
    budget: 'other',
    needsRegistration: true,
  },
  {
    name: 'clusters.start',
    method: 'POST',
    template: `${clusterTemplate}/start`,
    handler: onCluster(start),
    versions: 'containerService',
    action: `${action}/start/action`,
    budget: 'other',
    needsRegistration: true,
  },
];
