import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentedDefault, profileForRequest } from '../../src/domain/localdns/index.ts';
import { coreDnsMissing, coreDnsProgram } from '../support/coredns.ts';
import { value, withAzure, type Rig } from '../support/e2e.ts';

const good = `${JSON.stringify(profileForRequest(documentedDefault()), null, 2)}\n`;
const names = ['--names', 'www.example.com', 'kubernetes.default.svc.cluster.local', 'a.b.c.d.internal.cloudapp.net'];

/** Has its own name, because other tests run the same program. */
async function programIn(azure: Rig): Promise<string> {
  const file = path.join(azure.directory, 'coredns');
  symlinkSync(await coreDnsProgram('1.14.3'), file);
  return file;
}

function running(program: string): string {
  try {
    return execFileSync('pgrep', ['-f', `^${program} `], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

describe.skipIf(coreDnsMissing !== undefined)(
  `config rehearse with a real CoreDNS${coreDnsMissing === undefined ? '' : ` (skipped: ${coreDnsMissing})`}`,
  () => {
    test('shows who answered each name, and that explain agrees with CoreDNS', { timeout: 600_000 }, async () => {
      await withAzure({}, async (azure) => {
        const program = await programIn(azure);
        const ran = await azure.run([
          'config',
          'rehearse',
          azure.file('good.json', good),
          ...names,
          '--outage',
          '2s',
          '--coredns',
          program,
        ]);
        expect(ran.code, ran.stderr).toBe(0);
        const report = value(ran);
        expect(report).toMatchObject({ schemaVersion: 1, outageSeconds: 2, differences: [] });
        azure.file('list', '# what we ask for\nwww.example.com\n\nwww.example.org # and this\n');
        const listed = await azure.run([
          'config',
          'rehearse',
          'good.json',
          '--names',
          'list',
          '--coredns',
          program,
          '--query',
          'names[].name',
          '-o',
          'json',
        ]);
        expect([...new Set(value(listed) as readonly string[])]).toEqual(['www.example.com.', 'www.example.org.']);
        const text = await azure.run([
          'config',
          'rehearse',
          azure.file('good.json', good),
          ...names,
          '--coredns',
          program,
          '-o',
          'table',
        ]);
        expect(text.stdout).toMatch(/www\.example\.com[\s\S]*Cache/);
        expect(azure.seen).toEqual([]);
        expect(running(program)).toBe('');
      })();
    });

    test('Ctrl-C ends it with 130, and ends CoreDNS too', { timeout: 600_000 }, async () => {
      await withAzure({}, async (azure) => {
        const program = await programIn(azure);
        const child = azure.start([
          'config',
          'rehearse',
          azure.file('good.json', good),
          ...names,
          '--outage',
          '30s',
          '--coredns',
          program,
        ]);
        while (running(program) === '') await new Promise((resolve) => setTimeout(resolve, 50));
        child.kill('SIGINT');
        expect((await child.ended).code).toBe(130);
        expect(running(program)).toBe('');
      })();
    });
  },
);
