import { CliError, UsageError } from '../../core/errors.ts';
import type { ExitCodeName } from '../../core/exit-codes.ts';
import { count, oneLine } from '../../core/text.ts';
import type { ClusterScope, ScopeTrouble } from '../../model/inventory.ts';
import type { Azure } from '../../model/ports.ts';
import { isDisabled, type Subscription } from '../../model/registration.ts';
import type { Context } from '../framework/context.ts';
import { subscriptionsOf } from './subscriptions.ts';
import { findHolders, isSettled } from './holders.ts';
import type { RegistrationScopeArguments } from '../options/registration.ts';
import { hasConditions, readScope, type ScopeRequest } from './request.ts';
import { resolveScope } from './resolve.ts';

/** A subscription of the scope that is not worked on, and why. */
export interface LeftOut {
  readonly subscription: Subscription;
  /** One sentence, ready to print. */
  readonly why: string;
  /** How that failed, where it counts: what it holds could not be found out, or it was asked for by name. */
  readonly failed: ExitCodeName | undefined;
  /** Whether it, or a part of it, could not be read. */
  readonly unread: boolean;
}

/** The subscriptions that a command works on. */
export interface Chosen {
  readonly subscriptions: readonly Subscription[];
  readonly leftOut: readonly LeftOut[];
  /**
   * They come from a search and were not named: the command asks before it changes them, and answers with a row each,
   * however few there are.
   */
  readonly searched: boolean;
}

/** Without conditions, subscriptions that are named, and the active one, are taken as they are. */
function asNamed({ root, conditions }: ScopeRequest): boolean {
  return (root.kind === 'active' || root.kind === 'named') && !hasConditions(conditions);
}

const gone: readonly ScopeTrouble['kind'][] = ['cluster-gone', 'pool-gone'];

/**
 * Why nothing was found in a subscription: what failed on the way, else what may not be read, else that it is off,
 * which a wide scope takes as it is.
 */
function worst(troubles: readonly ScopeTrouble[], named: boolean): Omit<LeftOut, 'subscription'> | undefined {
  const isOff = ({ kind }: ScopeTrouble): boolean => kind === 'subscription-disabled';
  const shown =
    troubles.find((trouble) => !isSettled(trouble)) ?? troubles.find((trouble) => !isOff(trouble)) ?? troubles[0];
  if (shown === undefined) return undefined;
  // The row names the subscription by name and id.
  return {
    why: oneLine(shown.why).replace(` (${shown.subscriptionId})`, ''),
    failed: named || !isOff(shown) ? (shown.exit ?? 'error') : undefined,
    unread: !isOff(shown) && !gone.includes(shown.kind),
  };
}

/** What to know before answering, and after a search that found nothing; undefined where all was read. */
function unreadWords(leftOut: readonly LeftOut[]): string | undefined {
  const unread = leftOut.filter((each) => each.unread).length;
  return unread === 0
    ? undefined
    : `${count(unread, 'subscription')} could not be read, and ${unread === 1 ? 'is' : 'are'} left out.`;
}

async function search(
  context: Context,
  azure: Azure,
  scope: ClusterScope,
  words: string,
  named: boolean,
): Promise<Chosen> {
  const found = await findHolders(context, azure.fleet, scope, words);
  const subscriptions = scope.subscriptions.filter(({ id }) => found.holders.has(id.toLowerCase()));
  const leftOut = scope.subscriptions.flatMap((subscription): LeftOut[] => {
    const id = subscription.id.toLowerCase();
    const trouble = found.holders.has(id) ? undefined : worst(found.troubles.get(id) ?? [], named);
    return trouble === undefined ? [] : [{ subscription, ...trouble }];
  });
  return { subscriptions, leftOut, searched: true };
}

/** Every subscription of the scope that can be worked on, whatever it holds. */
function all({ subscriptions }: ClusterScope): Chosen {
  return {
    subscriptions: subscriptions.filter((subscription) => !isDisabled(subscription)),
    leftOut: subscriptions.filter(isDisabled).map((subscription) => ({
      subscription,
      why: `The subscription is ${oneLine(subscription.state ?? 'Disabled')}: nothing in it can be changed.`,
      failed: undefined,
      unread: false,
    })),
    searched: true,
  };
}

/**
 * The subscriptions that the scope options mean to a command on subscriptions: those that are named, as they are; of a
 * wider scope those that hold clusters that fit.
 * @throws UsageError; CliError of a name that is not there; AzureError; InterruptedError
 */
export async function chooseSubscriptions(
  context: Context,
  azure: Azure,
  args: RegistrationScopeArguments,
): Promise<Chosen> {
  const request = readScope(args, undefined);
  const { root, conditions } = request;
  if (args.includeEmpty && (root.kind === 'file' || hasConditions(conditions))) {
    throw new UsageError(
      '--include-empty does not go with options that pick clusters: --from, -g, --location, --tag, --cluster-pattern.',
    );
  }
  if (asNamed(request))
    return { subscriptions: await subscriptionsOf(azure, args.subscription), leftOut: [], searched: false };
  const { scope, words } = await resolveScope(context, azure, args);
  return args.includeEmpty
    ? all(scope)
    : search(context, azure, scope, words, root.kind === 'named' || root.kind === 'file');
}

export interface Agreement {
  /** `Register LocalDNSPreview`: what happens to each. */
  readonly deed: string;
  /** What else to know before answering. */
  readonly note?: string;
  readonly yes: boolean;
}

/** For commands that do not ask. */
export function tellUnread({ emit }: Pick<Context, 'emit'>, { leftOut }: Chosen): void {
  const message = unreadWords(leftOut);
  if (message !== undefined) emit({ type: 'notice', level: 'warning', code: 'subscriptions-not-read', message });
}

/**
 * One question for all of them, with a line each.
 * @throws CliError `declined`; UsageError `consent-needed`
 */
export async function agreeOn(context: Context, chosen: Chosen, { deed, note, yes }: Agreement): Promise<void> {
  const { subscriptions, leftOut } = chosen;
  if (subscriptions.length === 0) {
    tellUnread(context, chosen);
    return;
  }
  const notes = [unreadWords(leftOut), note].filter((each) => each !== undefined);
  const lines = subscriptions.map(({ name, id }) => `  ${oneLine(name)} (${id})`);
  const agreed = await context.consent({
    summary: [`${deed} on:`, ...lines, ...notes].join('\n'),
    question: `${deed} in ${count(subscriptions.length, 'subscription')}?`,
    yes,
  });
  if (!agreed) throw new CliError({ code: 'declined', message: 'Operation cancelled.' });
}
