// The file and its meaning. What is made of it (render, resolve, lint, schema, consequences, export) has an index of
// its own, so that a command loads what it needs: a bundle cannot take an index apart.
export { normalZone, profileChanges, sameProfile, type ProfileChange } from './compare.ts';
export { documentedDefault } from './defaults.ts';
export { effectiveProfile, hasNewerSettings, profileForRequest, withMode } from './effective.ts';
export type { ProfileFinding } from './findings.ts';
export { maxFileBytes, readProfile, type ProfileDocument } from './read.ts';
export { profileRules } from './rules/index.ts';
export { profileFromStored, unknownSettings, type UnknownSetting } from './stored.ts';
