import {
  isJsonObject,
  jsonDifferences,
  sameJson,
  without,
  type JsonDifference,
  type JsonObject,
  type JsonValue,
} from '../../core/json.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { isRunning } from '../../model/pool-state.ts';
import type { EffectiveProfile, LocalDnsProfile } from '../../model/profile.ts';
import {
  effectiveProfile,
  profileFromStored,
  sameProfile,
  unknownSettings,
  type UnknownSetting,
} from '../localdns/index.ts';

/** The profile that `properties` of a pool hold, as far as this program knows it; undefined if there is none. */
export function storedProfile(properties: JsonObject): LocalDnsProfile | undefined {
  const profile = properties['localDNSProfile'];
  return isJsonObject(profile) ? profileFromStored(profile) : undefined;
}

/** The same with every zone filled. */
export function storedEffect(properties: JsonObject): EffectiveProfile | undefined {
  const stored = storedProfile(properties);
  return stored === undefined ? undefined : effectiveProfile(stored, undefined);
}

/** What the pool's profile has and this version does not know. */
function unknownIn(properties: JsonObject): readonly UnknownSetting[] {
  const profile = properties['localDNSProfile'];
  return isJsonObject(profile) ? unknownSettings(profile) : [];
}

/** What of that is lost if `wanted` is sent: a map that it has replaces the stored one whole, all else is kept. */
export function droppedSettings(properties: JsonObject, wanted: LocalDnsProfile): readonly UnknownSetting[] {
  return unknownIn(properties).filter(({ map }) => map !== undefined && wanted[map] !== undefined);
}

export function hasProfile(pool: NodePool, wanted: EffectiveProfile): boolean {
  const current = storedEffect(pool.properties);
  return current !== undefined && sameProfile(current, wanted);
}
/**
 * A pool's running operation shows as its state; whether one began or ended meanwhile, Azure's answer to the PUT tells.
 */
function stateThatMatters(pool: NodePool): JsonValue {
  return isRunning(pool) ? 'running' : (pool.provisioningState ?? null);
}

function comparable(pool: NodePool, autoscaled: boolean): JsonObject {
  const { properties } = pool;
  const profile = properties['localDNSProfile'];
  return {
    // Node images move with every automatic upgrade, and the count with the autoscaler; neither is what was agreed to.
    ...without(properties, [
      'eTag',
      'status',
      'nodeImageVersion',
      'virtualMachineNodesStatus',
      ...(autoscaled ? ['count'] : []),
    ]),
    provisioningState: stateThatMatters(pool),
    ...(isJsonObject(profile) ? { localDNSProfile: without(profile, ['state']) } : {}),
  };
}

/** The paths in which a pool changed so that what was agreed to may no longer hold; a profile counts by its effect. */
export function changesThatMatter(agreed: NodePool, now: NodePool): readonly string[] {
  if (agreed.eTag !== undefined && agreed.eTag === now.eTag) return [];
  const autoscaled = agreed.autoscaling !== undefined && now.autoscaling !== undefined;
  const paths = jsonDifferences(comparable(agreed, autoscaled), comparable(now, autoscaled)).map(({ path }) => path);
  const before = storedEffect(agreed.properties);
  const after = storedEffect(now.properties);
  const sameEffect =
    sameJson(
      unknownIn(agreed.properties).map(({ path, value }) => [path, value]),
      unknownIn(now.properties).map(({ path, value }) => [path, value]),
    ) && (before === undefined || after === undefined ? before === after : sameProfile(before, after));
  return sameEffect ? paths.filter((path) => !path.startsWith('localDNSProfile')) : paths;
}

export interface OtherChange extends JsonDifference {
  /** `expected`: a number that the autoscaler moves, an image that a reimage may renew. */
  readonly expected: boolean;
}

const alwaysMoving = ['eTag', 'provisioningState', 'status', 'virtualMachineNodesStatus', 'localDNSProfile'] as const;

function isExpected(path: string, after: NodePool): boolean {
  return (
    path === 'nodeImageVersion' ||
    path === 'currentOrchestratorVersion' ||
    (path === 'count' && after.autoscaling !== undefined)
  );
}

/**
 * What else differs between two readings of a pool, apart from the profile, the settings sent, and what always moves.
 */
export function otherChanges(
  before: JsonObject,
  after: NodePool,
  sentPaths: readonly string[],
): readonly OtherChange[] {
  return jsonDifferences(without(before, alwaysMoving), without(after.properties, alwaysMoving))
    .filter(({ path }) => !sentPaths.includes(path))
    .map((difference) => ({ ...difference, expected: isExpected(difference.path, after) }));
}

/**
 * Whether a pool that turned up where one was being added is the one that was asked for: all that was sent is stored.
 */
export function carries(pool: NodePool, sent: JsonObject): boolean {
  return Object.entries(sent).every(([key, value]) => {
    if (key === 'localDNSProfile' || value === '' || value === null) return true;
    const stored = pool.properties[key];
    if (isJsonObject(value))
      return isJsonObject(stored) && Object.entries(value).every(([name, inner]) => sameJson(stored[name], inner));
    // Azure leaves out empty lists and what equals its default.
    return stored === undefined || sameJson(stored, value);
  });
}
