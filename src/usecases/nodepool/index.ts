export { abortOperation } from './abort.ts';
export { addPool, type AddDeps } from './add.ts';
export { applyPlan, type ApplyOptions, type Intent, type RequestOutcome } from './apply.ts';
export { changeProfile, type ProfileRequest } from './change-profile.ts';
export { planValue, poolValue, writeValue, type WriteResult } from './write-result.ts';
export { changeInTurn, exitOfPools, type PoolEnd } from './pools-in-turn.ts';
export { upgradeNodeImage } from './upgrade.ts';
export { waitForPool } from './wait.ts';
export type { JudgeDeps, PoolDeps, WriteOptions, WriteDeps } from './pool-deps.ts';
