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
import type { RegisterOptions, RegisterWork, RegistrationWork, Seen } from './work.ts';

export interface FeatureResult {
  readonly subscription: Subscription;
  readonly feature: FeatureState;
  readonly changed: boolean;
  /** Azure was asked and nobody waited, or it takes its time by itself. */
  readonly pending: boolean;
}

export const unknownToAzure = 'Unknown to Azure';

export function featureWord(feature: FeatureState): string {
  return feature.known ? feature.state : unknownToAzure;
}

export function isRegistered(state: string): boolean {
  return state.toLowerCase() === 'registered';
}

/** Azure is at it already: asking again changes nothing. `Pending` is being approved. */
function isUnderWay(state: string): boolean {
  return ['registering', 'pending'].includes(state.toLowerCase());
}

/**
 * The service needs no feature since November 2025; Azure may forget it at any time. Waiting for it would never end.
 */
function notNeeded(work: RegistrationWork, subscription: Subscription): void {
  work.emit({
    type: 'notice',
    level: 'warning',
    code: 'feature-unknown',
    message: `Azure does not know the feature ${localDnsFeature} on ${oneLine(subscriptionName(subscription))} (any more): LocalDNS is generally available and needs none. Judge by the service's rules: --ruleset ga.`,
  });
}

export async function showFeature(work: RegistrationWork, subscription: Subscription): Promise<FeatureResult> {
  const feature = await work.registration.feature(subscription.id);
  if (!feature.known) notNeeded(work, subscription);
  return { subscription, feature, changed: false, pending: false };
}

/**
 * Registers the feature and waits until it is Registered; at once where it is. Goes on where an earlier run stopped.
 * A feature that Azure does not know is a warning, and no wait.
 * @throws CliError `still-registering` (exit `waiting`); AzureError; InterruptedError with the line that continues.
 */
export async function registerFeature(
  work: RegisterWork,
  subscription: Subscription,
  options: RegisterOptions = {},
  seen?: Seen,
): Promise<FeatureResult> {
  const before = await work.registration.feature(subscription.id);
  if (!before.known) {
    notNeeded(work, subscription);
    return { subscription, feature: before, changed: false, pending: false };
  }
  if (isRegistered(before.state)) return { subscription, feature: before, changed: false, pending: false };
  await work.memory.forget(subscription.id);
  const asked = isUnderWay(before.state) ? before : await work.registration.registerFeature(subscription.id);
  if (options.noWait === true)
    return { subscription, feature: asked, changed: true, pending: asked.known && !isRegistered(asked.state) };
  const feature = await poll(work, asked, options, {
    doing: `Registering ${localDnsFeature} on ${oneLine(subscriptionName(subscription))}`,
    read: async () => work.registration.feature(subscription.id),
    word: featureWord,
    done: (reading) => !reading.known || isRegistered(reading.state),
    seen,
    continueWith: work.continueWith([subscription.id]),
    advice:
      asked.known && asked.state.toLowerCase() === 'pending'
        ? 'Pending waits for Microsoft to approve it, and time alone does not end that: ask Microsoft support. Today LocalDNS needs no feature (--ruleset ga).'
        : 'It may take twenty minutes, and now and then hours; it can be interrupted and run again at any time.',
  });
  if (!feature.known) notNeeded(work, subscription);
  return { subscription, feature, changed: true, pending: false };
}

/** Unregisters; pools that have LocalDNS keep it. Returns as soon as Azure took it. */
export async function unregisterFeature(work: RegistrationWork, subscription: Subscription): Promise<FeatureResult> {
  const before = await work.registration.feature(subscription.id);
  if (!before.known) {
    notNeeded(work, subscription);
    return { subscription, feature: before, changed: false, pending: false };
  }
  const off = ['notregistered', 'unregistered', 'unregistering', 'notspecified'].includes(before.state.toLowerCase());
  if (off)
    return { subscription, feature: before, changed: false, pending: before.state.toLowerCase() === 'unregistering' };
  const feature = await work.registration.unregisterFeature(subscription.id);
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
