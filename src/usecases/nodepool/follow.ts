import { CliError } from '../../core/errors.ts';
import { stillWaiting as stillWaitingFor, waitFor, type Remaining } from '../../core/wait.ts';
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

/** Azure's operation does not end with our wait. */
export function remaining(continueWith: string): Remaining {
  return { code: 'still-waiting', goesOn: 'the operation in Azure goes on', continueWith };
}

export function stillWaiting(doing: string, milliseconds: number, continueWith: string): CliError {
  return stillWaitingFor(doing, milliseconds, remaining(continueWith));
}

const earlyEnds = { timeout: 'still running', interrupted: 'interrupted', error: 'could not be followed' } as const;

/**
 * Follows an operation until it ends and returns its last reading, whatever it is.
 * @throws CliError `still-waiting` (exit `waiting`) past the timeout, InterruptedError; both with the line that
 * continues.
 */
export async function follow(work: PoolWork, options: FollowOptions): Promise<OperationStatus> {
  const { ref, operation, doing, continueWith, timeoutSeconds } = options;
  try {
    return await waitFor<OperationStatus>(work, {
      ...remaining(continueWith),
      doing,
      task: `${doing}#${String(work.clock.now())}`,
      timeoutSeconds,
      readings: (deadline) => work.pools.observe(ref, operation, { signal: work.signal, deadline }),
      word: ({ text }) => text,
      outcome: ({ state }) => (state === 'running' ? undefined : state === 'succeeded' ? 'succeeded' : 'failed'),
      ended: (end, last) => (end === 'done' ? (last?.state ?? end) : earlyEnds[end]),
    });
  } catch (error) {
    if (!(error instanceof CliError) || (error.exit !== 'waiting' && error.exit !== 'interrupted'))
      work.emit({
        type: 'notice',
        level: 'warning',
        code: 'operation-goes-on',
        message: `The operation in Azure goes on. To wait for it: ${continueWith}`,
      });
    throw error;
  }
}

/** The same, and anything but success is an error with Azure's code and words. */
export async function followToSuccess(work: PoolWork, options: FollowOptions): Promise<void> {
  const status = await follow(work, options);
  if (status.state !== 'succeeded') throw operationFailure(status, options.doing, options.ref);
}
