import { combinationRules } from './combinations.ts';
import { numberRules } from './numbers.ts';
import { readingRules } from './reading.ts';
import type { ProfileRule } from './rule.ts';
import { zoneRules } from './zones.ts';

/** All rules for reading a file and validating its profile, by ID. */
export const profileRules: readonly ProfileRule[] = [
  ...Object.values(readingRules),
  ...zoneRules,
  ...combinationRules,
  ...numberRules,
].sort((left, right) => (left.id < right.id ? -1 : 1));
