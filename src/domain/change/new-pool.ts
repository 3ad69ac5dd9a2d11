import { CliError } from '../../core/errors.ts';
import { asBoolean, isJsonObject, without, type JsonObject } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { poolName } from '../../model/pool-command.ts';
import type { EffectiveProfile, LocalDnsProfile } from '../../model/profile.ts';
import { documentedDefault, effectiveProfile, profileForRequest } from '../localdns/index.ts';
import { readOnlyProperties } from './request.ts';
import { setProperties } from './set-properties.ts';

export interface NewPool {
  readonly ref: PoolRef;
  /** The properties from the options, with ARM's names; they override `like`. */
  readonly properties: JsonObject;
  /** The name of a pool in the same cluster whose settings are copied. */
  readonly like?: string | undefined;
  /** `PATH=VALUE`; overrides everything else. */
  readonly set?: readonly string[] | undefined;
  /** Defaults to the documented default. */
  readonly profile?: LocalDnsProfile | undefined;
}

/**
 * The defaults of az for a pool; with an empty size, Azure chooses one. Source: Azure CLI, `az aks nodepool add`, and
 * its recordings.
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

/** Properties that are not copied: the power state, the machines, and the profile (a new pool gets its own). */
const ownProperties = [
  'powerState',
  'virtualMachineNodesStatus',
  'localDNSProfile',
  'isDefault',
  'recentlyUsedVersions',
] as const;

/** The settings of a pool to copy, including the number of nodes and the Kubernetes version. */
function settingsLike(pool: NodePool): JsonObject {
  return without(pool.properties, [...readOnlyProperties, ...ownProperties]);
}

/** The `properties` of the request body: defaults, the pool to copy, the options, the settings, the profile. */
export function newPoolProperties(request: NewPool, like: NodePool | undefined): JsonObject {
  const base = like === undefined ? defaults : settingsLike(like);
  const below = base['upgradeSettings'];
  const above = request.properties['upgradeSettings'];
  const upgrade = isJsonObject(below) && isJsonObject(above) ? { upgradeSettings: { ...below, ...above } } : {};
  const set = setProperties({ ...base, ...request.properties, ...upgrade }, request.set ?? []);
  const fixed = asBoolean(set['enableAutoScaling']) === true ? set : without(set, ['minCount', 'maxCount']);
  return { ...fixed, localDNSProfile: profileForRequest(newPoolProfile(request)) };
}

/** Always has both maps, because the result of a single map for a new pool is not documented. */
function newPoolProfile(request: NewPool): EffectiveProfile {
  return request.profile === undefined ? documentedDefault() : effectiveProfile(request.profile, undefined);
}

/** @throws CliError `pool-not-found` */
export function likePool(request: NewPool, pools: readonly NodePool[]): NodePool | undefined {
  if (request.like === undefined) return undefined;
  const name = request.like.toLowerCase();
  const like = pools.find((pool) => pool.ref.pool.toLowerCase() === name);
  if (like !== undefined) return like;
  throw new CliError({
    code: 'pool-not-found',
    message: `The node pool to copy, ${poolName({ ...request.ref, pool: request.like })}, does not exist.`,
    hints: [`The cluster has the pools: ${pools.map((pool) => oneLine(pool.ref.pool)).join(', ')}`],
  });
}
