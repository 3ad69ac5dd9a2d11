import { CliError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import {
  otherChanges,
  plannedProfile,
  plannedSettings,
  settingChanges,
  storedEffect,
  type OtherChange,
  type PoolPlan,
} from '../../domain/change/index.ts';
import { profileChanges } from '../../domain/localdns/index.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { poolLine, poolName } from '../../model/pool-lines.ts';
import { inState, isRunning } from '../../model/pool-state.ts';
import { followToSuccess, type FollowOptions } from './follow.ts';
import { endedFailure } from './operation-failure.ts';
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
      `The pool as it is now: ${poolLine('show', ref)}`,
    ],
  });
}

/** The pool once nothing runs on it. An operation may be told as ended a moment before the pool shows it. */
async function readSettled(work: PoolWork, follow: FollowOptions): Promise<NodePool> {
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

const settingPaths = ['maxSurge', 'maxUnavailable', 'drainTimeoutInMinutes'].map((name) => `upgradeSettings.${name}`);

/**
 * Reads the whole pool after a change; `before`: as it was read before the request, undefined for a pool that was not
 * there: Azure fills in what was not sent, so that only the profile is held against the plan. Success is only what
 * Azure stored: a profile or settings that differ from the plan are an error.
 * @throws CliError `profile-not-stored` (exit `unproven`); AzureError if the pool ended failed after all.
 */
export async function readBack(
  work: PoolWork,
  follow: FollowOptions,
  plan: PoolPlan,
  before: NodePool | undefined,
): Promise<ReadBack> {
  const { ref } = plan;
  const pool = await readSettled(work, follow);
  if (inState(pool, 'Failed', 'Canceled')) throw endedFailure(pool, follow.doing);
  const wanted = plannedProfile(plan);
  if (wanted !== undefined) {
    const wrong = profileChanges(storedEffect(pool.properties), wanted).map(({ path }) => path);
    if (wrong.length > 0) throw notStored(ref, wrong, 'the LocalDNS profile');
  }
  const settings = plannedSettings(plan);
  const unset = settingChanges(pool, settings).map(({ path }) => path);
  if (unset.length > 0) throw notStored(ref, unset, 'the upgrade settings');
  const asked = Object.values(settings).some((value) => value !== undefined);
  const changes = before === undefined ? [] : otherChanges(before.properties, pool, asked ? settingPaths : []);
  tell(work, ref, changes);
  const image = plan.change.kind === 'node-image' ? 'nodeImageVersion' : undefined;
  return { pool, otherChanges: changes.filter(({ path }) => path !== image) };
}
