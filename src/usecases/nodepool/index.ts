export { abortOperation, type AbortResult } from './abort.ts';
export { addPool, type AddWork } from './add.ts';
export { applyPlan, type Applied, type ApplyOptions, type Intent, type Outcome } from './apply.ts';
export { changeProfile, type ProfileRequest } from './change-profile.ts';
export { planValue, poolValue, writeValue, type WriteOutcome, type WriteResult } from './result.ts';
export { changeSeveral, exitOfPools, type PoolEnd } from './several.ts';
export { upgradeNodeImage } from './upgrade.ts';
export { waitForPool, type PoolWaitOptions, type WaitCondition, type WaitResult } from './wait.ts';
export type { Judging, PoolWork, WaitFor, WaitOptions, WriteOptions, WriteWork } from './work.ts';
