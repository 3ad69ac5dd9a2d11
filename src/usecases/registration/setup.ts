import { InterruptedError } from '../../core/errors.ts';
import type { ExitCodeName } from '../../core/exit-codes.ts';
import type { JsonObject } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';
import { subscriptionName, type Subscription } from '../../model/registration.ts';
import { forEachSubscription, type ChosenSubscriptions } from '../scope/index.ts';
import { featureWord, isRegistered, registerFeature, unknownToAzure } from './feature.ts';
import { registerProvider } from './provider.ts';
import type { RegisterOptions, RegisterDeps } from './registration-deps.ts';

/**
 * `waiting`: timed out or not waited for; Azure continues. `not-needed`: Azure does not know the feature, and the
 * provider is registered. `skipped`: left out, which is not a failure.
 */
type SetupOutcome = 'done' | 'nothing-to-do' | 'not-needed' | 'waiting' | 'failed' | 'skipped';

interface SetupRow {
  readonly subscriptionId: string;
  readonly subscription: string;
  /** The state that Azure returned; undefined if the step was not reached. */
  readonly feature: string | undefined;
  readonly provider: string | undefined;
  readonly changed: boolean;
  readonly outcome: SetupOutcome;
  readonly error: string | undefined;
}

export interface SetupResult {
  readonly rows: readonly SetupRow[];
  /**
   * `ok`; `waiting` if some are waiting and none failed; `some-failed`; if all failed, their exit code, or `error` if
   * the codes differ.
   */
  readonly exit: ExitCodeName;
  /** The command that continues, if something is left to do. */
  readonly continueWith: string | undefined;
}

interface Progress {
  feature: string | undefined;
  provider: string | undefined;
  changed: boolean;
}

const noProgress: Readonly<Progress> = { feature: undefined, provider: undefined, changed: false };

async function steps(
  deps: RegisterDeps,
  subscription: Subscription,
  options: RegisterOptions,
  deadline: number | undefined,
  progress: Progress,
): Promise<SetupOutcome> {
  const left = (): RegisterOptions =>
    deadline === undefined ? options : { ...options, timeoutSeconds: Math.max(0, deadline - deps.clock.now()) / 1000 };
  const feature = await registerFeature(deps, subscription, left(), (word) => {
    progress.feature = word;
    progress.changed = true;
  });
  progress.feature = featureWord(feature.feature);
  progress.changed = feature.changed;
  if (feature.pending) return 'waiting';
  const current = await deps.registration.provider(subscription.id);
  progress.provider = current.state;
  // The refresh makes a newly registered feature take effect. An earlier run may have ended before it, so a refresh
  // that is not recorded is repeated.
  const refresh = feature.feature.known && (feature.changed || !(await deps.memory.refreshed(subscription.id)));
  if (isRegistered(current.state) && !refresh) return feature.feature.known ? 'nothing-to-do' : 'not-needed';
  const provider = await registerProvider(deps, subscription, left(), (word) => {
    progress.provider = word;
    progress.changed = true;
  });
  progress.provider = provider.provider.state;
  progress.changed = true;
  if (provider.pending) return 'waiting';
  if (feature.feature.known) await deps.memory.remember(subscription.id);
  return 'done';
}

/**
 * Registers the feature, waits, and refreshes the provider on all subscriptions in parallel. Skips steps that are done.
 * A failure does not stop the other subscriptions.
 * @throws InterruptedError with the command that continues; never for a single subscription's error, which is in its
 * row.
 */
export async function setup(
  deps: RegisterDeps,
  chosen: ChosenSubscriptions,
  options: RegisterOptions = {},
): Promise<SetupResult> {
  const { subscriptions, leftOut } = chosen;
  const deadline = options.timeoutSeconds === undefined ? undefined : deps.clock.now() + options.timeoutSeconds * 1000;
  const progress = new Map<string, Progress>();
  const row = (subscription: Subscription, outcome: SetupOutcome, error: string | undefined): SetupRow => ({
    subscriptionId: subscription.id,
    subscription: subscriptionName(subscription),
    ...(progress.get(subscription.id) ?? noProgress),
    outcome,
    error,
  });
  try {
    const { rows, exit } = await forEachSubscription(
      chosen,
      {
        act: async (subscription) => {
          const reached: Progress = { ...noProgress };
          progress.set(subscription.id, reached);
          return row(subscription, await steps(deps, subscription, options, deadline, reached), undefined);
        },
        failed: (subscription, error) =>
          row(subscription, error.exit === 'waiting' ? 'waiting' : 'failed', oneLine(error.message)),
        leftOut: ({ subscription, why, failed }) => row(subscription, failed === undefined ? 'skipped' : 'failed', why),
      },
      deps.emit,
    );
    const open = rows
      .slice(0, rows.length - leftOut.length)
      .filter(({ outcome }) => ['waiting', 'failed'].includes(outcome));
    return {
      rows,
      exit,
      continueWith: open.length === 0 ? undefined : deps.continueWith(open.map(({ subscriptionId }) => subscriptionId)),
    };
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    const line = deps.continueWith(subscriptions.map(({ id }) => id));
    throw new InterruptedError([`Azure continues the registrations. To continue: ${line}`]);
  }
}

export function setupValue(result: SetupResult): readonly JsonObject[] {
  return result.rows.map(({ subscriptionId, subscription, feature, provider, changed, outcome, error }) => ({
    subscriptionId,
    subscription,
    changed,
    outcome,
    feature: feature === unknownToAzure ? 'no longer needed' : (feature ?? null),
    provider: provider ?? null,
    error: error ?? null,
  }));
}
