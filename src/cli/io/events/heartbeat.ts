import type { Clock } from '../../../core/ports.ts';
import { heartbeatMilliseconds } from './renderer.ts';

/** Calls `beat` if tasks are open and nothing was shown for a while. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #beat: () => void;
  #stop: AbortController | undefined;
  #lastSaid: number;

  constructor(clock: Clock, beat: () => void) {
    this.#clock = clock;
    this.#beat = beat;
    this.#lastSaid = clock.now();
  }

  reset(): void {
    this.#lastSaid = this.#clock.now();
  }

  start(): void {
    if (this.#stop !== undefined) return;
    this.#stop = new AbortController();
    this.reset();
    // Stopping the heartbeat aborts its sleep.
    this.#run(this.#stop.signal).catch(() => undefined);
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = undefined;
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const silent = this.#clock.now() - this.#lastSaid;
      if (silent >= heartbeatMilliseconds) {
        this.#beat();
        this.reset();
      } else await this.#clock.sleep(heartbeatMilliseconds - silent, signal);
    }
  }
}
