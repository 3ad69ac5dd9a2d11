import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brief } from '../../src/core/text.ts';

describe('a text in brief', () => {
  test.each([
    ['One. Two.', 'One.'],
    ['No end', 'No end'],
    ['Over 1.33 or aka.ms/aks it goes on! And on.', 'Over 1.33 or aka.ms/aks it goes on!'],
    ['two\nlines', 'two lines'],
    ['aaa bbb ccc ddd', 'aaa bbb…'],
    ['aaa bbb, ccc ddd', 'aaa bbb…'],
    ['abcdefghijklmnop', 'abcdefghi…'],
    ['', ''],
  ])('%j is %j', (text, expected) => {
    expect(brief(text, text.startsWith('a') ? 10 : 100)).toBe(expected);
  });

  test('never is longer than told, nor ends in the middle of what fits', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.integer({ min: 5, max: 120 }), (text, most) => {
        expect(brief(text, most).length).toBeLessThanOrEqual(most);
      }),
    );
  });
});
