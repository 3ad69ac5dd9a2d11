import { InterruptedError } from '../../core/errors.ts';
import type { ExitCodeName } from '../../core/exit-codes.ts';
import type { JsonObject } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';
import { subscriptionName, type Subscription } from '../../model/registration.ts';
import { forEachSubscription, type ChosenSubscriptions } from '../scope/index.ts';
import { featureWord, isRegistered, registerFeature, unknownToAzure } from './feature.ts';
import { registerProvider } from './provider.ts';
import type { RegisterOptions, RegisterWork } from './work.ts';

/**
 * `waiting`: past the timeout, or not waited for; Azure goes on. `not-needed`: Azure does not know the feature, and the
 * provider is registered. `skipped`: it was left out, and that does not count.
 */
type SetupOutcome = 'done' | 'nothing-to-do' | 'not-needed' | 'waiting' | 'failed' | 'skipped';

interface SetupRow {
  readonly subscriptionId: string;
  readonly subscription: string;
  /** Azure's word; undefined if it was not reached. */
  readonly feature: string | undefined;
  readonly provider: string | undefined;
  readonly changed: boolean;
  readonly outcome: SetupOutcome;
  readonly error: string | undefined;
}

export interface SetupResult {
  readonly rows: readonly SetupRow[];
  /**
   * `ok`; `waiting` where nothing is worse than waiting; `some-failed`; where all failed, as they did, or `error` where
   * they differ.
   */
  readonly exit: ExitCodeName;
  /** The line that goes on, where something is left to do. */
  readonly continueWith: string | undefined;
}

interface Progress {
  feature: string | undefined;
  provider: string | undefined;
  changed: boolean;
}

const noProgress: Readonly<Progress> = { feature: undefined, provider: undefined, changed: false };

async function steps(
  work: RegisterWork,
  subscription: Subscription,
  options: RegisterOptions,
  deadline: number | undefined,
  progress: Progress,
): Promise<SetupOutcome> {
  const left = (): RegisterOptions =>
    deadline === undefined ? options : { ...options, timeoutSeconds: Math.max(0, deadline - work.clock.now()) / 1000 };
  const feature = await registerFeature(work, subscription, left(), (word) => {
    progress.feature = word;
    progress.changed = true;
  });
  progress.feature = featureWord(feature.feature);
  progress.changed = feature.changed;
  if (feature.pending) return 'waiting';
  const current = await work.registration.provider(subscription.id);
  progress.provider = current.state;
  // The refresh makes a newly registered feature known. An earlier run may have ended between the two: what is not
  // remembered is done again.
  const refresh = feature.feature.known && (feature.changed || !(await work.memory.refreshed(subscription.id)));
  if (isRegistered(current.state) && !refresh) return feature.feature.known ? 'nothing-to-do' : 'not-needed';
  const provider = await registerProvider(work, subscription, left(), (word) => {
    progress.provider = word;
    progress.changed = true;
  });
  progress.provider = provider.provider.state;
  progress.changed = true;
  if (provider.pending) return 'waiting';
  if (feature.feature.known) await work.memory.remember(subscription.id);
  return 'done';
}

/**
 * Feature, wait, provider, on all subscriptions side by side; what is done is skipped, and one failure does not stop
 * the others.
 * @throws InterruptedError with the line that continues; never for a single subscription's error, which is in its row.
 */
export async function setup(
  work: RegisterWork,
  chosen: ChosenSubscriptions,
  options: RegisterOptions = {},
): Promise<SetupResult> {
  const { subscriptions, leftOut } = chosen;
  const deadline = options.timeoutSeconds === undefined ? undefined : work.clock.now() + options.timeoutSeconds * 1000;
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
          return row(subscription, await steps(work, subscription, options, deadline, reached), undefined);
        },
        failed: (subscription, error) =>
          row(subscription, error.exit === 'waiting' ? 'waiting' : 'failed', oneLine(error.message)),
        leftOut: ({ subscription, why, failed }) => row(subscription, failed === undefined ? 'skipped' : 'failed', why),
      },
      work.emit,
    );
    const open = rows
      .slice(0, rows.length - leftOut.length)
      .filter(({ outcome }) => ['waiting', 'failed'].includes(outcome));
    return {
      rows,
      exit,
      continueWith: open.length === 0 ? undefined : work.continueWith(open.map(({ subscriptionId }) => subscriptionId)),
    };
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    const line = work.continueWith(subscriptions.map(({ id }) => id));
    throw new InterruptedError([`Azure goes on with what was asked. To go on: ${line}`]);
  }
}

export function setupValue(result: SetupResult): readonly JsonObject[] {
  return result.rows.map(({ subscriptionId, subscription, feature, provider, changed, outcome, error }) => ({
    subscriptionId,
    subscription,
    changed,
    outcome,
    feature: feature === unknownToAzure ? 'not needed any more' : (feature ?? null),
    provider: provider ?? null,
    error: error ?? null,
  }));
}
