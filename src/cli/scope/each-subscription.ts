import { CliError, InterruptedError } from '../../core/errors.ts';
import { exitOfSeveral, type ExitCodeName } from '../../core/exit-codes.ts';
import type { JsonObject } from '../../core/json.ts';
import { mapLimited } from '../../core/limit.ts';
import { oneLine } from '../../core/text.ts';
import type { Subscription } from '../../model/registration.ts';
import type { Context } from '../framework/context.ts';
import type { CommandResult } from '../io/result.ts';
import type { Chosen } from './choose.ts';

/** Subscriptions at a time. */
const sideBySide = 10;

type Tried = { readonly value: JsonObject } | { readonly error: CliError; readonly row: JsonObject };

function exitOf(errors: readonly CliError[], { subscriptions, leftOut }: Chosen, some: ExitCodeName): ExitCodeName {
  const missed = leftOut.flatMap(({ failed }) => failed ?? []);
  const failures = [...errors.map(({ exit }) => exit).filter((exit) => exit !== 'waiting'), ...missed];
  return exitOfSeveral(failures, subscriptions.length + missed.length, some) ?? (errors.length > 0 ? 'waiting' : 'ok');
}

function missedRow({ id, name }: Subscription, error: string): JsonObject {
  return { subscription: name, subscriptionId: id, changed: false, error };
}

/**
 * The same work on each subscription, side by side. One that was named alone fails as it fails; of several, or of a
 * search, a failure becomes a row and does not stop the others (exit `some`; where all failed, as they did, or `error`
 * where they differ). What could not be found out in the search counts as failed.
 */
export async function onEach(
  context: Context,
  chosen: Chosen,
  work: (subscription: Subscription) => Promise<JsonObject>,
  some: ExitCodeName = 'some-failed',
): Promise<CommandResult> {
  const { subscriptions, leftOut, searched } = chosen;
  const [first] = subscriptions;
  if (!searched && subscriptions.length === 1 && first !== undefined) return { value: [await work(first)] };
  const tried = await mapLimited(subscriptions, sideBySide, async (subscription): Promise<Tried> => {
    try {
      return { value: await work(subscription) };
    } catch (error) {
      if (!(error instanceof CliError) || error instanceof InterruptedError) throw error;
      const message = `${oneLine(subscription.name)}: ${error.message}`;
      context.emit({
        type: 'notice',
        level: 'warning',
        code: error.code,
        message: [message, ...error.hints].join(' '),
      });
      return { error, row: missedRow(subscription, error.message) };
    }
  });
  const rows = tried.map((each) => ('value' in each ? each.value : each.row));
  return {
    value: [...rows, ...leftOut.map(({ subscription, why }) => missedRow(subscription, why))],
    exit: exitOf(
      tried.flatMap((each) => ('error' in each ? [each.error] : [])),
      chosen,
      some,
    ),
  };
}
