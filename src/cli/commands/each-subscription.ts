import { CliError, InterruptedError } from '../../core/errors.ts';
import type { ExitCodeName } from '../../core/exit-codes.ts';
import type { JsonObject } from '../../core/json.ts';
import { mapLimited } from '../../core/limit.ts';
import { oneLine } from '../../core/text.ts';
import type { Subscription } from '../../model/registration.ts';
import type { Context } from '../context.ts';
import type { CommandResult } from '../framework/definition.ts';

/** Subscriptions at a time. */
const sideBySide = 10;

type Tried = { readonly value: JsonObject } | { readonly error: CliError };

function exitOf(errors: readonly CliError[], all: number): ExitCodeName {
  const failed = errors.filter((error) => error.exit !== 'waiting').length;
  if (failed > 0) return failed === all ? 'error' : 'some-failed';
  return errors.length > 0 ? 'waiting' : 'ok';
}

/**
 * The same work on each subscription, side by side. One alone fails as it fails; of several, a failure becomes a row and does not stop the
 * others (exit `some-failed`, `error` where all failed).
 */
export async function onEach(context: Context, subscriptions: readonly Subscription[], work: (subscription: Subscription) => Promise<JsonObject>): Promise<CommandResult> {
  const [first] = subscriptions;
  if (subscriptions.length === 1 && first !== undefined) return { value: [await work(first)] };
  const tried = await mapLimited(subscriptions, sideBySide, async (subscription): Promise<Tried> => {
    try {
      return { value: await work(subscription) };
    } catch (error) {
      if (!(error instanceof CliError) || error instanceof InterruptedError) throw error;
      const message = `${oneLine(subscription.name)}: ${error.message}`;
      context.emit({ type: 'notice', level: 'warning', code: error.code, message: [message, ...error.hints].join(' ') });
      return { error };
    }
  });
  const value = tried.map((each, index) =>
    'value' in each ? each.value : { subscription: subscriptions[index]?.name, subscriptionId: subscriptions[index]?.id, changed: false, error: each.error.message },
  );
  return { value, exit: exitOf(tried.flatMap((each) => ('error' in each ? [each.error] : [])), subscriptions.length) };
}
