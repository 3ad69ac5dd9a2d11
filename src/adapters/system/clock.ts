import { setTimeout as delay } from 'node:timers/promises';
import { InterruptedError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(milliseconds, signal) {
    if (signal?.aborted === true) throw new InterruptedError();
    try {
      await delay(milliseconds, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') throw new InterruptedError();
      throw error;
    }
  },
};
