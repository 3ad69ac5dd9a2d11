import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorCodes, exitOf } from '../../src/core/error-codes.ts';
import { CliError, UsageError } from '../../src/core/errors.ts';
import { exitCodes } from '../../src/core/exit-codes.ts';
import { noticeCodes } from '../../src/core/notice-codes.ts';

const root = new URL('../../src/', import.meta.url).pathname;
const source = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/core\/(?:error|notice)-codes\.ts$/.test(file))
  .map((file) => readFileSync(path.join(root, file), 'utf8'))
  .join('\n');

/** The text of every call or record that begins with one of these words, up to the end of its first argument. */
function textsAfter(beginning: RegExp): readonly string[] {
  return [...source.matchAll(beginning)].map(({ index }) => source.slice(index, index + 400));
}

const codeIn = (text: string): string | undefined => /\bcode: '([^']+)'/.exec(text)?.[1];
const isGiven = (code: string | undefined): code is string => code !== undefined;

describe.each([
  ['error', errorCodes],
  ['notice', noticeCodes],
])('the %s codes', (_, records) => {
  test('are unique, readable, and described by a sentence', () => {
    const codes = records.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)]);
    for (const { code, meaning } of records) {
      expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      expect(meaning).toMatch(/^[A-Z].*\.$/);
      expect(meaning.length, meaning).toBeLessThan(100);
    }
  });

  test('are all in use', () => {
    const used = ({ code }: { readonly code: string }): boolean =>
      source.includes(`'${code}'`) || source.includes(`'${code.replace(/^azure-/, '')}'`);
    expect(records.filter((record) => !used(record)).map(({ code }) => code)).toEqual([]);
  });
});

describe('no code is created elsewhere', () => {
  test('by an error', () => {
    const known = new Set<string>(errorCodes.map(({ code }) => code));
    const given = textsAfter(/new CliError\(\{|type: 'error'/g)
      .map(codeIn)
      .filter(isGiven);
    expect(given.length).toBeGreaterThan(20);
    expect(given.filter((code) => !known.has(code))).toEqual([]);
  });

  test('by a notice', () => {
    const known = new Set<string>([...noticeCodes, ...errorCodes].map(({ code }) => code));
    const given = textsAfter(/type: 'notice'/g)
      .map(codeIn)
      .filter(isGiven);
    expect(given.length).toBeGreaterThan(10);
    expect(given.filter((code) => !known.has(code))).toEqual([]);
  });

  test('by a cast', () => {
    expect(source).not.toMatch(/\bas (?:ErrorCode|NoticeCode|AzureErrorClass)\b/);
  });
});

describe('the exit code of an error', () => {
  test('is that of its code', () => {
    expect(new CliError({ code: 'pool-not-found', message: 'm' }).exit).toBe('not-found');
    expect(new CliError({ code: 'pool-exists', message: 'm' }).exit).toBe('error');
    expect(new UsageError('m', [], 'query-invalid').exit).toBe('usage');
  });

  test('is one of the list', () => {
    const names = new Set<string>(exitCodes.map(({ name }) => name));
    expect(errorCodes.filter(({ code }) => !names.has(exitOf(code)))).toEqual([]);
  });
});
