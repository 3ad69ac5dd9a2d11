import { CliError, InterruptedError } from '../../core/errors.ts';
import type { Emit } from '../../core/events.ts';
import { exitOfSeveral, type ExitCodeName } from '../../core/exit-codes.ts';
import { mapLimited } from '../../core/limit.ts';
import { oneLine } from '../../core/text.ts';
import { subscriptionName, type Subscription } from '../../model/registration.ts';
import type { ChosenSubscriptions, LeftOut } from './choose.ts';

/** Subscriptions at a time: they share nothing but the caller's own ARM budget. */
const sideBySide = 10;

/** What is done on each subscription, and the row of one on which it failed, or that was left out. */
export interface SubscriptionWork<R> {
  readonly act: (subscription: Subscription) => Promise<R>;
  readonly failed: (subscription: Subscription, error: CliError) => R;
  readonly leftOut: (leftOut: LeftOut) => R;
}

export interface SubscriptionRows<R> {
  readonly rows: readonly R[];
  readonly exit: ExitCodeName;
}

/**
 * The same work on each subscription, side by side. A failure becomes a row and does not stop the others: exit `some`;
 * where all failed, as they did, or `error` where they differ; `waiting` where nothing is worse than waiting. What could
 * not be found out in the search counts as failed.
 * @throws InterruptedError
 */
export async function forEachSubscription<R>(
  { subscriptions, leftOut }: ChosenSubscriptions,
  { act, failed, leftOut: leftOutRow }: SubscriptionWork<R>,
  emit: Emit,
  some?: ExitCodeName,
): Promise<SubscriptionRows<R>> {
  const exits: ExitCodeName[] = [];
  const rows = await mapLimited(subscriptions, sideBySide, async (subscription) => {
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
