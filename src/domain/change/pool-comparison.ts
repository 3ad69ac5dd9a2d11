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

/** The profile in the `properties` of a pool, without unknown members; undefined if there is none. */
export function storedProfile(properties: JsonObject): LocalDnsProfile | undefined {
  const profile = properties['localDNSProfile'];
  return isJsonObject(profile) ? profileFromStored(profile) : undefined;
}

/** The same with all settings of all zones. */
export function storedEffect(properties: JsonObject): EffectiveProfile | undefined {
  const stored = storedProfile(properties);
  return stored === undefined ? undefined : effectiveProfile(stored, undefined);
}

/** The members of the stored profile that this version does not know. */
function unknownIn(properties: JsonObject): readonly UnknownSetting[] {
  const profile = properties['localDNSProfile'];
  return isJsonObject(profile) ? unknownSettings(profile) : [];
}

/** The unknown members that sending `requested` removes: a map in it replaces the stored one completely. */
export function droppedSettings(properties: JsonObject, requested: LocalDnsProfile): readonly UnknownSetting[] {
  return unknownIn(properties).filter(({ map }) => map !== undefined && requested[map] !== undefined);
}

export function hasProfile(pool: NodePool, profile: EffectiveProfile): boolean {
  const current = storedEffect(pool.properties);
  return current !== undefined && sameProfile(current, profile);
}
/**
 * All states of running operations are equal here, because Azure's answer to the PUT shows whether one started or
 * ended.
 */
function relevantState(pool: NodePool): JsonValue {
  return isRunning(pool) ? 'running' : (pool.provisioningState ?? null);
}

function comparable(pool: NodePool, autoscaled: boolean): JsonObject {
  const { properties } = pool;
  const profile = properties['localDNSProfile'];
  return {
    // Automatic upgrades change the node image, and the autoscaler the count; neither is part of what was confirmed.
    ...without(properties, [
      'eTag',
      'status',
      'nodeImageVersion',
      'virtualMachineNodesStatus',
      ...(autoscaled ? ['count'] : []),
    ]),
    provisioningState: relevantState(pool),
    ...(isJsonObject(profile) ? { localDNSProfile: without(profile, ['state']) } : {}),
  };
}

/** The changed paths that may make the confirmed plan invalid; a profile is compared by its effect. */
export function relevantChanges(confirmed: NodePool, now: NodePool): readonly string[] {
  if (confirmed.eTag !== undefined && confirmed.eTag === now.eTag) return [];
  const autoscaled = confirmed.autoscaling !== undefined && now.autoscaling !== undefined;
  const paths = jsonDifferences(comparable(confirmed, autoscaled), comparable(now, autoscaled)).map(({ path }) => path);
  const before = storedEffect(confirmed.properties);
  const after = storedEffect(now.properties);
  const sameEffect =
    sameJson(
      unknownIn(confirmed.properties).map(({ path, value }) => [path, value]),
      unknownIn(now.properties).map(({ path, value }) => [path, value]),
    ) && (before === undefined || after === undefined ? before === after : sameProfile(before, after));
  return sameEffect ? paths.filter((path) => !path.startsWith('localDNSProfile')) : paths;
}

export interface OtherChange extends JsonDifference {
  /** Whether the change is expected: the autoscaler changes the count, and a reimage may update the image. */
  readonly expected: boolean;
}

const alwaysChanging = ['eTag', 'provisioningState', 'status', 'virtualMachineNodesStatus', 'localDNSProfile'] as const;

function isExpected(path: string, after: NodePool): boolean {
  return (
    path === 'nodeImageVersion' ||
    path === 'currentOrchestratorVersion' ||
    (path === 'count' && after.autoscaling !== undefined)
  );
}

/**
 * The differences between two readings of a pool, except for the profile, the sent settings, and what always changes.
 */
export function otherChanges(
  before: JsonObject,
  after: NodePool,
  sentPaths: readonly string[],
): readonly OtherChange[] {
  return jsonDifferences(without(before, alwaysChanging), without(after.properties, alwaysChanging))
    .filter(({ path }) => !sentPaths.includes(path))
    .map((difference) => ({ ...difference, expected: isExpected(difference.path, after) }));
}

/** Whether a pool has everything that was sent, so that it can be the result of that request. */
export function hasSentProperties(pool: NodePool, sent: JsonObject): boolean {
  return Object.entries(sent).every(([key, value]) => {
    if (key === 'localDNSProfile' || value === '' || value === null) return true;
    const stored = pool.properties[key];
    if (isJsonObject(value))
      return isJsonObject(stored) && Object.entries(value).every(([name, inner]) => sameJson(stored[name], inner));
    // Azure omits empty lists and defaults.
    return stored === undefined || sameJson(stored, value);
  });
}
