import { describe, expect, test } from 'vitest';
import type { PoolPlan } from '../../src/domain/change/index.ts';
import { documentedDefault } from '../../src/domain/localdns/index.ts';
import { renderPoolPlan } from '../../src/report/pool-plan.ts';
import { changeProfile, planValue } from '../../src/usecases/nodepool/index.ts';
import { fakeRef as ref, FakeNodePools, poolProperties } from '../support/fake-node-pools.ts';
import { rig, row, storedDefault, type Rig } from '../usecases/nodepool/rig.ts';

async function planOf(
  r: Rig,
  act = async (): Promise<unknown> => changeProfile(r.deps, { action: 'enable', ref }, { dryRun: true }),
): Promise<PoolPlan> {
  const { plan } = (await act()) as { readonly plan: PoolPlan };
  return plan;
}

describe('the warning before a reimage', () => {
  test('shows the account, the pool, the number of nodes, the duration, the losses and the changes', async () => {
    const r = rig(new FakeNodePools({ ...poolProperties, localDNSProfile: storedDefault('Disabled') }));
    const wanted = documentedDefault();
    const profile = {
      ...wanted,
      kubeDNSOverrides: { ...wanted.kubeDNSOverrides, '.': { serveStale: 'Verify' as const } },
    };
    const text = renderPoolPlan(
      await planOf(r, async () =>
        changeProfile(r.deps, { action: 'update', ref, profile, settings: { maxSurge: '2' } }, { dryRun: true }),
      ),
      200,
    );
    expect(text).toMatchInlineSnapshot(`
      "Update LocalDNS on node pool userpool
        Signed in  ada@contoso.com, tenant tenant-1
        Pool       rg-demo/aks-demo/userpool (User), subscription 00000000-0000-4000-8000-000000000001
        Nodes      3, all reimaged
        Surge      2; unavailable 0
        Batches    2, of at most 2 nodes
        Duration   6m to 20m (an estimate: 3 to 10 minutes per batch; a single node took 276 to 545 s in recordings.
                   Blocked drains take longer.)
        Drain      at most 30 minutes per node, then the operation fails
        Lost       data on the OS disks (ephemeral) and temporary disks of the nodes: host paths, pulled images,
                   logs
                   emptyDir volumes of evicted pods
        LocalDNS   Disabled -> Required
        Changes    kubeDNSOverrides["."].serveStale: Immediate -> Verify
                   upgradeSettings.maxSurge: 10% -> 2

        NOTE: The upgrade settings are sent in the same request and stay on the pool."
    `);
  });

  test('notes that nothing is reimaged in a pool without nodes', async () => {
    const r = rig(new FakeNodePools({ ...poolProperties, count: 0 }));
    const plan = await planOf(r);
    expect(plan.reimages).toBe(false);
    expect(renderPoolPlan(plan)).toContain('Nodes      0: no node is reimaged now');
    expect(renderPoolPlan(plan)).not.toContain('Lost');
  });

  test('does not mention draining for a spot pool', async () => {
    const r = rig(new FakeNodePools({ ...poolProperties, scaleSetPriority: 'Spot' }));
    const text = renderPoolPlan(await planOf(r));
    expect(text.replace(/\s+/g, ' ')).toContain('without surge nodes and without draining');
    expect(text).not.toMatch(/^ {2}Drain/m);
    expect(text).toContain('no estimate');
  });

  test('notes that the same profile is sent again', async () => {
    const r = rig(
      new FakeNodePools({ ...poolProperties, localDNSProfile: storedDefault('Required'), provisioningState: 'Failed' }),
    );
    expect(renderPoolPlan(await planOf(r))).toContain('none: the same profile is sent again');
  });

  test('names another owner, what could not be evaluated, and what is set aside', async () => {
    const r = rig(new FakeNodePools({ ...poolProperties, localDNSProfile: storedDefault('Required') }));
    r.found = {
      verdict: 'blocked',
      rows: [row('owner', 'warn', 'Terraform may undo it.'), row('os-sku', 'unknown'), row('vm-vcpus', 'fail')],
    };
    const text = renderPoolPlan(
      await planOf(r, async () => changeProfile(r.deps, { action: 'disable', ref }, { dryRun: true })),
    );
    expect(text).toContain('WARNING: Terraform may undo it.');
    expect(text).toContain('UNKNOWN: os-sku');
    expect(text).toContain('NOTE: Does not block this change: vm-vcpus');
    expect(text.match(/Terraform/g)).toHaveLength(1);
  });

  test('escapes all text from Azure for the terminal', async () => {
    const nasty = '\u001b[31mred\u0007\n\u202Eevil';
    const r = rig(
      new FakeNodePools({
        ...poolProperties,
        mode: nasty,
        provisioningState: 'Failed',
        status: { provisioningError: { code: nasty, message: nasty } },
        upgradeSettings: { maxSurge: nasty },
        localDNSProfile: { mode: nasty, kubeDNSOverrides: { [nasty]: { protocol: nasty } } },
      }),
    );
    r.found = { verdict: 'clear', rows: [row('owner', 'warn', nasty)] };
    const text = renderPoolPlan(
      await planOf(r, async () => changeProfile(r.deps, { action: 'enable', ref, reset: true }, { dryRun: true })),
    );
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(text).toContain('\\u001b');
  });

  test('is printed as a value, with the request body only if requested', async () => {
    const plan = await planOf(rig());
    expect(planValue(plan)).not.toHaveProperty('requestBody');
    expect(planValue(plan, { showRequest: true })).toMatchObject({ requestBody: { properties: { count: 3 } } });
    expect(Object.keys(planValue(plan)).sort()).toEqual([
      'abortsRunning',
      'action',
      'disruption',
      'ignored',
      'localDnsMode',
      'notEnforced',
      'poolId',
      'poolMode',
      'principal',
      'profileChanges',
      'ref',
      'reimages',
      'remarks',
      'schemaVersion',
      'settingChanges',
      'unknowns',
    ]);
  });
});
