export { IgnoreCounts } from './counts.ts';
export { dayOf, isExpired, type IgnoreEntry } from './entry.ts';
export { expiredRows } from './expired.ts';
export { ignoreFileTooLarge, mostIgnoreBytes, parseIgnoreFile } from './parse.ts';
export { ignoredBy, IgnoreRules } from './rules.ts';
