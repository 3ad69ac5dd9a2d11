import assert from 'node:assert/strict';
import { afterEach, describe, expect, test } from 'vitest';
import { without } from '../../../src/core/json.ts';
import { documentedDefault } from '../../../src/domain/localdns/index.ts';
import { sample, scenarios } from '../../../src/simulator/index.ts';
import { kubernetesScenarios } from '../../../src/simulator/scenarios/kubernetes.ts';
import {
  abortOperation,
  addPool,
  changeProfile,
  upgradeNodeImage,
  waitForPool,
  type WriteOptions,
  type WriteResult,
} from '../../../src/usecases/nodepool/index.ts';
import { failure, notices, storedDefault } from './rig.ts';
import { simulated, userpool, type Simulated, type SimulatedOptions } from './simulated.ts';

let last: Simulated | undefined;

async function start(options: SimulatedOptions = {}): Promise<Simulated> {
  last = await simulated(options);
  return last;
}

afterEach(() => {
  assert.deepEqual(last?.simulator.unknownRoutes ?? [], []);
  assert.doesNotMatch(JSON.stringify(last?.events ?? []), /[?&]s=|Bearer|eyJ/);
  last = undefined;
});

const ref = userpool;
const moving = ['eTag', 'provisioningState', 'localDNSProfile', 'nodeImageVersion'];

describe('changes on the simulated Azure', () => {
  test('turns LocalDNS on, off and on again; each time all nodes are reimaged once and nothing else changes', async () => {
    const s = await start();
    const before = s.stored();
    const on = await changeProfile(s.deps, { action: 'enable', ref });
    expect(on).toMatchObject({ outcome: 'done', changed: true, otherChanges: [] });
    expect(on.pool?.localDns).toMatchObject({ mode: 'Required', state: 'Enabled' });
    expect(s.simulator.reimagedNodes('aks-demo', 'userpool')).toBe(3);
    expect(await changeProfile(s.deps, { action: 'enable', ref })).toMatchObject({
      outcome: 'nothing-to-do',
      changed: false,
    });
    const wanted = documentedDefault();
    const profile = {
      ...wanted,
      kubeDNSOverrides: { ...wanted.kubeDNSOverrides, 'contoso.com': { serveStale: 'Verify' as const } },
    };
    await changeProfile(s.deps, { action: 'update', ref, profile });
    expect(await changeProfile(s.deps, { action: 'disable', ref })).toMatchObject({ outcome: 'done' });
    expect(s.stored()['localDNSProfile']).toMatchObject({
      mode: 'Disabled',
      kubeDNSOverrides: { 'contoso.com': { serveStale: 'Verify' } },
    });
    expect(await changeProfile(s.deps, { action: 'enable', ref })).toMatchObject({ outcome: 'done' });
    expect(s.stored()['localDNSProfile']).toMatchObject({
      mode: 'Required',
      kubeDNSOverrides: { 'contoso.com': { serveStale: 'Verify' } },
    });
    await changeProfile(s.deps, { action: 'enable', ref, reset: true });
    expect(s.stored()['localDNSProfile']).toEqual(storedDefault('Required'));
    expect(without(s.stored(), moving)).toEqual(without(before, moving));
    expect(s.writes()).toEqual(['PUT 200', 'PUT 200', 'PUT 200', 'PUT 200', 'PUT 200']);
  });

  test.each([
    ['smallpool', 'aks-demo', 'vm-vcpus'],
    ['winpool', 'aks-demo', 'os-sku'],
    ['oldpool', 'aks-demo', 'os-sku'],
    ['userpool', 'aks-old', 'kubernetes-version'],
    ['userpool', 'aks-stopped', 'cluster-running'],
  ])('is stopped before anything is sent: %s of %s by %s', async (pool, cluster, id) => {
    const target = { ...ref, cluster, pool };
    const s = await start({ ref: target });
    const error = await failure(changeProfile(s.deps, { action: 'enable', ref: target }));
    expect(error).toMatchObject({ code: 'prerequisites-failed', exit: 'findings' });
    expect(error.hints.join('\n')).toContain(id);
    expect(s.writes()).toEqual([]);
  });

  test('does not change a pool of an Automatic cluster that already has LocalDNS', async () => {
    const target = { ...ref, cluster: sample.clusters.automatic };
    const s = await start({ ref: target });
    expect(await changeProfile(s.deps, { action: 'enable', ref: target })).toMatchObject({ outcome: 'nothing-to-do' });
    expect(
      (await changeProfile(s.deps, { action: 'enable', ref: target, force: true }, { dryRun: true })).plan?.remarks.map(
        ({ id }) => id,
      ),
    ).toContain('automatic-cluster');
  });

  test('adds a pool like another, reimages it, waits, aborts', async () => {
    const s = await start();
    const added = { ...ref, pool: 'dnspool' };
    const result = await addPool(s.add, {
      ref: added,
      like: 'userpool',
      properties: { count: 1 },
      set: ['nodeLabels.team=dns'],
    });
    expect(result).toMatchObject({
      outcome: 'done',
      pool: { provisioningState: 'Succeeded', localDns: { mode: 'Required', state: 'Enabled' } },
    });
    expect(s.stored('dnspool')).toMatchObject({ count: 1, nodeLabels: { team: 'dns', tier: 'frontend' } });
    expect((await failure(addPool(s.add, { ref: added, properties: {} }))).code).toBe('pool-exists');
    const image = await upgradeNodeImage(s.deps, ref);
    expect(image.nodeImage?.before).toContain('202609');
    expect(image.nodeImage?.after).toBe(image.nodeImage?.latest);
    await changeProfile(s.deps, { action: 'enable', ref }, { noWait: true });
    expect(await abortOperation(s.deps, ref, {})).toMatchObject({
      changed: true,
      pool: { provisioningState: 'Canceled' },
    });
    expect(await abortOperation(s.deps, ref, {})).toMatchObject({ changed: false });
    expect(await waitForPool(s.deps, ref, { condition: undefined })).toMatchObject({
      pool: { provisioningState: 'Canceled' },
    });
    expect(await changeProfile(s.deps, { action: 'enable', ref }, { noWait: true })).toMatchObject({
      outcome: 'accepted',
    });
    expect(await waitForPool(s.deps, ref, { condition: 'updated' })).toMatchObject({
      pool: { provisioningState: 'Succeeded' },
    });
  });

  test('adds a pool with default settings', async () => {
    const s = await start();
    const added = { ...ref, pool: 'plain' };
    const result = await addPool({ ...s.add, canPrompt: true }, { ref: added, properties: {} });
    expect(result).toMatchObject({ outcome: 'done', pool: { count: 3, mode: 'User', localDns: { mode: 'Required' } } });
  });

  test('continues after an interrupted wait: the second run adopts the operation of the first', async () => {
    const s = await start();
    const error = await failure(changeProfile(s.deps, { action: 'enable', ref }, { timeoutSeconds: 60 }));
    expect(error).toMatchObject({ exit: 'waiting' });
    expect(await changeProfile(s.deps, { action: 'enable', ref })).toMatchObject({ outcome: 'adopted', changed: true });
    expect(s.writes()).toEqual(['PUT 200']);
  });

  test('leaves the operation running after an interrupt, and prints the command that continues', async () => {
    const s = await start();
    const running = failure(changeProfile(s.deps, { action: 'enable', ref }));
    s.events.push = (...events) => {
      if (events.some(({ type }) => type === 'task.progress')) s.abort.abort();
      return Array.prototype.push.apply(s.events, events);
    };
    const error = await running;
    expect(error).toMatchObject({ code: 'interrupted', exit: 'interrupted' });
    expect(error.hints[0]).toMatch(/continues in Azure\. To wait for it: aks-localdns nodepool wait .* --updated$/);
    expect(s.stored()['provisioningState']).toBe('Updating');
    expect(s.writes()).toEqual(['PUT 200']);
  });

  test('turns off, aborting what runs', async () => {
    const s = await start({ check: { purpose: 'disable' } });
    await changeProfile(s.deps, { action: 'enable', ref }, { noWait: true });
    const result = await changeProfile(s.deps, { action: 'disable', ref, abortRunning: true });
    expect(result).toMatchObject({ outcome: 'done', pool: { localDns: { mode: 'Disabled' } } });
    expect(s.writes()).toEqual(['PUT 200', 'POST 202', 'PUT 200']);
  });
});

interface Expected {
  /** The code of the error, or the outcome. */
  readonly ends: string;
  readonly writes: readonly string[];
  readonly options?: WriteOptions;
  readonly notices?: readonly string[];
  readonly text?: RegExp;
  readonly canPrompt?: boolean;
  readonly check?: SimulatedOptions['check'];
}

const waits: WriteOptions = { waitForOperationSeconds: 3600 };
const once = ['PUT 200'];
const twice = ['PUT 200', 'PUT 200'];

/** The outcome of `enable` for the eligible pool in every scenario. */
const expectations: Readonly<Record<string, Expected>> = {
  'throttled-arm': { ends: 'done', writes: ['PUT 429', 'PUT 200'] },
  'throttled-aks': { ends: 'done', writes: ['PUT 429', 'PUT 200'] },
  'throttled-without-retry-after': { ends: 'done', writes: ['PUT 429', 'PUT 200'] },
  'other-operation': { ends: 'done', writes: ['PUT 409', 'PUT 200'], options: waits },
  'cluster-operation': { ends: 'done', writes: ['PUT 409', 'PUT 200'], options: waits },
  'strict-siblings': { ends: 'done', writes: once },
  preempted: { ends: 'done', writes: ['PUT 409', 'PUT 200'], options: waits },
  'etag-changed': { ends: 'done', writes: ['PUT 412', 'PUT 200'] },
  'etag-changed-profile': { ends: 'pool-changed', writes: ['PUT 412'], text: /localDNSProfile/ },
  'autoscaler-at-work': { ends: 'done', writes: ['PUT 412', 'PUT 200'] },
  'answer-lost': { ends: 'adopted', writes: ['PUT 0'], notices: ['answer-lost'] },
  'connection-reset': { ends: 'done', writes: ['PUT 0', 'PUT 200'], notices: ['answer-lost'] },
  'html-502': { ends: 'done', writes: ['PUT 502', 'PUT 200'] },
  'gateway-timeout': { ends: 'adopted', writes: ['PUT 504'], notices: ['answer-lost'] },
  'server-errors': { ends: 'done', writes: once },
  'token-expired': { ends: 'done', writes: once },
  'answer-too-large': { ends: 'adopted', writes: once, notices: ['answer-lost'] },
  'lists-missing': { ends: 'prerequisites-unknown', writes: [] },
  'drain-blocked': { ends: 'azure-drain', writes: once, text: /web-pdb/ },
  'bootstrap-failed': { ends: 'azure-node-bootstrap', writes: once, text: /217/ },
  'quota-during': { ends: 'azure-quota', writes: once, text: /Current Limit: 10/ },
  'no-capacity': { ends: 'azure-capacity', writes: once },
  'subnet-full': { ends: 'azure-network-capacity', writes: once },
  'failed-rolled-back': { ends: 'azure-unknown', writes: once, text: /last known good/ },
  'canceled-by-later': { ends: 'azure-overridden', writes: once },
  'never-ends': { ends: 'still-waiting', writes: once, options: { timeoutSeconds: 7200 } },
  'odd-status': { ends: 'done', writes: once },
  'status-refused': { ends: 'done', writes: once },
  'status-gone': { ends: 'done', writes: once },
  'profile-not-stored': { ends: 'profile-not-stored', writes: once },
  'field-lost': { ends: 'done', writes: once, notices: ['other-field-changed', 'other-field-changed'] },
  quota: { ends: 'azure-quota', writes: ['PUT 400'] },
  'policy-denied': { ends: 'azure-policy', writes: ['PUT 403'] },
  locked: { ends: 'azure-locked', writes: ['PUT 409'] },
  'not-permitted': { ends: 'azure-not-permitted', writes: ['PUT 403'] },
  'no-access': { ends: 'azure-not-permitted', writes: [] },
  'pool-rights-only': { ends: 'done', writes: once, canPrompt: true },
  'subnet-join-denied': { ends: 'azure-not-permitted', writes: ['PUT 403'] },
  'disruption-policy-block': { ends: 'azure-invalid', writes: ['PUT 400'] },
  'provider-not-registered': { ends: 'prerequisites-failed', writes: [] },
  'long-registration': { ends: 'done', writes: once },
  'feature-registered': { ends: 'done', writes: once, check: { ruleset: 'preview' } },
  'feature-pending': { ends: 'prerequisites-failed', writes: [], check: { ruleset: 'preview' } },
  'feature-unknown': { ends: 'done', writes: once, check: { ruleset: 'preview' } },
  'feature-required': { ends: 'azure-feature-not-registered', writes: ['PUT 400'] },
  'old-api-version': { ends: 'done', writes: once },
  'no-localdns-api': { ends: 'azure-invalid', writes: [] },
  'graph-throttled': { ends: 'done', writes: once },
  'graph-denied': { ends: 'done', writes: once },
  'graph-stale': { ends: 'nothing-to-do', writes: [] },
  'graph-old-api-version': { ends: 'done', writes: once },
  'graph-no-profiles': { ends: 'done', writes: once },
  'graph-page-fails': { ends: 'done', writes: once },
  'graph-truncated': { ends: 'done', writes: once },
  'graph-subscription-limit': { ends: 'done', writes: once },
  'subscriptions-denied': { ends: 'done', writes: once },
  'list-fails': { ends: 'done', writes: once },
  'region-without-skus': { ends: 'prerequisites-unknown', writes: [] },
  'cluster-vanishes': { ends: 'azure-not-found', writes: [] },
  'own-network': { ends: 'done', writes: once },
  // Azure does not see failures inside a cluster.
  ...Object.fromEntries(kubernetesScenarios.map(({ name }) => [name, { ends: 'done', writes: once }])),
};

async function endOf(act: () => Promise<WriteResult>): Promise<{ readonly ends: string; readonly text: string }> {
  try {
    const { outcome, summary } = await act();
    return { ends: outcome, text: summary };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return { ends: String(error.code), text: error.message };
  }
}

describe('enable in every scenario', () => {
  test('has an expectation for each', () => {
    expect(Object.keys(expectations).sort()).toEqual(scenarios.map(({ name }) => name).sort());
  });

  test.each(Object.entries(expectations))('%s', async (scenario, expected) => {
    const { canPrompt = false, check = {} } = expected;
    const s = await start({ scenario, canPrompt, check });
    const end = await endOf(async () => changeProfile(s.deps, { action: 'enable', ref }, expected.options));
    expect({ ends: end.ends, writes: s.writes() }).toEqual({ ends: expected.ends, writes: expected.writes });
    expect(end.text).toMatch(expected.text ?? /./);
    expect(notices(s.events)).toEqual(expect.arrayContaining([...(expected.notices ?? [])]));
    expect(s.plans.length).toBeLessThanOrEqual(1);
  });
});

describe('after a failure', () => {
  test.each(['drain-blocked', 'bootstrap-failed', 'canceled-by-later', 'failed-rolled-back'])(
    'the same command, run again, repairs the pool: %s',
    async (scenario) => {
      const s = await start({ scenario });
      await failure(changeProfile(s.deps, { action: 'enable', ref }));
      expect(await changeProfile(s.deps, { action: 'enable', ref })).toMatchObject({ outcome: 'done', changed: true });
      expect(s.plans[1]?.remarks.map(({ id }) => id)).toContain('pool-state');
      expect(s.writes()).toEqual(twice);
    },
  );

  test('a failure has the request ids, also if it is read from the pool', async () => {
    const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
    const ids = {
      requestId: expect.stringMatching(guid) as string,
      correlationId: expect.stringMatching(guid) as string,
    };
    const s = await start({ scenario: 'drain-blocked' });
    expect(await failure(changeProfile(s.deps, { action: 'enable', ref }))).toMatchObject(ids);
    expect(await failure(waitForPool(s.deps, ref, { condition: 'updated' }))).toMatchObject(ids);
  });

  test('the settings that avoid the quota are part of the same request', async () => {
    const s = await start({ scenario: 'quota' });
    expect(
      await changeProfile(s.deps, { action: 'enable', ref, settings: { maxSurge: '0', maxUnavailable: '1' } }),
    ).toMatchObject({
      outcome: 'done',
      otherChanges: [],
    });
    expect(s.stored()['upgradeSettings']).toMatchObject({
      maxSurge: '0',
      maxUnavailable: '1',
      'x-futureStrategy': 'calm',
    });
  });

  test('another operation is named if waiting was not requested', async () => {
    const s = await start({ scenario: 'other-operation' });
    const error = await failure(changeProfile(s.deps, { action: 'enable', ref }));
    expect(error).toMatchObject({ code: 'operation-in-progress' });
    expect(error.message).toMatch(/in progress/);
    expect(error.hints.join('\n')).toContain('--wait-for-operation');
  });

  test('a changed profile is confirmed again on a terminal', async () => {
    const s = await start({ scenario: 'etag-changed-profile', canPrompt: true });
    expect(await changeProfile(s.deps, { action: 'enable', ref })).toMatchObject({ outcome: 'done' });
    expect(s.plans.map((plan) => plan.localDnsMode.before)).toEqual([undefined, 'Disabled']);
  });

  test.each(['answer-lost', 'connection-reset', 'other-operation', 'gateway-timeout'])(
    'reimaging and adding have the same outcome: %s',
    async (scenario) => {
      const s = await start({ scenario });
      const result = await upgradeNodeImage(s.deps, ref, waits);
      expect(result.nodeImage?.after).toBe(result.nodeImage?.latest);
      const t = await start({ scenario });
      const added = { ...ref, pool: 'dnspool' };
      expect(await addPool(t.add, { ref: added, like: 'userpool', properties: { count: 1 } }, waits)).toMatchObject({
        changed: true,
        pool: { provisioningState: 'Succeeded' },
      });
    },
  );

  test('an abort without a response is resolved by reading', async () => {
    const s = await start();
    await changeProfile(s.deps, { action: 'enable', ref }, { noWait: true });
    s.simulator.useScenario('answer-lost');
    expect(await abortOperation(s.deps, ref, {})).toMatchObject({
      changed: true,
      pool: { provisioningState: 'Canceled' },
    });
  });
});
