import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import type { CheckRow } from '../../src/model/check.ts';
import type { PrerequisiteReport } from '../../src/model/report.ts';
import { value, withAzure, type Ran, type Rig } from '../support/e2e.ts';
import { runAz, startAz } from '../support/az.ts';
import { fixCluster, fixPlace, fixPool, fixProvider, fixSubscription } from '../support/fix-clusters.ts';

/*
 * Each of our commands that is printed as a fix is run as printed, and has the promised result. Commands of az are run in
 * az-fixes.test.ts; advice in prose cannot be run.
 */

const next = { orchestratorVersion: '1.36', currentOrchestratorVersion: '1.36.4' };
const load: readonly JsonObject[] = [
  fixSubscription,
  fixCluster('aks-fix', [
    fixPool('sys', { mode: 'System' }),
    fixPool('ancient', { nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202502.12.0' }),
    fixPool('may25', { nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202505.14.0' }),
    fixPool('focal', { nodeImageVersion: 'AKSUbuntu-2004gen2containerd-202507.02.0' }),
    fixPool('lagging', { osSKU: 'Ubuntu2204', nodeImageVersion: 'AKSUbuntu-2004gen2containerd-202507.02.0' }),
    fixPool('small', { vmSize: 'Standard_D2s_v3' }),
    fixPool('smallset', {
      type: 'VirtualMachines',
      count: null,
      vmSize: '',
      virtualMachinesProfile: { scale: { manual: [{ size: 'Standard_D2s_v5', count: 2 }] } },
      virtualMachineNodesStatus: [{ size: 'Standard_D2s_v5', count: 2 }],
    }),
    fixPool('machines', {
      type: 'VirtualMachines',
      count: null,
      vmSize: '',
      virtualMachinesProfile: { scale: { manual: [{ size: 'Standard_D4ds_v5', count: 2 }] } },
      virtualMachineNodesStatus: [{ size: 'Standard_D4ds_v5', count: 2 }],
    }),
  ]),
  fixCluster('aks-next', [fixPool('sys', { mode: 'System', ...next }), fixPool('never', next)], {
    kubernetesVersion: '1.36.4',
    currentKubernetesVersion: '1.36.4',
  }),
  fixCluster('aks-set', [fixPool('sys', { mode: 'System', type: 'AvailabilitySet' })]),
  fixCluster('aks-nap', [fixPool('sys', { mode: 'System' })], { nodeProvisioningProfile: { mode: 'Auto' } }),
];

function report(ran: Ran): PrerequisiteReport {
  return value(ran) as unknown as PrerequisiteReport;
}

async function rowOf(azure: Rig, name: string, poolName: string, check: string): Promise<CheckRow | undefined> {
  const ran = await azure.run(['check', ...fixPlace(name), '-n', poolName, '--only', check, '-o', 'json']);
  return report(ran).rows.find((row) => row.id === check);
}

describe('a printed fix with our own command,', () => {
  test.concurrent.each([
    ['node-image', 'ancient'],
    ['known-bad-image', 'may25'],
    ['os-sku', 'focal'],
    ['os-sku', 'lagging'],
  ])('makes %s of %s pass', async (check, name) => {
    await withAzure({ load }, async (azure) => {
      const before = await rowOf(azure, 'aks-fix', name, check);
      expect(before?.fix).toMatch(/^aks-localdns nodepool upgrade /);
      const ran = await azure.shell(`${before?.fix ?? ''} --yes`);
      expect(ran.code, ran.stderr).toBe(0);
      expect((await rowOf(azure, 'aks-fix', name, check))?.status).toBe('pass');
    })();
  });

  test.concurrent.each([
    ['vm-vcpus', 'small'],
    ['pool-type', 'smallset'],
    ['pool-type', 'machines'],
  ])('adds a pool that passes %s in place of %s', async (check, name) => {
    await withAzure({ load }, async (azure) => {
      const before = await rowOf(azure, 'aks-fix', name, check);
      const ran = await azure.shell(before?.fix ?? '');
      expect(ran.code, `${before?.fix ?? ''}\n${ran.stderr}`).toBe(0);
      const added = / -n (\S+)/.exec(before?.fix ?? '')?.[1] ?? '';
      const rows = report(await azure.run(['check', ...fixPlace('aks-fix'), '-n', added, '-o', 'json'])).rows;
      expect(rows.find(({ id: row }) => row === check)?.status).toBe('pass');
      expect(rows.filter(({ status }) => status === 'fail')).toEqual([]);
      expect(azure.simulator.pool('aks-fix', added)).toMatchObject({ count: 2, mode: 'User' });
    })();
  });

  test.concurrent(
    'migrates an availability set with az, because no pool can be added next to one',
    withAzure({ load }, async (azure) => {
      const row = await rowOf(azure, 'aks-set', 'sys', 'pool-type');
      expect(row?.fix).toMatch(/^az aks update -g rg-fix -n aks-set .+ --migrate-vmas-to-vms$/);
      const add = ['nodepool', 'add', ...fixPlace('aks-set'), '-n', 'beside', '-s', 'Standard_D4ds_v5'];
      const refused = await azure.run(add);
      expect([refused.code, azure.puts]).toEqual([10, []]);
      expect(refused.stderr).toContain('--migrate-vmas-to-vms');
      expect((await runAz(azure, row?.fix ?? '')).code).toBe(0);
      const today = await azure.run(['check', ...fixPlace('aks-set'), '--ruleset', 'ga', '-o', 'json']);
      expect(report(today).pools).toMatchObject([{ pool: 'sys', nodes: 2, eligibility: 'eligible' }]);
      expect((await azure.run(add)).code).toBe(0);
    }),
  );

  test.concurrent(
    'checks node autoprovisioning by the current rules',
    withAzure({ load }, async (azure) => {
      const row = await rowOf(azure, 'aks-nap', 'sys', 'node-autoprovisioning');
      expect(row?.status).toBe('fail');
      const rows = report(await azure.shell(`${row?.fix ?? ''} -o json`)).rows;
      expect(rows.find((one) => one.id === 'node-autoprovisioning')?.status).toBe('warn');
    }),
  );

  test.concurrent(
    'registers the feature',
    withAzure({ load, registered: false, speed: 5000 }, async (azure) => {
      const row = await rowOf(azure, 'aks-fix', 'sys', 'feature-registered');
      expect(row?.fix).toMatch(/^aks-localdns setup /);
      const ran = await azure.shell(row?.fix ?? '');
      expect(ran.code, ran.stderr).toBe(0);
      expect((await rowOf(azure, 'aks-fix', 'sys', 'feature-registered'))?.status).toBe('pass');
    }),
  );

  test.concurrent(
    'pins a pool that was never configured, also with options appended',
    withAzure({ load }, async (azure) => {
      const foreseen = async () => {
        const ran = await azure.run(['check', ...fixPlace('aks-next'), '-n', 'never', '--forecast', '-o', 'json']);
        return report(ran).pools[0]?.forecast;
      };
      const before = await foreseen();
      expect(before?.outcome).toBe('will-enable');
      const ran = await azure.shell(`${before?.pin ?? ''} --yes -o json`);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({ changed: true });
      expect((await foreseen())?.outcome).toBe('pinned');
    }),
  );

  test.concurrent(
    'adds a new pool with all the options of the first attempt',
    withAzure({ load }, async (azure) => {
      const given = [
        '--node-count',
        '1',
        '--labels',
        'team=shop',
        'tier=web',
        '--tags',
        'cost=a b',
        '--max-surge',
        '50%',
      ];
      const ran = await azure.run([
        'nodepool',
        'add',
        ...fixPlace('aks-fix'),
        '-n',
        'web',
        '-s',
        'Standard_D2s_v3',
        ...given,
      ]);
      expect(ran.code).toBe(10);
      const fix = /Fix: (aks-localdns nodepool add .+)/.exec(ran.stderr)?.[1] ?? '';
      expect(fix).toContain("--tags 'cost=a b'");
      const again = await azure.shell(fix);
      expect(again.code, again.stderr).toBe(0);
      expect(azure.simulator.pool('aks-fix', 'web')).toMatchObject({
        count: 1,
        nodeLabels: { team: 'shop', tier: 'web' },
        tags: { cost: 'a b' },
        upgradeSettings: { maxSurge: '50%' },
      });
    }),
  );
});

describe('a printed command that waits or shows something', () => {
  test.concurrent(
    'registers the provider',
    withAzure({ load: [...load, fixProvider('NotRegistered')], speed: 5000 }, async (azure) => {
      const row = await rowOf(azure, 'aks-fix', 'sys', 'provider-registered');
      expect([row?.status, row?.fix]).toEqual(['fail', expect.stringMatching(/^aks-localdns provider register /)]);
      const ran = await azure.shell(row?.fix ?? '');
      expect(ran.code, ran.stderr).toBe(0);
      expect((await rowOf(azure, 'aks-fix', 'sys', 'provider-registered'))?.status).toBe('pass');
    }),
  );

  test.concurrent(
    'waits for the operation of a pool',
    withAzure({ load, slow: true }, async (azure) => {
      const scale = ['az aks nodepool scale', ...fixPlace('aks-fix'), '-n', 'small', '--node-count', '3'].join(' ');
      expect((await startAz(azure, scale)).code).toBe(0);
      const row = await rowOf(azure, 'aks-fix', 'small', 'pool-state');
      expect([row?.status, row?.observed]).toEqual(['warn', 'Scaling']);
      const child = azure.startShell(row?.fix ?? '');
      await child.says('Scaling');
      azure.pass(3600);
      const ran = await child.ended;
      expect(ran.code, ran.stderr).toBe(0);
      expect((await rowOf(azure, 'aks-fix', 'small', 'pool-state'))?.status).toBe('pass');
    }),
  );

  const failed = { status: { provisioningError: { code: 'UpgradeFailed', message: 'x' } } };
  test.concurrent.each<[string, JsonObject, string]>([
    ['pool-state', { provisioningState: 'Failed', ...failed }, 'UpgradeFailed'],
    ['pool-state', { provisioningState: 'Canceled' }, 'Canceled'],
    ['current-localdns', { localDNSProfile: { mode: 'Required', state: 'Disabled' } }, 'Disabled'],
  ])('shows what %s is about: %j', async (check, properties, word) => {
    await withAzure({ load: [fixSubscription, fixCluster('aks-odd', [fixPool('odd', properties)])] }, async (azure) => {
      const row = await rowOf(azure, 'aks-odd', 'odd', check);
      expect([row?.status, row?.fix]).toEqual(['warn', expect.stringMatching(/^aks-localdns nodepool show /)]);
      const ran = await azure.shell(`${row?.fix ?? ''} -o json`);
      expect(ran.code, ran.stderr).toBe(0);
      expect(ran.stdout).toContain(word);
    })();
  });
});

describe('a value that AKS documents as refused', () => {
  test.concurrent.each([
    ['a version newer than the control plane', ['--kubernetes-version', '9.9.9'], 10],
    ['a surge above 100%', ['--max-surge', '200%'], 2],
    ['a surge that is not a number', ['--max-surge', 'abc'], 2],
    ['no surge and no unavailable node', ['--max-surge', '0'], 10],
  ])('%s is refused before anything is sent, also in a dry run', async (_, options, code) => {
    await withAzure({ load }, async (azure) => {
      const add = ['nodepool', 'add', ...fixPlace('aks-fix'), '-n', 'web', '-s', 'Standard_D4ds_v5', ...options];
      for (const dry of [[], ['--dry-run']]) expect((await azure.run([...add, ...dry])).code).toBe(code);
      expect(azure.puts).toEqual([]);
    })();
  });
});
