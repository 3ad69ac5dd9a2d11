import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { at } from '../../src/core/json.ts';
import { documentedDefault, profileForRequest } from '../../src/domain/localdns/index.ts';
import { userpool, value, withAzure } from '../support/e2e.ts';

const good = `${JSON.stringify(profileForRequest(documentedDefault()), null, 2)}\n`;
const wrong = '{\n  "mode": "required",\n  "extra": 1\n}\n';

describe('config init and schema', () => {
  test.concurrent(
    'init prints the documented default unchanged, in a pipe and on a terminal; -o formats it as data',
    withAzure({}, async (azure) => {
      const piped = await azure.run(['config', 'init']);
      expect(piped).toMatchObject({ code: 0, stdout: good });
      const yaml = await azure.run(['config', 'init', '-o', 'yaml']);
      expect(yaml.stdout).toMatch(/^kubeDNSOverrides:\n/);
      expect(azure.seen).toEqual([]);
    }),
  );

  test.concurrent(
    'init writes a file, and replaces an existing one only with --force',
    withAzure({}, async (azure) => {
      const file = path.join(azure.directory, 'new.json');
      expect((await azure.run(['config', 'init', '--zone', 'corp.contoso.com', '--out', file])).code).toBe(0);
      const first = readFileSync(file, 'utf8');
      expect(at(JSON.parse(first), 'vnetDNSOverrides', 'corp.contoso.com', 'forwardDestination')).toBe('VnetDNS');
      const again = await azure.run(['config', 'init', '--out', file]);
      expect(again).toMatchObject({ code: 1, stdout: '' });
      expect(again.stderr).toContain('--force');
      expect(readFileSync(file, 'utf8')).toBe(first);
      expect((await azure.run(['config', 'init', '--out', file, '--force'])).code).toBe(0);
      expect(readFileSync(file, 'utf8')).toBe(good);
      expect((await azure.run(['config', 'validate', file])).code).toBe(0);
    }),
  );

  test.concurrent(
    'init --minimal warns that Preferred reimages without turning LocalDNS on; an invalid zone is a usage error',
    withAzure({}, async (azure) => {
      const minimal = await azure.run(['config', 'init', '--minimal']);
      expect(value(minimal)).toEqual({ mode: 'Preferred' });
      expect(minimal.stderr).toContain('does not turn LocalDNS on');
      const bad = await azure.run(['config', 'init', '--zone', 'a b\n']);
      expect(bad).toMatchObject({ code: 2, stdout: '' });
    }),
  );

  test.concurrent(
    'init --from-pool writes the profile of a pool; a pool without a profile is not found',
    withAzure({}, async (azure) => {
      const none = await azure.run(['config', 'init', '--from-pool', ...userpool]);
      expect(none).toMatchObject({ code: 3, stdout: '' });
      const auto = await azure.run([
        'config',
        'init',
        '--from-pool',
        '-g',
        'rg-demo',
        '--cluster-name',
        'aks-auto',
        '-n',
        'userpool',
      ]);
      expect(value(auto)).toMatchObject({ mode: 'Required' });
      expect((await azure.run(['config', 'validate', '-'], { input: auto.stdout })).code).toBe(0);
      expect(azure.writes).toEqual([]);
    }),
  );

  test.concurrent(
    'naming a pool without --from-pool is wrong usage, and lint accepts what --zone writes',
    withAzure({}, async (azure) => {
      const stray = await azure.run(['config', 'init', '-n', 'userpool']);
      expect(stray).toMatchObject({ code: 2, stdout: '' });
      expect(stray.stderr).toContain('--from-pool');
      const zones = ['Corp.Contoso.com.', 'privatelink.blob.core.windows.net', '10.in-addr.arpa'];
      const written = await azure.run(['config', 'init', '--zone', ...zones]);
      const judged = await azure.run(['config', 'lint', '-', '--fail-on', 'warn'], { input: written.stdout });
      expect(judged.code, judged.stdout).toBe(0);
      for (const zone of ['microsoft.com', 'my-cluster.local'])
        expect(await azure.run(['config', 'init', '--zone', zone])).toMatchObject({ code: 2, stdout: '' });
      expect(azure.seen).toEqual([]);
    }),
  );

  test.concurrent(
    '--out and --out - work the same in every command that writes a document',
    withAzure({}, async (azure) => {
      azure.file('in.json', good);
      const commands = [
        ['config', 'init'],
        ['config', 'schema'],
        ['config', 'render', 'in.json'],
        ['config', 'export', 'in.json', '--to', 'bicep'],
        ['config', 'import', 'main.tf'],
        ['report', 'convert', 'report.json', '--to', 'md'],
      ];
      expect((await azure.run(['config', 'export', 'in.json', '--to', 'terraform', '--out', 'main.tf'])).code).toBe(0);
      expect((await azure.run(['check', ...userpool, '--report', 'json=report.json'])).code).toBe(0);
      for (const [index, command] of commands.entries()) {
        const file = path.join(azure.directory, `out-${String(index)}`);
        const plain = await azure.run(command);
        expect(await azure.run([...command, '--out', '-'])).toMatchObject({ code: 0, stdout: plain.stdout });
        expect(await azure.run([...command, '--out', file])).toMatchObject({ code: 0, stdout: '' });
        expect(readFileSync(file, 'utf8')).toBe(plain.stdout);
        azure.file(file, 'of somebody else');
        expect((await azure.run([...command, '--out', file])).code).toBe(1);
        expect((await azure.run([...command, '--out', file, '--force'])).code).toBe(0);
      }
    }),
  );

  test.concurrent(
    'import is the reverse of export, and validate recognizes a foreign file and suggests import',
    withAzure({}, async (azure) => {
      azure.file('in.json', good);
      await azure.run(['config', 'export', 'in.json', '--to', 'terraform', '--out', 'main.tf']);
      expect(await azure.run(['config', 'import', 'main.tf'])).toMatchObject({ code: 0, stdout: good });
      const judged = await azure.run(['config', 'validate', 'main.tf']);
      expect(judged.code).toBe(10);
      expect(judged.stderr).toContain('main.tf looks like Terraform (HCL)');
      expect(judged.stderr).toContain('aks-localdns config import main.tf');
      azure.file('var.tf', 'resource "a" "b" {\n  localDNSProfile = {\n    mode = var.mode\n  }\n}\n');
      const refused = await azure.run(['config', 'import', 'var.tf']);
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toContain('var.tf, line 3');
    }),
  );

  test.concurrent(
    'schema prints a JSON Schema document',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['config', 'schema']);
      expect(value(ran)).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
    }),
  );
});

describe('config validate and lint', () => {
  test.concurrent(
    'a valid file ends with 0, an invalid one with 10 and the rule, line, column and path of every finding',
    withAzure({}, async (azure) => {
      const ran = await azure.run([
        'config',
        'validate',
        azure.file('good.json', good),
        azure.file('wrong.json', wrong),
      ]);
      expect(ran.code).toBe(10);
      const report = value(ran);
      expect(report).toMatchObject({
        schemaVersion: '1.0',
        counts: { fail: 2 },
        files: [{ valid: true, findings: [] }, { valid: false }],
      });
      expect(at(report, 'files')).toMatchObject([
        {},
        {
          findings: [
            { rule: 'L001', line: 2, column: 11, path: 'mode', instead: expect.stringContaining('Required') as string },
            { rule: 'L002', line: 3 },
          ],
        },
      ]);
    }),
  );

  test.concurrent(
    'SARIF, Markdown and the table have the same findings',
    withAzure({}, async (azure) => {
      const file = azure.file('wrong.json', wrong);
      const sarif = await azure.run(['config', 'validate', file, '-o', 'sarif']);
      expect(sarif.code).toBe(10);
      expect(value(sarif)).toMatchObject({
        version: '2.1.0',
        runs: [{ results: [{ ruleId: 'L001', level: 'error' }, { ruleId: 'L002' }] }],
      });
      const table = await azure.run(['config', 'validate', file, '-o', 'table']);
      expect(table.stdout).toMatch(/:2:11 +FAIL +L001[\s\S]*:3:3 +FAIL +L002/);
      expect((await azure.run(['config', 'validate', file, '-o', 'md'])).stdout).toContain('L001');
    }),
  );

  test.concurrent(
    '--ignore names the rule and does not count it, --fail-on none always ends with 0, an unknown rule is wrong usage',
    withAzure({}, async (azure) => {
      const file = azure.file('wrong.json', wrong);
      const ignored = await azure.run(['config', 'validate', file, '--ignore', 'L001', 'l002']);
      expect(ignored.code).toBe(0);
      expect(value(ignored)).toMatchObject({ counts: { fail: 0 }, ignored: ['L001', 'L002'] });
      expect((await azure.run(['config', 'validate', file, '--fail-on', 'none'])).code).toBe(0);
      const unknown = await azure.run(['config', 'validate', file, '--ignore', 'L01']);
      expect(unknown).toMatchObject({ code: 2, stdout: '' });
    }),
  );

  test.concurrent(
    'a missing file ends with 3, and no content of a file causes a crash',
    withAzure({}, async (azure) => {
      expect(await azure.run(['config', 'validate', 'nowhere.json'])).toMatchObject({ code: 3, stdout: '' });
      const bytes: readonly Uint8Array[] = [
        new Uint8Array(),
        new Uint8Array([0xff, 0xfe, 0x7b]),
        new Uint8Array(2_000_000).fill(0x5b),
        Buffer.from('{"__proto__": {"mode": 1}}'),
      ];
      for (const [index, content] of bytes.entries()) {
        const ran = await azure.run(['config', 'validate', azure.file(`bytes-${String(index)}`, content)]);
        expect(ran.code, ran.stderr).toBe(10);
        expect(at(value(ran), 'files')).toHaveLength(1);
      }
    }),
  );

  test.concurrent(
    'UTF-16 with a byte order mark is read, from a file and from standard input',
    withAzure({}, async (azure) => {
      const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good, 'utf16le')]);
      expect((await azure.run(['config', 'validate', azure.file('utf16.json', utf16)])).code).toBe(0);
      expect((await azure.run(['config', 'validate', '-'], { input: utf16 })).code).toBe(0);
    }),
  );

  test.concurrent(
    'a single map is valid only for update; Kubernetes before 1.31 has no LocalDNS',
    withAzure({}, async (azure) => {
      const { kubeDNSOverrides } = documentedDefault();
      const file = azure.file('one.json', JSON.stringify({ mode: 'Required', kubeDNSOverrides }));
      expect((await azure.run(['config', 'validate', file])).code).toBe(0);
      expect((await azure.run(['config', 'validate', file, '--for', 'add'])).code).toBe(10);
      expect(
        (await azure.run(['config', 'validate', azure.file('good.json', good), '--kubernetes-version', '1.30'])).code,
      ).toBe(10);
      expect((await azure.run(['config', 'validate', file, '--kubernetes-version', 'one'])).code).toBe(2);
    }),
  );

  test.concurrent(
    'lint --fix makes safe fixes, keeps line endings, and finds nothing the second time',
    withAzure({}, async (azure) => {
      const text = good
        .replace('"serveStale": "Immediate"', '"serveStale": "Disabled"')
        .replace('"kubeDNSOverrides"', '"kubednsoverrides"')
        .replaceAll('\n', '\r\n');
      const file = azure.file('fix.json', text);
      const ran = await azure.run(['config', 'lint', file, '--fix']);
      expect(ran.stderr).toMatch(/2 fixes/);
      const fixed = readFileSync(file, 'utf8');
      expect(fixed).toBe(text.replace('"Disabled"', '"Disable"').replace('"kubednsoverrides"', '"kubeDNSOverrides"'));
      const again = await azure.run(['config', 'lint', file, '--fix']);
      expect(again.stderr).toBe('');
      expect(readFileSync(file, 'utf8')).toBe(fixed);
    }),
  );

  test.concurrent(
    'lint reads facts and rejects unknown ones',
    withAzure({}, async (azure) => {
      const file = azure.file('good.json', good);
      const facts = azure.file('facts.json', JSON.stringify({ vnetDnsServers: ['169.254.10.10', '10.1.0.4'] }));
      const ran = await azure.run(['config', 'lint', file, '--facts', facts, '--fail-on', 'warn']);
      expect(ran.code).toBe(10);
      expect(ran.stdout).toContain('L080');
      const misspelt = await azure.run(['config', 'lint', file, '--facts', azure.file('bad.json', '{"nodeCout": 3}')]);
      expect(misspelt).toMatchObject({ code: 2, stdout: '' });
      expect(misspelt.stderr).toContain('nodeCount');
    }),
  );

  test.concurrent(
    'rules lists all rules, and explains one by its ID',
    withAzure({}, async (azure) => {
      const all = value(await azure.run(['config', 'rules', 'list'])) as readonly { readonly id: string }[];
      expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining(['L001', 'L011', 'L040', 'L080']));
      expect((await azure.run(['config', 'rules', 'explain', 'l040', '-o', 'table'])).stdout).toMatch(/^L040 \(/);
      expect(await azure.run(['config', 'rules', 'explain', 'L999'])).toMatchObject({ code: 2, stdout: '' });
    }),
  );
});

describe('config render, explain, diff and export', () => {
  test.concurrent(
    'render prints the Corefile, with --effective including the DNS servers of the VNet',
    withAzure({}, async (azure) => {
      const file = azure.file('good.json', good);
      const rendered = await azure.run(['config', 'render', file]);
      expect(rendered.stdout).toContain('forward . 168.63.129.16 {');
      const effective = await azure.run([
        'config',
        'render',
        file,
        '--effective',
        '--vnet-dns',
        '10.1.0.4',
        '10.1.0.5',
      ]);
      expect(effective.stdout).toContain('forward . 10.1.0.4 10.1.0.5 {');
      expect((await azure.run(['config', 'render', file, '--template', 'pre-2026-08'])).stdout).not.toContain(
        'prefer_udp',
      );
      expect((await azure.run(['config', 'render', file, '--vnet-dns', 'not-an-ip'])).code).toBe(2);
    }),
  );

  test.concurrent(
    'an invalid profile is not rendered, so no zone can inject a line into a Corefile',
    withAzure({}, async (azure) => {
      const profile = JSON.parse(good) as Record<string, Record<string, unknown>>;
      const zone = { ...(profile['kubeDNSOverrides']?.['.'] as object) };
      for (const name of ['a {\n whoami\n}\nb', 'x:53 {', 'health-check.localdns.local', '10.0.0.0/8']) {
        const ran = await azure.run([
          'config',
          'render',
          azure.file(
            'smuggle.json',
            JSON.stringify({ ...profile, kubeDNSOverrides: { ...profile['kubeDNSOverrides'], [name]: zone } }),
          ),
        ]);
        expect(ran, name).toMatchObject({ code: 10, stdout: '' });
      }
    }),
  );

  test.concurrent(
    'explain prints each step as data, and with --trace as a tree',
    withAzure({}, async (azure) => {
      const data = value(await azure.run(['config', 'explain', 'www.bing.com', azure.file('good.json', good)]));
      expect(data).toMatchObject({ listener: { address: '169.254.10.11', map: 'kubeDNSOverrides' } });
      expect(at(data, 'candidates')).toHaveLength(5);
      const tree = await azure.run([
        'config',
        'explain',
        'www.bing.com',
        '--trace',
        '--dns-policy',
        'Default',
        '--vnet-dns',
        '10.1.0.4',
      ]);
      expect(tree.stdout).toMatch(/listener 169\.254\.10\.10[\s\S]*10\.1\.0\.4/);
      expect(await azure.run(['config', 'explain'])).toMatchObject({ code: 2, stdout: '' });
    }),
  );

  test.concurrent(
    'diff compares meanings and shows consequences; it ends with 12 only with --detailed-exitcode',
    withAzure({}, async (azure) => {
      const stale = azure.file(
        'stale.json',
        good.replaceAll('"serveStale": "Immediate"', '"serveStale": "Verify"').replaceAll('"ForceTCP"', '"PreferUDP"'),
      );
      const same = await azure.run([
        'config',
        'diff',
        'default',
        azure.file('same.json', JSON.stringify(JSON.parse(good))),
        '--detailed-exitcode',
      ]);
      expect(same).toMatchObject({ code: 0 });
      expect(value(same)).toEqual([]);
      const differs = await azure.run(['config', 'diff', 'default', stale]);
      expect(differs.code).toBe(0);
      expect(value(differs)).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            path: 'kubeDNSOverrides["."].serveStale',
            before: 'Immediate',
            after: 'Verify',
            reimages: true,
          }),
        ]),
      );
      expect((await azure.run(['config', 'diff', 'default', stale, '--detailed-exitcode'])).code).toBe(12);
      const pool = await azure.run([
        'config',
        'diff',
        'pool',
        'default',
        '-g',
        'rg-demo',
        '--cluster-name',
        'aks-auto',
        '-n',
        'userpool',
        '--detailed-exitcode',
      ]);
      expect(pool.code).toBe(0);
      expect((await azure.run(['config', 'diff', 'pool', 'default'])).code).toBe(2);
    }),
  );

  test.concurrent.each([
    ['arm', '"localDNSProfile"'],
    ['bicep', 'localDNSProfile: {'],
    ['terraform', 'azapi_update_resource'],
    ['aso', 'kind: ManagedClustersAgentPool'],
    ['aksnodeclass', 'kind: AKSNodeClass'],
  ])('export --to %s prints the document', async (to, words) => {
    await withAzure({}, async (azure) => {
      const ran = await azure.run(['config', 'export', azure.file('good.json', good), '--to', to]);
      expect(ran.code, ran.stderr).toBe(0);
      expect(ran.stdout).toContain(words);
    })();
  });

  test.concurrent(
    'export to an unknown form is wrong usage, with the nearest name',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['config', 'export', azure.file('good.json', good), '--to', 'biceps']);
      expect(ran).toMatchObject({ code: 2, stdout: '' });
      expect(ran.stderr).toContain("'bicep'");
    }),
  );
});

describe('config rehearse', () => {
  test.concurrent(
    'without a CoreDNS it ends with 3 and explains how to get one',
    withAzure({}, async (azure) => {
      const ran = await azure.run([
        'config',
        'rehearse',
        azure.file('good.json', good),
        '--coredns',
        path.join(azure.directory, 'none'),
      ]);
      expect(ran).toMatchObject({ code: 3, stdout: '' });
      expect(ran.stderr).toMatch(/CoreDNS/);
      expect(existsSync(path.join(azure.directory, 'none'))).toBe(false);
    }),
  );

  test.concurrent(
    'an invalid file ends with 10 before CoreDNS is needed',
    withAzure({}, async (azure) => {
      expect(await azure.run(['config', 'rehearse', azure.file('wrong.json', wrong)])).toMatchObject({
        code: 10,
        stdout: '',
      });
    }),
  );
});
