import type { Subscription } from '../../../src/model/registration.ts';
import type { ChosenSubscriptions } from '../../../src/usecases/scope/index.ts';

/** As a search would find them. */
export function chosen(...subscriptions: readonly Subscription[]): ChosenSubscriptions {
  return { subscriptions, leftOut: [], searched: true };
}
