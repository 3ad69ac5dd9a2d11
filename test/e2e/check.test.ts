import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cluster, untimed, userpool, value, withAzure, type Ran, type Rig } from '../support/e2e.ts';

interface Row {
  readonly id: string;
  readonly target: string;
  readonly status: string;
  readonly reason: string;
  readonly fix?: string;
  readonly ignored: boolean;
}

function rows(ran: Ran): readonly Row[] {
  return (value(ran) as unknown as { readonly rows: readonly Row[] }).rows;
}

function failing(ran: Ran): readonly string[] {
  return rows(ran)
    .filter(({ status, ignored }) => status === 'fail' && !ignored)
    .map(({ id, target }) => `${target.split('/').at(-1) ?? ''} ${id}`);
}

/** The command never changes anything. */
function readsOnly(azure: Rig): void {
  expect(azure.seen.length).toBeGreaterThan(0);
  expect(azure.writes).toEqual([]);
}

const profile = JSON.stringify({ mode: 'Required' });

describe('check', () => {
  test.concurrent(
    'an eligible pool ends with 0 after at most four requests',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['check', ...userpool, '--subscription', 'c0ffee00-1000-4000-8000-000000000001']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(failing(ran)).toEqual([]);
      readsOnly(azure);
      expect(azure.seen.length, azure.seen.map(({ path }) => path).join('\n')).toBeLessThanOrEqual(4);
      const before = azure.seen.length;
      await azure.run(['check', ...userpool, '--subscription', 'c0ffee00-1000-4000-8000-000000000001']);
      expect(
        azure.seen
          .slice(before)
          .map(({ path }) => path)
          .filter((path) => path.endsWith('/skus')),
        'sizes come from the cache',
      ).toEqual([]);
    }),
  );

  test.concurrent(
    'a cluster with failing pools ends with 10 and lists each pool with the reason and a command as fix',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['check', ...cluster]);
      expect(ran.code).toBe(10);
      expect(failing(ran)).toEqual(['oldpool os-sku', 'smallpool vm-vcpus']);
      for (const row of rows(ran).filter(({ status }) => status === 'fail')) {
        expect(row.reason).toMatch(/\.$/);
        expect(row.fix).toMatch(/^(az|aks-localdns) /);
      }
      expect(rows(ran).find(({ target }) => target.endsWith('winpool'))?.status).toBe('skip');
      readsOnly(azure);
    }),
  );

  test.concurrent(
    'the table has colours only if requested, and the same text without them',
    withAzure({}, async (azure) => {
      const table = ['check', ...cluster, '-o', 'table'];
      const [plain, painted, refused] = [
        await azure.run(table),
        await azure.run(table, { env: { FORCE_COLOR: '1' } }),
        await azure.run([...table, '--no-color'], { env: { FORCE_COLOR: '1' } }),
      ];
      expect(painted.stdout).toContain('\u001b[31mFAIL');
      expect(untimed(painted.stdout.replaceAll(/\u001b\[\d+m/g, ''))).toBe(untimed(plain.stdout));
      expect([plain.stdout, refused.stdout].filter((text) => text.includes('\u001b'))).toEqual([]);
    }),
  );

  test.concurrent(
    'the fix for a small pool is a command that works',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['check', ...cluster, '-n', 'smallpool']);
      expect(ran.code).toBe(10);
      const fix = rows(ran).find(({ id }) => id === 'vm-vcpus')?.fix ?? '';
      expect(fix).toMatch(/^aks-localdns nodepool add .*--like smallpool/);
      const added = await azure.shell(`${fix} --dry-run`);
      expect(added.code, added.stderr).toBe(0);
    }),
  );

  test.concurrent(
    'rows are always in the same order',
    withAzure({}, async (azure) => {
      const [first, second] = await Promise.all([azure.run(['check', ...cluster]), azure.run(['check', ...cluster])]);
      expect(untimed(second.stdout)).toBe(untimed(first.stdout));
    }),
  );

  const clusters: readonly (readonly [name: string, id: string])[] = [
    ['aks-old', 'kubernetes-version'],
    ['aks-stopped', 'cluster-running'],
    ['aks-nap', 'node-autoprovisioning'],
  ];
  test.concurrent.each(clusters)('%s fails %s', async (name, id) => {
    await withAzure({}, async (azure) => {
      const ran = await azure.run(['check', '-g', 'rg-demo', '--cluster-name', name, '--fail-on', 'fail']);
      expect(ran.code).toBe(10);
      expect(
        new Set(
          rows(ran)
            .filter(({ status }) => status === 'fail')
            .map((row) => row.id),
        ),
      ).toContain(id);
      readsOnly(azure);
    })();
  });

  test.concurrent(
    'a Windows pool fails only if it is named',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['check', ...cluster, '-n', 'winpool']);
      expect(ran.code).toBe(10);
      expect(failing(ran).length).toBeGreaterThan(0);
    }),
  );

  test.concurrent(
    'a pool with LocalDNS is reported as on',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['check', '-g', 'rg-demo', '--cluster-name', 'aks-auto', '-n', 'userpool']);
      expect(rows(ran).find(({ id }) => id === 'current-localdns')?.reason).toBe(
        'LocalDNS is already on in this pool.',
      );
      expect(ran.code, ran.stdout).toBe(0);
    }),
  );
});

describe('the rule sets', () => {
  test.concurrent(
    'preview requires the feature, ga does not; the row names the feature flag',
    withAzure({ registered: false }, async (azure) => {
      const preview = await azure.run(['check', ...userpool]);
      expect(preview.code).toBe(10);
      expect(failing(preview)).toEqual([expect.stringContaining('feature-registered')]);
      expect(preview.stdout).toContain('--ruleset ga');
      const ga = await azure.run(['check', ...userpool, '--ruleset', 'ga']);
      expect(ga.code, ga.stdout).toBe(0);
      const variable = await azure.run(['check', ...userpool], { env: { AKS_LOCALDNS_RULESET: 'ga' } });
      expect(variable.code).toBe(0);
      readsOnly(azure);
    }),
  );

  test.concurrent(
    'a feature that no longer exists in Azure is a warning',
    withAzure({ registered: false, scenario: 'feature-unknown' }, async (azure) => {
      const ran = await azure.run(['check', ...userpool]);
      expect(ran.code).toBe(0);
      expect(rows(ran).find(({ id }) => id === 'feature-registered')?.status).toBe('warn');
      const strict = await azure.run(['check', ...userpool, '--fail-on', 'warn']);
      expect(strict.code).toBe(10);
    }),
  );
});

describe('the exit code', () => {
  test.concurrent(
    'does not count a check with --ignore, and the result names it',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['check', ...cluster, '--ignore', 'vm-vcpus', '--ignore', 'os-sku']);
      expect(ran.code).toBe(0);
      expect(ran.stdout).toContain('vm-vcpus');
      expect(
        rows(ran)
          .filter(({ ignored }) => ignored)
          .map(({ id }) => id),
      ).toEqual(expect.arrayContaining(['vm-vcpus', 'os-sku']));
    }),
  );

  test.concurrent(
    'counts only the checks of --only; with --fail-on none it is 0',
    withAzure({}, async (azure) => {
      const only = await azure.run(['check', ...cluster, '--only', 'vm-vcpus']);
      expect(only.code).toBe(10);
      expect(failing(only)).toEqual(['smallpool vm-vcpus']);
      expect(
        new Set(
          rows(only)
            .filter(({ status }) => status !== 'skip')
            .map(({ id }) => id),
        ),
      ).toEqual(new Set(['vm-vcpus']));
      const none = await azure.run(['check', ...cluster, '--fail-on', 'none']);
      expect(none.code).toBe(0);
      expect(failing(none).length).toBeGreaterThan(0);
    }),
  );

  test.concurrent(
    'is that of wrong usage for an unknown check, with the nearest ID',
    withAzure({}, async (azure) => {
      for (const option of ['--only', '--ignore']) {
        const ran = await azure.run(['check', ...cluster, option, 'vm-vcpu']);
        expect(ran).toMatchObject({ code: 2, stdout: '' });
        expect(ran.stderr).toContain('vm-vcpus');
      }
    }),
  );

  test.concurrent(
    'is 11 if something cannot be read, unless that check is ignored',
    withAzure({ scenario: 'pool-rights-only' }, async (azure) => {
      const subscription = ['--subscription', 'c0ffee00-1000-4000-8000-000000000001'];
      const ran = await azure.run(['check', ...userpool, ...subscription], {});
      expect(ran.code, ran.stderr).toBe(11);
      const unknown = rows(ran)
        .filter(({ status }) => status === 'unknown')
        .map(({ id }) => id);
      expect(unknown).toEqual(expect.arrayContaining(['vm-vcpus', 'cluster-running']));
      const ignored = await azure.run([
        'check',
        ...userpool,
        ...subscription,
        ...unknown.flatMap((id) => ['--ignore', id]),
      ]);
      expect(ignored.code, ignored.stdout).toBe(0);
      readsOnly(azure);
    }),
  );

  test.concurrent(
    'is 11 for a VM size that Azure no longer lists',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['check', '-g', 'rg-demo', '--cluster-name', 'aks-edge', '-n', 'retiredpool']);
      expect(ran.code).toBe(11);
      expect(rows(ran).find(({ id }) => id === 'vm-vcpus')?.status).toBe('unknown');
    }),
  );
});

describe('with --localdns-config', () => {
  test.concurrent(
    'a valid file is one more check of the report',
    withAzure({}, async (azure) => {
      azure.file('localdnsconfig.json', profile);
      const ran = await azure.run(['check', ...userpool, '--localdns-config', 'localdnsconfig.json']);
      expect(ran.code, ran.stderr).toBe(0);
      expect(rows(ran).find(({ id }) => id === 'config-valid')?.status).toBe('pass');
    }),
  );

  test.concurrent(
    'every error of an invalid file is reported with line, column and suggestion, and ends with 10',
    withAzure({}, async (azure) => {
      azure.file('bad.json', '{\n  "mode": "Requird",\n  "vnetDNSOverides": {}\n}\n');
      const ran = await azure.run(['check', ...userpool, '--localdns-config', 'bad.json']);
      expect(ran.code).toBe(10);
      const text = JSON.stringify(rows(ran).find(({ id }) => id === 'config-valid'));
      for (const word of ['line 2', 'line 3', 'Required', 'vnetDNSOverrides']) expect(text).toContain(word);
      readsOnly(azure);
    }),
  );

  test.concurrent(
    'from standard input',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['check', ...userpool, '--localdns-config', '-'], { input: profile });
      expect(ran.code, ran.stderr).toBe(0);
    }),
  );
});

describe('the formats of the report', () => {
  test.concurrent(
    'table, Markdown, JSON, YAML and TSV have the same content, and none prints nothing',
    withAzure({}, async (azure) => {
      const as = async (format: string, ...more: readonly string[]): Promise<Ran> =>
        azure.run(['check', ...cluster, '-o', format, ...more]);
      const [table, md, json, yaml, tsv, none] = await Promise.all([
        as('table'),
        as('md'),
        as('json'),
        as('yaml'),
        as('tsv', '--query', "rows[?status=='fail'].[id, target]"),
        as('none'),
      ]);
      for (const ran of [table, md, json, yaml, tsv, none]) expect(ran.code, ran.stderr).toBe(10);
      expect(table.stdout).toMatch(/FAIL +vm-vcpus/);
      expect(table.stdout).not.toContain('\u001b');
      expect(md.stdout).toMatch(/^#/);
      expect(md.stdout).toMatch(/\| .*vm-vcpus.* \|/);
      expect(parse(untimed(yaml.stdout))).toEqual(JSON.parse(untimed(json.stdout)));
      expect(value(json)).toMatchObject({ schemaVersion: expect.anything() });
      expect(tsv.stdout).toBe('os-sku\trg-demo/aks-demo/oldpool\nvm-vcpus\trg-demo/aks-demo/smallpool\n');
      expect(none.stdout).toBe('');
      readsOnly(azure);
    }),
  );

  test.concurrent(
    'a missing cluster, pool or group ends with 3 and is named',
    withAzure({}, async (azure) => {
      const cases: readonly (readonly [args: readonly string[], word: string])[] = [
        [['-g', 'rg-demo', '--cluster-name', 'nowhere'], 'nowhere'],
        [['-g', 'rg-none', '--cluster-name', 'aks-demo'], 'rg-none'],
        [['-g', 'rg-demo', '--cluster-name', 'aks-demo', '-n', 'nopool'], 'nopool'],
      ];
      for (const [args, word] of cases) {
        const ran = await azure.run(['check', ...args]);
        expect(ran, word).toMatchObject({ code: 3, stdout: '' });
        expect(ran.stderr).toContain(word);
      }
      readsOnly(azure);
    }),
  );
});
