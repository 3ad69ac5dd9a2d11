import type { RegistrationWork } from '../../usecases/registration/index.ts';
import type { Azure } from '../../model/ports.ts';
import type { Subscription } from '../../model/registration.ts';
import type { Context } from '../framework/context.ts';
import { refreshMemory } from './refresh-memory.ts';

/** The subscriptions that were named, each once, or the active one. */
export async function subscriptionsOf(azure: Azure, names: readonly string[]): Promise<readonly Subscription[]> {
  if (names.length === 0) return [await azure.accounts.subscription(undefined)];
  const found: Subscription[] = [];
  for (const name of names) {
    const subscription = await azure.accounts.subscription(name);
    if (!found.some((other) => other.id.toLowerCase() === subscription.id.toLowerCase())) found.push(subscription);
  }
  return found;
}

export function registrationWork(context: Context, azure: Azure): RegistrationWork {
  return {
    registration: azure.registration,
    memory: refreshMemory(context),
    clock: context.clock,
    emit: context.emit,
    signal: context.signal,
  };
}
