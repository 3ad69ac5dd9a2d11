import { at, isJsonObject, isWord, own, without, type JsonObject } from '../../core/json.ts';
import type { Cluster, Pool } from '../world.ts';
import { checkConflict, checkRunning } from './conflicts.ts';
import { checkETag } from './etags.ts';
import { param, type Exchange } from './exchange.ts';
import { defaultProfile } from './localdns.ts';
import { withDefaultMode } from './localdns-preferred.ts';
import { onCluster } from './lookup.ts';
import { nodesOf } from './pool-nodes.ts';
import { nodeCount } from './node-count.ts';
import { operationHeaders, startOperation, type OperationWork } from './operations.ts';
import { judgeChange, judgeProfile, settledPool, upgraded, withProfile } from './pool-change.ts';
import { checkNewPool, newPoolProperties } from './pool-create.ts';
import { renderPool } from './pool-view.ts';
import { checkQuota } from './quota.ts';
import { gatewayError, reply, type Reply } from './reply.ts';
import { checkPoolUpgrade } from './version-rules.ts';

function sentProperties(exchange: Exchange): JsonObject | undefined {
  const properties = own(exchange.body, 'properties');
  return isJsonObject(properties) ? properties : undefined;
}

/** Order of the checks: cluster, eTag, conflict, then what the body asks for. */
export const putPool = onCluster((exchange, cluster) => {
  const sent = sentProperties(exchange);
  if (sent === undefined) {
    return gatewayError(
      400,
      'InvalidRequestContent',
      "The request content was invalid and could not be deserialized: the body has no object 'properties'.",
    );
  }
  const pool = cluster.pools.get(param(exchange, 'pool').toLowerCase());
  const refused = checkRunning(cluster) ?? checkETag(exchange, pool) ?? checkConflict(exchange.world, cluster, pool);
  if (refused !== undefined) return refused;
  return pool === undefined ? createPool(exchange, cluster, sent) : updatePool(exchange, cluster, pool, sent);
});

function createPool(exchange: Exchange, cluster: Cluster, sent: JsonObject): Reply {
  const { world } = exchange;
  const name = param(exchange, 'pool');
  const wrong = checkNewPool(cluster, name, sent, exchange.world.skus);
  if (wrong !== undefined) return wrong;
  const fresh = newPoolProperties(cluster, sent);
  const judged = judgeProfile(exchange, fresh, sent);
  if ('refused' in judged) return judged.refused;
  const count = nodeCount(fresh);
  const quota = checkQuota(world, cluster, fresh, count);
  if (quota !== undefined) return quota;
  // Pools of an Automatic cluster have LocalDNS by default. Source: AKS CHANGELOG.
  const automatic = isWord(at(cluster.resource, 'sku', 'name'), 'Automatic') ? defaultProfile('Required') : undefined;
  const wanted = withDefaultMode(cluster, withProfile(fresh, judged.profile ?? automatic), world.skus);
  const properties = exchange.faults.stored(wanted, undefined);
  const pool: Pool = { name, properties, operation: undefined, hadOperation: false, reimagedNodes: 0 };
  cluster.pools.set(name.toLowerCase(), pool);
  const start = world.now();
  return accept(
    exchange,
    201,
    {
      kind: 'Creating',
      cluster,
      pool,
      caller: exchange.caller.objectId,
      seconds: world.settings.timing.create,
      texts: [
        { from: start, text: 'InProgress' },
        { from: start + 20_000, text: `CreatingAgentPool: 0/${String(count)} nodes completed` },
      ],
    },
    pool,
  );
}

function updatePool(exchange: Exchange, cluster: Cluster, pool: Pool, sent: JsonObject): Reply {
  const { world } = exchange;
  const before = pool.properties;
  const change = judgeChange(exchange, cluster, pool, sent, (stored, wanted) =>
    checkPoolUpgrade(cluster, stored, wanted),
  );
  if ('refused' in change) return change.refused;
  nodesOf(pool, exchange.now);
  pool.properties = exchange.faults.stored(change.properties, before);
  const rollback = world.settings.rollbackOnFailure
    ? withProfile(
        without(pool.properties, ['localDNSProfile']),
        isJsonObject(before['localDNSProfile']) ? before['localDNSProfile'] : undefined,
      )
    : undefined;
  const { timing } = world.settings;
  return accept(
    exchange,
    200,
    {
      kind: change.kind,
      cluster,
      pool,
      caller: exchange.caller.objectId,
      seconds: ['Scaling', 'Starting'].includes(change.kind) ? timing.create : timing.quick,
      reimage: change.reimage,
      finish: (properties) => {
        if (properties['provisioningState'] === 'Succeeded')
          return change.kind === 'Upgrading' ? upgraded(world, cluster, properties) : settledPool(properties);
        return properties['provisioningState'] === 'Failed' ? rolledBack(properties, rollback) : properties;
      },
    },
    pool,
  );
}

function rolledBack(properties: JsonObject, rollback: JsonObject | undefined): JsonObject {
  if (rollback === undefined) return properties;
  const kept = without(properties, ['localDNSProfile']);
  return withProfile(kept, rollback['localDNSProfile'] as JsonObject | undefined);
}

/** Source: recorded PUTs: Azure-AsyncOperation, no Location, no Retry-After. */
function accept(exchange: Exchange, status: number, work: OperationWork, pool: Pool): Reply {
  const operation = startOperation(exchange.world, work, exchange.faults.operation());
  return reply(
    status,
    renderPool(work.cluster, pool, exchange.apiVersion),
    operationHeaders(exchange.world, operation, false),
  );
}
