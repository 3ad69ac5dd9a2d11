export { featureValue, registerFeature, showFeature, unregisterFeature } from './feature.ts';
export { rowForEach } from './for-each.ts';
export { providerValue, registerProvider, showProvider } from './provider.ts';
export { setup, setupValue } from './setup.ts';
export type { RegistrationDeps } from './registration-deps.ts';
