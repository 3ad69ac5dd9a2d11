import type { PoolRef } from '../../model/ids.ts';
import type { LocalDnsProfile } from '../../model/profile.ts';
import { changeProfile } from './change-profile.ts';
import type { WriteResult } from './result.ts';
import type { UpgradeSettings } from './upgrade-settings.ts';
import type { Judging, WriteOptions, WriteWork } from './work.ts';

export interface UpdateRequest {
  readonly ref: PoolRef;
  /** As a file gave it: a map that is absent keeps what is stored. */
  readonly profile: LocalDnsProfile;
  readonly settings?: UpgradeSettings | undefined;
  readonly force?: boolean | undefined;
}

/** Sets the profile of a pool. Errors are those of `changeProfile`. */
export async function updatePool(
  work: WriteWork & Judging,
  request: UpdateRequest,
  options: WriteOptions = {},
): Promise<WriteResult> {
  const { ref, profile, settings = {}, force = false } = request;
  return changeProfile(
    work,
    { action: 'update', ref, settings, force, abortRunning: false, wanted: () => profile },
    options,
  );
}
