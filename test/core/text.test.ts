import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brief, clip, clipMiddle, list, oneLine, shortList } from '../../src/core/text.ts';

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

  test('is never longer than the limit', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.integer({ min: 5, max: 120 }), (text, most) => {
        expect(brief(text, most).length).toBeLessThanOrEqual(most);
      }),
    );
  });
});

describe('a text that is clipped', () => {
  test.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['ab\u{1f600}d', 4, 'ab…'],
    ['', 1, ''],
  ])('%j at %i is %j', (text, max, expected) => {
    expect(clip(text, max)).toBe(expected);
  });

  test('is well-formed, and never longer than the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 50 }), fc.integer({ min: 1, max: 60 }), (text, max) => {
        const clipped = clip(text, max);
        expect([clipped.length <= max, clipped.toWellFormed()]).toEqual([true, clipped]);
      }),
    );
  });
});

test('a name that is clipped keeps its beginning and its end', () => {
  expect(clipMiddle('rg-of-the-platform-team/aks-prod-00017', 21)).toBe('rg-of-the-…prod-00017');
  expect(clipMiddle('short', 5)).toBe('short');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 50 }), fc.integer({ min: 3, max: 60 }), (text, max) => {
      const clipped = clipMiddle(text, max);
      expect([clipped.length <= max, clipped.toWellFormed()]).toEqual([true, clipped]);
    }),
  );
});

test('oneLine can be used with map', () => {
  expect(['a very long text', 'another\none', 'a third'].map(oneLine)).toEqual([
    'a very long text',
    'another one',
    'a third',
  ]);
});

test.each([
  [[], '', ''],
  [['a'], 'a', 'a'],
  [['a', 'b'], 'a and b', 'a and b'],
  [['a', 'b', 'c'], 'a, b and c', 'a, b and 1 more'],
  [['a', 'b', 'c', 'd'], 'a, b, c and d', 'a, b and 2 more'],
])('the list of %j is %j, shortened %j', (words, all, some) => {
  expect([list(words), shortList(words, 2)]).toEqual([all, some]);
});
