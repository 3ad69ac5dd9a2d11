import { combinationRules } from './combinations.ts';
import { numberRules } from './numbers.ts';
import { readingRules } from './reading.ts';
import type { ProfileRule } from './rule.ts';
import { zoneRules } from './zones.ts';

/** Every rule by which a file is read and a profile is judged, by id. */
export const profileRules: readonly ProfileRule[] = [
  ...Object.values(readingRules),
  ...zoneRules,
  ...combinationRules,
  ...numberRules,
].sort((left, right) => (left.id < right.id ? -1 : 1));
