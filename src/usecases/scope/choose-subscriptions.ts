import { UsageError } from '../../core/errors.ts';
import type { ExitCodeName } from '../../core/exit-codes.ts';
import { count, oneLine } from '../../core/text.ts';
import type { ClusterScope, ScopeProblem } from '../../model/inventory.ts';
import { isDisabled, type Subscription } from '../../model/registration.ts';
import { hasConditions, type ScopeRequest } from './scope-request.ts';
import { namedSubscriptions, resolveScope, type ResolvedScope, type ScopeDeps } from './resolve-scope.ts';
import { findSubscriptionsWithClusters, isSettled } from './subscriptions-with-clusters.ts';

/** A subscription of the scope that the command leaves out, and why. */
export interface LeftOut {
  readonly subscription: Subscription;
  /** One sentence, ready to print. */
  readonly why: string;
  /** The exit code, if leaving it out is a failure: it could not be searched, or the user named it. */
  readonly failed: ExitCodeName | undefined;
  /** True if it, or a part of it, could not be read. */
  readonly unread: boolean;
}

/** The subscriptions that a command works on, without duplicates. */
export interface ChosenSubscriptions {
  readonly subscriptions: readonly Subscription[];
  readonly leftOut: readonly LeftOut[];
  /**
   * True if they were found by a search, not named. The command then asks before it changes them, and prints a row for
   * each, even for a single one.
   */
  readonly searched: boolean;
}

const gone: readonly ScopeProblem['kind'][] = ['cluster-gone', 'pool-gone'];

/**
 * Why nothing was found in a subscription: a failed request, otherwise a missing permission, otherwise a disabled
 * subscription, which is a failure only if the user named it.
 */
function worst(problems: readonly ScopeProblem[], named: boolean): Omit<LeftOut, 'subscription'> | undefined {
  const isOff = ({ kind }: ScopeProblem): boolean => kind === 'subscription-disabled';
  const shown =
    problems.find((problem) => !isSettled(problem)) ?? problems.find((problem) => !isOff(problem)) ?? problems[0];
  if (shown === undefined) return undefined;
  // The row already shows the name and the id.
  return {
    why: oneLine(shown.why).replace(` (${shown.subscriptionId})`, ''),
    failed: named || !isOff(shown) ? (shown.exit ?? 'error') : undefined,
    unread: !isOff(shown) && !gone.includes(shown.kind),
  };
}

async function search(deps: ScopeDeps, resolved: ResolvedScope, named: boolean): Promise<ChosenSubscriptions> {
  const found = await findSubscriptionsWithClusters(deps, resolved);
  const holds = ({ id }: Subscription): boolean => found.withClusters.has(id.toLowerCase());
  const { subscriptions } = resolved.scope;
  const leftOut = subscriptions
    .filter((subscription) => !holds(subscription))
    .flatMap((subscription): LeftOut[] => {
      const problem = worst(found.problems.get(subscription.id.toLowerCase()) ?? [], named);
      return problem === undefined ? [] : [{ subscription, ...problem }];
    });
  return { subscriptions: subscriptions.filter(holds), leftOut, searched: true };
}

/** Every subscription of the scope that can be changed, with or without clusters. */
function all({ subscriptions }: ClusterScope): ChosenSubscriptions {
  return {
    subscriptions: subscriptions.filter((subscription) => !isDisabled(subscription)),
    leftOut: subscriptions.filter(isDisabled).map((subscription) => ({
      subscription,
      why: `The subscription is ${oneLine(subscription.state ?? 'Disabled')} and cannot be changed.`,
      failed: undefined,
      unread: false,
    })),
    searched: true,
  };
}

/**
 * Chooses the subscriptions of a request: the named ones or the active one; in a wider scope, or with conditions, those
 * that contain matching clusters. `includeEmpty` also takes subscriptions without clusters.
 * @throws UsageError; CliError if there is no subscription of that name; AzureError; InterruptedError
 */
export async function chooseSubscriptions(
  deps: ScopeDeps,
  request: ScopeRequest,
  includeEmpty: boolean,
): Promise<ChosenSubscriptions> {
  const { root } = request;
  const narrowed = hasConditions(request.conditions);
  if (includeEmpty && (root.kind === 'file' || narrowed)) {
    throw new UsageError(
      '--include-empty cannot be combined with options that select clusters: --from, -g, --location, --tag, --cluster-pattern.',
    );
  }
  if (!narrowed && (root.kind === 'active' || root.kind === 'named')) {
    const { azure } = deps;
    const subscriptions =
      root.kind === 'named'
        ? await namedSubscriptions(azure, root.names)
        : [await azure.accounts.subscription(undefined)];
    return { subscriptions, leftOut: [], searched: false };
  }
  const resolved = await resolveScope(deps, request);
  return includeEmpty ? all(resolved.scope) : search(deps, resolved, root.kind === 'named' || root.kind === 'file');
}

/** A sentence on the subscriptions that could not be read; undefined if all were. */
export function unreadSubscriptions({ leftOut }: ChosenSubscriptions): string | undefined {
  const unread = leftOut.filter((each) => each.unread).length;
  return unread === 0
    ? undefined
    : `${count(unread, 'subscription')} could not be read and ${unread === 1 ? 'is' : 'are'} skipped.`;
}
