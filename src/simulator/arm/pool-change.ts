import {
  asString,
  at,
  isJsonObject,
  isWord,
  listOf,
  own,
  sameJson,
  without,
  type JsonObject,
} from '../../core/json.ts';
import type { Cluster, Pool, World } from '../world.ts';
import { knowsUpstreamHealth, unknownFields } from './api-versions.ts';
import type { Exchange } from './exchange.ts';
import { acceptProfile, invalidParameter } from './localdns.ts';
import { resolvesPreferred, withDefaultMode, withPreferred } from './localdns-preferred.ts';
import { subscriptionOf } from './lookup.ts';
import { nodeCount } from './node-count.ts';
import { imageOf } from './node-images.ts';
import { surgeNodes } from './operations.ts';
import { checkPoolLimits } from './pool-limits.ts';
import { mergeProperties } from './pool-rules.ts';
import { checkDisruptionPolicy, checkFeature, checkPrerequisites } from './prerequisites.ts';
import { checkQuota } from './quota.ts';
import type { Reply } from './reply.ts';
import { checkOsSkuEnd, isSameVersion, wholeVersion } from './version-rules.ts';

/** What a request makes of a pool that exists. */
export interface PoolChange {
  readonly properties: JsonObject;
  /** The provisioningState while it runs. */
  readonly kind: string;
  readonly reimage: boolean;
}

/**
 * The profile to store, if it is valid and the pool has what it needs. A body without one, or an api-version that does
 * not know it, keeps what is stored.
 */
export function judgeProfile(
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

export function withProfile(properties: JsonObject, profile: JsonObject | undefined): JsonObject {
  return profile === undefined ? properties : { ...properties, localDNSProfile: profile };
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

function powerOf(properties: JsonObject): string {
  return isWord(at(properties, 'powerState', 'code'), 'Stopped') ? 'Stopped' : 'Running';
}

/** Whether the pool is to run another version than it does. */
function isUpgrade(before: JsonObject, after: JsonObject): boolean {
  const current = asString(before['currentOrchestratorVersion']) ?? asString(before['orchestratorVersion']) ?? '';
  const wanted = asString(after['orchestratorVersion']) ?? '';
  return wanted !== '' && before['orchestratorVersion'] !== wanted && !isSameVersion(wanted, current);
}

/**
 * What the change does to the nodes. After an operation that did not succeed they may be mixed: any PUT resumes it.
 * Source: AKS docs, rolling upgrades.
 */
function effectOf(before: JsonObject, after: JsonObject): Pick<PoolChange, 'kind' | 'reimage'> {
  if (isUpgrade(before, after)) return { kind: 'Upgrading', reimage: true };
  const resumes = before['provisioningState'] === 'Failed' || before['provisioningState'] === 'Canceled';
  const profileChanged = !sameJson(profileOf(before), profileOf(after));
  const nodesChanged = !sameJson(without(before, fieldsThatKeepNodes), without(after, fieldsThatKeepNodes));
  if (resumes || profileChanged || nodesChanged) return { kind: 'Updating', reimage: true };
  if (powerOf(before) !== powerOf(after))
    return { kind: powerOf(after) === 'Stopped' ? 'Stopping' : 'Starting', reimage: false };
  if (nodeCount(before) !== nodeCount(after)) return { kind: 'Scaling', reimage: false };
  return { kind: 'Updating', reimage: false };
}

/** Another OS SKU brings another node image. Source: AKS docs, upgrade-os-version. */
function withImage(before: JsonObject, after: JsonObject): JsonObject {
  const same = isWord(after['osSKU'], asString(before['osSKU']) ?? '') || after['osSKU'] === before['osSKU'];
  return same ? after : { ...after, nodeImageVersion: imageOf(after) };
}

/** Source: AKS docs, start and stop node pools; the text is the simulator's own. */
function checkPower(before: JsonObject, after: JsonObject): Reply | undefined {
  const stops = powerOf(before) === 'Running' && powerOf(after) === 'Stopped';
  return stops && isWord(after['mode'], 'System')
    ? invalidParameter('agentPool.powerState', 'a system node pool cannot be stopped.')
    : undefined;
}

/** What is stored and comes back as it was keeps its state. */
function withState(cluster: Cluster, before: JsonObject, after: JsonObject, skus: readonly JsonObject[]): JsonObject {
  const [stored, next] = [before['localDNSProfile'], after['localDNSProfile']];
  const same = isJsonObject(stored) && isJsonObject(next) && sameJson(profileOf(before), profileOf(after));
  return same
    ? { ...after, localDNSProfile: { ...next, state: stored['state'] } }
    : withPreferred(cluster, after, skus);
}

/**
 * Order of the checks: what may not change, the version, power, limits, OS SKU, LocalDNS and its prerequisites,
 * disruption policy, quota. `checkVersion` judges a version that differs.
 */
export function judgeChange(
  exchange: Exchange,
  cluster: Cluster,
  pool: Pool,
  sent: JsonObject,
  checkVersion: (before: JsonObject, wanted: string) => Reply | undefined,
): { readonly refused: Reply } | PoolChange {
  const { world } = exchange;
  const before = pool.properties;
  const merged = mergeProperties(sent, before, exchange.apiVersion);
  if ('refused' in merged) return merged;
  const wanted = asString(merged.properties['orchestratorVersion']) ?? '';
  const changed = wanted !== '' && wanted !== before['orchestratorVersion'];
  const wrong =
    (changed ? checkVersion(before, wanted) : undefined) ??
    checkPower(before, merged.properties) ??
    checkPoolLimits({ cluster, name: pool.name, properties: merged.properties, stored: before }) ??
    (isUpgrade(before, merged.properties) ? checkOsSkuEnd(merged.properties['osSKU'], wanted) : undefined);
  if (wrong !== undefined) return { refused: wrong };
  const judged = judgeProfile(exchange, merged.properties, sent);
  if ('refused' in judged) return judged;
  const after = withState(
    cluster,
    before,
    withProfile(withImage(before, merged.properties), judged.profile),
    world.skus,
  );
  const effect = effectOf(before, after);
  const wouldDisrupt = effect.reimage && effect.kind === 'Updating' ? checkDisruptionPolicy(cluster) : undefined;
  const extraNodes = effect.reimage ? surgeNodes(after) : Math.max(0, nodeCount(after) - nodeCount(before));
  const refused = wouldDisrupt ?? checkQuota(world, cluster, after, extraNodes);
  return refused === undefined ? { properties: after, ...effect } : { refused };
}

/** The pool once a change has ended: machines are of the sizes that were asked for. Source: AKS docs, virtual machines pools. */
export function settledPool(properties: JsonObject): JsonObject {
  const manual = listOf(at(properties, 'virtualMachinesProfile', 'scale', 'manual'));
  if (!isWord(properties['type'], 'VirtualMachines') || manual.length === 0) return properties;
  const virtualMachineNodesStatus = manual.map((entry) => ({ size: own(entry, 'size'), count: own(entry, 'count') }));
  return { ...properties, virtualMachineNodesStatus };
}

/** The pool once it runs its version: an upgrade brings the newest image too. Source: AKS docs, node image upgrades. */
export function upgraded(world: World, cluster: Cluster, properties: JsonObject): JsonObject {
  const version = wholeVersion(cluster, asString(properties['orchestratorVersion']) ?? '');
  const moved = { ...properties, currentOrchestratorVersion: version };
  const after = { ...moved, nodeImageVersion: imageOf(moved) };
  // What is past that version already stays as it is.
  return resolvesPreferred(cluster, properties) ? after : withDefaultMode(cluster, after, world.skus);
}
