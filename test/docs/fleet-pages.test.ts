import { describe, expect, test } from 'vitest';
import { check } from '../../src/cli/commands/check.ts';
import { exitCodes } from '../../src/core/exit-codes.ts';
import { parseIgnoreFile } from '../../src/domain/checks/ignore/ignore-file.ts';
import { reportFormatNames } from '../../src/report/format.ts';
import { eligibilities } from '../../src/report/prerequisites.ts';
import { checkStatuses } from '../../src/model/check.ts';
import { page, programLines, requireCommandLine } from './support.ts';

const pages = ['fleet-report.md', 'ignoring.md', 'forecast.md', 'pipelines.md'];

function blocks(text: string): readonly string[] {
  return [...text.matchAll(/```\w*\n([\s\S]*?)```/g)].map(([, block]) => block ?? '');
}

/** The cells of a table below a heading, row by row, without its header. */
function rowsUnder(text: string, heading: string): readonly (readonly string[])[] {
  const [, section = ''] = text.split(`\n## ${heading}\n`);
  const lines = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| '));
  return lines.filter((line) => !line.startsWith('| ---')).slice(1).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
}

describe.each(pages)('%s', (name) => {
  const lines = blocks(page(name)).flatMap((block) => programLines(block));

  test('shows valid command lines', async () => {
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) await expect(requireCommandLine(line), line).resolves.toBeUndefined();
  });
});

describe('the page of the fleet report', () => {
  const text = page('fleet-report.md');

  test('names exactly the permissions that the command needs', () => {
    const named = rowsUnder(text, 'Permissions').map(([, right]) => right?.replaceAll('`', '') ?? '');
    expect([...named].sort()).toEqual([...check.permissions].sort());
  });

  test('explains every form, status and eligibility', () => {
    const firsts = (heading: string): readonly string[] => rowsUnder(text, heading).map(([first]) => first?.replaceAll('`', '') ?? '');
    expect([...firsts('Formats')].sort()).toEqual([...reportFormatNames].sort());
    expect(firsts('From rows to pools').filter((word) => word !== 'Eligibility').sort()).toEqual([...checkStatuses, ...eligibilities].sort());
  });

  test('names only existing exit codes', () => {
    const codes = rowsUnder(text, 'Exit codes').flatMap(([first]) => (first ?? '').split(', ').map(Number));
    expect(codes.filter((code) => !exitCodes.some((record) => record.code === code))).toEqual([]);
    expect(codes).toEqual(expect.arrayContaining([0, 10, 11, 130]));
  });

  test('names only existing checks', async () => {
    const { catalogue } = await import('../../src/domain/checks/index.ts');
    const ids = rowsUnder(text, 'Permissions').flatMap(([, , without]) => [...(without ?? '').matchAll(/`([a-z][a-z0-9-]+)`/g)].map(([, id]) => id));
    expect(ids.filter((id) => !catalogue.some((each) => each.id === id))).toEqual([]);
  });
});

describe('the page on ignoring', () => {
  test('shows a file that the program reads, with an entry that covers everything', () => {
    const text = blocks(page('ignoring.md')).find((block) => block.includes('\nignore:')) ?? '';
    const entries = parseIgnoreFile(text, '.aks-localdns-ignore.yaml');
    expect(entries.length).toBeGreaterThan(2);
    expect(entries.some(({ scope }) => scope === undefined)).toBe(true);
    expect(rowsUnder(page('ignoring.md'), 'Ignore findings for a scope and a time: the ignore file').map(([key]) => key?.replaceAll('`', ''))).toEqual(['id', 'scope', 'owner', 'reason', 'expires']);
  });
});
