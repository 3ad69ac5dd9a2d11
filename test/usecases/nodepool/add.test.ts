import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { documentedDefault } from '../../../src/domain/localdns/index.ts';
import type { NodePool } from '../../../src/model/node-pool.ts';
import type { NewPool } from '../../../src/domain/change/index.ts';
import { addPool, writeValue } from '../../../src/usecases/nodepool/index.ts';
import type { AddDeps } from '../../../src/usecases/nodepool/add.ts';
import { azureError, fakeRef, FakeNodePools } from '../../support/fake-node-pools.ts';
import { failure, judgementOf, rig, row, storedDefault, type Rig } from './rig.ts';

const ref = { ...fakeRef, pool: 'dnspool' };

interface AddRig extends Rig {
  readonly add: AddDeps;
  readonly wouldBe: NodePool[];
}

function addRig(options: { readonly canPrompt?: boolean } = {}): AddRig {
  const base = rig(new FakeNodePools(), options);
  const wouldBe: NodePool[] = [];
  const add: AddDeps = {
    ...base.deps,
    judge: async (pool) => {
      wouldBe.push(pool);
      return { ...judgementOf(base.pools, result.found), pool };
    },
  };
  const result: AddRig = Object.assign(base, { add, wouldBe });
  return result;
}

async function bodyOf(r: AddRig, request: Partial<NewPool>): Promise<JsonObject> {
  const { plan } = await addPool(r.add, { ref, properties: {}, ...request }, { dryRun: true });
  return plan?.requestBody?.['properties'] as JsonObject;
}

describe('adding a pool', () => {
  test('creates it with the documented default, under If-None-Match, without a question', async () => {
    const r = addRig();
    const result = await addPool(r.add, { ref, properties: { count: 1, vmSize: 'Standard_D4ds_v5' } });
    expect(result).toMatchObject({ outcome: 'done', changed: true });
    expect(r.pools.sent[0]).toMatchObject({
      options: { ifNoneMatch: '*' },
      properties: { count: 1, mode: 'User', osType: 'Linux', type: 'VirtualMachineScaleSets' },
    });
    expect(r.pools.properties('dnspool')?.['localDNSProfile']).toEqual(storedDefault('Required'));
    expect(r.plans).toEqual([]);
    expect(writeValue(result)).toMatchObject({
      name: 'dnspool',
      changed: true,
      provisioningState: 'Succeeded',
      localDNSProfile: { mode: 'Required' },
    });
  });

  test('judges the pool to be added', async () => {
    const r = addRig();
    await addPool(r.add, { ref, properties: { vmSize: 'Standard_D8ds_v5' } });
    expect(r.wouldBe[0]).toMatchObject({ vmSizes: ['Standard_D8ds_v5'], mode: 'User', ref });
  });

  test('is stopped by a failed check, and by an unknown one without a terminal', async () => {
    const blocked = addRig();
    blocked.found = { verdict: 'blocked', rows: [row('vm-vcpus', 'fail')] };
    expect(await failure(addPool(blocked.add, { ref, properties: {} }))).toMatchObject({ exit: 'findings' });
    const silent = addRig({ canPrompt: false });
    silent.found = { verdict: 'unknown', rows: [row('os-sku', 'unknown')] };
    expect(await failure(addPool(silent.add, { ref, properties: {} }))).toMatchObject({ exit: 'unknown' });
    const asked = addRig();
    asked.found = { verdict: 'unknown', rows: [row('os-sku', 'unknown')] };
    asked.answer = false;
    expect(await failure(addPool(asked.add, { ref, properties: {} }))).toMatchObject({ code: 'declined' });
    expect([blocked, silent, asked].flatMap(({ pools }) => pools.sent)).toEqual([]);
  });

  test("completes a custom profile with the service's defaults, and sends both maps", async () => {
    const body = await bodyOf(addRig(), {
      profile: { mode: 'Required', kubeDNSOverrides: { '.': { maxConcurrent: 5 }, 'cluster.local': {} } },
    });
    const { vnetDNSOverrides } = documentedDefault();
    expect(body['localDNSProfile']).toMatchObject({
      vnetDNSOverrides,
      kubeDNSOverrides: { '.': { maxConcurrent: 5, protocol: 'PreferUDP' }, 'cluster.local': { protocol: 'ForceTCP' } },
    });
  });

  test('copies the settings of another pool, except what is specific to it; options take precedence, then settings', async () => {
    const r = addRig();
    r.pools.change({
      localDNSProfile: storedDefault('Disabled'),
      tags: { team: 'a' },
      upgradeSettings: { maxSurge: '33%', drainTimeoutInMinutes: 9 },
    });
    const body = await bodyOf(r, {
      like: 'userpool',
      properties: { count: 1, upgradeSettings: { maxSurge: '1' } },
      set: ['tags.team=b', 'count=2'],
    });
    expect(body).toMatchObject({
      count: 2,
      tags: { team: 'b' },
      vmSize: 'Standard_D4ds_v5',
      orchestratorVersion: '1.33',
      xFutureField: { kept: true },
      upgradeSettings: { maxSurge: '1', drainTimeoutInMinutes: 9 },
      localDNSProfile: { mode: 'Required' },
    });
    for (const own of ['eTag', 'provisioningState', 'powerState', 'nodeImageVersion', 'currentOrchestratorVersion'])
      expect(body).not.toHaveProperty(own);
    expect(await failure(bodyOf(r, { like: 'nopool' }))).toMatchObject({ code: 'pool-not-found', exit: 'not-found' });
  });

  test("drops the autoscaler's bounds if the copy is not autoscaled", async () => {
    const r = addRig();
    r.pools.change({ enableAutoScaling: true, minCount: 1, maxCount: 5 });
    expect(await bodyOf(r, { like: 'userpool', properties: { enableAutoScaling: false } })).not.toHaveProperty(
      'minCount',
    );
    expect(await bodyOf(r, { like: 'userpool' })).toMatchObject({ minCount: 1, maxCount: 5 });
  });

  test('suggests the command that changes a pool that already exists, also if it was created in the meantime', async () => {
    const r = addRig();
    const error = await failure(addPool(r.add, { ref: fakeRef, properties: {} }));
    expect(error).toMatchObject({ code: 'pool-exists' });
    expect(error.hints.join('\n')).toContain('nodepool update');
    const raced = addRig();
    raced.pools.fates.push(azureError('precondition-failed'));
    raced.pools.onRead = () => raced.pools.change({ vmSize: 'Standard_D2s_v5' }, 'dnspool');
    expect(await failure(addPool(raced.add, { ref, properties: {} }))).toMatchObject({ code: 'pool-exists' });
  });

  test.each([
    ['lost-after', 'adopted', 1],
    ['lost-before', 'done', 2],
  ] as const)('resolves a lost answer by reading: %s', async (fate, outcome, requests) => {
    const r = addRig();
    r.pools.fates.push(fate);
    expect(await addPool(r.add, { ref, properties: { count: 1 } })).toMatchObject({ outcome });
    expect(r.pools.sent).toHaveLength(requests);
  });

  test('does not adopt a different pool of that name', async () => {
    const r = addRig();
    r.pools.fates.push('lost-before');
    r.pools.onRead = () =>
      r.pools.change(
        { count: 9, provisioningState: 'Creating', localDNSProfile: storedDefault('Required') },
        'dnspool',
      );
    expect(await failure(addPool(r.add, { ref, properties: { count: 1 } }))).toMatchObject({ code: 'pool-exists' });
  });

  test('waits for another operation of the cluster if requested', async () => {
    const r = addRig();
    r.pools.fates.push(azureError('operation-in-progress'), azureError('operation-in-progress'));
    expect(await addPool(r.add, { ref, properties: {} }, { waitForOperationSeconds: 600 })).toMatchObject({
      outcome: 'done',
    });
    const plain = addRig();
    plain.pools.fates.push(azureError('operation-in-progress'));
    expect(await failure(addPool(plain.add, { ref, properties: {} }))).toMatchObject({ code: 'operation-in-progress' });
  });

  test('returns after acceptance without waiting, and suggests --created after a timeout', async () => {
    expect(await addPool(addRig().add, { ref, properties: {} }, { noWait: true })).toMatchObject({
      outcome: 'accepted',
      changed: true,
    });
    const r = addRig();
    r.pools.endings.push('running');
    const error = await failure(addPool(r.add, { ref, properties: {} }, { timeoutSeconds: 30 }));
    expect(error.exit).toBe('waiting');
    expect(error.hints[0]).toContain('--created');
  });
});
