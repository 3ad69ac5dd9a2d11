import type { Ids } from '../../core/ports.ts';

export const systemIds: Ids = {
  // By the global, which loads Node's cryptography at its first use, and not at each start.
  uuid: () => crypto.randomUUID(),
  random: () => Math.random(),
};
