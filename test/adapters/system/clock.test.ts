import { expect, test } from 'vitest';
import { systemClock } from '../../../src/adapters/system/index.ts';

test('a sleep ends immediately with an interruption when its signal aborts', async () => {
  const controller = new AbortController();
  const asleep = systemClock.sleep(3_600_000, controller.signal);
  controller.abort();
  await expect(asleep).rejects.toMatchObject({ code: 'interrupted', exit: 'interrupted' });
  await expect(systemClock.sleep(1, controller.signal)).rejects.toMatchObject({ code: 'interrupted' });
});

test('a sleep lasts at least as long as requested', async () => {
  const start = systemClock.now();
  await systemClock.sleep(15);
  expect(systemClock.now() - start).toBeGreaterThanOrEqual(14);
});
