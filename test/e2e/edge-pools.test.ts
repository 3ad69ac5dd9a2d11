import { describe, expect, test } from 'vitest';
import { edge, unwrapped, value, withAzure } from '../support/e2e.ts';

const enable = (pool: string, ...more: readonly string[]): readonly string[] => [
  'nodepool',
  'enable',
  ...edge,
  '-n',
  pool,
  ...more,
];

describe('unusual pools', () => {
  test.concurrent(
    'without nodes: the profile is set, and no node is reimaged',
    withAzure({}, async (azure) => {
      const ran = await azure.run(enable('emptypool', '--yes'));
      expect(ran.code, ran.stderr).toBe(0);
      expect(unwrapped(ran.stderr)).toContain('no node is reimaged now');
      expect(ran.stderr).not.toContain('all reimaged');
      expect(value(ran)).toMatchObject({ changed: true, localDNSProfile: { mode: 'Required' } });
    }),
  );

  test.concurrent(
    'stopped: turning on is refused with the command that starts the pool, and nothing is sent',
    withAzure({}, async (azure) => {
      const ran = await azure.run(enable('stoppedpool', '--yes'));
      expect(ran).toMatchObject({ code: 10, stdout: '' });
      expect(ran.stderr).toMatch(/pool-power[\s\S]*az aks nodepool start/);
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'stopped: the ignored check is noted, with the command that starts the pool',
    withAzure({}, async (azure) => {
      const ran = await azure.run(enable('stoppedpool', '--ignore', 'pool-power', '--dry-run'));
      expect(ran.code, ran.stderr).toBe(0);
      expect(unwrapped(`${ran.stdout}${ran.stderr}`)).toMatch(
        /az aks nodepool start -g rg-demo --cluster-name aks-edge -n stoppedpool --subscription c0ffee00-[-0-9a-f]+/,
      );
    }),
  );

  test.concurrent(
    'stopped: turning off is refused too',
    withAzure({}, async (azure) => {
      azure.simulator.changePool('aks-edge', 'stoppedpool', (properties) => ({
        ...properties,
        localDNSProfile: { mode: 'Required', state: 'Enabled' },
      }));
      const ran = await azure.run(['nodepool', 'disable', ...edge, '-n', 'stoppedpool', '--yes']);
      expect(ran).toMatchObject({ code: 10, stdout: '' });
      expect(ran.stderr).toContain('pool-power');
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'autoscaled: the warning shows the range, and that the number of nodes may change',
    withAzure({}, async (azure) => {
      const ran = await azure.run(enable('autopool', '--yes'));
      expect(ran.code, ran.stderr).toBe(0);
      expect(unwrapped(ran.stderr)).toContain('4 (autoscaled, 2 to 6), all reimaged');
      expect(unwrapped(ran.stderr)).toContain('The autoscaler may change the number of nodes');
      expect(azure.puts).toHaveLength(1);
    }),
  );

  test.concurrent(
    'spot: there is neither surge nor drain',
    withAzure({}, async (azure) => {
      const ran = await azure.run(enable('spotpool', '--yes'));
      expect(ran.code, ran.stderr).toBe(0);
      expect(unwrapped(ran.stderr)).toMatch(/without surge and drain/);
      expect(unwrapped(ran.stderr)).toMatch(/WARNING: .*[Ss]pot/);
    }),
  );

  test.concurrent(
    'failed: the reason is shown, and the request repairs the pool',
    withAzure({}, async (azure) => {
      const ran = await azure.run(enable('failedpool', '--yes'));
      expect(ran.code, ran.stderr).toBe(0);
      expect(unwrapped(ran.stderr)).toMatch(/WARNING: .*[Ff]ailed/);
      expect(value(ran)).toMatchObject({ provisioningState: 'Succeeded', changed: true });
    }),
  );

  test.concurrent(
    'failed with the requested profile: the profile is sent again',
    withAzure({}, async (azure) => {
      expect((await azure.run(enable('emptypool', '--yes'))).code).toBe(0);
      azure.simulator.changePool('aks-edge', 'emptypool', (properties) => ({
        ...properties,
        provisioningState: 'Failed',
      }));
      const ran = await azure.run(enable('emptypool', '--yes'));
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({ changed: true, outcome: 'done', provisioningState: 'Succeeded' });
      expect(unwrapped(ran.stderr)).toContain('the same profile is sent again');
      expect(azure.puts).toHaveLength(2);
    }),
  );

  test.concurrent(
    'an Automatic cluster: LocalDNS is on already, so nothing is sent',
    withAzure({}, async (azure) => {
      const ran = await azure.run([
        'nodepool',
        'enable',
        '-g',
        'rg-demo',
        '--cluster-name',
        'aks-auto',
        '-n',
        'userpool',
        '--yes',
      ]);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({
        changed: false,
        outcome: 'nothing-to-do',
        localDNSProfile: { mode: 'Required' },
      });
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'an Automatic cluster: turning off notes that Azure configured LocalDNS',
    withAzure({}, async (azure) => {
      const ran = await azure.run([
        'nodepool',
        'disable',
        '-g',
        'rg-demo',
        '--cluster-name',
        'aks-auto',
        '-n',
        'userpool',
        '--dry-run',
        '-o',
        'table',
      ]);
      expect(ran.code, ran.stderr).toBe(0);
      expect(unwrapped(ran.stdout)).toContain(
        'This is an AKS Automatic cluster: Azure configured LocalDNS on its pools',
      );
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'one node: the warning mentions it',
    withAzure({}, async (azure) => {
      const ran = await azure.run(enable('singlepool', '--dry-run', '-o', 'table'));
      expect(ran.code, ran.stderr).toBe(0);
      expect(unwrapped(ran.stdout)).toMatch(/WARNING: .*one node/);
    }),
  );

  test.concurrent(
    'tags of Terraform: the warning mentions that it may undo the change',
    withAzure({}, async (azure) => {
      const ran = await azure.run(enable('tfpool', '--dry-run', '-o', 'table'));
      expect(ran.code, ran.stderr).toBe(0);
      expect(unwrapped(ran.stdout)).toMatch(/WARNING: .*Terraform/);
    }),
  );

  test.concurrent(
    'several sizes: the smallest counts under the documented rules',
    withAzure({}, async (azure) => {
      const ran = await azure.run(enable('mixedpool', '--yes'));
      expect(ran).toMatchObject({ code: 10, stdout: '' });
      expect(ran.stderr).toMatch(/vm-vcpus/);
      expect(unwrapped(ran.stderr)).toContain('Standard_D2ds_v5');
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'a constrained size: only its usable vCPUs count',
    withAzure({}, async (azure) => {
      const ran = await azure.run(enable('tightpool', '--yes'));
      expect(ran).toMatchObject({ code: 10, stdout: '' });
      expect(ran.stderr).toContain('vm-vcpus');
    }),
  );

  test.concurrent(
    'a size that Azure no longer lists: ends with 11 without a terminal, unless the check is ignored',
    withAzure({}, async (azure) => {
      const ran = await azure.run(enable('retiredpool', '--yes'));
      expect(ran).toMatchObject({ code: 11, stdout: '' });
      expect(ran.stderr).toContain('--ignore vm-vcpus');
      expect(azure.writes).toEqual([]);
      const ignored = await azure.run(enable('retiredpool', '--yes', '--ignore', 'vm-vcpus'));
      expect(ignored.code, ignored.stderr).toBe(0);
    }),
  );

  test.concurrent(
    'a size that Azure no longer lists: asks on a terminal',
    withAzure({}, async (azure) => {
      const terminal = azure.terminal(enable('retiredpool'));
      await terminal.shows('UNKNOWN');
      await terminal.shows('(y/N)');
      terminal.type('n\r');
      const ran = await terminal.ended;
      expect(ran.code).toBe(1);
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'a stopped cluster, an old one and one with autoprovisioning: ends with 10 and the reason',
    withAzure({}, async (azure) => {
      for (const [name, id] of [
        ['aks-stopped', 'cluster-running'],
        ['aks-old', 'kubernetes-version'],
        ['aks-nap', 'node-autoprovisioning'],
      ] as const) {
        const ran = await azure.run([
          'nodepool',
          'enable',
          '-g',
          'rg-demo',
          '--cluster-name',
          name,
          '-n',
          'userpool',
          '--yes',
        ]);
        expect(ran, name).toMatchObject({ code: 10, stdout: '' });
        expect(ran.stderr).toContain(`FAIL ${id}`);
      }
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'autoprovisioning: only a warning under the current rules',
    withAzure({ registered: false }, async (azure) => {
      const ran = await azure.run([
        'nodepool',
        'enable',
        '-g',
        'rg-demo',
        '--cluster-name',
        'aks-nap',
        '-n',
        'userpool',
        '--ruleset',
        'ga',
        '--dry-run',
      ]);
      expect(ran.code, ran.stderr).toBe(0);
    }),
  );
});

describe('upgrade --node-image-only', () => {
  const upgrade = (...args: readonly string[]): readonly string[] => [
    'nodepool',
    'upgrade',
    ...args,
    '--node-image-only',
  ];
  const userpool = ['-g', 'rg-demo', '--cluster-name', 'aks-demo', '-n', 'userpool'];

  test.concurrent(
    'shows the image before and after',
    withAzure({}, async (azure) => {
      const ran = await azure.run(upgrade(...userpool, '--yes'));
      expect(ran.code, ran.stderr).toBe(0);
      const result = value(ran) as Readonly<Record<string, unknown>>;
      expect(result).toMatchObject({
        changed: true,
        outcome: 'done',
        nodeImageBefore: 'AKSUbuntu-2204gen2containerd-202609.11.0',
      });
      expect(result['nodeImageAfter']).toBe(result['latestNodeImage']);
      expect(result['nodeImageAfter']).not.toBe(result['nodeImageBefore']);
      expect(unwrapped(ran.stderr)).toContain('AKSUbuntu-2204gen2containerd-202609.11.0 -> ');
      expect(azure.writes.map(({ method, path }) => `${method} ${path.split('/').at(-1) ?? ''}`)).toEqual([
        'POST upgradeNodeImageVersion',
      ]);
    }),
  );

  test.concurrent(
    'running it again reports that the pool already has the latest image',
    withAzure({}, async (azure) => {
      expect((await azure.run(upgrade(...userpool, '--yes'))).code).toBe(0);
      const ran = await azure.run(upgrade(...userpool, '--yes'));
      expect(ran.code, ran.stderr).toBe(0);
      expect(unwrapped(ran.stderr)).toMatch(/already has the latest node image .*so Azure may replace nothing/);
      expect(value(ran)).toMatchObject({ nodeImageBefore: expect.any(String) });
    }),
  );

  test.concurrent(
    'asks for confirmation; a dry run sends nothing',
    withAzure({}, async (azure) => {
      const refused = await azure.run(upgrade(...userpool));
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toContain('Use --yes');
      const dry = await azure.run(upgrade(...userpool, '--dry-run', '-o', 'table'));
      expect(dry.code, dry.stderr).toBe(0);
      expect(unwrapped(dry.stdout)).toContain('3, all reimaged');
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'is refused for a stopped pool',
    withAzure({}, async (azure) => {
      const ran = await azure.run(upgrade(...edge, '-n', 'stoppedpool', '--yes'));
      expect(ran).toMatchObject({ code: 1, stdout: '' });
      expect(ran.stderr).toContain('az aks nodepool start');
      expect(azure.writes).toEqual([]);
    }),
  );
});
