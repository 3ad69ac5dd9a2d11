import { describe, expect, test } from 'vitest';
import { createSimulator, sample } from '../../../src/simulator/index.ts';
import { createAzure } from '../../../src/adapters/azure/index.ts';
import type { Event } from '../../../src/core/events.ts';
import type { RefreshMemory } from '../../../src/model/ports.ts';
import type { Subscription } from '../../../src/model/registration.ts';
import { registerProvider, setup, showFeature, unregisterFeature } from '../../../src/usecases/registration/index.ts';
import type { RegisterDeps } from '../../../src/usecases/registration/registration-deps.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { chosen } from '../scope/chosen.ts';

const subscription: Subscription = {
  id: sample.subscriptionId,
  name: sample.subscriptionName,
  tenantId: sample.tenantId,
  state: 'Enabled',
};

function start(scenario: string | undefined) {
  const clock = new ManualClock();
  const simulator = createSimulator({ clock, ...(scenario === undefined ? {} : { scenario }) });
  const abort = new AbortController();
  const events: Event[] = [];
  const azure = createAzure({
    cloud: 'AzureCloud',
    azureConfigDir: '/home/ada/.azure',
    profileText: undefined,
    signIn: undefined,
    env: {},
    clock,
    ids: { uuid: () => '00000000-0000-4000-8000-000000000000', random: () => 0.5 },
    emit: (event) => events.push(event),
    signal: abort.signal,
    files: { read: async () => undefined, write: async () => undefined, remove: async () => undefined },
    cacheDir: '/cache',
    transport: simulator.handle,
    credential: () => {
      const { token, expiresOn } = simulator.issueToken();
      return { token, expiresOn: expiresOn * 1000 };
    },
  });
  const refreshed = new Set<string>();
  const memory: RefreshMemory = {
    refreshed: async (id) => refreshed.has(id),
    remember: async (id) => {
      refreshed.add(id);
    },
    forget: async (id) => {
      refreshed.delete(id);
    },
  };
  const deps: RegisterDeps = {
    continueWith: (ids) => `aks-localdns setup --subscription ${ids.join(' ')}`,
    registration: azure.registration,
    memory,
    clock,
    emit: (event) => events.push(event),
    signal: abort.signal,
  };
  const posts = (): readonly string[] =>
    simulator.requests.filter(({ method }) => method === 'POST').map(({ path }) => path.split('/').slice(-2).join('/'));
  return { simulator, clock, events, deps, posts };
}

const register = 'LocalDNSPreview/register';
const refresh = 'Microsoft.ContainerService/register';

describe('setup on the simulated Azure', () => {
  test.each([
    [
      undefined,
      { outcome: 'done', feature: 'Registered', provider: 'Registered', changed: true },
      'ok',
      [register, refresh],
    ],
    ['long-registration', { outcome: 'waiting', feature: 'Registering', changed: true }, 'waiting', [register]],
    ['feature-registered', { outcome: 'done', changed: true }, 'ok', [refresh]],
    ['feature-pending', { outcome: 'waiting', feature: 'Pending' }, 'waiting', []],
    ['feature-unknown', { outcome: 'not-needed', changed: false }, 'ok', []],
    ['provider-not-registered', { outcome: 'done', provider: 'Registered' }, 'ok', [register, refresh]],
    ['not-permitted', { outcome: 'failed', changed: false }, 'not-permitted', [register]],
  ] as const)('%s', async (scenario, row, exit, posts) => {
    const s = start(scenario);
    const result = await setup(s.deps, chosen(subscription), { timeoutSeconds: 3600 });
    expect(result).toMatchObject({ exit, rows: [row] });
    expect(s.posts()).toEqual(posts);
    expect(s.simulator.unknownRoutes).toEqual([]);
  });

  test('continues if an earlier run stopped waiting', async () => {
    const s = start('long-registration');
    expect((await setup(s.deps, chosen(subscription), { timeoutSeconds: 600 })).exit).toBe('waiting');
    expect(await setup(s.deps, chosen(subscription))).toMatchObject({ exit: 'ok', rows: [{ outcome: 'done' }] });
    expect(s.posts()).toEqual([register, refresh]);
    expect((await setup(s.deps, chosen(subscription))).rows[0]?.outcome).toBe('nothing-to-do');
  });

  test('shows, refreshes and unregisters', async () => {
    const s = start('feature-registered');
    expect(await showFeature(s.deps, subscription)).toMatchObject({ feature: { state: 'Registered' } });
    expect(await registerProvider(s.deps, subscription)).toMatchObject({
      provider: { state: 'Registered' },
      changed: true,
    });
    expect(await unregisterFeature(s.deps, subscription)).toMatchObject({ changed: true });
    expect(s.posts()).toEqual([refresh, 'LocalDNSPreview/unregister']);
  });
});
