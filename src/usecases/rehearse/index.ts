export { rehearse } from './rehearse.ts';
export type { CacheCount, RehearsalDifference, RehearsalReport, RehearsedAsk, RehearsedName } from './rehearsal.ts';
