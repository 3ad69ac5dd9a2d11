import type { JsonObject } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';
import { containerService, type ProviderState, subscriptionName, type Subscription } from '../../model/registration.ts';
import { isRegistered } from './feature.ts';
import { poll } from './poll.ts';
import type { RegisterOptions, RegisterDeps, RegistrationDeps, Seen } from './registration-deps.ts';

export interface ProviderResult {
  readonly subscription: Subscription;
  readonly provider: ProviderState;
  readonly changed: boolean;
  readonly pending: boolean;
}

export async function showProvider(deps: RegistrationDeps, subscription: Subscription): Promise<ProviderResult> {
  return { subscription, provider: await deps.registration.provider(subscription.id), changed: false, pending: false };
}

/**
 * Registers the provider and waits. If the provider is already registered, the request still makes a newly registered
 * feature take effect, so it is always sent. Source: AKS docs, register preview features.
 * @throws CliError `still-registering` (exit `waiting`); AzureError; InterruptedError with the command that continues.
 */
export async function registerProvider(
  deps: RegisterDeps,
  subscription: Subscription,
  options: RegisterOptions = {},
  seen?: Seen,
): Promise<ProviderResult> {
  const asked = await deps.registration.registerProvider(subscription.id);
  const pending = !isRegistered(asked.state);
  if (!pending || options.noWait === true) return { subscription, provider: asked, changed: true, pending };
  const provider = await poll(deps, asked, options, {
    doing: `Registering ${containerService} on ${oneLine(subscriptionName(subscription))}`,
    read: async () => deps.registration.provider(subscription.id),
    word: (reading) => reading.state,
    done: (reading) => isRegistered(reading.state),
    seen,
    continueWith: deps.continueWith([subscription.id]),
    advice: 'This takes a few minutes. You can interrupt it and run the command again at any time.',
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
