import type { JsonObject } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';
import { containerService, type ProviderState, subscriptionName, type Subscription } from '../../model/registration.ts';
import { isRegistered } from './feature.ts';
import { poll } from './poll.ts';
import type { RegisterOptions, RegisterWork, RegistrationWork, Seen } from './work.ts';

export interface ProviderResult {
  readonly subscription: Subscription;
  readonly provider: ProviderState;
  readonly changed: boolean;
  readonly pending: boolean;
}

export async function showProvider(work: RegistrationWork, subscription: Subscription): Promise<ProviderResult> {
  return { subscription, provider: await work.registration.provider(subscription.id), changed: false, pending: false };
}

/**
 * Registers the provider and waits; where it is registered already this is the refresh that makes a newly registered
 * feature known, so it is always sent. Source: AKS docs, register preview features.
 * @throws CliError `still-registering` (exit `waiting`); AzureError; InterruptedError with the line that continues.
 */
export async function registerProvider(
  work: RegisterWork,
  subscription: Subscription,
  options: RegisterOptions = {},
  seen?: Seen,
): Promise<ProviderResult> {
  const asked = await work.registration.registerProvider(subscription.id);
  const pending = !isRegistered(asked.state);
  if (!pending || options.noWait === true) return { subscription, provider: asked, changed: true, pending };
  const provider = await poll(work, asked, options, {
    doing: `Registering ${containerService} on ${oneLine(subscriptionName(subscription))}`,
    read: async () => work.registration.provider(subscription.id),
    word: (reading) => reading.state,
    done: (reading) => isRegistered(reading.state),
    seen,
    continueWith: work.continueWith([subscription.id]),
    advice: 'It takes some minutes; it can be interrupted and run again at any time.',
  });
  return { subscription, provider, changed: true, pending: false };
}

export function providerValue({ subscription, provider, changed, pending }: ProviderResult): JsonObject {
  return {
    subscription: subscriptionName(subscription),
    subscriptionId: subscription.id,
    namespace: containerService,
    registrationState: provider.state,
    changed,
    pending,
  };
}
