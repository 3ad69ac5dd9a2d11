import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { regexTest } from '../../src/simulator/graph/regex.ts';

describe('a regular expression of a query', () => {
  test('with any number of stars is matched without backtracking', () => {
    const matches = regexTest(`(?i)^${'.*'.repeat(100)}x$`);
    expect([matches?.('a'.repeat(63)), matches?.(`${'a'.repeat(62)}X`)]).toEqual([false, true]);
    expect(regexTest(`^${'a.*'.repeat(40)}x$`)?.('a'.repeat(1000))).toBe(false);
  });

  test('matches the same texts as in JavaScript', () => {
    const part = fc.constantFrom('a', 'B', '-', '.', '.*');
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 5 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'A', '-'), maxLength: 8 }),
        fc.boolean(),
        (parts, text, fold) => {
          const body = `^${parts.join('')}$`;
          expect(regexTest(`${fold ? '(?i)' : ''}${body}`)?.(text)).toBe(new RegExp(body, fold ? 'i' : '').test(text));
        },
      ),
    );
  });

  test.each(['aks', '^a', 'a$', '^(a|b)$', '^a+$', '^\\w$', '^[ab]$', '^a*$', '^(a+)+$', '^(a)\\1$', '('])(
    '%s is refused as unsupported',
    (pattern) => {
      expect(regexTest(pattern)).toBeUndefined();
    },
  );
});
