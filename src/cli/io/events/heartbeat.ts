import type { Clock } from '../../../core/ports.ts';
import { heartbeatMilliseconds } from './renderer.ts';

/** Calls `beat` whenever work is open and nothing has been said for a while. */
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

  said(): void {
    this.#lastSaid = this.#clock.now();
  }

  start(): void {
    if (this.#stop !== undefined) return;
    this.#stop = new AbortController();
    this.said();
    // It ends by its own signal: a sleep that is cut short is how it stops.
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
        this.said();
      } else await this.#clock.sleep(heartbeatMilliseconds - silent, signal);
    }
  }
}
