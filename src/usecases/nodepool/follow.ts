import { CliError, InterruptedError } from '../../core/errors.ts';
import { duration, oneLine } from '../../core/text.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { OperationHandle, OperationStatus } from '../../model/operation.ts';
import { operationFailure } from './operation-failure.ts';
import type { PoolWork } from './work.ts';

export interface FollowOptions {
  readonly ref: PoolRef;
  /** Without one the pool's own state is followed. */
  readonly operation: OperationHandle | undefined;
  /** What is going on, as the begin of a sentence: `Updating rg/cluster/pool`. */
  readonly doing: string;
  readonly timeoutSeconds?: number | undefined;
  /** The line that goes on waiting. */
  readonly continueWith: string;
}

/** A wait speaks at least so often, even where Azure's words stay the same. */
const speakEveryMs = 30_000;

export function stillWaiting(doing: string, waited: number, continueWith: string): CliError {
  return new CliError({
    code: 'still-waiting',
    message: `${doing} has not ended after ${duration(waited / 1000)}; the operation in Azure goes on.`,
    hints: [`To go on waiting: ${continueWith}`],
  });
}

export function interrupted(continueWith: string): InterruptedError {
  return new InterruptedError([`The operation in Azure goes on. To wait for it: ${continueWith}`]);
}

/** Tells the readings of an operation as they come, each change and at least every 30 s. */
async function tellReadings(
  work: PoolWork,
  options: FollowOptions,
  task: string,
  deadline: number | undefined,
): Promise<OperationStatus | undefined> {
  const { ref, operation, doing } = options;
  const started = work.clock.now();
  let last: OperationStatus | undefined;
  let spoken = started;
  for await (const status of work.pools.observe(ref, operation, { signal: work.signal, deadline })) {
    const now = work.clock.now();
    if (status.state === 'running' && (status.text !== last?.text || now - spoken >= speakEveryMs)) {
      work.emit({
        type: 'task.progress',
        task,
        message: `${doing}: ${oneLine(status.text)} (${duration((now - started) / 1000)})`,
      });
      spoken = now;
    }
    last = status;
  }
  return last;
}

/**
 * Follows an operation until it ends and returns its last reading, whatever it is.
 * @throws CliError `still-waiting` (exit `waiting`) past the timeout, InterruptedError; both with the line that
 * continues.
 */
export async function follow(work: PoolWork, options: FollowOptions): Promise<OperationStatus> {
  const { doing, continueWith, timeoutSeconds } = options;
  const started = work.clock.now();
  const deadline = timeoutSeconds === undefined ? undefined : started + timeoutSeconds * 1000;
  const task = `${doing}#${String(started)}`;
  const finish = (outcome: 'succeeded' | 'failed' | 'stopped', how: string): void => {
    work.emit({
      type: 'task.finished',
      task,
      outcome,
      message: `${doing}: ${how} after ${duration((work.clock.now() - started) / 1000)}`,
    });
  };
  work.emit({ type: 'task.started', task, message: doing });
  let last: OperationStatus | undefined;
  try {
    last = await tellReadings(work, options, task, deadline);
  } catch (error) {
    if (error instanceof InterruptedError) {
      finish('stopped', 'interrupted');
      throw interrupted(continueWith);
    }
    finish('failed', 'could not be followed');
    work.emit({
      type: 'notice',
      level: 'warning',
      code: 'operation-goes-on',
      message: `The operation in Azure goes on. To wait for it: ${continueWith}`,
    });
    throw error;
  }
  if (last === undefined || last.state === 'running') {
    finish('stopped', 'still running');
    throw stillWaiting(doing, work.clock.now() - started, continueWith);
  }
  finish(last.state === 'succeeded' ? 'succeeded' : 'failed', last.state);
  return last;
}

/** The same, and anything but success is an error with Azure's code and words. */
export async function followToSuccess(work: PoolWork, options: FollowOptions): Promise<void> {
  const status = await follow(work, options);
  if (status.state !== 'succeeded') throw operationFailure(status, options.doing, options.ref);
}
