import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Demand, waves } from '../../../../src/domain/checks/capacity/demand.ts';

const demandOf = (needs: readonly number[]): Demand => {
  const demand = new Demand();
  for (const need of needs) demand.add(need, 4);
  return demand;
};

/** How many fit, one after another, in this order. */
function fit(needs: readonly number[], left: number): number {
  let [rest, fitting] = [left, 0];
  for (const need of needs) {
    if (need > rest) break;
    rest -= need;
    fitting += 1;
  }
  return fitting;
}

test('the number of fitting pools is the same as when they are added one by one, largest or smallest first', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 15 }),
      fc.integer({ min: 0, max: 120 }),
      (needs, left) => {
        const ascending = [...needs].sort((one, other) => one - other);
        expect(demandOf(needs).fitting(left)).toEqual({
          any: fit([...ascending].reverse(), left),
          smallest: fit(ascending, left),
          oneNode: needs.length > 0 && left >= 4,
        });
        expect(demandOf(needs).amount).toBe(needs.reduce((sum, need) => sum + need, 0));
      },
    ),
  );
});

test('the advice says how many pools fit', () => {
  expect(waves(demandOf([4, 4, 8]).fitting(12))).toBe('Roll out in waves: any 2 of these pools fit at once');
  expect(waves(demandOf([4, 4, 8]).fitting(8))).toBe('Roll out in waves: any one of these pools fits at once');
  expect(waves(demandOf([4, 4, 8]).fitting(4))).toBe(
    'Roll out in waves: the largest of these pools does not fit even alone, but 1 of the smallest does',
  );
  expect(waves(demandOf([8, 12]).fitting(7))).toBe(
    'None of these pools fits with its current surge. Lower the surge if one node fits (--max-surge 1), otherwise ' +
      'replace nodes without surge nodes (--max-surge 0 --max-unavailable 1), which makes a pool one node smaller ' +
      'meanwhile',
  );
  for (const left of [0, 3])
    expect(waves(demandOf([8, 12]).fitting(left))).toMatch(
      /^Not even one surge node fits: replace nodes without surge nodes \(--max-surge 0 --max-unavailable 1\)/,
    );
});
