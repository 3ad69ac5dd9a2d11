export { IgnoreCounts } from './counts.ts';
export { dayOf, ignoreFileTooLarge, maxIgnoreBytes, type IgnoreEntry } from './entry.ts';
export { expiredRows } from './expired-entries.ts';
// ./ignore-file.ts is not exported here, because it loads the YAML parser; import it only to read a file.
export { IgnoreRules } from './rules.ts';
