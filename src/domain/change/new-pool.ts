import { CliError } from '../../core/errors.ts';
import { asBoolean, isJsonObject, without, type JsonObject } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { poolName } from '../../model/pool-lines.ts';
import type { EffectiveProfile, LocalDnsProfile } from '../../model/profile.ts';
import { documentedDefault, effectiveProfile, profileForRequest } from '../localdns/index.ts';
import { readOnlyProperties } from './request.ts';
import { setProperties } from './set-properties.ts';

export interface NewPool {
  readonly ref: PoolRef;
  /** What the options say, with ARM's names; they win over `like`. */
  readonly properties: JsonObject;
  /** The name of a pool of the same cluster whose settings are copied. */
  readonly like?: string | undefined;
  /** `PATH=VALUE`, over all else. */
  readonly set?: readonly string[] | undefined;
  /** Without one, the documented default. */
  readonly profile?: LocalDnsProfile | undefined;
}

/**
 * What az sends for a pool of which nothing is said; an empty size lets Azure choose. Source: Azure CLI, `az aks
 * nodepool add`, and its recordings.
 */
const defaults: JsonObject = {
  count: 3,
  vmSize: '',
  mode: 'User',
  osType: 'Linux',
  type: 'VirtualMachineScaleSets',
  enableAutoScaling: false,
  scaleDownMode: 'Delete',
  enableNodePublicIP: false,
};

/**
 * What belongs to the one pool and not to a copy: its power, its machines, its profile (a new pool gets one of its
 * own).
 */
const ownProperties = [
  'powerState',
  'virtualMachineNodesStatus',
  'localDNSProfile',
  'isDefault',
  'recentlyUsedVersions',
] as const;

/** A pool's settings for another pool: as they are, the number of nodes and the Kubernetes version too. */
function settingsLike(pool: NodePool): JsonObject {
  return without(pool.properties, [...readOnlyProperties, ...ownProperties]);
}

/** The body's `properties`: defaults, the pool to copy, the options, the settings, the profile. */
export function newPoolProperties(request: NewPool, like: NodePool | undefined): JsonObject {
  const base = like === undefined ? defaults : settingsLike(like);
  const below = base['upgradeSettings'];
  const above = request.properties['upgradeSettings'];
  const upgrade = isJsonObject(below) && isJsonObject(above) ? { upgradeSettings: { ...below, ...above } } : {};
  const set = setProperties({ ...base, ...request.properties, ...upgrade }, request.set ?? []);
  const fixed = asBoolean(set['enableAutoScaling']) === true ? set : without(set, ['minCount', 'maxCount']);
  return { ...fixed, localDNSProfile: profileForRequest(newPoolProfile(request)) };
}

/** Both maps always go along: what Azure makes of one map for a new pool is not documented. */
function newPoolProfile(request: NewPool): EffectiveProfile {
  return request.profile === undefined ? documentedDefault() : effectiveProfile(request.profile, undefined);
}

/** @throws CliError `pool-not-found` */
export function likePool(request: NewPool, pools: readonly NodePool[]): NodePool | undefined {
  if (request.like === undefined) return undefined;
  const wanted = request.like.toLowerCase();
  const like = pools.find((pool) => pool.ref.pool.toLowerCase() === wanted);
  if (like !== undefined) return like;
  throw new CliError({
    code: 'pool-not-found',
    message: `There is no node pool ${poolName({ ...request.ref, pool: request.like })} to copy.`,
    hints: [`The cluster has: ${pools.map((pool) => oneLine(pool.ref.pool)).join(', ')}`],
  });
}
