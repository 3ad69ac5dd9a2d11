import { oneLine } from '../../core/text.ts';
import { pauseUntil, waitFor } from '../../core/wait.ts';
import type { RegisterOptions, RegistrationDeps } from './registration-deps.ts';

/** Pauses grow from the first to the last: a registration takes seconds, minutes or hours. */
const pausesMs = [2_000, 5_000, 10_000, 20_000] as const;
const maxPauseMs = 30_000;

export interface Poll<T> {
  /** What is waited for: `Registering LocalDNSPreview on Contoso`. Unique while it runs. */
  readonly doing: string;
  readonly read: () => Promise<T>;
  /** The state that Azure returned. */
  readonly word: (reading: T) => string;
  readonly done: (reading: T) => boolean;
  /** The command that continues the wait. */
  readonly continueWith: string;
  /** Called with the state of every reading, including the first. */
  readonly seen?: ((word: string) => void) | undefined;
  /** Shown once, at the start. */
  readonly advice: string;
}

/**
 * Reads until it is done.
 * @throws CliError `still-registering` (exit `waiting`) past the timeout, InterruptedError; both with the command that
 * continues.
 */
export async function poll<T>(
  deps: RegistrationDeps,
  first: T,
  { timeoutSeconds }: RegisterOptions,
  { doing, read, word, done, continueWith, advice, seen }: Poll<T>,
): Promise<T> {
  seen?.(word(first));
  return waitFor<T>(deps, {
    doing,
    advice,
    timeoutSeconds,
    continueWith,
    code: 'still-registering',
    goesOn: 'Azure continues it',
    readings: async function* readings(deadline) {
      if (done(first)) yield first;
      for (let round = 0; await pauseUntil(deps, pausesMs[round] ?? maxPauseMs, deadline); round += 1) {
        const reading = await read();
        seen?.(word(reading));
        yield reading;
      }
    },
    word,
    outcome: (reading) => (done(reading) ? 'succeeded' : undefined),
    ended: (_, last = first) => word(last),
    still: (last = first) => `: still ${oneLine(word(last))}`,
  });
}
