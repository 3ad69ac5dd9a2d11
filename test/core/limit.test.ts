import { expect, test } from 'vitest';
import { mapLimited } from '../../src/core/limit.ts';

const turn = async (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

test('results keep the order of the items, and no more than the limit run at once', async () => {
  let [running, most] = [0, 0];
  const found = await mapLimited([3, 1, 2, 5, 4], 2, async (item) => {
    running += 1;
    most = Math.max(most, running);
    for (let each = 0; each < item; each += 1) await turn();
    running -= 1;
    return item * 10;
  });
  expect([found, most]).toEqual([[30, 10, 20, 50, 40], 2]);
});

test('nothing is started after the first failure', async () => {
  const begun: number[] = [];
  const work = mapLimited([1, 2, 3, 4, 5, 6], 2, async (item) => {
    begun.push(item);
    await turn();
    if (item === 2) throw new Error('second');
  });
  await expect(work).rejects.toThrow('second');
  for (let each = 0; each < 10; each += 1) await turn();
  // The next one starts before the failure is noticed.
  expect(begun).toEqual([1, 2, 3, 4]);
});
