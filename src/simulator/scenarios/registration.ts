import { featureKey, newFeature } from '../arm/features.ts';
import { providerOf } from '../arm/lookup.ts';
import type { ScenarioRecord } from './scenario.ts';

const key = featureKey('Microsoft.ContainerService', 'LocalDNSPreview');

/** The preview feature, the provider, and clouds with older api-versions. */
export const registrationScenarios: readonly ScenarioRecord[] = [
  {
    name: 'long-registration',
    summary: 'The feature takes two hours to register.',
    source: 'feature guides of AKS: minutes, sometimes hours',
    prepare: (world) => {
      world.settings.featureSeconds = 2 * 3600;
    },
  },
  {
    name: 'feature-registered',
    summary: 'LocalDNSPreview is registered on every subscription, and the provider refreshed.',
    source: 'the state after the guide has been followed',
    prepare: (world) => {
      for (const subscription of world.subscriptions.values()) {
        subscription.features.set(key, newFeature('Microsoft.ContainerService', 'LocalDNSPreview', 'Registered'));
        providerOf(world, subscription, 'Microsoft.ContainerService').refreshedAt = world.now();
      }
    },
  },
  {
    name: 'feature-pending',
    summary: 'The feature needs an approval by Microsoft: it stays Pending.',
    source: 'Features API: manual approval',
    prepare: (world) => {
      for (const subscription of world.subscriptions.values()) {
        subscription.features.set(key, newFeature('Microsoft.ContainerService', 'LocalDNSPreview', 'Pending'));
      }
    },
  },
  {
    name: 'feature-unknown',
    summary: 'Azure knows no feature LocalDNSPreview any more.',
    source: 'previews are withdrawn some time after general availability',
    prepare: (world) => {
      world.settings.unknownFeatures.add(key);
    },
  },
  {
    name: 'feature-required',
    summary:
      'A LocalDNS profile is refused unless the feature is registered and the provider refreshed since, as during the preview.',
    source: 'the preview guide (2025)',
    prepare: (world) => {
      world.settings.featureRequired = true;
    },
  },
  {
    name: 'old-api-version',
    summary: 'A cloud that lags behind: its newest api-version of AKS is 2025-10-01.',
    source: 'sovereign clouds',
    prepare: (world) => {
      world.settings.newestApiVersion = '2025-10-01';
    },
  },
  {
    name: 'no-localdns-api',
    summary: 'A cloud whose newest api-version of AKS is 2025-08-01, which does not know LocalDNS.',
    source: 'sovereign clouds',
    prepare: (world) => {
      world.settings.newestApiVersion = '2025-08-01';
    },
  },
];
