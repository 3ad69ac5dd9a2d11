import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GraphQuota } from '../../../../../src/adapters/azure/fleet/graph/quota.ts';
import { ManualClock } from '../../../../support/manual-clock.ts';

const never = new AbortController().signal;

describe('the quota of Resource Graph', () => {
  test('never sends more than 15 queries in 5 seconds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 50 }), async (delays) => {
        const clock = new ManualClock(0);
        const quota = new GraphQuota(clock);
        const sent: number[] = [];
        await Promise.all(
          delays.map(async (delay) => {
            await clock.sleep(delay);
            await quota.take(never);
            sent.push(clock.now());
          }),
        );
        for (const time of sent)
          expect(sent.filter((other) => other >= time && other < time + 5000).length).toBeLessThanOrEqual(15);
      }),
      { numRuns: 15 },
    );
  });

  test('uses the remainder in the answers, since other programs share it', async () => {
    const clock = new ManualClock(0);
    const quota = new GraphQuota(clock);
    const turn = async (headers: Readonly<Record<string, string>>): Promise<number> => {
      const before = clock.now();
      quota.heed(headers);
      await quota.take(never);
      return clock.now() - before;
    };
    expect(await turn({ 'x-ms-user-quota-remaining': '3', 'x-ms-user-quota-resets-after': '00:00:05' })).toBe(0);
    expect(await turn({ 'x-ms-user-quota-remaining': '0', 'x-ms-user-quota-resets-after': '00:01:03' })).toBe(63_000);
    expect(await turn({ 'x-ms-user-quota-remaining': '0' })).toBe(5000);
    expect(await turn({})).toBe(0);
  });

  test('is not waited for once interrupted', async () => {
    const quota = new GraphQuota(new ManualClock(0));
    quota.block(3600);
    const stop = new AbortController();
    stop.abort();
    await expect(quota.take(stop.signal)).rejects.toMatchObject({ code: 'interrupted' });
  });
});
