import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitsGlob } from '../../src/core/glob.ts';

describe('a glob', () => {
  test('matches like the equivalent regular expression', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'B', '-', '*', '?'), maxLength: 12 });
    fc.assert(
      fc.property(
        word,
        fc.string({ unit: fc.constantFrom('a', 'B', 'b', '-', '*'), maxLength: 12 }),
        (pattern, text) => {
          const regex = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
          expect(fitsGlob(pattern, text)).toBe(regex.test(text));
        },
      ),
    );
  });

  test('with many stars is matched quickly', () => {
    expect(fitsGlob(`${'*a'.repeat(30)}b`, 'a'.repeat(63))).toBe(false);
  });
});
