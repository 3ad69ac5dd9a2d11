import { describe, expect, test } from 'vitest';
import { CliError, InterruptedError } from '../../../src/core/errors.ts';
import type { Event } from '../../../src/core/events.ts';
import { AzureError } from '../../../src/model/azure-error.ts';
import type { RefreshMemory, Registration } from '../../../src/model/ports.ts';
import type { FeatureState, ProviderState, Subscription } from '../../../src/model/registration.ts';
import {
  featureValue,
  providerValue,
  registerFeature,
  registerProvider,
  setup,
  setupValue,
  showFeature,
  showProvider,
  unregisterFeature,
} from '../../../src/usecases/registration/index.ts';
import type { RegisterDeps } from '../../../src/usecases/registration/registration-deps.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { chosen } from '../scope/chosen.ts';

function subscription(number: number): Subscription {
  return {
    id: `00000000-0000-4000-8000-00000000000${String(number)}`,
    name: `Contoso ${String(number)}`,
    tenantId: 'tenant',
    state: 'Enabled',
  };
}

const one = subscription(1);
const registerLine = (ids: readonly string[]): string =>
  `aks-localdns feature register --subscription ${ids.join(' ')}`;

interface State {
  /** Undefined: it does not exist in Azure. */
  feature: string | undefined;
  provider: string;
  /** How long registering takes. */
  minutes: number;
  until?: number;
  failing?: AzureError;
  asked: string[];
}

function denied(): AzureError {
  return new AzureError({
    class: 'not-permitted',
    azureCode: 'AuthorizationFailed',
    message: 'No right to register.',
    hints: ['Ask for it.'],
  });
}

class FakeRegistration implements Registration {
  readonly states = new Map<string, State>();
  readonly #clock: ManualClock;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  of(id: string): State {
    const state = this.states.get(id) ?? { feature: 'NotRegistered', provider: 'Registered', minutes: 20, asked: [] };
    this.states.set(id, state);
    if (state.until !== undefined && this.#clock.now() >= state.until) {
      if (state.feature === 'Registering') state.feature = 'Registered';
      if (state.provider === 'Registering') state.provider = 'Registered';
    }
    return state;
  }

  async feature(id: string): Promise<FeatureState> {
    const { feature } = this.of(id);
    return feature === undefined ? { known: false } : { known: true, state: feature };
  }

  async registerFeature(id: string): Promise<FeatureState> {
    const state = this.of(id);
    if (state.failing !== undefined) throw state.failing;
    state.asked.push('feature');
    state.feature = 'Registering';
    state.until = this.#clock.now() + state.minutes * 60_000;
    return { known: true, state: 'Registering' };
  }

  async unregisterFeature(id: string): Promise<FeatureState> {
    const state = this.of(id);
    state.asked.push('unregister');
    state.feature = 'Unregistering';
    return { known: true, state: 'Unregistering' };
  }

  async provider(id: string): Promise<ProviderState> {
    return { state: this.of(id).provider };
  }

  async registerProvider(id: string): Promise<ProviderState> {
    const state = this.of(id);
    state.asked.push('provider');
    if (state.provider !== 'Registered') {
      state.provider = 'Registering';
      state.until = this.#clock.now() + 60_000;
    }
    return { state: state.provider };
  }
}

function rig() {
  const clock = new ManualClock();
  const registration = new FakeRegistration(clock);
  const events: Event[] = [];
  const abort = new AbortController();
  const deps: RegisterDeps = {
    continueWith: (ids) => `aks-localdns setup --subscription ${ids.join(' ')}`,
    registration,
    memory: memory(),
    clock,
    emit: (event) => events.push(event),
    signal: abort.signal,
  };
  return { clock, registration, events, abort, deps };
}

function set(r: ReturnType<typeof rig>, id: string, state: Partial<State>): State {
  const full = Object.assign(r.registration.of(id), state);
  return full;
}

function memory(): RefreshMemory {
  const refreshed = new Set<string>();
  return {
    refreshed: async (id) => refreshed.has(id),
    remember: async (id) => {
      refreshed.add(id);
    },
    forget: async (id) => {
      refreshed.delete(id);
    },
  };
}

async function failure(promise: Promise<unknown>): Promise<CliError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
  throw new Error('It was expected to fail.');
}

describe('the feature', () => {
  test('is registered and waited for, with progress at least every 30 s', async () => {
    const r = rig();
    const result = await registerFeature(r.deps, one);
    expect(featureValue(result)).toEqual({
      subscription: 'Contoso 1',
      subscriptionId: one.id,
      name: 'Microsoft.ContainerService/LocalDNSPreview',
      state: 'Registered',
      known: true,
      changed: true,
      pending: false,
    });
    const progress = r.events.filter(({ type }) => type === 'task.progress');
    expect(progress.length).toBeGreaterThanOrEqual(40);
    expect(r.events[0]).toMatchObject({ type: 'task.started', message: expect.stringContaining('20 minutes') });
  });

  test('is not registered again, and only waited for if Azure is registering it', async () => {
    const r = rig();
    set(r, one.id, { feature: 'Registered' });
    expect(await registerFeature(r.deps, one)).toMatchObject({ changed: false });
    const state = set(r, one.id, { feature: 'Registering', until: r.clock.now() + 600_000 });
    expect(await registerFeature(r.deps, one)).toMatchObject({ changed: true, feature: { state: 'Registered' } });
    expect(state.asked).toEqual([]);
  });

  test('is not waited for if Azure does not know it', async () => {
    const r = rig();
    set(r, one.id, { feature: undefined });
    for (const act of [showFeature, registerFeature, unregisterFeature]) {
      const result = await act(r.deps, one);
      expect(featureValue(result)).toMatchObject({ known: false, state: null, changed: false });
    }
    expect(r.events.every((event) => event.type === 'notice' && event.code === 'feature-unknown')).toBe(true);
  });

  test('returns immediately with --no-wait, and as still waiting after a timeout, with the command that continues', async () => {
    const r = rig();
    expect(await registerFeature(r.deps, one, { noWait: true })).toMatchObject({ changed: true, pending: true });
    const error = await failure(
      registerFeature({ ...r.deps, continueWith: registerLine }, one, { timeoutSeconds: 60 }),
    );
    expect(error).toMatchObject({
      code: 'still-registering',
      exit: 'waiting',
      hints: [`To continue waiting: aks-localdns feature register --subscription ${one.id}`],
    });
    expect(r.events.at(-1)).toMatchObject({ type: 'task.finished', outcome: 'stopped' });
  });

  test('prints the command that continues after an interrupt', async () => {
    const r = rig();
    void r.clock.sleep(60_000).then(() => r.abort.abort());
    set(r, one.id, { minutes: 1e9 });
    const error = await failure(registerFeature({ ...r.deps, continueWith: registerLine }, one));
    expect(error).toBeInstanceOf(InterruptedError);
    expect(error.hints[0]).toContain('aks-localdns feature register');
  });

  test('is unregistered once', async () => {
    const r = rig();
    const state = set(r, one.id, { feature: 'Registered' });
    expect(await unregisterFeature(r.deps, one)).toMatchObject({ changed: true, feature: { state: 'Unregistering' } });
    expect(await unregisterFeature(r.deps, one)).toMatchObject({ changed: false, pending: true });
    expect(state.asked).toEqual(['unregister']);
  });
});

describe('the provider', () => {
  test('is shown, registered and waited for, and refreshed if it is registered', async () => {
    const r = rig();
    const state = set(r, one.id, { provider: 'NotRegistered' });
    expect(providerValue(await showProvider(r.deps, one))).toEqual({
      subscription: 'Contoso 1',
      subscriptionId: one.id,
      namespace: 'Microsoft.ContainerService',
      registrationState: 'NotRegistered',
      changed: false,
      pending: false,
    });
    expect(await registerProvider(r.deps, one, { noWait: true })).toMatchObject({ pending: true });
    expect(await registerProvider(r.deps, one)).toMatchObject({ provider: { state: 'Registered' }, changed: true });
    expect(await registerProvider(r.deps, one)).toMatchObject({ provider: { state: 'Registered' }, changed: true });
    expect(state.asked).toEqual(['provider', 'provider', 'provider']);
  });
});

describe('setup over many subscriptions', () => {
  test('registers, waits and refreshes in parallel, and skips completed steps', async () => {
    const r = rig();
    const all = [1, 2, 3].map(subscription);
    set(r, subscription(2).id, { feature: 'Registered' });
    await r.deps.memory.remember(subscription(2).id);
    set(r, subscription(3).id, { feature: 'Registered', provider: 'NotRegistered' });
    const started = r.clock.now();
    const result = await setup(r.deps, chosen(...all));
    expect(result).toMatchObject({ exit: 'ok', continueWith: undefined });
    expect(setupValue(result)).toMatchObject([
      {
        subscription: 'Contoso 1',
        feature: 'Registered',
        provider: 'Registered',
        changed: true,
        outcome: 'done',
        error: null,
      },
      { subscription: 'Contoso 2', changed: false, outcome: 'nothing-to-do' },
      { subscription: 'Contoso 3', provider: 'Registered', changed: true, outcome: 'done' },
    ]);
    expect(all.map(({ id }) => r.registration.of(id).asked)).toEqual([['feature', 'provider'], [], ['provider']]);
    expect(r.clock.now() - started).toBeLessThan(25 * 60_000);
    expect((await setup(r.deps, chosen(...all))).rows.map(({ outcome }) => outcome)).toEqual([
      'nothing-to-do',
      'nothing-to-do',
      'nothing-to-do',
    ]);
  });

  test('refreshes the provider of a registered feature if no refresh is recorded', async () => {
    const r = rig();
    set(r, one.id, { feature: 'Registered' });
    expect((await setup(r.deps, chosen(one))).rows).toMatchObject([{ outcome: 'done', changed: true }]);
    expect((await setup(r.deps, chosen(one))).rows).toMatchObject([{ outcome: 'nothing-to-do', changed: false }]);
    expect(r.registration.of(one.id).asked).toEqual(['provider']);
  });

  test('refreshes again if the feature was unregistered in between', async () => {
    const r = rig();
    await setup(r.deps, chosen(one));
    set(r, one.id, { feature: 'Unregistered' });
    await setup(r.deps, chosen(one));
    expect(r.registration.of(one.id).asked).toEqual(['feature', 'provider', 'feature', 'provider']);
  });

  test('refreshes the provider if an earlier run left the feature registering', async () => {
    const r = rig();
    const state = set(r, one.id, { feature: 'Registering', until: r.clock.now() + 60_000 });
    await setup(r.deps, chosen(one));
    expect(state.asked).toEqual(['provider']);
  });

  test('reports that the feature is no longer needed if Azure does not know it', async () => {
    const r = rig();
    set(r, one.id, { feature: undefined });
    const result = await setup(r.deps, chosen(one));
    expect(setupValue(result)).toMatchObject([{ feature: 'no longer needed', outcome: 'not-needed', changed: false }]);
    expect(result.exit).toBe('ok');
  });

  test.each([
    ['one of two failed', ['failed', 'done'], 'some-failed'],
    ['all failed alike', ['failed', 'failed'], 'not-permitted'],
    ['one is waiting', ['waiting', 'done'], 'waiting'],
    ['one failed, one is waiting', ['failed', 'waiting'], 'some-failed'],
  ] as const)('exits with the worst result: %s', async (_, outcomes, exit) => {
    const r = rig();
    outcomes.forEach((outcome, index) => {
      set(
        r,
        subscription(index + 1).id,
        outcome === 'failed' ? { failing: denied() } : { minutes: outcome === 'waiting' ? 600 : 1 },
      );
    });
    const result = await setup(r.deps, chosen(...outcomes.map((_outcome, index) => subscription(index + 1))), {
      timeoutSeconds: 600,
    });
    expect(result.rows.map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(result.exit).toBe(exit);
    expect(result.continueWith).toContain('aks-localdns setup --subscription');
    const rows = {
      failed: { error: 'No right to register.' },
      waiting: { feature: 'Registering', changed: true },
      done: { error: undefined },
    } as const;
    expect(result.rows).toMatchObject(outcomes.map((outcome) => rows[outcome]));
  });

  test('sends the requests and does not wait with --no-wait', async () => {
    const r = rig();
    expect(await setup(r.deps, chosen(one), { noWait: true })).toMatchObject({
      exit: 'ok',
      rows: [{ outcome: 'waiting', feature: 'Registering', changed: true }],
    });
  });

  test('is interrupted as a whole, with the command that continues', async () => {
    const r = rig();
    set(r, one.id, { minutes: 1e9 });
    void r.clock.sleep(60_000).then(() => r.abort.abort());
    const error = await failure(setup(r.deps, chosen(one, subscription(2))));
    expect(error).toBeInstanceOf(InterruptedError);
    expect(error.hints[0]).toContain(`aks-localdns setup --subscription ${one.id} ${subscription(2).id}`);
  });
});
