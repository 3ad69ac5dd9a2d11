export type { AnswerSource } from './ask.ts';
export { rehearse } from './rehearse.ts';
export { rehearsalSteps } from './types.ts';
export type {
  CacheCount,
  RehearsalDifference,
  RehearsalOptions,
  RehearsalPorts,
  RehearsalReport,
  RehearsalStep,
  RehearsalWork,
  RehearsedAsk,
  RehearsedName,
} from './types.ts';
