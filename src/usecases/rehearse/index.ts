export { rehearse } from './rehearse.ts';
export type {
  CacheCount,
  RehearsalDifference,
  RehearsalOptions,
  RehearsalPorts,
  RehearsalReport,
  RehearsedAsk,
  RehearsedName,
} from './rehearsal.ts';
