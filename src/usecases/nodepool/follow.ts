import { CliError } from '../../core/errors.ts';
import { stillWaiting as stillWaitingFor, waitFor, type Remaining } from '../../core/wait.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { OperationHandle, OperationStatus } from '../../model/operation.ts';
import { operationFailure } from './operation-failure.ts';
import type { PoolDeps } from './pool-deps.ts';

export interface FollowOptions {
  readonly ref: PoolRef;
  /** If undefined, the state of the pool is followed. */
  readonly operation: OperationHandle | undefined;
  /** A description that starts a sentence: `Updating rg/cluster/pool`. */
  readonly doing: string;
  readonly timeoutSeconds?: number | undefined;
  /** The command that continues the wait. */
  readonly continueWith: string;
}

/** The operation continues in Azure when the wait ends. */
export function remaining(continueWith: string): Remaining {
  return { code: 'still-waiting', goesOn: 'the operation continues in Azure', continueWith };
}

export function stillWaiting(doing: string, milliseconds: number, continueWith: string): CliError {
  return stillWaitingFor(doing, milliseconds, remaining(continueWith));
}

const earlyEnds = { timeout: 'still running', interrupted: 'interrupted', error: 'could not be followed' } as const;

/**
 * Follows an operation until it ends, and returns the last reading.
 * @throws CliError `still-waiting` (exit `waiting`) past the timeout, InterruptedError; both with the command that
 * continues.
 */
export async function follow(deps: PoolDeps, options: FollowOptions): Promise<OperationStatus> {
  const { ref, operation, doing, continueWith, timeoutSeconds } = options;
  try {
    return await waitFor<OperationStatus>(deps, {
      ...remaining(continueWith),
      doing,
      task: `${doing}#${String(deps.clock.now())}`,
      timeoutSeconds,
      readings: (deadline) => deps.pools.observe(ref, operation, { signal: deps.signal, deadline }),
      word: ({ text }) => text,
      outcome: ({ state }) => (state === 'running' ? undefined : state === 'succeeded' ? 'succeeded' : 'failed'),
      ended: (end, last) => (end === 'done' ? (last?.state ?? end) : earlyEnds[end]),
    });
  } catch (error) {
    if (!(error instanceof CliError) || (error.exit !== 'waiting' && error.exit !== 'interrupted'))
      deps.emit({
        type: 'notice',
        level: 'warning',
        code: 'operation-goes-on',
        message: `The operation continues in Azure. To wait for it: ${continueWith}`,
      });
    throw error;
  }
}

/** Like `follow`, but throws an error with Azure's code and message unless the operation succeeded. */
export async function followToSuccess(deps: PoolDeps, options: FollowOptions): Promise<void> {
  const status = await follow(deps, options);
  if (status.state !== 'succeeded') throw operationFailure(status, options.doing, options.ref);
}
