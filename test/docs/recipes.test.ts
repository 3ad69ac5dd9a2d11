import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { documentedDefault, effectiveProfile, readProfile, sameProfile } from '../../src/domain/localdns/index.ts';
import { lintProfile } from '../../src/domain/localdns/lint/index.ts';
import { renderCorefile } from '../../src/domain/localdns/render/index.ts';

const folder = new URL('../../docs/recipes/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
const page = readFileSync(new URL('README.md', folder), 'utf8');

/** The last column of the recipe's row: the rules that `lint` warns about. */
function told(file: string): readonly string[] {
  const row = page.split('\n').find((line) => line.startsWith(`| [${file}]`)) ?? '';
  const last = row.split('|').at(-2)?.trim() ?? '';
  return last === 'none' ? [] : last.split(', ');
}

describe('the recipes', () => {
  test('are at least ten, each with a row', () => {
    expect(files.length).toBeGreaterThanOrEqual(10);
    expect(files.filter((file) => !page.includes(`| [${file}](${file}) |`))).toEqual([]);
  });

  test.each(files)('%s is accepted on add and on update, and differs from the default', (file) => {
    const bytes = readFileSync(new URL(file, folder));
    for (const purpose of ['add', 'update'] as const) expect(readProfile(bytes, purpose).findings).toEqual([]);
    const { profile } = readProfile(bytes, 'add');
    const effective = profile === undefined ? documentedDefault() : effectiveProfile(profile, undefined);
    expect(sameProfile(effective, documentedDefault())).toBe(false);
    expect(renderCorefile(effective)).toContain('health-check.localdns.local');
  });

  test.each(files)('%s has no lint errors, and only the warnings in its row', (file) => {
    const { findings } = lintProfile(readFileSync(new URL(file, folder)), 'add');
    expect(findings.filter(({ severity }) => severity === 'fail')).toEqual([]);
    expect([...new Set(findings.filter(({ severity }) => severity === 'warn').map(({ rule }) => rule))]).toEqual(told(file));
  });
});
