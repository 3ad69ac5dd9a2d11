import { createAzure } from '../../../src/adapters/azure/index.ts';
import type { Event } from '../../../src/core/events.ts';
import type { HttpHandler } from '../../../src/core/http.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { refused } from '../../../src/domain/checks/index.ts';
import type { PoolRef } from '../../../src/model/ids.ts';
import type { Azure } from '../../../src/model/ports.ts';
import { createSimulator, sample, type Simulator, type SimulatorOptions } from '../../../src/simulator/index.ts';
import type { PoolPlan } from '../../../src/domain/change/index.ts';
import { poolLine } from '../../../src/model/pool-command.ts';
import type { PoolDeps, WriteDeps } from '../../../src/usecases/nodepool/index.ts';
import type { JudgeDeps } from '../../../src/usecases/nodepool/pool-deps.ts';
import type { AddDeps } from '../../../src/usecases/nodepool/add.ts';
import { checkPool } from '../../../src/usecases/check/index.ts';
import type { PoolCheckOptions } from '../../../src/usecases/check/check-options.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { MemoryFiles } from '../../support/memory-files.ts';

export const userpool: PoolRef = {
  subscriptionId: sample.subscriptionId,
  resourceGroup: sample.resourceGroup,
  cluster: sample.cluster,
  pool: 'userpool',
};

export interface Simulated {
  readonly simulator: Simulator;
  readonly azure: Azure;
  readonly clock: ManualClock;
  readonly events: Event[];
  readonly plans: PoolPlan[];
  readonly abort: AbortController;
  readonly deps: WriteDeps & JudgeDeps;
  readonly add: AddDeps;
  /** Writes that Azure accepted, as `PUT 200`; 0 if no answer came. */
  writes(): readonly string[];
  stored(pool?: string, cluster?: string): JsonObject;
}

export interface SimulatedOptions extends Partial<SimulatorOptions> {
  readonly ref?: PoolRef;
  readonly canPrompt?: boolean;
  readonly check?: Partial<PoolCheckOptions>;
  /** Stands between the client and the simulator. */
  readonly between?: (handle: HttpHandler, clock: ManualClock) => HttpHandler;
}

/**
 * The whole program below the command line: use cases, checks, the client of Azure, on the simulated Azure, under a
 * manual clock.
 */
export async function simulated(options: SimulatedOptions = {}): Promise<Simulated> {
  const { ref = userpool, canPrompt = false, check, between = (handle) => handle, ...rest } = options;
  const clock = new ManualClock();
  const simulator = createSimulator({ clock, seed: 7, ...rest });
  const events: Event[] = [];
  const plans: PoolPlan[] = [];
  const abort = new AbortController();
  const emit = (event: Event): void => {
    events.push(event);
  };
  let ids = 0;
  const azure = createAzure({
    cloud: 'AzureCloud',
    azureConfigDir: '/home/ada/.azure',
    profileText: JSON.stringify({
      subscriptions: [
        {
          id: sample.subscriptionId,
          name: sample.subscriptionName,
          state: 'Enabled',
          isDefault: true,
          tenantId: sample.tenantId,
          environmentName: 'AzureCloud',
          user: { name: 'ada@contoso.com', type: 'user' },
        },
      ],
    }),
    signIn: undefined,
    env: {},
    clock,
    ids: { uuid: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`, random: () => 0.5 },
    emit,
    signal: abort.signal,
    files: new MemoryFiles(),
    cacheDir: '/cache',
    transport: between(simulator.handle, clock),
    credential: () => {
      const { token, expiresOn } = simulator.issueToken();
      return { token, expiresOn: expiresOn * 1000 };
    },
  });
  const common = {
    pools: azure.nodePools,
    clock,
    emit,
    signal: abort.signal,
    continueWith: ((ref, waitFor) =>
      poolLine('wait', ref, waitFor === undefined ? [] : [`--${waitFor}`])) satisfies PoolDeps['continueWith'],
    principal: await azure.accounts.principal(ref.subscriptionId),
    canPrompt,
    refuse: refused,
  };
  const confirm = async (plan: PoolPlan): Promise<boolean> => {
    plans.push(plan);
    return true;
  };
  const checkOptions = { ruleset: 'ga', purpose: 'enable', ...check } as const;
  return {
    simulator,
    azure,
    clock,
    events,
    plans,
    abort,
    deps: { ...common, confirm, judge: async () => checkPool(azure, ref, checkOptions) },
    add: {
      ...common,
      confirm,
      judge: async (pool) => checkPool(azure, pool.ref, { ...checkOptions, newPool: pool }),
    },
    writes: () =>
      simulator.requests
        .filter(({ method, path }) => method !== 'GET' && path.includes('/agentPools/'))
        .map(({ method, status }) => `${method} ${String(status)}`),
    stored: (pool = ref.pool, cluster = ref.cluster) => simulator.pool(cluster, pool) ?? {},
  };
}
