import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { at } from '../../src/core/json.ts';
import { sample } from '../../src/simulator/index.ts';
import { cluster, edge, value, withAzure, type Rig } from '../support/e2e.ts';

/** The result of check, saved as a file. */
async function saved(azure: Rig, name: string, words: readonly string[]): Promise<string> {
  const ran = await azure.run(['check', ...words, '-o', 'json', '--fail-on', 'none']);
  if (ran.stdout === '') throw new Error(ran.stderr);
  return azure.file(name, ran.stdout);
}

describe('report convert', () => {
  test.concurrent(
    'writes a saved report in every form, without Azure, to a pipe and to a file',
    withAzure({}, async (azure) => {
      const report = await saved(azure, 'report.json', cluster);
      const asked = azure.seen.length;
      const beginnings = {
        md: /^# LocalDNS/,
        html: /^<!doctype html>/i,
        junit: /^<\?xml /,
        csv: /^\ufeff?"?Record/,
        json: /^\{\n/,
        'github-summary': /LocalDNS/,
        table: /LocalDNS prerequisites of/,
      } as const;
      for (const [format, beginning] of Object.entries(beginnings)) {
        const ran = await azure.run(['report', 'convert', report, '--to', format]);
        expect(ran, format).toMatchObject({ code: 0, stderr: '' });
        expect(ran.stdout, format).toMatch(beginning);
      }
      const html = await azure.run(['report', 'convert', report, '--to', 'html']);
      const written = await azure.run(['report', 'convert', '-', '--to', 'html', '--out', 'pages/report.html'], {
        input: readFileSync(report),
      });
      expect(written).toMatchObject({ code: 0, stdout: '' });
      const page = path.join(azure.directory, 'pages', 'report.html');
      expect(readFileSync(page, 'utf8')).toBe(html.stdout);
      expect(statSync(page).mode & 0o777).toBe(0o644);
      expect(azure.seen).toHaveLength(asked);
    }),
  );

  test.concurrent(
    'of JSON to JSON gives the same report; masked, it names no subscription',
    withAzure({}, async (azure) => {
      const report = await saved(azure, 'report.json', cluster);
      const same = await azure.run(['report', 'convert', report, '--to', 'json']);
      expect(value(same)).toEqual(JSON.parse(readFileSync(report, 'utf8')));
      for (const format of ['json', 'md', 'html', 'csv', 'junit']) {
        const masked = await azure.run(['report', 'convert', report, '--to', format, '--mask-ids']);
        expect(masked.code, masked.stderr).toBe(0);
        expect(masked.stdout, format).not.toContain(sample.subscriptionId);
        expect(masked.stdout, format).toContain(`${sample.subscriptionId.slice(0, 8)}-`);
      }
    }),
  );

  test.concurrent(
    'ends with 1 for a file that is not a report, and with 3 for a missing file',
    withAzure({}, async (azure) => {
      expect(
        await azure.run(['report', 'convert', azure.file('x.json', '{"schemaVersion":"1.0"}'), '--to', 'md']),
      ).toMatchObject({ code: 1, stdout: '' });
      expect(await azure.run(['report', 'convert', 'nowhere.json', '--to', 'md'])).toMatchObject({
        code: 3,
        stdout: '',
      });
    }),
  );
});

describe('report diff', () => {
  test.concurrent(
    'shows the changes between two reports, and ends with 12 if requested',
    withAzure({}, async (azure) => {
      const [before, after] = [await saved(azure, 'before.json', cluster), await saved(azure, 'after.json', edge)];
      const changed = await azure.run(['report', 'diff', before, after, '--detailed-exitcode']);
      expect(changed.code, changed.stderr).toBe(12);
      expect(at(value(changed), 'changed')).toBe(true);
      const same = await azure.run(['report', 'diff', before, '-', '--detailed-exitcode', '-o', 'md'], {
        input: readFileSync(before),
      });
      expect(same.code, same.stderr).toBe(0);
      expect(same.stdout).toMatch(/^# LocalDNS prerequisites: what changed\n/);
      const table = await azure.terminal(['report', 'diff', before, after]).ended;
      expect(table.code).toBe(0);
      expect(table.text).toMatch(/Node pools: .* added/);
    }),
  );
});
