// The file and its meaning. Each use of it (render, resolve, lint, schema, consequences, export) has its own index,
// so that a command loads only what it needs: the bundler cannot split an index.
export { normalZone, profileChanges, sameProfile, type ProfileChange } from './profile-changes.ts';
export { documentedDefault } from './defaults.ts';
export { effectiveProfile, hasNewerSettings, profileForRequest, withMode } from './effective-profile.ts';
export type { ProfileFinding } from './findings.ts';
export { maxFileBytes, readProfile, type ProfileDocument } from './profile-document.ts';
export { profileFromStored, unknownSettings, type UnknownSetting } from './stored-profile.ts';
