import { describe, expect, test } from 'vitest';
import { InterruptedError, UsageError } from '../../../src/core/errors.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { poolWith, clusterRef, clusterWith, goodPool, sizes } from '../../domain/checks/facts.ts';
import { exitCodeFor, SharedFacts, checkClusters, checkPool } from '../../../src/usecases/check/index.ts';
import type { PoolCheckOptions } from '../../../src/usecases/check/check-options.ts';
import { clusterSource } from '../../../src/usecases/check/gather-cluster.ts';
import type { Azure } from '../../../src/model/ports.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { azureError, fakeAzure, type Answers } from './recording-azure.ts';

const profiles: readonly JsonObject[] = [
  { name: 'userpool', ...goodPool },
  { name: 'smallpool', ...goodPool, vmSize: 'Standard_D2s_v5' },
  {
    name: 'winpool',
    ...goodPool,
    osType: 'Windows',
    osSKU: 'Windows2022',
    nodeImageVersion: 'AKSWindows-2022-containerd-20348.3207.250214',
  },
];
const cluster = (properties: JsonObject = {}, resource: JsonObject = {}) =>
  clusterWith({ agentPoolProfiles: profiles, ...properties }, resource);
const throwing = (error: Error) => () => {
  throw error;
};

const answers = (changes: Partial<Answers> = {}): Answers => ({
  cluster: () => cluster(),
  pools: () => [poolWith()],
  feature: () => ({ known: true, state: 'Registered' }),
  provider: () => ({ state: 'Registered' }),
  vmSizes: () => sizes,
  ...changes,
});
const ref = { ...clusterRef, pool: 'userpool' };
const preview: PoolCheckOptions = { ruleset: 'preview' };

async function check(changes: Partial<Answers> = {}, options: Partial<PoolCheckOptions> = {}, pool = 'userpool') {
  const { azure, requests } = fakeAzure(answers(changes));
  return { judgement: await checkPool(azure, { ...ref, pool }, { ...preview, ...options }), requests };
}

const subscription = { id: clusterRef.subscriptionId, name: 'Shop', tenantId: undefined, state: undefined };
const checkCluster = async (azure: Azure, options: PoolCheckOptions) =>
  checkClusters(
    clusterSource(azure, { ref: clusterRef, subscription, clock: new ManualClock() }, options),
    options,
    (event) => {
      throw new Error(`One cluster has nothing to tell: ${event.type}`);
    },
  );

describe('checking one pool', () => {
  test('sends at most four requests in two steps, and is clear if every check passes', async () => {
    const { judgement, requests } = await check();
    expect(judgement.verdict).toBe('clear');
    expect(judgement.pool?.ref.pool).toBe('userpool');
    expect(judgement.cluster?.location).toBe('eastus2');
    expect(judgement.report.scope).toBe('node pool rg-shop/aks-shop/userpool');
    expect(requests.map(({ what }) => what).sort()).toEqual(['cluster', 'feature', 'provider', 'sizes of eastus2']);
    expect(Math.max(...requests.map(({ depth }) => depth))).toBe(2);
  });

  test('reads what many pools share once', async () => {
    const { azure, requests } = fakeAzure(answers());
    const shared = new SharedFacts(azure, preview);
    for (const pool of ['userpool', 'smallpool', 'winpool', 'userpool', 'smallpool'])
      await checkPool(azure, { ...ref, pool }, preview, shared);
    const often = (what: string): number => requests.filter((request) => request.what === what).length;
    expect(['cluster', 'feature', 'provider', 'sizes of eastus2'].map(often)).toEqual([5, 1, 1, 1]);
    expect(requests).toHaveLength(8);
  });

  test('is blocked if a check fails, and unknown only if none fails', async () => {
    const small = await check({ provider: throwing(azureError('transient')) }, {}, 'smallpool');
    expect(small.judgement.verdict).toBe('blocked');
    const unread = await check({ provider: throwing(azureError('transient')) });
    expect(unread.judgement.verdict).toBe('unknown');
    expect(unread.judgement.report.rows.find(({ status }) => status === 'unknown')).toMatchObject({
      id: 'provider-registered',
      reason: expect.stringContaining('Azure said no'),
    });
    const ignored = await check({ provider: throwing(azureError('transient')) }, { ignore: ['provider-registered'] });
    expect(ignored.judgement.verdict).toBe('clear');
  });

  test('names the missing permission if a read is refused', async () => {
    const { judgement } = await check({
      feature: throwing(azureError('not-permitted')),
      vmSizes: throwing(azureError('not-permitted')),
    });
    const unknown = judgement.report.rows.filter(({ status }) => status === 'unknown');
    expect(unknown.map(({ id }) => id)).toEqual(['feature-registered', 'vm-vcpus']);
    expect(unknown[0]?.reason).toContain('Microsoft.Features/providers/features/read');
    expect(unknown[1]?.reason).toContain('Microsoft.Compute/skus/read');
  });

  test('uses the pool if the cluster cannot be read, and checks of the cluster are unknown', async () => {
    const { judgement, requests } = await check({ cluster: throwing(azureError('not-permitted')) });
    expect(requests.map(({ what }) => what).sort()).toEqual(['cluster', 'feature', 'pool', 'provider']);
    expect(judgement.cluster).toBeUndefined();
    expect(judgement.pool?.ref.pool).toBe('userpool');
    expect(judgement.verdict).toBe('unknown');
    const unknown = judgement.report.rows.filter(({ status }) => status === 'unknown');
    expect(unknown.map(({ id }) => id).sort()).toEqual([
      'cluster-running',
      'cluster-state',
      'network-plugin',
      'node-autoprovisioning',
      'owner',
      'vm-vcpus',
    ]);
    for (const row of unknown) expect(row.reason).toContain('managedClusters/read');
  });

  test('lists the existing pools if there is none of that name', async () => {
    await expect(check({}, {}, 'userpol')).rejects.toMatchObject({
      code: 'pool-not-found',
      exit: 'not-found',
      hints: ["Did you mean 'userpool'?", 'Its node pools: smallpool, userpool, winpool.'],
    });
  });

  test('fails a Windows pool that is named, and skips it otherwise', async () => {
    expect((await check({}, {}, 'winpool')).judgement.verdict).toBe('blocked');
    const passedOver = await check({}, { named: false }, 'winpool');
    expect(passedOver.judgement.report.pools[0]?.eligibility).toBe('skipped');
    expect(passedOver.judgement.verdict).toBe('clear');
    expect(passedOver.requests.map(({ what }) => what)).not.toContain('sizes of eastus2');
  });

  test('reads only what the requested checks need', async () => {
    expect((await check({}, { only: ['kubernetes-version'] })).requests.map(({ what }) => what)).toEqual(['cluster']);
    expect((await check({}, { ruleset: 'ga' })).requests.map(({ what }) => what)).not.toContain('feature');
  });

  test('judges a pool to be added against its cluster', async () => {
    const newPool = poolWith(
      { vmSize: 'Standard_D2s_v5', nodeImageVersion: undefined, provisioningState: undefined, powerState: undefined },
      'newpool',
    );
    const { judgement } = await check({}, { newPool }, 'newpool');
    expect(judgement.verdict).toBe('blocked');
    expect(judgement.pool).toBeUndefined();
    expect(judgement.report.pools).toMatchObject([{ pool: 'newpool', blockedBy: ['vm-vcpus'] }]);
  });

  test('throws if not signed in, on an interrupt, and if the cluster cannot be read at all', async () => {
    await expect(check({ feature: throwing(azureError('not-signed-in')) })).rejects.toMatchObject({
      class: 'not-signed-in',
    });
    await expect(check({ vmSizes: throwing(new InterruptedError()) })).rejects.toBeInstanceOf(InterruptedError);
    await expect(check({ cluster: throwing(azureError('not-found')) })).rejects.toMatchObject({ class: 'not-found' });
    await expect(check({ cluster: throwing(azureError('transient')) })).rejects.toMatchObject({ class: 'transient' });
  });

  test('rejects unknown check ids before any request to Azure', async () => {
    const { azure, requests } = fakeAzure(answers());
    await expect(checkPool(azure, ref, { ...preview, ignore: ['vm-vcpu'] })).rejects.toBeInstanceOf(UsageError);
    await expect(checkCluster(azure, { ...preview, only: ['nothing'] })).rejects.toMatchObject({
      message: "--only: there is no check 'nothing'.",
    });
    expect(requests).toEqual([]);
  });
});

describe('checking a cluster', () => {
  test('judges every pool with one read of the cluster', async () => {
    const { azure, requests } = fakeAzure(answers());
    const report = await checkCluster(azure, preview);
    expect(report.pools.map(({ pool, eligibility }) => `${pool} ${eligibility}`)).toEqual([
      'smallpool blocked',
      'userpool eligible',
      'winpool skipped',
    ]);
    expect(requests).toHaveLength(4);
    expect(report.scope).toBe('cluster rg-shop/aks-shop');
    expect(report).toMatchObject({ gatheredAt: '2026-11-25T08:00:00Z', source: 'arm' });
  });

  test('uses the list of pools if the cluster cannot be read', async () => {
    const { azure } = fakeAzure(answers({ cluster: throwing(azureError('not-permitted')) }));
    const report = await checkCluster(azure, preview);
    expect(report.pools).toMatchObject([{ pool: 'userpool', eligibility: 'unknown' }]);
  });
});

describe('the exit code of a report', () => {
  const counts = { fail: 0, unknown: 0, warn: 0, skip: 0, pass: 1 };
  const exit = (changes: Partial<typeof counts>, failOn: 'fail' | 'warn' | 'none') =>
    exitCodeFor(
      {
        schemaVersion: '1.0',
        scope: '',
        rows: [],
        ignored: [],
        counts: { ...counts, ...changes },
      },
      failOn,
    );

  test.each([
    [{}, 'fail', 'ok'],
    [{ warn: 1 }, 'fail', 'ok'],
    [{ warn: 1 }, 'warn', 'findings'],
    [{ fail: 1 }, 'warn', 'findings'],
    [{ fail: 1, unknown: 1 }, 'fail', 'findings'],
    [{ fail: 1, unknown: 1 }, 'none', 'unknown'],
    [{ warn: 1, unknown: 1 }, 'fail', 'unknown'],
    [{ fail: 1, warn: 1 }, 'none', 'ok'],
  ] as const)('%j with --fail-on %s is %s', (changes, failOn, expected) => {
    expect(exit(changes, failOn)).toBe(expected);
  });

  test('of a partial report is that of an interrupt', () => {
    expect(
      exitCodeFor(
        {
          schemaVersion: '1.0',
          scope: '',
          rows: [],
          ignored: [],
          counts: { ...counts, fail: 1 },
          partial: 'Interrupted.',
        },
        'fail',
      ),
    ).toBe('interrupted');
  });
});
