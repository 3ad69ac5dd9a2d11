import {
  differingPaths,
  isJsonObject,
  own,
  sameJson,
  without,
  type JsonObject,
  type JsonValue,
} from '../../core/json.ts';
import { effectiveProfile, profileFromStored, sameProfile } from '../../domain/localdns/index.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { EffectiveProfile } from '../../model/profile.ts';
import { storedProfile } from './body.ts';
import { isRunning } from './states.ts';

/** What the pool has, every zone filled; `undefined` where it was never configured. */
export function effectiveOf(pool: NodePool): EffectiveProfile | undefined {
  const stored = storedProfile(pool.properties);
  return stored === undefined ? undefined : effectiveProfile(profileFromStored(stored), undefined);
}

export function hasProfile(pool: NodePool, wanted: EffectiveProfile): boolean {
  const current = effectiveOf(pool);
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
  const profile = storedProfile(properties);
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
    ...(profile === undefined ? {} : { localDNSProfile: without(profile, ['state']) }),
  };
}

/** The paths in which a pool changed so that what was agreed to may no longer hold; a profile counts by its effect. */
export function changesThatMatter(agreed: NodePool, now: NodePool): readonly string[] {
  if (agreed.eTag !== undefined && agreed.eTag === now.eTag) return [];
  const autoscaled = agreed.autoscaling !== undefined && now.autoscaling !== undefined;
  const paths = differingPaths(comparable(agreed, autoscaled), comparable(now, autoscaled));
  const before = effectiveOf(agreed);
  const after = effectiveOf(now);
  const sameEffect = before === undefined || after === undefined ? before === after : sameProfile(before, after);
  return sameEffect ? paths.filter((path) => !path.startsWith('localDNSProfile')) : paths;
}

interface Difference {
  /** Below `properties`. */
  readonly path: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

export interface OtherChange extends Difference {
  /** `expected`: a number that the autoscaler moves, an image that a reimage may renew. */
  readonly expected: boolean;
}

const alwaysMoving = ['eTag', 'provisioningState', 'status', 'virtualMachineNodesStatus', 'localDNSProfile'] as const;

/** Lists are compared as a whole; a missing member and null are the same. */
function differences(before: JsonValue | undefined, after: JsonValue | undefined, path = ''): readonly Difference[] {
  if (isJsonObject(before) && isJsonObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => differences(own(before, key), own(after, key), path === '' ? key : `${path}.${key}`));
  }
  return sameJson(before ?? null, after ?? null) ? [] : [{ path, before, after }];
}

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
  return differences(without(before, alwaysMoving), without(after.properties, alwaysMoving))
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
