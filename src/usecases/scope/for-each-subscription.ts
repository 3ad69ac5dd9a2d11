import { CliError, InterruptedError } from '../../core/errors.ts';
import type { Emit } from '../../core/events.ts';
import { exitOfSeveral, type ExitCodeName } from '../../core/exit-codes.ts';
import { mapLimited } from '../../core/limit.ts';
import { oneLine } from '../../core/text.ts';
import { subscriptionName, type Subscription } from '../../model/registration.ts';
import type { ChosenSubscriptions, LeftOut } from './choose-subscriptions.ts';

/** Subscriptions share only the ARM request budget of the caller. */
const maxConcurrent = 10;

/** What to do on each subscription, and the rows for those that fail or are left out. */
export interface SubscriptionAction<R> {
  readonly act: (subscription: Subscription) => Promise<R>;
  readonly failed: (subscription: Subscription, error: CliError) => R;
  readonly leftOut: (leftOut: LeftOut) => R;
}

export interface SubscriptionRows<R> {
  readonly rows: readonly R[];
  readonly exit: ExitCodeName;
}

/**
 * Runs an action on each subscription in parallel. A failure becomes a row and does not stop the others. Exit: `some`
 * if some failed; if all failed, their exit, or `error` if they differ; `waiting` if nothing failed and some are still
 * waiting. A subscription that could not be searched counts as failed.
 * @throws InterruptedError
 */
export async function forEachSubscription<R>(
  { subscriptions, leftOut }: ChosenSubscriptions,
  { act, failed, leftOut: leftOutRow }: SubscriptionAction<R>,
  emit: Emit,
  some?: ExitCodeName,
): Promise<SubscriptionRows<R>> {
  const exits: ExitCodeName[] = [];
  const rows = await mapLimited(subscriptions, maxConcurrent, async (subscription) => {
    try {
      return await act(subscription);
    } catch (error) {
      if (!(error instanceof CliError) || error instanceof InterruptedError) throw error;
      const message = `${oneLine(subscriptionName(subscription))}: ${oneLine(error.message)}`;
      emit({ type: 'notice', level: 'warning', code: error.code, message: [message, ...error.hints].join(' ') });
      exits.push(error.exit);
      return failed(subscription, error);
    }
  });
  const missed = leftOut.flatMap((each) => each.failed ?? []);
  const failures = [...exits.filter((exit) => exit !== 'waiting'), ...missed];
  const exit = exitOfSeveral(failures, subscriptions.length + missed.length, some);
  return {
    rows: [...rows, ...leftOut.map(leftOutRow)],
    exit: exit ?? (exits.length > 0 ? 'waiting' : 'ok'),
  };
}
