import { describe, expect, test } from 'vitest';
import { commands, groups } from '../../../../src/cli/commands/index.ts';
import { createRegistry } from '../../../../src/cli/framework/registry.ts';
import {
  diffReports,
  prerequisites,
  renderDiffMarkdown,
  renderDiffTable,
  reportFormats,
} from '../../../../src/report/index.ts';
import { fleet } from '../../../report/support/fleet.ts';
import { runCli, unpainted, type FakeMachine } from '../../../support/cli.ts';
import { memoryFiles } from '../support/files.ts';

const registry = createRegistry(commands, groups);
const older = fleet({ clusters: 4 }).report;
const newer = fleet({ clusters: 6 }).report;
const diff = diffReports(older, newer);
const there = {
  'old.json': reportFormats.json(prerequisites(older)),
  'new.json': reportFormats.json(prerequisites(newer)),
  '-': reportFormats.json(prerequisites(newer)),
  'other.json': '{}',
};

async function run(words: readonly string[], more: Partial<FakeMachine> = {}) {
  return runCli(['report', 'diff', ...words], { registry, context: () => memoryFiles(there).context, ...more });
}

describe('report diff', () => {
  test('prints what changed: as data, for a change request, and for a terminal', async () => {
    expect(diff.changed).toBe(true);
    expect(JSON.parse((await run(['old.json', 'new.json'])).stdout)).toEqual(JSON.parse(JSON.stringify(diff)));
    expect((await run(['old.json', '-', '-o', 'md'])).stdout).toBe(renderDiffMarkdown(diff));
    // Wide enough that no command is continued on another line.
    const ran = await run(['old.json', 'new.json'], { terminals: { stdout: true }, columns: 300 });
    expect(unpainted(ran.stdout)).toBe(renderDiffTable(diff, { width: 300 }));
  });

  test('ends with 12 on request if anything changed', async () => {
    expect((await run(['old.json', 'new.json'])).exit).toBe(0);
    expect((await run(['old.json', 'new.json', '--detailed-exitcode'])).exit).toBe(12);
    expect((await run(['old.json', 'old.json', '--detailed-exitcode'])).exit).toBe(0);
  });

  test.each([
    [['-', '-'], 2, 'Only one'],
    [['old.json'], 2, 'NEW.json'],
    [['old.json', 'missing.json'], 3, 'missing.json does not exist'],
    [['other.json', 'new.json'], 1, 'other.json is not a prerequisite report'],
    [['old.json', 'new.json', 'more.json'], 2, 'unrecognized arguments: more.json'],
  ])('%j ends with %i and the reason', async (words, exit, why) => {
    const ran = await run(words);
    expect(ran).toMatchObject({ exit, stdout: '' });
    expect(ran.stderr).toContain(why);
  });
});
