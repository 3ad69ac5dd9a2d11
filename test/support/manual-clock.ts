import { InterruptedError } from '../../src/core/errors.ts';
import type { Clock } from '../../src/core/ports.ts';

/**
 * A clock that ends sleeps in order as soon as nothing else is running, so that hours pass in milliseconds.
 */
export class ManualClock implements Clock {
  #now: number;
  #sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  #scheduled = false;

  constructor(start = Date.parse('2026-11-25T08:00:00Z')) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) throw new InterruptedError();
    await new Promise<void>((resolve, reject) => {
      const interrupt = (): void => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(new InterruptedError());
      };
      const wake = (): void => {
        signal?.removeEventListener('abort', interrupt);
        resolve();
      };
      const sleeper = { at: this.#now + Math.max(0, milliseconds), wake };
      signal?.addEventListener('abort', interrupt, { once: true });
      this.#sleepers.push(sleeper);
      this.#schedule();
    });
  }

  /** Advances the time, for code that only calls `now`. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => {
      this.#scheduled = false;
      this.#wakeNext();
    }, 0);
  }

  #wakeNext(): void {
    this.#sleepers.sort((left, right) => left.at - right.at);
    const next = this.#sleepers.shift();
    if (next === undefined) return;
    this.#now = Math.max(this.#now, next.at);
    next.wake();
    if (this.#sleepers.length > 0) this.#schedule();
  }
}
