export { abortOperation } from './abort.ts';
export { addPool } from './add.ts';
export { changeProfile } from './change-profile.ts';
export { planValue, poolValue, writeValue, type WriteResult } from './write-result.ts';
export { changeInTurn, exitOfPools, type PoolEnd } from './pools-in-turn.ts';
export { upgradeNodeImage } from './upgrade.ts';
export { waitForPool } from './wait.ts';
export type { PoolDeps, WriteOptions, WriteDeps } from './pool-deps.ts';
