import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { JsonValue } from '../../src/core/json.ts';
import { cluster, emptypool, heavyCluster, records, userpool, value, withAzure, type Ran } from '../support/e2e.ts';

const show = ['nodepool', 'show', ...userpool] as const;
const enable = ['nodepool', 'enable', ...userpool, '--yes'] as const;

describe('standard output is the result only', () => {
  test.concurrent(
    'progress, warnings and errors go to standard error, without escape codes',
    withAzure({}, async (azure) => {
      const ran = await azure.run(enable);
      expect(ran.code).toBe(0);
      expect(value(ran)).toMatchObject({ name: 'userpool' });
      expect(ran.stderr).toContain('Turning on LocalDNS on rg-demo/aks-demo/userpool');
      expect(ran.stdout + ran.stderr).not.toContain('\u001b');
    }),
  );

  test.concurrent(
    'three megabytes go through a pipe completely',
    withAzure({ load: heavyCluster(40, 80_000) }, async (azure) => {
      const list = 'aks-localdns nodepool list -g rg-big --cluster-name big -o json';
      const direct = await azure.run(list.split(' ').slice(1));
      expect(direct.code, direct.stderr).toBe(0);
      expect(direct.stdout.length).toBeGreaterThan(3_000_000);
      expect((value(direct) as readonly JsonValue[]).length).toBe(40);
      const slow = await azure.shell(`${list} | (sleep 1; cat)`);
      expect(slow.stdout).toBe(direct.stdout);
    }),
  );

  test.concurrent(
    'a reader that stops early is not an error',
    withAzure({ load: heavyCluster(40, 80_000) }, async (azure) => {
      const ran = await azure.shell('aks-localdns nodepool list -g rg-big --cluster-name big -o json | head -c 10');
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      expect(ran.stdout).toHaveLength(10);
    }),
  );

  test.concurrent(
    '-o none says nothing',
    withAzure({}, async (azure) => {
      expect(await azure.run([...show, '-o', 'none'])).toMatchObject({ code: 0, stdout: '', stderr: '' });
    }),
  );

  test.concurrent(
    'json, jsonc, yaml, yamlc, table and tsv show the same result',
    withAzure({}, async (azure) => {
      const as = async (format: string): Promise<string> =>
        (await azure.run([...show, '--query', '{name: name, count: count, zones: availabilityZones}', '-o', format]))
          .stdout;
      const [json, jsonc, yaml, yamlc, table, tsv] = await Promise.all(
        ['json', 'jsonc', 'yaml', 'yamlc', 'table', 'tsv'].map(as),
      );
      const expected = { name: 'userpool', count: 3, zones: ['1', '2', '3'] };
      expect(JSON.parse(json ?? '')).toEqual(expected);
      expect(jsonc).toBe(json);
      expect(parse(yaml ?? '')).toEqual(expected);
      expect(yamlc).toBe(yaml);
      expect(table).toMatch(/^Name +Count\n-+ +-+\nuserpool +3\n$/);
      expect(tsv).toBe('userpool\t3\t3\n');
    }),
  );
});

describe('events as records', () => {
  test.concurrent(
    'every line on standard error is a record, and the result is on standard output',
    withAzure({}, async (azure) => {
      const ran = await azure.run([...enable, '--events', 'ndjson']);
      expect(ran.code).toBe(0);
      expect(value(ran)).toMatchObject({ name: 'userpool', changed: true });
      const types = new Set(records(ran.stderr).map(({ type }) => type));
      for (const type of ['task.started', 'task.finished', 'notice']) expect(types).toContain(type);
      expect(types).not.toContain('request.answered');
    }),
  );

  test.concurrent(
    'the plan is one record, with and without --yes',
    withAzure({}, async (azure) => {
      const without = enable.filter((word) => word !== '--yes');
      const asked = await azure.run([...without, '--events', 'ndjson']);
      expect(asked.code).toBe(2);
      const told = await azure.run([...enable, '--events', 'ndjson']);
      const plansOf = (ran: Ran): readonly object[] => records(ran.stderr).filter(({ code }) => code === 'consent');
      expect(plansOf(told)).toMatchObject([
        { type: 'notice', data: { plans: [{ action: 'enable', ref: { pool: 'userpool' } }] } },
      ]);
      expect(JSON.stringify(plansOf(told))).not.toContain('\\n');
      expect(plansOf(asked)).toMatchObject([{ type: 'notice', data: { plans: [{ action: 'enable' }] } }]);
    }),
  );

  test.concurrent(
    'with --debug every request is a record without secrets',
    withAzure({ scenario: 'throttled-arm' }, async (azure) => {
      const ran = await azure.run([...enable, '--events', 'ndjson', '--debug']);
      expect(ran.code, ran.stderr).toBe(0);
      const types = new Set(records(ran.stderr).map(({ type }) => type));
      for (const type of ['request.answered', 'request.retried', 'task.finished']) expect(types).toContain(type);
    }),
  );

  test.concurrent(
    'an error is the last record, with its code, hints and exit code',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['nodepool', 'show', ...cluster, '-n', 'nopool', '--events', 'ndjson']);
      expect(ran).toMatchObject({ code: 3, stdout: '' });
      expect(records(ran.stderr).at(-1)).toMatchObject({
        type: 'error',
        exitCode: 3,
        message: expect.stringContaining('nopool'),
      });
      const usage = await azure.run(['nodepool', 'shwo', '--events', 'ndjson']);
      expect(usage.code).toBe(2);
      expect(records(usage.stderr).at(-1)).toMatchObject({ type: 'error', exitCode: 2 });
    }),
  );
});

describe('verbosity', () => {
  test.concurrent(
    '--only-show-errors prints nothing on success, and prints errors',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['nodepool', 'enable', ...emptypool, '--yes', '--only-show-errors']);
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      const failed = await azure.run([
        'nodepool',
        'enable',
        ...cluster,
        '-n',
        'smallpool',
        '--yes',
        '--only-show-errors',
      ]);
      expect(failed.code).toBe(10);
      expect(failed.stderr).toMatch(/^ERROR: /);
      const variable = await azure.run(['nodepool', 'enable', ...emptypool, '--yes', '--force'], {
        env: { AZURE_CORE_ONLY_SHOW_ERRORS: 'true' },
      });
      expect(variable).toMatchObject({ code: 0, stderr: '' });
    }),
  );

  test.concurrent(
    '--only-show-errors does not hide that --yes is needed',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['nodepool', 'enable', ...emptypool, '--only-show-errors']);
      expect(ran.code).toBe(2);
      expect(ran.stderr).toContain('--yes');
    }),
  );

  test.concurrent(
    '--verbose adds the time to each line; --debug shows each request without its query',
    withAzure({}, async (azure) => {
      const verbose = await azure.run(['feature', 'register', '--verbose'], {});
      expect(verbose.code).toBe(0);
      const debug = await azure.run([...enable, '--debug']);
      expect(debug.stderr).toMatch(
        /^\d{4}-\d\d-\d\dT[\d:.]+Z GET \/subscriptions\/.* 200 in \d+ ms request-id [0-9a-f-]{36}/m,
      );
      expect(debug.stderr).not.toContain('?');
    }),
  );

  test.concurrent(
    'a stack trace is printed only with --debug',
    withAzure({}, async (azure) => {
      const missing = ['nodepool', 'show', ...cluster, '-n', 'nopool'];
      expect((await azure.run(missing)).stderr).not.toMatch(/^ +at /m);
      expect((await azure.run([...missing, '--debug'])).stderr).toMatch(/^ +at /m);
    }),
  );
});

describe("the Azure CLI's settings", () => {
  test.concurrent(
    'the output format of its config file and environment variable apply, unless -o is given',
    withAzure({}, async (azure) => {
      azure.file('../azure/config', '[core]\noutput = yaml\n');
      const query = ['--query', '{name: name}'];
      expect((await azure.run([...show, ...query])).stdout).toBe('name: userpool\n');
      expect((await azure.run([...show, ...query], { env: { AZURE_CORE_OUTPUT: 'tsv' } })).stdout).toBe('userpool\n');
      expect(
        JSON.parse((await azure.run([...show, ...query, '-o', 'json'], { env: { AZURE_CORE_OUTPUT: 'tsv' } })).stdout),
      ).toEqual({ name: 'userpool' });
    }),
  );

  test.concurrent(
    'the default group of its environment variable and config file applies',
    withAzure({}, async (azure) => {
      const short = [
        'nodepool',
        'show',
        '--cluster-name',
        'aks-demo',
        '-n',
        'userpool',
        '--query',
        'name',
        '-o',
        'tsv',
      ];
      expect((await azure.run(short)).code).toBe(2);
      expect((await azure.run(short, { env: { AZURE_DEFAULTS_GROUP: 'rg-demo' } })).stdout).toBe('userpool\n');
      azure.file('../azure/config', '[defaults]\ngroup = rg-demo\n');
      expect((await azure.run(short)).stdout).toBe('userpool\n');
      expect((await azure.run([...short, '-g', 'rg-none'])).code).toBe(3);
    }),
  );

  test.concurrent(
    'the active subscription of its profile applies, unless --subscription is given',
    withAzure({ clusters: 60 }, async (azure) => {
      const list = value(
        await azure.run(['feature', 'show', '--subscription', 'Contoso Demo', 'Contoso 2']),
      ) as readonly { readonly subscriptionId: string }[];
      const subscriptions = list.map(({ subscriptionId }, index) => ({
        id: subscriptionId,
        name: `Named ${String(index + 1)}`,
        state: 'Enabled',
        tenantId: '7c0ffee0-0000-4000-8000-00000000da7a',
        isDefault: index === 1,
        environmentName: 'AzureCloud',
        user: { name: 'me', type: 'user' },
      }));
      azure.file('../azure/azureProfile.json', `\uFEFF${JSON.stringify({ installationId: 'x', subscriptions })}`);
      const active = value(await azure.run(['feature', 'show']));
      expect(active).toMatchObject([{ subscription: 'Named 2', subscriptionId: list[1]?.subscriptionId }]);
      const named = value(await azure.run(['feature', 'show', '--subscription', 'named 1']));
      expect(named).toMatchObject([{ subscriptionId: list[0]?.subscriptionId }]);
    }),
  );

  test.concurrent(
    'several subscriptions without an active one end with 2 and advice',
    withAzure({ clusters: 60 }, async (azure) => {
      const ran = await azure.run(['feature', 'show']);
      expect(ran).toMatchObject({ code: 2, stdout: '' });
      for (const word of ['--subscription', 'az account set']) expect(ran.stderr).toContain(word);
    }),
  );

  test.concurrent.each([
    ['no INI file', '\u0000\uFFFD[[['],
    ['a line that is no setting', '[core]\noutput = tsv\n\n[defaults]\ngroup'],
    ['a setting of no section', 'output = tsv\n'],
  ])('a broken config file is reported once and ignored: %s', async (_, text) => {
    await withAzure({}, async (azure) => {
      azure.file('../azure/config', text);
      for (const args of [
        [...show, '--query', 'name'],
        ['check', ...userpool, '-o', 'none'],
        ['check', 'list', '-o', 'none'],
      ]) {
        const ran = await azure.run(args);
        expect(ran.code, ran.stderr).toBe(0);
        expect(ran.stderr.match(/config/g)?.length, ran.stderr).toBe(2);
        expect(ran.stderr).toMatch(
          /^WARNING: The configuration file of the Azure CLI is not valid: .*config, line \d+\. None of its settings are used\.$/m,
        );
        if (args.includes('--query')) expect(ran.stdout).toBe('"userpool"\n');
      }
      expect((await azure.run(['version', '--only-show-errors'])).stderr).toBe('');
    })();
  });

  test.concurrent(
    'a valid config file is not reported',
    withAzure({}, async (azure) => {
      azure.file(
        '../azure/config',
        '# az\n[core]\r\noutput = json\n  \n; more\n[defaults]\ngroup: rg-demo\nlong = a\n  b\n',
      );
      expect(await azure.run(['version', '-o', 'none'])).toMatchObject({ code: 0, stderr: '' });
    }),
  );

  test.concurrent(
    'a broken profile is reported once and ignored',
    withAzure({}, async (azure) => {
      azure.file('../azure/azureProfile.json', '{ nonsense');
      const ran = await azure.run(['feature', 'show']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(ran.stderr).toMatch(
        /^WARNING: azureProfile\.json in \S+ is not valid JSON\. Its subscriptions are not used\.\n$/,
      );
      expect(value(ran)).toMatchObject([{ subscription: 'Contoso Demo' }]);
    }),
  );

  test.concurrent(
    'the active subscription of a cloud that is registered with az applies only to that cloud',
    withAzure({ clusters: 60 }, async (azure) => {
      const list = value(
        await azure.run(['feature', 'show', '--subscription', 'Contoso Demo', 'Contoso 2']),
      ) as readonly { readonly subscriptionId: string }[];
      const subscriptions = ['AzureCloud', 'Simulated'].map((environmentName, index) => ({
        id: list[index]?.subscriptionId,
        name: `Of ${environmentName}`,
        state: 'Enabled',
        tenantId: '7c0ffee0-0000-4000-8000-00000000da7a',
        isDefault: true,
        environmentName,
        user: { name: 'me', type: 'user' },
      }));
      azure.file('../azure/azureProfile.json', JSON.stringify({ subscriptions }));
      expect(value(await azure.run(['feature', 'show']))).toMatchObject([{ subscription: 'Of AzureCloud' }]);
      const env = { AZURE_CLOUD_NAME: 'Simulated' };
      expect(value(await azure.run(['feature', 'show'], { env }))).toMatchObject([{ subscription: 'Of Simulated' }]);
      azure.file('../azure/config', '[cloud]\nname = Simulated\n');
      expect(value(await azure.run(['feature', 'show']))).toMatchObject([
        { subscription: 'Of Simulated', subscriptionId: list[1]?.subscriptionId },
      ]);
    }),
  );

  test.concurrent(
    'a damaged cache of VM sizes is ignored',
    withAzure({}, async (azure) => {
      expect((await azure.run(['check', ...userpool])).code).toBe(0);
      const before = await azure.shell('find "$AKS_LOCALDNS_CACHE_DIR" -type f | head -1');
      azure.file(before.stdout.trim(), '{ damaged');
      expect((await azure.run(['check', ...userpool])).code).toBe(0);
    }),
  );
});
