import { effectiveProfile, profileFromStored } from '../../domain/localdns/index.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { EffectiveProfile, LocalDnsProfile } from '../../model/profile.ts';
import { storedProfile } from './body.ts';
import { hasProfile } from './compare.ts';
import { settingChanges, type UpgradeSettings } from './upgrade-settings.ts';

/** A change of one pool's profile, whichever command asks for it. */
export interface ChangeRequest {
  readonly action: 'update' | 'enable' | 'disable';
  readonly ref: PoolRef;
  /** What is wanted of the pool as it is; `undefined`: there is nothing to change about it. */
  wanted(pool: NodePool): LocalDnsProfile | undefined;
  readonly settings: UpgradeSettings;
  /** Send although the pool is as wanted. */
  readonly force: boolean;
  /** End the operation that runs on the pool first. */
  readonly abortRunning: boolean;
}

/** The request as it stands for the pool of this moment. */
export interface Target {
  readonly pool: NodePool;
  readonly wanted: LocalDnsProfile;
  readonly effective: EffectiveProfile;
  readonly settings: UpgradeSettings;
}

export function targetOf(request: ChangeRequest, pool: NodePool): Target | undefined {
  const wanted = request.wanted(pool);
  if (wanted === undefined) return undefined;
  const stored = storedProfile(pool.properties);
  return {
    pool,
    wanted,
    effective: effectiveProfile(wanted, stored === undefined ? undefined : profileFromStored(stored)),
    settings: request.settings,
  };
}

/** Whether the pool has, or is getting, all that is asked for. */
export function carriesTarget(pool: NodePool, target: Target): boolean {
  return hasProfile(pool, target.effective) && settingChanges(pool, target.settings).length === 0;
}
