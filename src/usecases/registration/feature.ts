import type { JsonObject } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';
import {
  containerService,
  localDnsFeature,
  type FeatureState,
  subscriptionName,
  type Subscription,
} from '../../model/registration.ts';
import { poll } from './poll.ts';
import type { RegisterOptions, RegisterDeps, RegistrationDeps, Seen } from './registration-deps.ts';

export interface FeatureResult {
  readonly subscription: Subscription;
  readonly feature: FeatureState;
  readonly changed: boolean;
  /** The request was sent without waiting, or Azure has not finished. */
  readonly pending: boolean;
}

export const unknownToAzure = 'Unknown to Azure';

export function featureWord(feature: FeatureState): string {
  return feature.known ? feature.state : unknownToAzure;
}

export function isRegistered(state: string): boolean {
  return state.toLowerCase() === 'registered';
}

/** Azure is already processing it, so another request changes nothing. `Pending` waits for approval. */
function isUnderWay(state: string): boolean {
  return ['registering', 'pending'].includes(state.toLowerCase());
}

/**
 * AKS has not needed the feature since November 2025, and Azure may remove it at any time. Waiting for it would never
 * end.
 */
function notNeeded(deps: RegistrationDeps, subscription: Subscription): void {
  deps.emit({
    type: 'notice',
    level: 'warning',
    code: 'feature-unknown',
    message: `Azure does not know the feature ${localDnsFeature} on ${oneLine(subscriptionName(subscription))} because LocalDNS is generally available and no longer needs it. Use --ruleset ga.`,
  });
}

export async function showFeature(deps: RegistrationDeps, subscription: Subscription): Promise<FeatureResult> {
  const feature = await deps.registration.feature(subscription.id);
  if (!feature.known) notNeeded(deps, subscription);
  return { subscription, feature, changed: false, pending: false };
}

/**
 * Registers the feature and waits until it is Registered. Continues what an earlier run started. A feature that Azure
 * does not know is a warning, without a wait.
 * @throws CliError `still-registering` (exit `waiting`); AzureError; InterruptedError with the command that continues.
 */
export async function registerFeature(
  deps: RegisterDeps,
  subscription: Subscription,
  options: RegisterOptions = {},
  seen?: Seen,
): Promise<FeatureResult> {
  const before = await deps.registration.feature(subscription.id);
  if (!before.known) {
    notNeeded(deps, subscription);
    return { subscription, feature: before, changed: false, pending: false };
  }
  if (isRegistered(before.state)) return { subscription, feature: before, changed: false, pending: false };
  await deps.memory.forget(subscription.id);
  const asked = isUnderWay(before.state) ? before : await deps.registration.registerFeature(subscription.id);
  if (options.noWait === true)
    return { subscription, feature: asked, changed: true, pending: asked.known && !isRegistered(asked.state) };
  const feature = await poll(deps, asked, options, {
    doing: `Registering ${localDnsFeature} on ${oneLine(subscriptionName(subscription))}`,
    read: async () => deps.registration.feature(subscription.id),
    word: featureWord,
    done: (reading) => !reading.known || isRegistered(reading.state),
    seen,
    continueWith: deps.continueWith([subscription.id]),
    advice:
      asked.known && asked.state.toLowerCase() === 'pending'
        ? 'Pending means that Microsoft has to approve it; contact Microsoft support. LocalDNS no longer needs the feature (--ruleset ga).'
        : 'This usually takes up to 20 minutes, sometimes hours. You can interrupt it and run the command again at any time.',
  });
  if (!feature.known) notNeeded(deps, subscription);
  return { subscription, feature, changed: true, pending: false };
}

/** Unregisters the feature; pools that have LocalDNS keep it. Returns once Azure accepts the request. */
export async function unregisterFeature(deps: RegistrationDeps, subscription: Subscription): Promise<FeatureResult> {
  const before = await deps.registration.feature(subscription.id);
  if (!before.known) {
    notNeeded(deps, subscription);
    return { subscription, feature: before, changed: false, pending: false };
  }
  const off = ['notregistered', 'unregistered', 'unregistering', 'notspecified'].includes(before.state.toLowerCase());
  if (off)
    return { subscription, feature: before, changed: false, pending: before.state.toLowerCase() === 'unregistering' };
  const feature = await deps.registration.unregisterFeature(subscription.id);
  return {
    subscription,
    feature,
    changed: true,
    pending: feature.known && feature.state.toLowerCase() === 'unregistering',
  };
}

export function featureValue({ subscription, feature, changed, pending }: FeatureResult): JsonObject {
  return {
    subscription: subscriptionName(subscription),
    subscriptionId: subscription.id,
    name: `${containerService}/${localDnsFeature}`,
    state: feature.known ? feature.state : null,
    known: feature.known,
    changed,
    pending,
  };
}
