import type { Emit } from '../../core/events.ts';
import type { ExitCodeName } from '../../core/exit-codes.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Subscription } from '../../model/registration.ts';
import { forEachSubscription, type ChosenSubscriptions } from '../scope/index.ts';

export interface RegistrationRows {
  readonly rows: readonly JsonObject[];
  readonly exit: ExitCodeName;
}

function missedRow({ id, name }: Subscription, error: string): JsonObject {
  return { subscription: name, subscriptionId: id, changed: false, error };
}

/**
 * One row for each subscription, from `act`. If a single subscription is named, its error is thrown. `some` is the exit
 * code if some failed.
 */
export async function rowForEach(
  chosen: ChosenSubscriptions,
  act: (subscription: Subscription) => Promise<JsonObject>,
  emit: Emit,
  some?: ExitCodeName,
): Promise<RegistrationRows> {
  const [only, another] = chosen.subscriptions;
  if (!chosen.searched && only !== undefined && another === undefined) return { rows: [await act(only)], exit: 'ok' };
  return forEachSubscription(
    chosen,
    {
      act,
      failed: (subscription, error) => missedRow(subscription, error.message),
      leftOut: ({ subscription, why }) => missedRow(subscription, why),
    },
    emit,
    some,
  );
}
