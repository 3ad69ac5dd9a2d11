import { describe, expect, test } from 'vitest';
import { TimeLimit } from '../../../src/cli/framework/time-limit.ts';
import { CliError, InterruptedError } from '../../../src/core/errors.ts';
import { TimeOver } from '../../../src/core/wait.ts';
import { ManualClock } from '../../support/manual-clock.ts';

describe('the time limit of --timeout', () => {
  test('interrupts the command after that time, which ends as still waiting', async () => {
    const clock = new ManualClock();
    const limit = new TimeLimit(clock, 60);
    await clock.sleep(59_000);
    expect(limit.signal.aborted).toBe(false);
    await clock.sleep(2000);
    expect(limit.signal.reason).toBeInstanceOf(TimeOver);
    const hints = ['To wait for it: aks-localdns nodepool wait'];
    expect(limit.translate(new InterruptedError(hints))).toMatchObject({
      code: 'timed-out',
      exit: 'waiting',
      message: 'The time limit of --timeout (1m) expired.',
      hints,
    });
    const other = new CliError({ code: 'declined', message: 'No.' });
    expect(limit.translate(other)).toBe(other);
  });

  test('pauses while a question is open', async () => {
    const clock = new ManualClock();
    const limit = new TimeLimit(clock, 60);
    await clock.sleep(50_000);
    await limit.hold(async () => clock.sleep(600_000));
    await clock.sleep(9000);
    expect(limit.signal.aborted).toBe(false);
    await clock.sleep(2000);
    expect(limit.signal.aborted).toBe(true);
  });

  test('has no limit if none is given, and none after the command', async () => {
    const clock = new ManualClock();
    const [unlimited, ended] = [new TimeLimit(clock, undefined), new TimeLimit(clock, 60)];
    ended.stop();
    await clock.sleep(1e9);
    expect([unlimited.signal.aborted, ended.signal.aborted]).toEqual([false, false]);
    expect(ended.translate(new InterruptedError())).toBeInstanceOf(InterruptedError);
  });
});
