import { asString, at, isJsonObject, isWord, own, sameJson, without, type JsonObject } from '../../core/json.ts';
import type { Cluster, Pool } from '../world.ts';
import { knowsUpstreamHealth, unknownFields } from './api-versions.ts';
import { checkConflict, checkRunning } from './conflicts.ts';
import { checkETag } from './etags.ts';
import { param, type Exchange } from './exchange.ts';
import { acceptProfile, defaultProfile } from './localdns.ts';
import { onCluster, subscriptionOf } from './lookup.ts';
import { nodeCount } from './node-count.ts';
import { imageOf } from './node-images.ts';
import { operationHeaders, startOperation, surgeNodes, type OperationWork } from './operations.ts';
import { renderPool } from './pool-view.ts';
import { checkNewPool, newPoolProperties } from './pool-create.ts';
import { checkPoolLimits } from './pool-limits.ts';
import { mergeProperties } from './pool-rules.ts';
import { checkDisruptionPolicy, checkFeature, checkPrerequisites } from './prerequisites.ts';
import { checkQuota } from './quota.ts';
import { gatewayError, reply, type Reply } from './reply.ts';

function sentProperties(exchange: Exchange): JsonObject | undefined {
  const properties = own(exchange.body, 'properties');
  return isJsonObject(properties) ? properties : undefined;
}

/**
 * Order of the checks: cluster, eTag, conflict, immutable fields, LocalDNS and its prerequisites, disruption policy,
 * quota.
 */
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

/**
 * The profile to store, if it is valid and the pool has what it needs. A body without one, or an api-version that does
 * not know it, keeps what is stored.
 */
function judgeProfile(
  exchange: Exchange,
  properties: JsonObject,
  sent: JsonObject,
): { readonly refused: Reply } | { readonly profile: JsonObject | undefined } {
  const asked = own(sent, 'localDNSProfile');
  const stored = properties['localDNSProfile'];
  if (asked === undefined || asked === null || unknownFields(exchange.apiVersion).includes('localDNSProfile')) {
    return { profile: isJsonObject(stored) ? stored : undefined };
  }
  const accepted = acceptProfile(
    asked,
    isJsonObject(stored) ? stored : undefined,
    knowsUpstreamHealth(exchange.apiVersion),
  );
  if ('refused' in accepted) return accepted;
  const mode = asString(accepted.profile['mode']);
  const refused =
    checkFeature(exchange.world, subscriptionOf(exchange), mode) ??
    checkPrerequisites(mode, properties, exchange.world.skus);
  return refused === undefined ? accepted : { refused };
}

function withProfile(properties: JsonObject, profile: JsonObject | undefined): JsonObject {
  return profile === undefined ? properties : { ...properties, localDNSProfile: profile };
}

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
  const properties = exchange.faults.stored(withProfile(fresh, judged.profile ?? automatic), undefined);
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

function profileOf(properties: JsonObject): JsonObject {
  const profile = properties['localDNSProfile'];
  return isJsonObject(profile) ? without(profile, ['state']) : {};
}

const fieldsThatKeepNodes = [
  'localDNSProfile',
  'eTag',
  'provisioningState',
  'status',
  'tags',
  'nodeLabels',
  'nodeTaints',
  'upgradeSettings',
  'mode',
  'count',
  'orchestratorVersion',
  'enableAutoScaling',
  'minCount',
  'maxCount',
  'powerState',
  'scaleDownMode',
];

/**
 * What the change does to the nodes. After an operation that did not succeed they may be mixed: any PUT resumes it.
 * Source: AKS docs, rolling upgrades.
 */
function effectOf(before: JsonObject, after: JsonObject): { readonly kind: string; readonly reimage: boolean } {
  if (before['orchestratorVersion'] !== after['orchestratorVersion']) return { kind: 'Upgrading', reimage: true };
  const resumes = before['provisioningState'] === 'Failed' || before['provisioningState'] === 'Canceled';
  const profileChanged = !sameJson(profileOf(before), profileOf(after));
  const nodesChanged = !sameJson(without(before, fieldsThatKeepNodes), without(after, fieldsThatKeepNodes));
  if (resumes || profileChanged || nodesChanged) return { kind: 'Updating', reimage: true };
  if (nodeCount(before) !== nodeCount(after)) return { kind: 'Scaling', reimage: false };
  return { kind: 'Updating', reimage: false };
}

function updatePool(exchange: Exchange, cluster: Cluster, pool: Pool, sent: JsonObject): Reply {
  const { world } = exchange;
  const before = pool.properties;
  const merged = mergeProperties(sent, before, exchange.apiVersion);
  if ('refused' in merged) return merged.refused;
  const beyond = checkPoolLimits({ cluster, name: pool.name, properties: merged.properties, stored: before });
  if (beyond !== undefined) return beyond;
  const judged = judgeProfile(exchange, merged.properties, sent);
  if ('refused' in judged) return judged.refused;
  const after = withProfile(withImage(before, merged.properties), judged.profile);
  const effect = effectOf(before, after);
  const wouldDisrupt = effect.reimage && effect.kind === 'Updating' ? checkDisruptionPolicy(cluster) : undefined;
  const extraNodes = effect.reimage ? surgeNodes(after) : Math.max(0, nodeCount(after) - nodeCount(before));
  const refused = wouldDisrupt ?? checkQuota(world, cluster, after, extraNodes);
  if (refused !== undefined) return refused;
  pool.properties = exchange.faults.stored(after, before);
  const rollback = world.settings.rollbackOnFailure
    ? withProfile(
        without(pool.properties, ['localDNSProfile']),
        isJsonObject(before['localDNSProfile']) ? before['localDNSProfile'] : undefined,
      )
    : undefined;
  return accept(
    exchange,
    200,
    {
      kind: effect.kind,
      cluster,
      pool,
      caller: exchange.caller.objectId,
      seconds: effect.kind === 'Scaling' ? world.settings.timing.create : world.settings.timing.quick,
      reimage: effect.reimage,
      finish: (properties) => finishUpdate(properties, rollback),
    },
    pool,
  );
}

/** Another OS SKU brings another node image. Source: AKS docs, upgrade-os-version. */
function withImage(before: JsonObject, after: JsonObject): JsonObject {
  const same = isWord(after['osSKU'], asString(before['osSKU']) ?? '') || after['osSKU'] === before['osSKU'];
  return same ? after : { ...after, nodeImageVersion: imageOf(after) };
}

function finishUpdate(properties: JsonObject, rollback: JsonObject | undefined): JsonObject {
  if (properties['provisioningState'] !== 'Failed' || rollback === undefined) {
    const wanted = asString(properties['orchestratorVersion']) ?? '';
    return /^\d+\.\d+\.\d+/.test(wanted) ? { ...properties, currentOrchestratorVersion: wanted } : properties;
  }
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
