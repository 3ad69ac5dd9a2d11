// The file and its meaning. Each use of it (render, resolve, lint, schema, consequences, export) has its own index,
// so that a command loads only what it needs: the bundler cannot split an index.
export { normalZone, profileChanges, sameProfile, type ProfileChange } from './compare.ts';
export { documentedDefault } from './defaults.ts';
export { effectiveProfile, hasNewerSettings, profileForRequest, withMode } from './effective.ts';
export type { ProfileFinding } from './findings.ts';
export { maxFileBytes, readProfile, type ProfileDocument } from './read.ts';
export { profileRules } from './rules/index.ts';
export { profileFromStored, unknownSettings, type UnknownSetting } from './stored.ts';
