import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { exitCodes, type ExitCodeRecord } from '../../src/core/exit-codes.ts';

const root = new URL('../../src/', import.meta.url).pathname;
const source = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(path.join(root, file), 'utf8'))
  // The table itself gives no code.
  .map((text) => text.slice(Math.max(0, text.indexOf('as const satisfies readonly ExitCodeRecord[]'))))
  .join('\n');

describe('the exit codes', () => {
  test('have unique numbers and names', () => {
    expect(new Set(exitCodes.map(({ code }) => code)).size).toBe(exitCodes.length);
    expect(new Set(exitCodes.map(({ name }) => name)).size).toBe(exitCodes.length);
  });

  test.each(exitCodes.filter((record: ExitCodeRecord) => record.reserved !== true).map(({ name }) => name))(
    '%s is used by a command, or marked as reserved',
    (name) => {
      expect(source).toContain(`'${name}'`);
    },
  );
});
