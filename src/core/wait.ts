import { CliError, InterruptedError } from './errors.ts';
import type { Emit } from './events.ts';
import type { Clock } from './ports.ts';
import { runTask } from './task.ts';
import { duration, oneLine } from './text.ts';

/** What continues in Azure if a wait ends early. */
export interface Remaining {
  readonly code: 'still-waiting' | 'still-registering';
  /** A clause: `the operation continues in Azure`. */
  readonly goesOn: string;
  /** The command that continues the wait. */
  readonly continueWith: string;
}

/** `doing` as in Wait. */
export function stillWaiting(
  doing: string,
  milliseconds: number,
  { code, goesOn, continueWith }: Remaining,
  still = ' has not finished',
): CliError {
  return new CliError({
    code,
    message: `${doing}${still} after ${duration(milliseconds / 1000)}; ${goesOn}.`,
    hints: [`To continue waiting: ${continueWith}`],
  });
}

function interrupted({ goesOn, continueWith }: Remaining): InterruptedError {
  return new InterruptedError([
    `${goesOn.slice(0, 1).toUpperCase()}${goesOn.slice(1)}. To wait for it: ${continueWith}`,
  ]);
}

/** `done`: a reading ended the wait; `timeout`, `interrupted`; `error`: the readings failed. */
type WaitEnd = 'done' | 'timeout' | 'interrupted' | 'error';

export interface Wait<T> extends Remaining {
  /** What is waited for, as the start of a sentence: `Updating rg/cluster/pool`. */
  readonly doing: string;
  /** Defaults to `doing`; unique while it runs. */
  readonly task?: string;
  /** Follows `doing` in the first event. */
  readonly advice?: string;
  /** Defaults to no timeout. */
  readonly timeoutSeconds?: number | undefined;
  /** Yields readings until the deadline, in milliseconds since the epoch. */
  readings(deadline: number | undefined): AsyncIterable<T>;
  /** The state in a reading, for progress. */
  word(reading: T): string;
  /** The outcome if a reading ends the wait. May throw instead. */
  outcome(reading: T): 'succeeded' | 'failed' | undefined;
  /** The state at the end, for the last event. */
  ended(end: WaitEnd, last: T | undefined): string;
  /** Follows `doing` in the timeout error. Defaults to ` has not finished`. */
  still?(last: T | undefined): string;
}

/** A wait reports progress at least this often, even if its readings stay the same. */
const speakEveryMs = 30_000;

/** The abort reason when the time limit of a command expires. */
export class TimeOver extends Error {
  constructor() {
    super('The time limit expired.');
    this.name = 'TimeOver';
  }
}

function endOf(error: unknown): WaitEnd {
  if (error instanceof InterruptedError) return 'interrupted';
  return error instanceof CliError && error.exit === 'waiting' ? 'timeout' : 'error';
}

/**
 * Takes readings until one ends the wait, and returns it. Speaks on each change and at least every 30 s.
 * @throws CliError past the timeout, or once the signal aborts for `TimeOver` (exit `waiting`), and InterruptedError, both with the line that continues; what
 * `readings` and `outcome` throw.
 */
export async function waitFor<T>(
  { clock, emit, signal }: { readonly clock: Clock; readonly emit: Emit; readonly signal: AbortSignal },
  wait: Wait<T>,
): Promise<T> {
  const { doing, task = doing, advice, timeoutSeconds } = wait;
  const started = clock.now();
  const deadline = timeoutSeconds === undefined ? undefined : started + timeoutSeconds * 1000;
  let last: T | undefined;
  const message = (end: WaitEnd): string =>
    `${doing}: ${oneLine(wait.ended(end, last))} after ${duration((clock.now() - started) / 1000)}`;
  try {
    return await runTask(
      emit,
      { task, message: advice === undefined ? doing : `${doing}. ${advice}` },
      async (say) => {
        let spoken: { readonly word: string; readonly at: number } | undefined;
        try {
          for await (const reading of wait.readings(deadline)) {
            last = reading;
            const outcome = wait.outcome(reading);
            if (outcome !== undefined) return { value: reading, outcome, message: message('done') };
            const [word, at] = [oneLine(wait.word(reading)), clock.now()];
            if (word === spoken?.word && at - spoken.at < speakEveryMs) continue;
            say(`${doing}: ${word} (${duration((at - started) / 1000)})`);
            spoken = { word, at };
          }
        } catch (error) {
          const isOver = error instanceof InterruptedError && signal.reason instanceof TimeOver;
          if (!isOver || error.hints.length > 0) throw error;
        }
        throw stillWaiting(doing, clock.now() - started, wait, wait.still?.(last));
      },
      (error) => {
        const end = endOf(error);
        return { outcome: end === 'error' ? 'failed' : 'stopped', message: message(end) };
      },
    );
  } catch (error) {
    // An error with hints comes from an inner wait.
    throw error instanceof InterruptedError && error.hints.length === 0 ? interrupted(wait) : error;
  }
}

/** Sleeps, until the deadline at most; false if it has passed. */
export async function pauseUntil(
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
  milliseconds: number,
  deadline = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  const left = deadline - clock.now();
  if (left <= 0) return false;
  await clock.sleep(Math.min(milliseconds, left), signal);
  return true;
}
