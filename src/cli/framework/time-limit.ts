import { CliError, InterruptedError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import { duration } from '../../core/text.ts';
import { TimeOver } from '../../core/wait.ts';

/** The time that --timeout gives a command, requests and retries included; while somebody is asked, it stands still. */
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

  /** Aborts once the time is over, for the reason TimeOver. */
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

  /** What was interrupted because of it says so. */
  translate(error: unknown): unknown {
    const cut = error instanceof InterruptedError || (error instanceof Error && error.name === 'AbortError');
    if (!cut || !this.signal.aborted) return error;
    return new CliError({
      code: 'timed-out',
      message: `The time that --timeout gives (${duration(this.#seconds ?? 0)}) is over.`,
      hints:
        error instanceof InterruptedError && error.hints.length > 0
          ? error.hints
          : ['Run the same line again, with a longer --timeout if the network is slow.'],
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
