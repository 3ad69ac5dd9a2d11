import { describe, expect, test } from 'vitest';
import { parseDestinations, reportOptions } from '../../../src/cli/options/report.ts';
import { writeReports } from '../../../src/cli/report/write.ts';
import { defineCommand } from '../../../src/cli/framework/definition.ts';
import { createRegistry } from '../../../src/cli/framework/registry.ts';
import { reportFormatNames } from '../../../src/report/format.ts';
import { prerequisites, reportFormats } from '../../../src/report/index.ts';
import { fleet } from '../../report/support/fleet.ts';
import { runCli, type FakeMachine } from '../../support/cli.ts';
import { memoryFiles, type FakeFiles } from '../commands/support/files.ts';

const { report } = fleet({ clusters: 3 });

/** A command that makes a report, as small as it can be. */
const registry = createRegistry(
  [
    defineCommand({
      path: ['judge'],
      summary: 'x',
      options: reportOptions,
      examples: [],
      effect: 'none',
      permissions: [],
      run: async (context, args) => {
        const whole = await writeReports(context, prerequisites(report), parseDestinations(args.report), args.force);
        return { value: 'the result', exit: whole ? 'findings' : 'error' };
      },
    }),
  ],
  [],
);

async function run(words: readonly string[], { context }: FakeFiles, more: Partial<FakeMachine> = {}) {
  return runCli(['judge', ...words], { registry, context: () => context, ...more });
}

describe('--report', () => {
  test('lists every format', () => {
    for (const name of reportFormatNames) expect(reportOptions.report.summary).toContain(name);
  });

  test('writes each format to its file, readable for others, with a message', async () => {
    const files = memoryFiles();
    const ran = await run(['--report', 'html=out/report.html', 'csv=fleet.csv', '--report', 'json=report.json'], files);
    expect(ran).toMatchObject({ exit: 10, stdout: '"the result"\n' });
    expect([...files.written.keys()]).toEqual(['out/report.html', 'fleet.csv', 'report.json']);
    expect(files.written.get('fleet.csv')).toEqual({ text: reportFormats.csv(prerequisites(report)), mode: 0o644 });
    expect(ran.stderr).toMatch(
      /^Wrote out\/report\.html \(\d+ bytes\)\.\nWrote fleet\.csv \(\d+ bytes\)\.\nWrote report\.json \(\d+ bytes\)\.\n$/,
    );
  });

  test.each(['pdf=x', 'html', 'html=', 'html=-'])('refuses %s before anything is done', async (word) => {
    const files = memoryFiles();
    expect(await run(['--report', 'md=a.md', word], files)).toMatchObject({ exit: 2, stdout: '' });
    expect(files.written.size).toBe(0);
  });

  test('writes nothing if it is absent', async () => {
    const files = memoryFiles();
    expect(await run([], files)).toMatchObject({ exit: 10, stderr: '' });
    expect(files.written.size).toBe(0);
  });

  test.each([
    ['EACCES', 'permission denied'],
    ['EISDIR', 'it is a directory'],
    ['ENOTDIR', 'part of its path is not a directory'],
    ['ENOSPC', 'no space left on the device'],
    ['EIO', 'EIO'],
  ])(
    'reports a file that cannot be written (%s) in one line, writes the others, prints the result, and ends with an error',
    async (code, why) => {
      const files = memoryFiles({}, { 'report.html': code });
      const ran = await run(['--report', 'html=report.html', 'md=report.md'], files);
      expect(ran).toMatchObject({ exit: 1, stdout: '"the result"\n' });
      expect(ran.stderr).toMatch(
        new RegExp(`^ERROR: --report: report\\.html could not be written: ${why}\\.\\nWrote report\\.md .*\\n$`),
      );
    },
  );

  test('reports it also with --only-show-errors, and as a record', async () => {
    const files = memoryFiles({}, { 'report.html': 'EACCES' });
    const quiet = await run(['--report', 'html=report.html', 'md=report.md', '--only-show-errors'], files);
    expect(quiet.stderr).toBe('ERROR: --report: report.html could not be written: permission denied.\n');
    const records = await run(['--report', 'html=report.html', '--events', 'ndjson'], files);
    expect(JSON.parse(records.stderr)).toMatchObject({ type: 'error', code: 'file-not-written', exitCode: 1 });
  });
});
