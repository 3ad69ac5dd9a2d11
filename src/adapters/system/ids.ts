import type { Ids } from '../../core/ports.ts';

export const systemIds: Ids = {
  // The global loads Node's cryptography on first use, not at every start.
  uuid: () => crypto.randomUUID(),
  random: () => Math.random(),
};
