export { IgnoreCounts } from './counts.ts';
export { dayOf, ignoreFileTooLarge, maxIgnoreBytes, type IgnoreEntry } from './entry.ts';
export { expiredRows } from './expired.ts';
// ./parse.ts, which reads the file, brings a YAML parser along: it is for whoever has a file.
export { IgnoreRules } from './rules.ts';
