import { describe, expect, onTestFinished, test } from 'vitest';
import { without, type JsonObject } from '../../../src/core/json.ts';
import type { PoolRef } from '../../../src/model/ids.ts';
import type { OperationStatus } from '../../../src/model/operation.ts';
import type { Submission } from '../../../src/model/ports.ts';
import { createSimulator, sample, scenarios, type Simulator } from '../../../src/simulator/index.ts';
import { rig, type Rig } from './support/azure.ts';

const { subscriptionId, resourceGroup, cluster } = sample;
const ref: PoolRef = { subscriptionId, resourceGroup, cluster, pool: sample.pools.eligible };
const readOnly = ['eTag', 'provisioningState', 'currentOrchestratorVersion', 'nodeImageVersion', 'status'];

interface Joined extends Rig {
  readonly simulator: Simulator;
}

/** The adapter's pipeline over the simulator, on one clock. */
function join(...scenario: readonly string[]): Joined {
  const holder: { simulator?: Simulator } = {};
  const simulatorOf = (): Simulator => {
    if (holder.simulator === undefined) throw new Error('There is no simulator yet.');
    return holder.simulator;
  };
  const made = rig(async (request) => simulatorOf().handle(request), {
    profileText: undefined,
    credential: () => simulatorOf().issueToken(),
  });
  holder.simulator = createSimulator({ clock: made.clock, scenario });
  onTestFinished(() => {
    expect(simulatorOf().unknownRoutes).toEqual([]);
  });
  return { ...made, simulator: simulatorOf() };
}

async function enable(joined: Joined): Promise<Submission> {
  const pool = await joined.azure.nodePools.readPool(ref);
  const properties: JsonObject = { ...without(pool.properties, readOnly), localDNSProfile: { mode: 'Required' } };
  return joined.azure.nodePools.putPool(ref, properties, pool.eTag === undefined ? {} : { ifMatch: pool.eTag });
}

async function watch(joined: Joined, outcome: Submission): Promise<OperationStatus> {
  if (outcome.kind !== 'accepted') throw new Error(`The write was ${outcome.kind}.`);
  let last: OperationStatus | undefined;
  const deadline = joined.clock.now() + 3_600_000;
  for await (const reading of joined.azure.nodePools.observe(ref, outcome.operation, { deadline })) last = reading;
  if (last === undefined) throw new Error('There was no reading.');
  return last;
}

describe('on the simulated Azure', () => {
  test('a pool is read, written, observed and read back', async () => {
    const joined = join();
    expect(await joined.azure.accounts.subscription(undefined)).toMatchObject({
      id: subscriptionId,
      name: 'Contoso Demo',
    });
    expect(await joined.azure.accounts.principal(subscriptionId)).toMatchObject({
      kind: 'user',
      tenantId: sample.tenantId,
    });
    expect((await joined.azure.nodePools.listPools(ref)).map((pool) => pool.ref.pool)).toContain('userpool');
    const outcome = await enable(joined);
    expect(outcome).toMatchObject({ kind: 'accepted', created: false, pool: { provisioningState: 'Updating' } });
    expect(await watch(joined, outcome)).toMatchObject({ state: 'succeeded', source: 'operation' });
    expect((await joined.azure.nodePools.readPool(ref)).localDns).toMatchObject({ mode: 'Required', state: 'Enabled' });
    expect(joined.simulator.reimagedNodes(cluster, ref.pool)).toBe(3);
  });

  test('features, provider and sizes are known', async () => {
    const { azure } = join();
    expect(await azure.registration.feature(subscriptionId)).toEqual({ known: true, state: 'NotRegistered' });
    expect(await azure.registration.registerFeature(subscriptionId)).toMatchObject({ known: true });
    expect(await azure.registration.provider(subscriptionId)).toEqual({ state: 'Registered' });
    const sizes = await azure.inventory.vmSizes(subscriptionId, sample.location);
    expect(sizes.get('standard_d2s_v3')?.vCpus).toBe(2);
  });

  test('the node image is upgraded, and an operation aborted', async () => {
    const joined = join();
    expect(await joined.azure.nodePools.abort(ref)).toEqual({ kind: 'nothing-running' });
    expect(await joined.azure.nodePools.latestNodeImage(ref)).toMatch(/^AKSUbuntu-2204gen2containerd-/);
    const outcome = await joined.azure.nodePools.upgradeNodeImage(ref);
    expect(outcome.kind).toBe('accepted');
    expect(await joined.azure.nodePools.abort(ref)).toMatchObject({ kind: 'accepted' });
    expect(await watch(joined, outcome)).toMatchObject({ state: 'canceled', failure: { class: 'overridden' } });
  });

  test.each([
    ['answer-lost', 'lost'],
    ['connection-reset', 'lost'],
  ])('%s: a write is %s', async (scenario, kind) => {
    const joined = join(scenario);
    expect((await enable(joined)).kind).toBe(kind);
    expect(joined.simulator.requests.filter((request) => request.method === 'PUT')).toHaveLength(1);
  });

  test.each([
    ['cluster-operation', 'operation-in-progress'],
    ['quota', 'quota'],
    ['policy-denied', 'policy'],
    ['locked', 'locked'],
    ['not-permitted', 'not-permitted'],
    ['subnet-join-denied', 'not-permitted'],
    ['etag-changed', 'precondition-failed'],
    ['provider-not-registered', 'provider-not-registered'],
  ])('%s: a write is refused as %s', async (scenario, expected) => {
    await expect(enable(join(scenario))).rejects.toMatchObject({ class: expected });
  });

  test.each([
    ['status-refused', 'succeeded', 'cluster'],
    ['status-gone', 'succeeded', 'cluster'],
    ['odd-status', 'succeeded', 'operation'],
    ['canceled-by-later', 'canceled', 'operation'],
    ['never-ends', 'running', 'operation'],
  ])('%s: the last reading is %s, from the %s', async (scenario, state, source) => {
    const joined = join(scenario);
    expect(await watch(joined, await enable(joined))).toMatchObject({ state, source });
  });

  test.each([
    'throttled-arm',
    'throttled-aks',
    'throttled-without-retry-after',
    'html-502',
    'server-errors',
    'token-expired',
    'gateway-timeout',
    'old-api-version',
  ])('%s: a read succeeds', async (scenario) => {
    expect(await join(scenario).azure.nodePools.readPool(ref)).toMatchObject({ provisioningState: 'Succeeded' });
  });

  test('no-localdns-api: the missing api-version is reported', async () => {
    await expect(join('no-localdns-api').azure.nodePools.readPool(ref)).rejects.toMatchObject({ class: 'invalid' });
  });

  const failfast = {
    mode: 'Required',
    vnetDNSOverrides: { '.': { failfastAllUnhealthyUpstreams: true }, 'cluster.local': {} },
    kubeDNSOverrides: { '.': {}, 'cluster.local': { healthCheck: { duration: '1s', noRecursion: true } } },
  };

  test('settings of newer api-versions are sent and read with one that has them', async () => {
    const joined = join();
    const pool = await joined.azure.nodePools.readPool(ref);
    const properties: JsonObject = { ...without(pool.properties, readOnly), localDNSProfile: failfast };
    const outcome = await joined.azure.nodePools.putPool(ref, properties, {});
    expect(await watch(joined, outcome)).toMatchObject({ state: 'succeeded' });
    expect((await joined.azure.nodePools.readPool(ref)).localDns?.profile).toMatchObject(failfast);
    const versions = joined.simulator.requests
      .filter(({ path }) => path.endsWith('/agentPools/userpool'))
      .map(({ method, query }) => `${method} ${new URLSearchParams(query).get('api-version') ?? ''}`);
    expect(versions).toEqual(['GET 2026-03-01', 'PUT 2026-09-01', 'GET 2026-09-01']);
  });

  test('old-api-version: settings of newer api-versions are refused before anything is sent', async () => {
    const joined = join('old-api-version');
    await expect(joined.azure.nodePools.useNewerSettings(subscriptionId)).rejects.toMatchObject({
      code: 'api-version-missing',
      message: expect.stringContaining('2025-10-01'),
    });
    await expect(joined.azure.nodePools.putPool(ref, { localDNSProfile: failfast }, {})).rejects.toMatchObject({
      code: 'api-version-missing',
    });
    expect(joined.simulator.requests.some(({ method }) => method === 'PUT')).toBe(false);
  });

  test('pool-rights-only: the pool is polled', async () => {
    const joined = join('pool-rights-only', 'status-refused');
    await expect(joined.azure.nodePools.readCluster(ref)).rejects.toMatchObject({ class: 'not-permitted' });
    expect(await watch(joined, await enable(joined))).toMatchObject({ state: 'succeeded', source: 'pool' });
  });

  test('feature-unknown: the feature is unknown', async () => {
    expect(await join('feature-unknown').azure.registration.feature(subscriptionId)).toEqual({ known: false });
  });

  test.each(scenarios.map((scenario) => scenario.name))(
    '%s: no token and no signature shows in events, errors and outcomes',
    async (scenario) => {
      const joined = join(scenario);
      const shown: unknown[] = [];
      try {
        const outcome = await enable(joined);
        shown.push(outcome);
        if (outcome.kind === 'accepted') shown.push(await watch(joined, outcome));
      } catch (error) {
        shown.push(
          error,
          error instanceof Error ? [error.message, error.cause instanceof Error ? error.cause.message : ''] : '',
        );
      }
      expect(JSON.stringify([shown, joined.events])).not.toMatch(/eyJ[\w-]{20}|[?&](?:s|h|c|t)=/);
    },
  );
});
