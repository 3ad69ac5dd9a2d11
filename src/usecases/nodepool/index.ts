export { abortOperation } from './abort.ts';
export { addPool, type AddWork } from './add.ts';
export { applyPlan, type ApplyOptions, type Intent, type Outcome } from './apply.ts';
export { changeProfile, type ProfileRequest } from './change-profile.ts';
export { planValue, poolValue, writeValue, type WriteResult } from './result.ts';
export { changeSeveral, exitOfPools, type PoolEnd } from './several.ts';
export { upgradeNodeImage } from './upgrade.ts';
export { waitForPool } from './wait.ts';
export type { Judging, PoolWork, WriteOptions, WriteWork } from './work.ts';
