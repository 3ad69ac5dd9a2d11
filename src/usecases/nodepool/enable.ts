import { documentedDefault } from '../../domain/localdns/index.ts';
import type { PoolRef } from '../../model/ids.ts';
import { changeProfile } from './change-profile.ts';
import type { WriteResult } from './result.ts';
import type { UpgradeSettings } from './upgrade-settings.ts';
import type { Judging, WriteOptions, WriteWork } from './work.ts';

export interface EnableRequest {
  readonly ref: PoolRef;
  /** The documented default, whatever is stored. */
  readonly reset?: boolean | undefined;
  readonly settings?: UpgradeSettings | undefined;
  readonly force?: boolean | undefined;
}

/**
 * Mode Required, with the overrides that are stored, or the documented default where there are none. Errors are those
 * of `changeProfile`.
 */
export async function enablePool(
  work: WriteWork & Judging,
  request: EnableRequest,
  options: WriteOptions = {},
): Promise<WriteResult> {
  const { ref, reset = false, settings = {}, force = false } = request;
  const wanted = reset ? documentedDefault('Required') : ({ mode: 'Required' } as const);
  return changeProfile(
    work,
    { action: 'enable', ref, settings, force, abortRunning: false, wanted: () => wanted },
    options,
  );
}
