import { CliError, InterruptedError } from '../../core/errors.ts';
import { exitOfSeveral, type ExitCodeName } from '../../core/exit-codes.ts';
import type { JsonObject } from '../../core/json.ts';
import { mapLimited } from '../../core/limit.ts';
import { oneLine, shellLine } from '../../core/text.ts';
import type { Subscription } from '../../model/registration.ts';
import { featureWord, isRegistered, registerFeature, unknownToAzure } from './feature.ts';
import { registerProvider } from './provider.ts';
import { subscriptionName, type RegisterOptions, type RegistrationWork } from './work.ts';

/**
 * `waiting`: past the timeout, or not waited for; Azure goes on. `not-needed`: Azure does not know the feature, and the
 * provider is registered.
 */
export type SetupOutcome = 'done' | 'nothing-to-do' | 'not-needed' | 'waiting' | 'failed';

export interface SetupRow {
  readonly subscriptionId: string;
  readonly subscription: string;
  /** Azure's word; undefined where it was not reached. */
  readonly feature: string | undefined;
  readonly provider: string | undefined;
  readonly changed: boolean;
  readonly outcome: SetupOutcome;
  readonly error: string | undefined;
  /** How it failed. */
  readonly failed: ExitCodeName | undefined;
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

/** Subscriptions at a time: they share nothing but the caller's own ARM budget. */
const sideBySide = 10;

export function setupLine(subscriptions: readonly { readonly id: string }[]): string {
  return shellLine(['aks-localdns', 'setup', '--subscription', ...subscriptions.map(({ id }) => id)]);
}

interface Progress {
  feature: string | undefined;
  provider: string | undefined;
  changed: boolean;
}

async function steps(
  work: RegistrationWork,
  subscription: Subscription,
  options: RegisterOptions,
  deadline: number | undefined,
  progress: Progress,
): Promise<SetupOutcome> {
  const line = setupLine([subscription]);
  const left = (): RegisterOptions =>
    deadline === undefined ? options : { ...options, timeoutSeconds: Math.max(0, deadline - work.clock.now()) / 1000 };
  const feature = await registerFeature(work, subscription, left(), {
    continueWith: line,
    seen: (word) => {
      progress.feature = word;
      progress.changed = true;
    },
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
  const provider = await registerProvider(work, subscription, left(), {
    continueWith: line,
    seen: (word) => {
      progress.provider = word;
      progress.changed = true;
    },
  });
  progress.provider = provider.provider.state;
  progress.changed = true;
  if (provider.pending) return 'waiting';
  if (feature.feature.known) await work.memory.remember(subscription.id);
  return 'done';
}

async function prepare(
  work: RegistrationWork,
  subscription: Subscription,
  options: RegisterOptions,
  deadline: number | undefined,
): Promise<SetupRow> {
  const progress: Progress = { feature: undefined, provider: undefined, changed: false };
  const row = (outcome: SetupOutcome, error?: string, failed?: ExitCodeName): SetupRow => ({
    subscriptionId: subscription.id,
    subscription: subscriptionName(subscription),
    ...progress,
    outcome,
    error,
    failed,
  });
  try {
    return row(await steps(work, subscription, options, deadline, progress));
  } catch (error) {
    if (!(error instanceof CliError) || error instanceof InterruptedError) throw error;
    const waiting = error.exit === 'waiting';
    const message = oneLine(error.message);
    work.emit({
      type: 'notice',
      level: 'warning',
      code: error.code,
      message: [`${oneLine(subscriptionName(subscription))}: ${message}`, ...error.hints].join(' '),
    });
    return waiting ? row('waiting', message) : row('failed', message, error.exit);
  }
}

function exitOf(rows: readonly SetupRow[], noWait: boolean): ExitCodeName {
  return (
    exitOfSeveral(
      rows.flatMap(({ failed }) => failed ?? []),
      rows.length,
    ) ?? (rows.some(({ outcome }) => outcome === 'waiting') && !noWait ? 'waiting' : 'ok')
  );
}

/**
 * Feature, wait, provider, on all subscriptions side by side; what is done is skipped, and one failure does not stop
 * the others.
 * @throws InterruptedError with the line that continues; never for a single subscription's error, which is in its row.
 */
export async function setup(
  work: RegistrationWork,
  subscriptions: readonly Subscription[],
  options: RegisterOptions = {},
): Promise<SetupResult> {
  const unique = subscriptions.filter(
    (one, index) => subscriptions.findIndex(({ id }) => id.toLowerCase() === one.id.toLowerCase()) === index,
  );
  const deadline = options.timeoutSeconds === undefined ? undefined : work.clock.now() + options.timeoutSeconds * 1000;
  try {
    const rows = await mapLimited(unique, sideBySide, async (subscription) =>
      prepare(work, subscription, options, deadline),
    );
    const open = rows
      .filter(({ outcome }) => outcome === 'waiting' || outcome === 'failed')
      .map(({ subscriptionId }) => ({ id: subscriptionId }));
    return {
      rows,
      exit: exitOf(rows, options.noWait === true),
      continueWith: open.length === 0 ? undefined : setupLine(open),
    };
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    throw new InterruptedError([`Azure goes on with what was asked. To go on: ${setupLine(unique)}`]);
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
