import { describe, expect, test } from 'vitest';
import { at, type JsonObject } from '../../src/core/json.ts';
import type { CheckRow } from '../../src/model/check.ts';
import type { PrerequisiteReport } from '../../src/model/report.ts';
import { azVerbs } from '../support/az-lines.ts';
import { runAz, runnable, startAz } from '../support/az.ts';
import { value, withAzure, type Rig } from '../support/e2e.ts';
import { fixCluster, fixNetwork, fixPlace, fixPool, fixSubscription } from '../support/fix-clusters.ts';

/*
 * Every az command that is printed as a fix is run as printed, by a stand-in that sends the same requests as az, and has
 * the promised result.
 */

const system = { mode: 'System' };
const old = { orchestratorVersion: '1.30', currentOrchestratorVersion: '1.30.9' };
const next = { orchestratorVersion: '1.35', currentOrchestratorVersion: '1.35.2' };
const control = (version: string): JsonObject => ({ kubernetesVersion: version, currentKubernetesVersion: version });
const longTerm = { sku: { name: 'Base', tier: 'Premium' } };
const vms = (properties: JsonObject): JsonObject => ({
  type: 'VirtualMachines',
  count: null,
  vmSize: '',
  ...properties,
});
const surge = (maxSurge: string, maxUnavailable: string): JsonObject => ({
  upgradeSettings: { maxSurge, maxUnavailable },
});

const net = fixNetwork('nsg-nodes');
const load: readonly JsonObject[] = [
  fixSubscription,
  ...net.resources,
  fixCluster('aks-behind-nsg', [fixPool('sys', { ...system, vnetSubnetID: net.subnetId })]),
  fixCluster('aks-fix', [
    fixPool('sys', system),
    fixPool('off', { count: 0, powerState: { code: 'Stopped' } }),
    fixPool('lagging', old),
    fixPool('single', { count: 1 }),
    fixPool('scaled', { count: 1, enableAutoScaling: true, minCount: 1, maxCount: 1 }),
    fixPool('tight', surge('0', '1')),
    fixPool('stuck', surge('0', '0')),
    fixPool('fips', { enableFIPS: true, nodeImageVersion: 'AKSUbuntu-2004gen2fipscontainerd-202507.02.0' }),
    fixPool('cvm', { vmSize: 'Standard_DC4as_v5', nodeImageVersion: 'AKSUbuntu-2004gen2CVMcontainerd-202507.02.0' }),
    fixPool('vms', {
      ...vms({ virtualMachinesProfile: { scale: { manual: [{ size: 'Standard_D2s_v5', count: 2 }] } } }),
      virtualMachineNodesStatus: [{ size: 'Standard_D2s_v5', count: 2 }],
    }),
  ]),
  fixCluster('aks-stopped', [fixPool('sys', { ...system, count: 0, powerState: { code: 'Stopped' } })], {
    powerState: { code: 'Stopped' },
  }),
  fixCluster('aks-failed', [fixPool('sys', system)], { provisioningState: 'Failed' }),
  fixCluster('aks-busy', [fixPool('sys', { ...system, ...next })], control('1.35.2')),
  fixCluster('aks-old', [fixPool('sys', { ...system, ...old })], control('1.30.9')),
  fixCluster(
    'aks-lts',
    [fixPool('sys', { ...system, ...old })],
    { ...control('1.30.9'), supportPlan: 'AKSLongTermSupport' },
    longTerm,
  ),
  fixCluster('aks-full', [
    fixPool('sys', system),
    fixPool('full', { count: 950, upgradeSettings: { maxSurge: '10%', maxUnavailable: '0' } }),
    fixPool('brim', { count: 1000 }),
  ]),
  fixCluster('aks-unknown', [fixPool('sys', { ...system, ...old })], {
    kubernetesVersion: null,
    currentKubernetesVersion: null,
  }),
];

async function rowOf(azure: Rig, cluster: string, pool: string, check: string): Promise<CheckRow | undefined> {
  const more = { 'dns-tcp-53': ['--network'], 'instance-limit': ['--capacity'] }[check] ?? [];
  const ran = await azure.run(['check', ...fixPlace(cluster), '-n', pool, '--only', check, ...more, '-o', 'json']);
  return (value(ran) as unknown as PrerequisiteReport).rows.find((row) => row.id === check);
}

interface Case {
  readonly verb: string;
  readonly check: string;
  readonly cluster: string;
  readonly pool: string;
}

const row = (verb: string, check: string, pool: string, cluster = 'aks-fix'): Case => ({ verb, check, cluster, pool });

const cases: readonly Case[] = [
  row('az aks start', 'cluster-running', 'sys', 'aks-stopped'),
  row('az aks start', 'pool-power', 'sys', 'aks-stopped'),
  row('az aks update', 'cluster-state', 'sys', 'aks-failed'),
  row('az aks upgrade', 'kubernetes-version', 'sys', 'aks-old'),
  row('az aks upgrade', 'kubernetes-version', 'sys', 'aks-lts'),
  row('az aks nodepool upgrade', 'kubernetes-version', 'lagging'),
  row('az aks nodepool start', 'pool-power', 'off'),
  row('az aks nodepool scale', 'single-node', 'single'),
  row('az aks nodepool update', 'single-node', 'scaled'),
  row('az aks nodepool update', 'surge', 'tight'),
  row('az aks nodepool update', 'surge', 'stuck'),
  row('az aks nodepool update', 'os-sku', 'fips'),
  row('az aks nodepool update', 'os-sku', 'cvm'),
  row('az aks nodepool update', 'instance-limit', 'full', 'aks-full'),
  row('az aks nodepool update', 'instance-limit', 'brim', 'aks-full'),
  row('az aks nodepool manual-scale update', 'vm-vcpus', 'vms'),
  row('az network nsg rule create', 'dns-tcp-53', 'sys', 'aks-behind-nsg'),
];

/** Verbs that only read, or that have their own tests. */
const others = [
  'az aks list',
  'az aks nodepool list',
  'az aks get-upgrades',
  'az aks wait',
  'az aks operation-abort',
  'az lock list',
];

describe('a printed az command,', () => {
  test.concurrent.each(cases)('$verb makes $check of $cluster $pool pass', async ({ verb, check, cluster, pool }) => {
    await withAzure({ load }, async (azure) => {
      const before = await rowOf(azure, cluster, pool, check);
      expect(before?.fix?.startsWith(`${verb} -`), `${check}: ${before?.fix ?? 'no fix'}`).toBe(true);
      const ran = await runAz(azure, before?.fix ?? '');
      expect([ran.code, ran.body['message']]).toEqual([0, undefined]);
      expect((await rowOf(azure, cluster, pool, check))?.status).toBe('pass');
    })();
  });

  test.concurrent(
    'wait ends when the operation of the cluster ends',
    withAzure({ load, slow: true }, async (azure) => {
      const upgrade = `az aks upgrade ${fixPlace('aks-old').join(' ').replace('--cluster-name', '-n')}`;
      expect((await startAz(azure, `${upgrade} --kubernetes-version 1.35`)).code).toBe(0);
      const before = await rowOf(azure, 'aks-old', 'sys', 'cluster-state');
      expect([before?.status, before?.observed]).toEqual(['warn', 'Upgrading']);
      expect(before?.fix).toMatch(/^az aks wait .*--updated$/);
      const ran = await runAz(azure, before?.fix ?? '');
      expect(at(ran.body, 'properties', 'provisioningState')).toBe('Succeeded');
      expect((await rowOf(azure, 'aks-old', 'sys', 'cluster-state'))?.status).toBe('pass');
      expect((await rowOf(azure, 'aks-old', 'sys', 'kubernetes-version'))?.status).toBe('pass');
    }),
  );

  test.concurrent.each([
    ['wait', 'Succeeded'],
    ['operation-abort', 'Canceled'],
  ])(
    '%s: the command printed for a change that is blocked by an operation of the cluster works',
    async (verb, state) => {
      await withAzure({ load, slow: true }, async (azure) => {
        const named = fixPlace('aks-busy').join(' ').replace('--cluster-name', '-n');
        expect((await startAz(azure, `az aks upgrade ${named} --kubernetes-version 1.36`)).code).toBe(0);
        const refused = await azure.run(['nodepool', 'enable', ...fixPlace('aks-busy'), '-n', 'sys', '--yes']);
        expect(refused.code).toBe(16);
        const line = new RegExp(`az aks ${verb} .*-n aks-busy.*`).exec(refused.stderr)?.[0] ?? '';
        expect(line, refused.stderr).not.toBe('');
        expect((await runAz(azure, line)).code).toBe(0);
        const after = await runAz(azure, `az aks wait ${named} --updated`);
        expect(at(after.body, 'properties', 'provisioningState')).toBe(state);
      })();
    },
  );

  test.concurrent(
    'get-upgrades shows the versions that a cluster can be upgraded to',
    withAzure({ load }, async (azure) => {
      const before = await rowOf(azure, 'aks-unknown', 'sys', 'kubernetes-version');
      expect(before?.fix).toMatch(/^az aks get-upgrades .*-o table$/);
      const ran = await runAz(azure, before?.fix ?? '');
      expect([ran.code, at(ran.body, 'properties', 'controlPlaneProfile', 'osType')]).toEqual([0, 'Linux']);
    }),
  );

  test.concurrent(
    'lists the lock that blocks a change',
    withAzure({ load, scenario: 'locked' }, async (azure) => {
      const refused = await azure.run(['nodepool', 'enable', ...fixPlace('aks-fix'), '-n', 'sys', '--yes']);
      expect(refused.stderr).toContain('ScopeLocked');
      const ran = await runAz(azure, /az lock list .*/.exec(refused.stderr)?.[0] ?? '');
      expect([ran.code, at(ran.body, 'value')]).toMatchObject([0, [{ name: 'change-freeze' }]]);
    }),
  );

  test('is tested for every verb that the program prints', () => {
    const verbs = new Set([...cases.map(({ verb }) => verb), ...others]);
    expect([...verbs].sort()).toEqual(Object.keys(azVerbs).sort());
    expect([...runnable].sort()).toEqual(Object.keys(azVerbs).sort());
  });
});
