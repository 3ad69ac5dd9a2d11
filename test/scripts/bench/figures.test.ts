import { describe, expect, test } from 'vitest';
import { depth } from '../../../scripts/bench/depth.ts';
import { countFigure, depthFigure, ratioFigure } from '../../../scripts/bench/figure.ts';
import { spread } from '../../../scripts/bench/statistics.ts';
import { table } from '../../../scripts/bench/table.ts';

describe('the depth of requests', () => {
  test.each([
    ['none', [], 0],
    [
      'all at once',
      [
        [0, 50],
        [1, 51],
        [2, 52],
      ],
      1,
    ],
    [
      'one, then three that need it',
      [
        [0, 50],
        [55, 105],
        [56, 106],
        [57, 110],
      ],
      2,
    ],
    [
      'one after the other',
      [
        [0, 50],
        [51, 101],
        [102, 152],
      ],
      3,
    ],
    [
      'a short one beside two in a row',
      [
        [0, 120],
        [0, 50],
        [55, 105],
      ],
      2,
    ],
    [
      'given out of order',
      [
        [102, 152],
        [0, 50],
        [51, 101],
      ],
      3,
    ],
  ] as const)('%s', (_, intervals, expected) => {
    expect(depth(intervals.map(([start, end]) => ({ start, end })))).toBe(expected);
  });
});

describe('a figure', () => {
  test('a ratio compares neighbours, so that a slow spell of the machine does not count', () => {
    const figure = ratioFigure({ id: 'a', title: 'A', limit: 2 }, [15, 150, 15], [10, 100, 10]);
    expect(figure).toMatchObject({
      measured: { median: 1.5, q1: 1.5, q3: 1.5 },
      held: true,
      milliseconds: 15,
      baselineMilliseconds: 10,
      runs: 3,
    });
  });

  test('a ratio fails if it is above its limit or could not be measured', () => {
    expect(ratioFigure({ id: 'a', title: 'A', limit: 2 }, [21, 21, 21], [10, 10, 10]).held).toBe(false);
    expect(ratioFigure({ id: 'a', title: 'A', limit: 2 }, [Number.NaN], [10]).held).toBe(false);
  });

  test('a count must be within its limit in every run, a depth in the median', () => {
    expect(countFigure({ id: 'a', title: 'A', limit: 4 }, [4, 4, 5]).held).toBe(false);
    expect(depthFigure({ id: 'a', title: 'A', limit: 2 }, [2, 2, 3]).held).toBe(true);
    expect(depthFigure({ id: 'a', title: 'A', limit: 2 }, [3, 2, 3]).held).toBe(false);
  });

  test('quartiles lie between their neighbours', () => {
    expect(spread([4, 1, 3, 2])).toEqual({ median: 2.5, q1: 1.75, q3: 3.25 });
  });

  test('the table names figures over their limit', () => {
    const text = table([
      ratioFigure({ id: 'a', title: 'A', limit: 2 }, [30], [10]),
      countFigure({ id: 'b', title: 'B', limit: 4 }, [4]),
    ]);
    expect(text).toMatch(/^A +3\.00 x +3\.00 x \.\. 3\.00 x +<= 2\.00 x +OVER LIMIT +30 ms \/ 10 ms +1$/m);
    expect(text).toMatch(/^B +4 +4 \.\. 4 +<= 4 +ok +1$/m);
  });
});
