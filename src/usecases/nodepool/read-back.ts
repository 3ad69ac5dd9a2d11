import { CliError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';
import { profileChanges } from '../../domain/localdns/index.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { EffectiveProfile } from '../../model/profile.ts';
import { effectiveOf, otherChanges, type OtherChange } from './compare.ts';
import { poolLine, poolName } from './lines.ts';
import { followToSuccess, type FollowOptions } from './observe.ts';
import { endedStatus, operationFailure } from './operation-failure.ts';
import { inState, isRunning } from './states.ts';
import { settingChanges, type UpgradeSettings } from './upgrade-settings.ts';
import type { PoolWork } from './work.ts';

export interface ReadBack {
  readonly pool: NodePool;
  /** What else differs from before the request, apart from what was asked for. */
  readonly otherChanges: readonly OtherChange[];
}

function notStored(ref: PoolRef, paths: readonly string[], what: string): CliError {
  return new CliError({
    code: 'profile-not-stored',
    message: `Azure reports success, and ${what} of ${poolName(ref)} ${what.endsWith('s') ? 'are' : 'is'} not stored as sent: ${paths.map(oneLine).join(', ')}.`,
    hints: [
      'Somebody may have changed the pool meanwhile, or the service dropped it. Run the same line again to see.',
      `The pool as it is now: ${poolLine(['show'], ref)}`,
    ],
    exit: 'unproven',
  });
}

/** The pool once nothing runs on it. An operation may be told as ended a moment before the pool shows it. */
export async function readSettled(work: PoolWork, follow: FollowOptions): Promise<NodePool> {
  const pool = await work.pools.readPool(follow.ref);
  if (!isRunning(pool)) return pool;
  await followToSuccess(work, { ...follow, operation: undefined });
  return work.pools.readPool(follow.ref);
}

function tell(work: PoolWork, ref: PoolRef, changes: readonly OtherChange[]): void {
  for (const { path, before, after, expected } of changes) {
    const shown = (value: unknown): string => (value === undefined ? '(none)' : oneLine(JSON.stringify(value)));
    work.emit({
      type: 'notice',
      level: expected ? 'info' : 'warning',
      code: 'other-field-changed',
      message: `${poolName(ref)}: ${oneLine(path)} changed too: ${shown(before)} -> ${shown(after)}${expected ? '' : '. Nobody asked for that here.'}`,
    });
  }
}

/**
 * Reads the whole pool after a change; `before` undefined for a pool that was not there. Success is only what Azure
 * stored: a profile or settings that differ from what was sent are an error.
 * @throws CliError `profile-not-stored` (exit `unproven`); AzureError where the pool ended failed after all.
 */
export async function readBack(
  work: PoolWork,
  follow: FollowOptions,
  expected: {
    readonly before: JsonObject | undefined;
    readonly wanted: EffectiveProfile | undefined;
    readonly settings: UpgradeSettings;
  },
): Promise<ReadBack> {
  const { ref } = follow;
  const pool = await readSettled(work, follow);
  if (inState(pool, 'Failed', 'Canceled'))
    throw operationFailure(endedStatus(pool), follow.doing, poolLine(['show'], ref));
  if (expected.wanted !== undefined) {
    const wrong = profileChanges(effectiveOf(pool), expected.wanted).map(({ path }) => path);
    if (wrong.length > 0) throw notStored(ref, wrong, 'the LocalDNS profile');
  }
  const unset = settingChanges(pool, expected.settings).map(({ path }) => path);
  if (unset.length > 0) throw notStored(ref, unset, 'the upgrade settings');
  const sentPaths = ['maxSurge', 'maxUnavailable', 'drainTimeoutInMinutes'].map((name) => `upgradeSettings.${name}`);
  const asked = Object.values(expected.settings).some((value) => value !== undefined);
  const changes = expected.before === undefined ? [] : otherChanges(expected.before, pool, asked ? sentPaths : []);
  tell(work, ref, changes);
  return { pool, otherChanges: changes };
}
