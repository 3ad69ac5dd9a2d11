import type { Clock } from '../../core/ports.ts';

/** A clock that runs `speed` times as fast as the given one from now on. */
export function scaledClock(clock: Clock, speed: number): Clock {
  const start = clock.now();
  return {
    now: () => start + (clock.now() - start) * speed,
    sleep: async (milliseconds, signal) => clock.sleep(milliseconds / speed, signal),
  };
}
