import { describe, expect, test } from 'vitest';
import { sample } from '../../src/simulator/index.ts';
import { cluster, edge, emptypool, lineToContinue, userpool, value, withAzure } from '../support/e2e.ts';

describe('nodepool list and show', () => {
  test.concurrent(
    "list prints the pools as az does, with ARM's own names",
    withAzure({}, async (azure) => {
      const ran = await azure.run(['nodepool', 'list', ...cluster]);
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      const pools = value(ran) as readonly Readonly<Record<string, unknown>>[];
      expect(pools.map(({ name }) => name)).toEqual(['systempool', 'userpool', 'smallpool', 'winpool', 'oldpool']);
      expect(pools[1]).toMatchObject({
        resourceGroup: 'rg-demo',
        vmSize: 'Standard_D4ds_v5',
        type: 'Microsoft.ContainerService/managedClusters/agentPools',
        'x-future': { ring: 'canary' },
        localDNSProfile: null,
        nodeTaints: null,
      });
      expect(azure.writes).toEqual([]);
      const query = "[?localDnsProfile==null && osSku=='Ubuntu' && !enableFips && vnetSubnetId!=''].name";
      const asAz = await azure.run(['nodepool', 'list', ...cluster, '-o', 'tsv', '--query', query]);
      expect(asAz.stdout).toContain('userpool\n');
    }),
  );

  test.concurrent(
    'list as a table shows mode and state of LocalDNS',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['nodepool', 'list', '-g', 'rg-demo', '--cluster-name', 'aks-auto', '-o', 'table']);
      expect(ran.stdout).toMatch(/^Name +Mode +OsType +KubernetesVersion .*LocalDNS +State/);
      expect(ran.stdout).toMatch(/userpool .*Required +Enabled/);
    }),
  );

  test.concurrent(
    'show prints one pool; --query and -o work as in az',
    withAzure({}, async (azure) => {
      const ran = await azure.run([
        'nodepool',
        'show',
        ...userpool,
        '--query',
        '{name: name, tier: nodeLabels.tier, none: nothing}',
      ]);
      expect(value(ran)).toEqual({ name: 'userpool', tier: 'frontend', none: null });
      const tsv = await azure.run([
        'nodepool',
        'show',
        ...userpool,
        '--query',
        '[name, count, enableFIPS, nothing]',
        '-o',
        'tsv',
      ]);
      expect(tsv.stdout).toBe('userpool\n3\nfalse\nNone\n');
      const none = await azure.run(['nodepool', 'show', ...userpool, '--query', 'localDNSProfile']);
      expect(none).toMatchObject({ code: 0, stderr: '' });
      expect(none.stdout.trim()).toBe('');
    }),
  );

  test.concurrent(
    'the subscription can be given by ID or name, in any case',
    withAzure({}, async (azure) => {
      for (const subscription of [sample.subscriptionId, sample.subscriptionId.toUpperCase(), 'contoso demo']) {
        const ran = await azure.run([
          'nodepool',
          'show',
          ...userpool,
          '--subscription',
          subscription,
          '--query',
          'name',
          '-o',
          'tsv',
        ]);
        expect(ran.stdout, ran.stderr).toBe('userpool\n');
      }
    }),
  );

  test.concurrent(
    "a missing resource ends with 3, with Azure's code and request ID",
    withAzure({}, async (azure) => {
      const pool = await azure.run(['nodepool', 'show', ...cluster, '-n', 'nopool']);
      expect(pool).toMatchObject({ code: 3, stdout: '' });
      expect(pool.stderr).toMatch(/nopool[\s\S]*Code: [\s\S]*Request id: [0-9a-f-]{36}/);
      const none = await azure.run(['nodepool', 'list', '-g', 'rg-demo', '--cluster-name', 'nowhere']);
      expect(none).toMatchObject({ code: 3, stdout: '' });
      expect(none.stderr).toContain('nowhere');
      expect(none.stderr).not.toMatch(/^\s+at /m);
    }),
  );
});

describe('nodepool wait', () => {
  test.concurrent(
    'ends immediately if no operation is running',
    withAzure({}, async (azure) => {
      for (const condition of [[], ['--created'], ['--updated'], ['--exists'], ['--custom', "osSku=='Ubuntu'"]]) {
        const ran = await azure.run(['nodepool', 'wait', ...userpool, ...condition]);
        expect(ran.code, ran.stderr).toBe(0);
        expect(value(ran)).toMatchObject({ name: 'userpool', provisioningState: 'Succeeded' });
      }
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'a missing pool fulfils --deleted, but not --updated',
    withAzure({}, async (azure) => {
      const gone = await azure.run(['nodepool', 'wait', ...cluster, '-n', 'nopool', '--deleted']);
      expect(gone, gone.stderr).toMatchObject({ code: 0, stdout: '' });
      const never = await azure.run(['nodepool', 'wait', ...cluster, '-n', 'nopool', '--updated']);
      expect(never).toMatchObject({ code: 3, stdout: '' });
    }),
  );

  test.concurrent(
    "a failed pool is an error with Azure's message, with --updated and without a condition",
    withAzure({}, async (azure) => {
      const ran = await azure.run(['nodepool', 'wait', ...edge, '-n', 'failedpool', '--updated']);
      expect(ran).toMatchObject({ code: 1, stdout: '' });
      expect(ran.stderr).toMatch(/UpgradeFailed[\s\S]*web-pdb/);
    }),
  );

  test.concurrent(
    'ends with 13 after the timeout, with the command that continues',
    withAzure({ scenario: 'never-ends' }, async (azure) => {
      expect((await azure.run(['nodepool', 'enable', ...userpool, '--yes', '--no-wait'])).code).toBe(0);
      const ran = await azure.run(['nodepool', 'wait', ...userpool, '--updated', '--timeout', '8s']);
      expect(ran).toMatchObject({ code: 13, stdout: '' });
      expect(lineToContinue(ran.stderr)).toBe(
        `aks-localdns nodepool wait -g rg-demo --cluster-name aks-demo -n userpool --subscription ${sample.subscriptionId} --updated`,
      );
    }),
  );

  test.concurrent(
    '--custom ends with 13 after the timeout, with a command that ends once the query is true',
    withAzure({}, async (azure) => {
      const query = String.raw`localDnsProfile.state=='Enabled' && name!='it\'s'`;
      const ran = await azure.run(['nodepool', 'wait', ...userpool, '--custom', query, '--timeout', '8s']);
      expect(ran).toMatchObject({ code: 13, stdout: '' });
      expect(ran.stderr).toContain('the condition is not met yet');
      expect(ran.stderr).not.toContain('operation');
      const line = lineToContinue(ran.stderr);
      expect(line).toContain(' --custom ');
      expect((await azure.shell(`${line} --timeout 8s`)).code).toBe(13);
      expect((await azure.run(['nodepool', 'enable', ...userpool, '--yes'])).code).toBe(0);
      const again = await azure.shell(line);
      expect(again.code, again.stderr).toBe(0);
      expect(value(again)).toMatchObject({ name: 'userpool', localDNSProfile: { state: 'Enabled' } });
    }),
  );

  test.concurrent(
    'uses the state of the pool if there are only pool rights',
    withAzure({ scenario: 'pool-rights-only', slow: true }, async (azure) => {
      const subscription = ['--subscription', sample.subscriptionId];
      const path = `/subscriptions/${sample.subscriptionId}/resourceGroups/rg-demo/providers/Microsoft.ContainerService/managedClusters/aks-demo/agentPools/userpool`;
      const started = await azure.simulator.handle({
        method: 'POST',
        url: `${azure.simulator.origin}${path}/upgradeNodeImageVersion?api-version=2026-03-01`,
        headers: { authorization: `Bearer ${azure.simulator.issueToken({ caller: 'managed-identity' }).token}` },
        body: undefined,
      });
      expect(started.status, started.body).toBeLessThan(300);
      const child = azure.start(['nodepool', 'wait', ...userpool, ...subscription]);
      await child.says('Waiting for');
      azure.pass(3600);
      const ran = await child.ended;
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({ provisioningState: 'Succeeded' });
    }),
  );
});

describe('nodepool operation-abort', () => {
  test.concurrent(
    'needs --yes without a terminal, and sends nothing',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['nodepool', 'operation-abort', ...userpool]);
      expect(ran).toMatchObject({ code: 2, stdout: '' });
      expect(ran.stderr).toContain('--yes');
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'aborts the running operation, waits for its end, and warns that nodes may differ',
    withAzure({ scenario: 'never-ends' }, async (azure) => {
      await azure.run(['nodepool', 'enable', ...userpool, '--yes', '--no-wait']);
      const ran = await azure.run(['nodepool', 'operation-abort', ...userpool, '--yes']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({
        name: 'userpool',
        changed: true,
        outcome: 'done',
        provisioningState: 'Canceled',
      });
      expect(ran.stderr).toContain('Some nodes may have the new settings');
      expect(azure.writes.map(({ method, path }) => `${method} ${path.split('/').at(-1) ?? ''}`)).toEqual([
        'PUT userpool',
        'POST abort',
      ]);
    }),
  );

  test.concurrent(
    'does nothing if no operation is running',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['nodepool', 'operation-abort', ...emptypool, '--yes']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({ changed: false, outcome: 'nothing-to-do' });
    }),
  );

  test.concurrent(
    '--no-wait returns once Azure accepts the request, with the command that waits',
    withAzure({ scenario: 'never-ends' }, async (azure) => {
      await azure.run(['nodepool', 'enable', ...userpool, '--yes', '--no-wait']);
      const ran = await azure.run(['nodepool', 'operation-abort', ...userpool, '--yes', '--no-wait']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(value(ran)).toMatchObject({ changed: true, outcome: 'accepted' });
      const waited = await azure.shell(lineToContinue(ran.stderr));
      expect(waited.code, waited.stderr).toBe(0);
      expect(value(waited)).toMatchObject({ provisioningState: 'Canceled' });
    }),
  );
});
