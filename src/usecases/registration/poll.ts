import { CliError, InterruptedError } from '../../core/errors.ts';
import type { TaskOutcome } from '../../core/events.ts';
import { duration, oneLine } from '../../core/text.ts';
import type { RegisterOptions, RegistrationWork } from './work.ts';

/** Pauses grow from the first to the last: a registration takes seconds, minutes or hours. */
const pausesMs = [2_000, 5_000, 10_000, 20_000, 30_000] as const;
const slowestMs = 30_000;

export interface Poll<T> {
  /** What is waited for: `Registering LocalDNSPreview on Contoso`. Unique while it runs. */
  readonly doing: string;
  readonly read: () => Promise<T>;
  /** Azure's word for a reading. */
  readonly word: (reading: T) => string;
  readonly done: (reading: T) => boolean;
  /** The line that goes on waiting. */
  readonly continueWith: string;
  /** Told every reading, the first too. */
  readonly seen?: ((word: string) => void) | undefined;
  /** Told once, at the start. */
  readonly advice: string;
}

function stillWaiting(doing: string, word: string, waitedMs: number, continueWith: string): CliError {
  return new CliError({
    code: 'still-registering',
    message: `${doing}: still ${oneLine(word)} after ${duration(waitedMs / 1000)}; Azure goes on with it.`,
    hints: [`To go on waiting: ${continueWith}`],
  });
}

async function pause(work: RegistrationWork, milliseconds: number, continueWith: string): Promise<void> {
  try {
    await work.clock.sleep(milliseconds, work.signal);
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    throw new InterruptedError([`Azure goes on with it. To wait for it: ${continueWith}`]);
  }
}

/**
 * Reads until it is done. Speaks at every reading.
 * @throws CliError `still-registering` (exit `waiting`) past the timeout, InterruptedError; both with the line that
 * continues.
 */
export async function poll<T>(
  work: RegistrationWork,
  first: T,
  options: RegisterOptions,
  { doing, read, word, done, continueWith, advice, seen }: Poll<T>,
): Promise<T> {
  const { clock, emit } = work;
  const started = clock.now();
  const deadline =
    options.timeoutSeconds === undefined ? Number.POSITIVE_INFINITY : started + options.timeoutSeconds * 1000;
  const waited = (): string => duration((clock.now() - started) / 1000);
  let outcome: TaskOutcome = 'stopped';
  let last = first;
  seen?.(word(first));
  emit({ type: 'task.started', task: doing, message: `${doing}. ${advice}` });
  try {
    for (let round = 0; !done(last); round += 1) {
      const left = deadline - clock.now();
      if (left <= 0) throw stillWaiting(doing, word(last), clock.now() - started, continueWith);
      await pause(work, Math.min(pausesMs[round] ?? slowestMs, left), continueWith);
      last = await read();
      seen?.(word(last));
      emit({ type: 'task.progress', task: doing, message: `${doing}: ${oneLine(word(last))} (${waited()})` });
    }
    outcome = 'succeeded';
    return last;
  } catch (error) {
    if (!(error instanceof CliError) || (error.exit !== 'waiting' && error.exit !== 'interrupted')) outcome = 'failed';
    throw error;
  } finally {
    emit({
      type: 'task.finished',
      task: doing,
      outcome,
      message: `${doing}: ${oneLine(word(last))} after ${waited()}`,
    });
  }
}
