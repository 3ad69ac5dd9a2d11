import { CliError, InterruptedError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import { duration } from '../../core/text.ts';
import { TimeOver } from '../../core/wait.ts';

/** The time limit of --timeout for a command, including requests and retries. Paused during a question. */
export class TimeLimit {
  readonly #clock: Clock;
  readonly #seconds: number | undefined;
  readonly #over = new AbortController();
  #left: number;
  #stop: AbortController | undefined;
  #since = 0;

  constructor(clock: Clock, seconds: number | undefined) {
    this.#clock = clock;
    this.#seconds = seconds;
    this.#left = (seconds ?? 0) * 1000;
    this.#start();
  }

  /** Aborts with the reason TimeOver when the time limit expires. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  async hold<T>(work: () => Promise<T>): Promise<T> {
    this.stop();
    try {
      return await work();
    } finally {
      this.#start();
    }
  }

  /** Converts an interruption by the time limit to an error that names it. */
  translate(error: unknown): unknown {
    const cut = error instanceof InterruptedError || (error instanceof Error && error.name === 'AbortError');
    if (!cut || !this.signal.aborted) return error;
    return new CliError({
      code: 'timed-out',
      message: `The time limit of --timeout (${duration(this.#seconds ?? 0)}) expired.`,
      hints:
        error instanceof InterruptedError && error.hints.length > 0
          ? error.hints
          : ['Run the same command again, with a longer --timeout if the network is slow.'],
      cause: error,
    });
  }

  stop(): void {
    if (this.#stop === undefined) return;
    this.#stop.abort();
    this.#stop = undefined;
    this.#left -= this.#clock.now() - this.#since;
  }

  #start(): void {
    if (this.#seconds === undefined || this.signal.aborted) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.#since = this.#clock.now();
    this.#clock.sleep(Math.max(0, this.#left), stop.signal).then(
      () => {
        this.#over.abort(new TimeOver());
      },
      // It was stopped.
      () => undefined,
    );
  }
}
