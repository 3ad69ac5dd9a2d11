import path from 'node:path';
import type { RefreshMemory } from '../../model/ports.ts';
import type { Context } from '../framework/context.ts';

/** Enough for a date. */
const maxBytes = 1024;

/**
 * One small file per subscription in the cache directory, by endpoint, so that a simulator is not mistaken for Azure.
 */
export function refreshMemory({
  files,
  settings,
  clock,
}: Pick<Context, 'files' | 'settings' | 'clock'>): RefreshMemory {
  const place = (settings.armEndpoint ?? settings.cloud).toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const file = (subscriptionId: string): string =>
    path.join(settings.cacheDir, `provider-refreshed-${place}-${subscriptionId.toLowerCase()}`);
  const quietly = async (deps: Promise<void>): Promise<void> => deps.catch(() => undefined);
  return {
    refreshed: async (subscriptionId) =>
      (await files.read(file(subscriptionId), maxBytes).catch(() => undefined)) !== undefined,
    remember: async (subscriptionId) =>
      quietly(files.write(file(subscriptionId), `${new Date(clock.now()).toISOString()}\n`)),
    forget: async (subscriptionId) => quietly(files.remove(file(subscriptionId))),
  };
}
