import { describe, expect, test } from 'vitest';
import { commands, groups } from '../../../../src/cli/commands/index.ts';
import { createRegistry } from '../../../../src/cli/framework/registry.ts';
import { reportFormatNames } from '../../../../src/report/format.ts';
import { prerequisites, reportFormats } from '../../../../src/report/index.ts';
import { fleet } from '../../../report/support/fleet.ts';
import { runCli, unpainted, type FakeMachine } from '../../../support/cli.ts';
import { memoryFiles, type FakeFiles } from '../support/files.ts';

const registry = createRegistry(commands, groups);
const { report } = fleet({ clusters: 4 });
const saved = reportFormats.json(prerequisites(report));

async function run(
  words: readonly string[],
  files: FakeFiles = memoryFiles({ 'report.json': saved, '-': saved }),
  more: Partial<FakeMachine> = {},
) {
  return runCli(['report', 'convert', ...words], { registry, context: () => files.context, ...more });
}

describe('report convert', () => {
  test.each(reportFormatNames.filter((format) => format !== 'table'))('prints %s as it is', async (format) => {
    expect(await run(['report.json', '--to', format])).toEqual({
      exit: 0,
      stdout: reportFormats[format](prerequisites(report)),
      stderr: '',
      endedNow: [],
      contexts: 1,
    });
  });

  test('prints the table at the width of the terminal', async () => {
    const ran = await run(['-', '--to', 'table'], undefined, { terminals: { stdout: true }, columns: 100 });
    expect(unpainted(ran.stdout)).toBe(reportFormats.table(prerequisites(report), { width: 100 }));
  });

  test("prints data with -o and --query, but not because of the Azure CLI's output setting", async () => {
    expect((await run(['report.json', '--to', 'csv'], undefined, { settings: { output: 'yaml' } })).stdout).toBe(
      reportFormats.csv(prerequisites(report)),
    );
    expect((await run(['report.json', '--to', 'csv', '--query', 'counts.fail'])).stdout).toBe(
      `${String(report.counts.fail)}\n`,
    );
    expect(JSON.parse((await run(['report.json', '--to', 'csv', '-o', 'json'])).stdout)).toEqual(JSON.parse(saved));
  });

  test.each(['-', '/dev/stdout'])('uses standard output for --out %s', async (out) => {
    const ran = await run(['report.json', '--to', 'md', '--out', out]);
    expect(ran).toMatchObject({ exit: 0, stdout: reportFormats.md(prerequisites(report)), stderr: '' });
  });

  test('writes a file for others to read, and prints nothing', async () => {
    const files = memoryFiles({ 'report.json': saved });
    const ran = await run(['report.json', '--to', 'html', '--out', 'page.html'], files);
    expect(ran).toMatchObject({
      exit: 0,
      stdout: '',
      stderr: expect.stringMatching(/^Wrote page\.html \(\d+ bytes\)\.\n$/) as unknown,
    });
    expect(files.written.get('page.html')).toEqual({ text: reportFormats.html(prerequisites(report)), mode: 0o644 });
  });

  test.each(reportFormatNames)('masks the ids of subscriptions in %s', async (format) => {
    const ids = report.pools.map(({ subscriptionId }) => subscriptionId);
    const ran = await run(['report.json', '--to', format, '--mask-ids']);
    expect(ran.exit).toBe(0);
    expect(ids.filter((id) => ran.stdout.toLowerCase().includes(id))).toEqual([]);
    expect(
      (await run(['report.json', '--to', 'json', '--mask-ids', '--query', 'pools[].subscriptionId'])).stdout,
    ).not.toContain(ids[0] ?? 'none');
  });

  test.each([
    [['missing.json', '--to', 'md'], 3, 'missing.json does not exist'],
    [['other.json', '--to', 'md'], 1, 'other.json is not a prerequisite report'],
    [['newer.json', '--to', 'md'], 1, 'schemaVersion 2.0'],
    [['report.json'], 2, '--to'],
    [['report.json', '--to', 'pdf'], 2, 'invalid choice'],
    [['--to', 'md'], 2, 'IN.json'],
    [['report.json', '--to', 'md', '--out', 'closed.md'], 1, 'closed.md could not be written: permission denied'],
  ])('%j ends with %i and the reason', async (words, exit, why) => {
    const files = memoryFiles(
      {
        'report.json': saved,
        'other.json': '[]',
        'newer.json': saved.replace('"schemaVersion": "1.0"', '"schemaVersion": "2.0"'),
      },
      { 'closed.md': 'EACCES' },
    );
    const ran = await run(words, files);
    expect(ran).toMatchObject({ exit, stdout: '' });
    expect(ran.stderr).toContain(why);
  });
});
