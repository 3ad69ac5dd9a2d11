export { IgnoreCounts } from './counts.ts';
export { dayOf, isExpired, type IgnoreEntry } from './entry.ts';
export { expiredRows } from './expired.ts';
// What reads the file, ./parse.ts, brings a YAML parser along: it is for whoever has a file.
export { ignoreFileTooLarge, mostIgnoreBytes } from './limit.ts';
export { ignoredBy, IgnoreRules } from './rules.ts';
