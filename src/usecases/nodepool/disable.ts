import type { PoolRef } from '../../model/ids.ts';
import { changeProfile } from './change-profile.ts';
import type { WriteResult } from './result.ts';
import type { UpgradeSettings } from './upgrade-settings.ts';
import type { Judging, WriteOptions, WriteWork } from './work.ts';

export interface DisableRequest {
  readonly ref: PoolRef;
  /** End the operation that runs on the pool first. */
  readonly abortRunning?: boolean | undefined;
  readonly settings?: UpgradeSettings | undefined;
  readonly force?: boolean | undefined;
}

/**
 * Mode Disabled, overrides kept. A pool that was never configured has nothing to turn off. The way out: only access and
 * power state stop it. Errors are those of `changeProfile`.
 */
export async function disablePool(
  work: WriteWork & Judging,
  request: DisableRequest,
  options: WriteOptions = {},
): Promise<WriteResult> {
  const { ref, abortRunning = false, settings = {}, force = false } = request;
  return changeProfile(
    work,
    {
      action: 'disable',
      ref,
      settings,
      force,
      abortRunning,
      wanted: (pool) => (pool.localDns === undefined && !force ? undefined : { mode: 'Disabled' }),
    },
    options,
  );
}
