import { describe, expect, test } from 'vitest';
import { CliError } from '../../../src/core/errors.ts';
import { without, type JsonObject } from '../../../src/core/json.ts';
import { documentedDefault } from '../../../src/domain/localdns/index.ts';
import type { OperationStatus } from '../../../src/model/operation.ts';
import { changeProfile } from '../../../src/usecases/nodepool/index.ts';
import { azureError, fakeRef as ref, FakeNodePools, poolProperties } from '../../support/fake-node-pools.ts';
import { failure, notices, rig, row, storedDefault } from './rig.ts';

const required = documentedDefault('Required');

async function* toldEarly(): AsyncGenerator<OperationStatus> {
  yield { state: 'succeeded', text: 'Succeeded', source: 'operation', error: undefined };
}

function poolWith(more: object): FakeNodePools {
  return new FakeNodePools({ ...poolProperties, ...more });
}

describe('requests', () => {
  test('sends the documented default if nothing is stored, with the eTag of a fresh reading, and reads it back', async () => {
    const r = rig();
    const result = await changeProfile(r.deps, { action: 'enable', ref });
    expect(result).toMatchObject({ outcome: 'done', changed: true, otherChanges: [] });
    expect(r.pools.sent).toHaveLength(1);
    expect(r.pools.sent[0]?.options).toEqual({ ifMatch: 'etag-0' });
    expect(r.pools.properties()?.['localDNSProfile']).toEqual(storedDefault('Required'));
    expect(r.events.map(({ type }) => type)).toEqual(['task.started', 'task.progress', 'task.finished']);
  });

  test('keeps stored overrides and unknown members when LocalDNS is turned on again', async () => {
    const stored = storedDefault('Disabled');
    const vnet = stored['vnetDNSOverrides'] as object;
    const r = rig(
      poolWith({
        localDNSProfile: {
          ...stored,
          vnetDNSOverrides: { ...vnet, '.': { serveStale: 'Verify', newField: 1 } },
          newMember: true,
        },
      }),
    );
    await changeProfile(r.deps, { action: 'enable', ref });
    expect(r.pools.sent[0]?.properties?.['localDNSProfile']).toMatchObject({
      mode: 'Required',
      newMember: true,
      vnetDNSOverrides: { '.': { serveStale: 'Verify', newField: 1 } },
    });
    expect(r.pools.sent[0]?.properties?.['localDNSProfile']).not.toHaveProperty('state');
  });

  test('reports that the pool is not up to date if an unknown stored setting would be removed', async () => {
    const stored = storedDefault('Required');
    const vnet = stored['vnetDNSOverrides'] as JsonObject;
    const profile = { ...stored, vnetDNSOverrides: { ...vnet, '.': { ...(vnet['.'] as object), newField: 1 } } };
    const r = rig(poolWith({ localDNSProfile: profile }));
    const kept = await changeProfile(r.deps, { action: 'enable', ref });
    expect(kept).toMatchObject({ outcome: 'nothing-to-do', changed: false });
    const update = { action: 'update', ref, profile: required } as const;
    const dry = await changeProfile(r.deps, update, { dryRun: true });
    const path = 'vnetDNSOverrides["."].newField';
    expect(dry.plan?.profileChanges).toEqual([{ path, before: 1, after: undefined }]);
    expect(dry.plan?.remarks.find(({ id }) => id === 'settings-dropped')?.text).toContain(path);
    expect(await changeProfile(r.deps, update)).toMatchObject({ outcome: 'done', changed: true });
    expect(JSON.stringify(r.pools.properties())).not.toContain('newField');
    expect(await changeProfile(r.deps, update)).toMatchObject({ outcome: 'nothing-to-do' });
  });

  test('uses the documented default instead of stored overrides with reset', async () => {
    const r = rig(
      poolWith({
        localDNSProfile: {
          ...storedDefault('Required'),
          kubeDNSOverrides: { '.': { maxConcurrent: 5 }, 'cluster.local': {} },
        },
      }),
    );
    await changeProfile(r.deps, { action: 'enable', ref, reset: true });
    expect(r.pools.properties()?.['localDNSProfile']).toEqual(storedDefault('Required'));
  });

  test.each([
    [
      'enable',
      async (r: ReturnType<typeof rig>) => changeProfile(r.deps, { action: 'enable', ref }),
      { localDNSProfile: storedDefault('Required') },
    ],
    [
      'update',
      async (r: ReturnType<typeof rig>) => changeProfile(r.deps, { action: 'update', ref, profile: required }),
      { localDNSProfile: storedDefault('Required') },
    ],
    [
      'update with the surge that the pool has',
      async (r: ReturnType<typeof rig>) =>
        changeProfile(r.deps, { action: 'update', ref, profile: required, settings: { maxSurge: '10%' } }),
      { localDNSProfile: storedDefault('Required') },
    ],
    [
      'disable',
      async (r: ReturnType<typeof rig>) => changeProfile(r.deps, { action: 'disable', ref }),
      { localDNSProfile: storedDefault('Disabled') },
    ],
  ])('sends nothing if the pool is up to date: %s', async (_, act, more) => {
    const r = rig(poolWith(more));
    r.found = { verdict: 'blocked', rows: [row('vm-vcpus', 'fail')] };
    expect(await act(r)).toMatchObject({ outcome: 'nothing-to-do', changed: false });
    expect(r.pools.sent).toEqual([]);
    expect(r.plans).toEqual([]);
  });

  test('sends the same again with force, and after a failed or canceled operation, with consent', async () => {
    for (const [state, force] of [
      ['Succeeded', true],
      ['Failed', false],
      ['Canceled', false],
    ] as const) {
      const r = rig(poolWith({ localDNSProfile: storedDefault('Required'), provisioningState: state }));
      expect(await changeProfile(r.deps, { action: 'enable', ref, force })).toMatchObject({ outcome: 'done' });
      expect(r.plans).toHaveLength(1);
      expect(r.plans[0]?.profileChanges).toEqual([]);
      expect(r.plans[0]?.remarks.some(({ id }) => id === 'pool-state')).toBe(state !== 'Succeeded');
    }
  });

  test('sends upgrade settings along in the same request, and reports that they remain', async () => {
    const r = rig();
    await changeProfile(r.deps, {
      action: 'update',
      ref,
      profile: required,
      settings: { maxSurge: '50%', drainTimeoutMinutes: 45 },
    });
    expect(r.pools.sent[0]?.properties?.['upgradeSettings']).toEqual({
      maxSurge: '50%',
      maxUnavailable: '0',
      drainTimeoutInMinutes: 45,
    });
    expect(r.plans[0]?.disruption).toMatchObject({ surgeNodes: 2, batches: 2, drainTimeoutMinutes: 45 });
    expect(r.plans[0]?.remarks.map(({ id }) => id)).toContain('settings-stay');
    expect(r.plans[0]?.settingChanges.map(({ path }) => path)).toEqual([
      'upgradeSettings.maxSurge',
      'upgradeSettings.drainTimeoutInMinutes',
    ]);
  });

  test('sends a changed setting even if the profile is up to date', async () => {
    const r = rig(poolWith({ localDNSProfile: storedDefault('Required') }));
    expect(await changeProfile(r.deps, { action: 'enable', ref, settings: { maxSurge: '1' } })).toMatchObject({
      outcome: 'done',
      changed: true,
    });
  });

  test('pins LocalDNS off on a pool that was never configured, with the reason, only once', async () => {
    const r = rig();
    expect(await changeProfile(r.deps, { action: 'disable', ref })).toMatchObject({ outcome: 'done', changed: true });
    expect(r.pools.properties()?.['localDNSProfile']).toEqual(storedDefault('Disabled'));
    expect(r.plans[0]?.remarks.map(({ id }) => id)).toContain('pinned-off');
    expect(await changeProfile(r.deps, { action: 'disable', ref })).toMatchObject({ outcome: 'nothing-to-do' });
    expect(r.pools.sent).toHaveLength(1);
  });

  test('keeps the overrides when it turns LocalDNS off', async () => {
    const r = rig(
      poolWith({
        localDNSProfile: {
          ...storedDefault('Required'),
          kubeDNSOverrides: { '.': { maxConcurrent: 7 }, 'cluster.local': {} },
        },
      }),
    );
    await changeProfile(r.deps, { action: 'disable', ref });
    expect(r.pools.sent[0]?.properties?.['localDNSProfile']).toMatchObject({
      mode: 'Disabled',
      kubeDNSOverrides: { '.': { maxConcurrent: 7 } },
    });
  });

  test('warns that Preferred reimages and installs nothing', async () => {
    const r = rig();
    await changeProfile(r.deps, { action: 'update', ref, profile: { ...required, mode: 'Preferred' } });
    expect(r.plans[0]?.remarks.find(({ id }) => id === 'mode-preferred')?.text).toMatch(
      /reimages every node but currently installs nothing/,
    );
  });

  test('stops after the plan in a dry run, with the exact body', async () => {
    const r = rig(poolWith({ provisioningState: 'Scaling' }));
    const result = await changeProfile(r.deps, { action: 'enable', ref }, { dryRun: true });
    expect(result).toMatchObject({ outcome: 'planned', changed: false });
    expect(result.plan?.requestBody).toMatchObject({
      properties: { xFutureField: { kept: true }, localDNSProfile: { mode: 'Required' } },
    });
    expect(result.plan?.remarks.map(({ id }) => id)).toContain('operation-running');
    expect(r.plans).toEqual([]);
    expect(r.pools.sent).toEqual([]);
  });
});

describe('judging and asking', () => {
  test('a dry run is as strict as the run', async () => {
    const silent = rig(new FakeNodePools(), { canPrompt: false });
    silent.found = { verdict: 'unknown', rows: [row('os-sku', 'unknown')] };
    const dry = changeProfile(silent.deps, { action: 'enable', ref }, { dryRun: true });
    expect(await failure(dry)).toMatchObject({ exit: 'unknown' });
    const blocked = rig();
    blocked.found = { verdict: 'blocked', rows: [row('vm-vcpus', 'fail')] };
    expect(await failure(changeProfile(blocked.deps, { action: 'enable', ref }, { dryRun: true }))).toMatchObject({
      exit: 'findings',
    });
  });

  test('an agreed plan is confirmed again only if it is no longer valid', async () => {
    const r = rig();
    const { plan } = await changeProfile(r.deps, { action: 'enable', ref }, { dryRun: true });
    await changeProfile(r.deps, { action: 'enable', ref }, { agreed: plan });
    expect(r.plans).toEqual([]);
    const moved = rig();
    const before = await changeProfile(moved.deps, { action: 'enable', ref }, { dryRun: true });
    moved.pools.change({ vmSize: 'Standard_D2s_v5' });
    await changeProfile(moved.deps, { action: 'enable', ref }, { agreed: before.plan });
    expect(moved.plans).toHaveLength(1);
  });

  test('is stopped by a failed prerequisite before the confirmation', async () => {
    const r = rig();
    r.found = { verdict: 'blocked', rows: [row('vm-vcpus', 'fail')] };
    expect(await failure(changeProfile(r.deps, { action: 'enable', ref }))).toMatchObject({
      code: 'prerequisites-failed',
      exit: 'findings',
    });
    expect(r.plans).toEqual([]);
  });

  test('shows unknown checks in the confirmation, and stops without a terminal', async () => {
    const asked = rig();
    asked.found = { verdict: 'unknown', rows: [row('os-sku', 'unknown')] };
    await changeProfile(asked.deps, { action: 'enable', ref });
    expect(asked.plans[0]?.unknowns).toEqual(['os-sku: os-sku is unknown.']);
    const silent = rig(new FakeNodePools(), { canPrompt: false });
    silent.found = { verdict: 'unknown', rows: [row('os-sku', 'unknown')] };
    expect(await failure(changeProfile(silent.deps, { action: 'enable', ref }))).toMatchObject({ exit: 'unknown' });
    expect(silent.pools.sent).toEqual([]);
  });

  test('lets only the power state block turning off, and reports the rest', async () => {
    const pools = (): FakeNodePools => poolWith({ localDNSProfile: storedDefault('Required') });
    const open = rig(pools(), { canPrompt: false });
    open.found = { verdict: 'blocked', rows: [row('vm-vcpus', 'fail'), row('os-sku', 'unknown')] };
    expect(await changeProfile(open.deps, { action: 'disable', ref })).toMatchObject({ outcome: 'done' });
    expect(open.plans[0]?.notEnforced).toEqual(['vm-vcpus: vm-vcpus is fail.']);
    const stopped = rig(pools());
    stopped.found = { verdict: 'blocked', rows: [row('vm-vcpus', 'fail'), row('pool-power', 'fail')] };
    expect(await failure(changeProfile(stopped.deps, { action: 'disable', ref }))).toMatchObject({
      exit: 'findings',
      message: 'pool-power',
    });
  });

  test('changes nothing if the confirmation is declined', async () => {
    const r = rig();
    r.answer = false;
    expect(await failure(changeProfile(r.deps, { action: 'enable', ref }))).toMatchObject({
      code: 'declined',
      exit: 'error',
    });
    expect(r.pools.sent).toEqual([]);
  });

  test('asks again if the pool changed in a way that matters, and fails without a terminal', async () => {
    const asked = rig();
    asked.whileAsking = () => {
      if (asked.plans.length === 1) asked.pools.change({ vmSize: 'Standard_D2s_v5' });
    };
    await changeProfile(asked.deps, { action: 'enable', ref });
    expect(asked.plans).toHaveLength(2);
    expect(notices(asked.events)).toContain('pool-changed');
    expect(asked.pools.sent).toHaveLength(1);
    const silent = rig(new FakeNodePools(), { canPrompt: false });
    silent.whileAsking = () => silent.pools.change({ vmSize: 'Standard_D2s_v5' });
    const error = await failure(changeProfile(silent.deps, { action: 'enable', ref }));
    expect(error).toMatchObject({ code: 'pool-changed', exit: 'stale' });
    expect(error.message).toContain('vmSize');
    expect(silent.pools.sent).toEqual([]);
  });

  test.each([
    ['an eTag alone', poolProperties, {}],
    ['a new node image', poolProperties, { nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202511.01.0' }],
    ["the autoscaler's count", { ...poolProperties, enableAutoScaling: true, minCount: 1, maxCount: 9 }, { count: 5 }],
  ])('continues without asking if only this changed: %s', async (_, before, change) => {
    const r = rig(new FakeNodePools(before), { canPrompt: false });
    r.whileAsking = () => r.pools.change(change);
    expect(await changeProfile(r.deps, { action: 'enable', ref })).toMatchObject({ outcome: 'done' });
    expect(r.plans).toHaveLength(1);
    expect(r.pools.sent[0]?.options?.ifMatch).toBe('etag-1');
  });
});

describe('one request, carried out once', () => {
  test('adopts a request that Azure is already carrying out', async () => {
    const r = rig(poolWith({ localDNSProfile: storedDefault('Required'), provisioningState: 'Updating' }));
    expect(await changeProfile(r.deps, { action: 'enable', ref })).toMatchObject({ outcome: 'adopted', changed: true });
    expect(r.pools.sent).toEqual([]);
    expect(notices(r.events)).toContain('adopted');
  });

  test('finds by reading that a lost request arrived, and never sends it again', async () => {
    const r = rig();
    r.pools.fates.push('lost-after');
    expect(await changeProfile(r.deps, { action: 'enable', ref })).toMatchObject({ outcome: 'adopted' });
    expect(r.pools.sent).toHaveLength(1);
  });

  test('finds that a lost request was carried out completely', async () => {
    const r = rig();
    r.pools.fates.push('lost-after');
    r.pools.onRead = () => {
      if (r.pools.sent.length === 1 && r.pools.properties()?.['provisioningState'] === 'Updating')
        r.pools.end(ref, 'succeeded');
    };
    expect(await changeProfile(r.deps, { action: 'enable', ref })).toMatchObject({ outcome: 'done' });
    expect(r.pools.sent).toHaveLength(1);
  });

  test('reports a lost request that was carried out and failed', async () => {
    const r = rig();
    r.pools.fates.push('lost-after');
    r.pools.onRead = () => {
      if (r.pools.sent.length === 1) r.pools.end(ref, 'failed');
    };
    expect((await failure(changeProfile(r.deps, { action: 'enable', ref }))).code).toMatch(/^azure-/);
  });

  test('sends again with the same eTag if the request never arrived, and gives up eventually', async () => {
    const r = rig();
    r.pools.fates.push('lost-before');
    expect(await changeProfile(r.deps, { action: 'enable', ref })).toMatchObject({ outcome: 'done' });
    expect(r.pools.sent.map(({ options }) => options?.ifMatch)).toEqual(['etag-0', 'etag-0']);
    const never = rig();
    never.pools.fates.push('lost-before', 'lost-before', 'lost-before');
    expect(await failure(changeProfile(never.deps, { action: 'enable', ref }))).toMatchObject({ code: 'answer-lost' });
    expect(never.pools.sent).toHaveLength(3);
  });

  test('adopts the first request if it arrives after the second', async () => {
    const r = rig();
    r.pools.fates.push('lost-before', azureError('precondition-failed'));
    r.pools.onRead = () => {
      if (r.pools.sent.length === 2 && r.pools.properties()?.['provisioningState'] === 'Succeeded') {
        r.pools.change({ provisioningState: 'Updating', localDNSProfile: storedDefault('Required') });
      }
    };
    expect(await changeProfile(r.deps, { action: 'enable', ref })).toMatchObject({ outcome: 'adopted' });
    expect(r.pools.sent).toHaveLength(2);
  });

  test('adopts the same request of another process if Azure rejects a second one', async () => {
    const r = rig();
    r.pools.fates.push(azureError('operation-in-progress'));
    r.pools.onRead = () => {
      if (r.pools.sent.length === 1 && r.pools.properties()?.['provisioningState'] === 'Succeeded') {
        r.pools.change({ provisioningState: 'Updating', localDNSProfile: storedDefault('Required') });
      }
    };
    expect(await changeProfile(r.deps, { action: 'enable', ref })).toMatchObject({ outcome: 'adopted' });
    expect(r.judged).toBe(1);
  });

  test('reads and judges again after 412, and sends again if nothing relevant changed', async () => {
    const r = rig(new FakeNodePools(), { canPrompt: false });
    r.pools.fates.push(azureError('precondition-failed'));
    expect(await changeProfile(r.deps, { action: 'enable', ref })).toMatchObject({ outcome: 'done' });
    expect(r.pools.sent).toHaveLength(2);
    expect(r.judged).toBe(2);
    expect(r.plans).toHaveLength(1);
    const again = rig(new FakeNodePools(), { canPrompt: false });
    again.pools.fates.push(azureError('precondition-failed'), azureError('precondition-failed'));
    expect(await failure(changeProfile(again.deps, { action: 'enable', ref }))).toMatchObject({ code: 'pool-changed' });
    expect(again.pools.sent).toHaveLength(2);
  });

  test('names the operation in progress and how to wait', async () => {
    const r = rig();
    r.pools.fates.push(azureError('operation-in-progress', 'Another operation (Scaling) is in progress.'));
    const error = await failure(changeProfile(r.deps, { action: 'enable', ref }));
    expect(error).toMatchObject({
      code: 'operation-in-progress',
      exit: 'locked',
      message: 'Another operation (Scaling) is in progress.',
    });
    expect(error.hints.join('\n')).toContain('--wait-for-operation');
    expect(error.hints.join('\n')).toContain(
      'aks-localdns nodepool wait -g rg-demo --cluster-name aks-demo -n userpool',
    );
    const seen = rig(poolWith({ provisioningState: 'Scaling' }));
    expect((await failure(changeProfile(seen.deps, { action: 'enable', ref }))).message).toContain('Scaling');
    expect(seen.pools.sent).toEqual([]);
  });

  test.each<readonly [string, string, readonly string[]]>([
    [
      "the cluster's",
      "Operation is not allowed because there's an in progress update managed cluster operation (operation ID: e) on the managed cluster.",
      ['az aks wait --updated -g rg-demo -n aks-demo', 'az aks operation-abort -g rg-demo -n aks-demo'],
    ],
    [
      "another pool's",
      'Another operation (syspool - Updating) is in progress, please wait for it to finish.',
      ['nodepool wait -g rg-demo --cluster-name aks-demo -n syspool', 'nodepool operation-abort'],
    ],
    [
      'of a pool as yet unknown',
      'Another operation (Updating) is in progress.',
      ['nodepool wait -g rg-demo --cluster-name aks-demo -n userpool'],
    ],
  ])('names the commands that wait for and abort the blocking operation: %s', async (_, message, lines) => {
    const r = rig();
    r.pools.fates.push(azureError('operation-in-progress', message));
    const { hints } = await failure(changeProfile(r.deps, { action: 'enable', ref }));
    for (const line of lines) expect(hints.join('\n')).toContain(line);
  });

  test('waits for another operation if requested, then reads and judges again', async () => {
    const r = rig(poolWith({ provisioningState: 'Scaling' }));
    expect(await changeProfile(r.deps, { action: 'enable', ref }, { waitForOperationSeconds: 3600 })).toMatchObject({
      outcome: 'done',
    });
    expect(r.judged).toBeGreaterThan(1);
    const refused = rig(new FakeNodePools(), { canPrompt: false });
    refused.pools.fates.push(azureError('operation-in-progress'), azureError('operation-in-progress'));
    expect(
      await changeProfile(refused.deps, { action: 'enable', ref }, { waitForOperationSeconds: 3600 }),
    ).toMatchObject({
      outcome: 'done',
    });
    expect(refused.pools.sent).toHaveLength(3);
    expect(refused.plans).toHaveLength(1);
  });

  test('stops waiting for another operation after the time limit', async () => {
    const r = rig();
    for (let index = 0; index < 20; index += 1) r.pools.fates.push(azureError('operation-in-progress'));
    expect(
      await failure(changeProfile(r.deps, { action: 'enable', ref }, { waitForOperationSeconds: 200 })),
    ).toMatchObject({
      exit: 'waiting',
    });
  });

  test.each(['conflict', 'policy', 'locked', 'quota', 'not-permitted', 'invalid'] as const)(
    'passes on other errors unchanged: %s',
    async (kind) => {
      const r = rig();
      r.pools.fates.push(azureError(kind));
      expect(
        await failure(changeProfile(r.deps, { action: 'enable', ref }, { waitForOperationSeconds: 600 })),
      ).toMatchObject({
        code: `azure-${kind}`,
      });
      expect(r.pools.sent).toHaveLength(1);
    },
  );

  test('aborts the running operation first if requested, with a warning, and continues', async () => {
    const r = rig(poolWith({ localDNSProfile: storedDefault('Required'), provisioningState: 'Updating' }));
    expect(await changeProfile(r.deps, { action: 'disable', ref, abortRunning: true })).toMatchObject({
      outcome: 'done',
      changed: true,
    });
    expect(r.pools.sent.map(({ kind }) => kind)).toEqual(['abort', 'put']);
    expect(r.plans).toHaveLength(1);
    expect(r.plans[0]?.abortsRunning).toBe(true);
  });
});

describe('following and reading back', () => {
  test('returns once Azure accepted, without waiting', async () => {
    const r = rig();
    const result = await changeProfile(r.deps, { action: 'enable', ref }, { noWait: true });
    expect(result).toMatchObject({ outcome: 'accepted', changed: true, operationId: 'op-1' });
    expect(result.summary).toContain('nodepool wait');
    expect(r.pools.properties()?.['provisioningState']).toBe('Updating');
  });

  test('exits as still waiting after the timeout, with the command that continues', async () => {
    const r = rig();
    r.pools.endings.push('running');
    const error = await failure(changeProfile(r.deps, { action: 'enable', ref }, { timeoutSeconds: 60 }));
    expect(error).toMatchObject({ code: 'still-waiting', exit: 'waiting' });
    expect(error.hints[0]).toBe(
      'To continue waiting: aks-localdns nodepool wait -g rg-demo --cluster-name aks-demo -n userpool --subscription 00000000-0000-4000-8000-000000000001 --updated',
    );
  });

  test.each(['failed', 'canceled'] as const)('makes an operation that %s an error with its reason', async (ending) => {
    const r = rig();
    r.pools.endings.push(ending);
    const error = await failure(changeProfile(r.deps, { action: 'enable', ref }));
    expect(error.exit).toBe('error');
    expect(error.message).toContain(ending === 'failed' ? 'failed: (UpgradeFailed) Drain failed.' : 'was canceled');
    expect(error.hints.join(' ')).toContain('nodepool show');
  });

  test('waits for the pool if its operation is reported as ended earlier, and uses the state of the pool', async () => {
    for (const [ending, expected] of [
      ['succeeded', 'done'],
      ['failed', 'azure-unknown'],
    ] as const) {
      const r = rig();
      const { pools } = r;
      const really = pools.observe.bind(pools);
      let calls = 0;
      pools.endings.push(ending);
      pools.observe = (target, operation, options) => {
        calls += 1;
        return calls === 1 ? toldEarly() : really(target, operation, options);
      };
      const end = await changeProfile(r.deps, { action: 'enable', ref }).then(
        ({ outcome }) => outcome,
        (error: unknown) => (error instanceof CliError ? error.code : error),
      );
      expect([end, calls]).toEqual([expected, 2]);
    }
    const silent = rig();
    silent.pools.observe = (target) => {
      silent.pools.end(target, 'failed');
      return toldEarly();
    };
    expect(await failure(changeProfile(silent.deps, { action: 'enable', ref }))).toMatchObject({
      code: 'azure-unknown',
    });
  });

  test('does not report success if the profile is not stored as sent', async () => {
    const r = rig();
    r.pools.onStore = (properties) => without(properties, ['localDNSProfile']);
    expect(await failure(changeProfile(r.deps, { action: 'enable', ref }))).toMatchObject({
      code: 'profile-not-stored',
      exit: 'unproven',
    });
    const partly = rig();
    partly.pools.onStore = (properties) => ({
      ...properties,
      localDNSProfile: {
        ...storedDefault('Required'),
        kubeDNSOverrides: { '.': { maxConcurrent: 1 }, 'cluster.local': {} },
      },
    });
    expect((await failure(changeProfile(partly.deps, { action: 'enable', ref }))).message).toContain('maxConcurrent');
  });

  test('reports any other changed field, with a warning if it is unexpected', async () => {
    const r = rig();
    r.pools.onStore = (properties) => ({ ...without(properties, ['xFutureField']), nodeImageVersion: 'newer' });
    const result = await changeProfile(r.deps, { action: 'enable', ref });
    expect(result.otherChanges).toEqual([
      { path: 'nodeImageVersion', before: poolProperties['nodeImageVersion'], after: 'newer', expected: true },
      { path: 'xFutureField', before: { kept: true }, after: undefined, expected: false },
    ]);
    expect(r.events.filter((event) => event.type === 'notice').map(({ level }) => level)).toEqual(['info', 'warning']);
  });
});
