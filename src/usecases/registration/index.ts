export { featureValue, registerFeature, showFeature, unregisterFeature, type FeatureResult } from './feature.ts';
export { rowForEach } from './for-each.ts';
export { providerValue, registerProvider, showProvider, type ProviderResult } from './provider.ts';
export { setup, setupValue, type SetupOutcome, type SetupResult, type SetupRow } from './setup.ts';
export type { RegisterOptions, RegisterWork, RegistrationWork } from './work.ts';
