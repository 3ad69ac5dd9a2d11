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
import { poolLine, poolName } from '../../model/pool-command.ts';
import { inState, isRunning } from '../../model/pool-state.ts';
import { followToSuccess, type FollowOptions } from './follow.ts';
import { endedFailure } from './operation-failure.ts';
import type { PoolDeps } from './pool-deps.ts';

export interface ReadBack {
  readonly pool: NodePool;
  /** Changes since before the request that were not requested. */
  readonly otherChanges: readonly OtherChange[];
}

function notStored(ref: PoolRef, paths: readonly string[], what: string): CliError {
  return new CliError({
    code: 'profile-not-stored',
    message: `Azure reported success, but ${what} of ${poolName(ref)} ${what.endsWith('s') ? 'are' : 'is'} not stored as sent: ${paths.map(oneLine).join(', ')}.`,
    hints: [
      'Another process may have changed the node pool, or the service ignored the setting. Run the same command again.',
      `Current state of the pool: ${poolLine('show', ref)}`,
    ],
  });
}

/** Reads the pool once no operation is running. Azure may report an operation as ended before the pool shows it. */
async function readSettled(deps: PoolDeps, follow: FollowOptions): Promise<NodePool> {
  const pool = await deps.pools.readPool(follow.ref);
  if (!isRunning(pool)) return pool;
  await followToSuccess(deps, { ...follow, operation: undefined });
  return deps.pools.readPool(follow.ref);
}

function announce(deps: PoolDeps, ref: PoolRef, changes: readonly OtherChange[]): void {
  for (const { path, before, after, expected } of changes) {
    const shown = (value: unknown): string => (value === undefined ? '(none)' : oneLine(JSON.stringify(value)));
    deps.emit({
      type: 'notice',
      level: expected ? 'info' : 'warning',
      code: 'other-field-changed',
      message: `${poolName(ref)}: ${oneLine(path)} also changed: ${shown(before)} -> ${shown(after)}${expected ? '' : ' (not requested)'}`,
    });
  }
}

const settingPaths = ['maxSurge', 'maxUnavailable', 'drainTimeoutInMinutes'].map((name) => `upgradeSettings.${name}`);

/**
 * Reads the whole pool after a change. `before` is the pool before the request, or undefined for a new pool; Azure
 * fills in settings of a new pool, so only its profile is compared with the plan. A stored profile or settings that
 * differ from the plan are an error.
 * @throws CliError `profile-not-stored` (exit `unproven`); AzureError if the pool is Failed.
 */
export async function readBack(
  deps: PoolDeps,
  follow: FollowOptions,
  plan: PoolPlan,
  before: NodePool | undefined,
): Promise<ReadBack> {
  const { ref } = plan;
  const pool = await readSettled(deps, follow);
  if (inState(pool, 'Failed', 'Canceled')) throw endedFailure(pool, follow.doing);
  const expectedProfile = plannedProfile(plan);
  if (expectedProfile !== undefined) {
    const wrong = profileChanges(storedEffect(pool.properties), expectedProfile).map(({ path }) => path);
    if (wrong.length > 0) throw notStored(ref, wrong, 'the LocalDNS profile');
  }
  const settings = plannedSettings(plan);
  const unset = settingChanges(pool, settings).map(({ path }) => path);
  if (unset.length > 0) throw notStored(ref, unset, 'the upgrade settings');
  const asked = Object.values(settings).some((value) => value !== undefined);
  const changes = before === undefined ? [] : otherChanges(before.properties, pool, asked ? settingPaths : []);
  announce(deps, ref, changes);
  const image = plan.change.kind === 'node-image' ? 'nodeImageVersion' : undefined;
  return { pool, otherChanges: changes.filter(({ path }) => path !== image) };
}
