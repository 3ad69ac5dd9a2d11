import { CliError } from '../../core/errors.ts';
import type { ExitCodeName } from '../../core/exit-codes.ts';
import type { JsonObject } from '../../core/json.ts';
import { count, oneLine, shellLine } from '../../core/text.ts';
import type { Subscription } from '../../model/registration.ts';
import { rowForEach, type RegistrationDeps } from '../../usecases/registration/index.ts';
import { chooseSubscriptions, unreadSubscriptions, type ChosenSubscriptions } from '../../usecases/scope/index.ts';
import type { Context } from '../framework/context.ts';
import type { CommandResult } from '../io/result.ts';
import type { RegistrationScopeArguments } from '../options/registration.ts';
import { readScope } from '../options/scope-request.ts';
import { refreshMemory } from './refresh-memory.ts';

/** The question before a change. */
export interface Question {
  /** The action on each subscription: `Register LocalDNSPreview`. */
  readonly action: string;
  /** Shown below the list. */
  readonly note?: string;
  readonly yes: boolean;
  /** Whether to ask. Defaults to asking about subscriptions that were not named. */
  readonly needed?: (chosen: ChosenSubscriptions) => boolean;
}

function tellUnread({ emit }: Context, chosen: ChosenSubscriptions): void {
  const message = unreadSubscriptions(chosen);
  if (message !== undefined) emit({ type: 'notice', level: 'warning', code: 'subscriptions-not-read', message });
}

/** One question for all subscriptions, with a line for each. */
async function agree(context: Context, chosen: ChosenSubscriptions, { action, note, yes }: Question): Promise<void> {
  const { subscriptions } = chosen;
  const notes = [unreadSubscriptions(chosen), note].filter((each) => each !== undefined);
  const lines = subscriptions.map(({ name, id }) => `  ${oneLine(name)} (${id})`);
  const agreed = await context.consent({
    summary: [`${action} on:`, ...lines, ...notes].join('\n'),
    question: `${action} in ${count(subscriptions.length, 'subscription')}?`,
    yes,
  });
  if (!agreed) throw new CliError({ code: 'declined', message: 'Cancelled; nothing was changed.' });
}

/** The command that continues with subscriptions that are still waiting. */
export function continueCommand(...command: readonly string[]): (subscriptionIds: readonly string[]) => string {
  return (ids) => shellLine(['aks-localdns', ...command, '--subscription', ...ids]);
}

export interface Agreed {
  readonly chosen: ChosenSubscriptions;
  readonly deps: RegistrationDeps;
}

/**
 * Chooses the subscriptions of the scope options, and asks about them if there is a question.
 * @throws UsageError, also `consent-needed`; CliError `declined`, or if there is no subscription of that name; AzureError
 */
export async function agreeOnSubscriptions(
  context: Context,
  args: RegistrationScopeArguments,
  question: Question | undefined,
): Promise<Agreed> {
  const request = readScope(args, undefined);
  const azure = await context.azure();
  const { emit, signal, clock } = context;
  const chosen = await chooseSubscriptions({ ...context, azure }, request, args.includeEmpty);
  const needed = question !== undefined && (question.needed?.(chosen) ?? chosen.searched);
  if (question === undefined || (needed && chosen.subscriptions.length === 0)) tellUnread(context, chosen);
  else if (needed) await agree(context, chosen, question);
  return { chosen, deps: { registration: azure.registration, memory: refreshMemory(context), clock, emit, signal } };
}

/** Runs an action on each subscription, with one row each. `some` is the exit code if some failed. */
export async function onSubscriptions(
  context: Context,
  args: RegistrationScopeArguments,
  { question, some }: { readonly question?: Question; readonly some?: ExitCodeName },
  act: (deps: RegistrationDeps, subscription: Subscription) => Promise<JsonObject>,
): Promise<CommandResult> {
  const { chosen, deps } = await agreeOnSubscriptions(context, args, question);
  const { rows, exit } = await rowForEach(chosen, async (subscription) => act(deps, subscription), context.emit, some);
  return { value: rows, exit };
}
