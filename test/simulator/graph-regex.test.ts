import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { regexTest } from '../../src/simulator/graph/regex.ts';

describe('a regular expression of a query', () => {
  test('with any number of stars between its ends is matched without going back', () => {
    const test = regexTest(`(?i)^${'.*'.repeat(100)}x$`);
    expect([test?.('a'.repeat(63)), test?.(`${'a'.repeat(62)}X`)]).toEqual([false, true]);
    expect(regexTest(`^${'a.*'.repeat(40)}x$`)?.('a'.repeat(1000))).toBe(false);
  });

  test('of that kind means what JavaScript means by it', () => {
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

  test.each(['^(a|b)c?$', 'aks-\\w+', '^a{2}b*c+$', '(?:ab)+', '[*+(]{2}', '\\(a\\)*', '(a?)b'])(
    '%s is taken',
    (pattern) => {
      expect(regexTest(pattern)).toBeDefined();
    },
  );

  test.each([
    '(a+)+',
    '(a|a)*x',
    '((a?)b)*',
    '(?:(x*))+y',
    '(a*){9}',
    'a*a*a*a*b',
    '(?=a)',
    '(a)\\1',
    '(',
    `^${'a'.repeat(300)}$`,
  ])('%s is refused', (pattern) => {
    expect(regexTest(pattern)).toBeUndefined();
  });
});
