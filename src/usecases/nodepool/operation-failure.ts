import { oneLine } from '../../core/text.ts';
import { AzureError, type AnswerIds } from '../../model/azure-error.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { OperationError, OperationStatus } from '../../model/operation.ts';
import { poolLine } from '../../model/pool-command.ts';
import { inState } from '../../model/pool-state.ts';

function texts(error: OperationError): readonly string[] {
  const own = error.message === '' ? error.code : `${error.code === '' ? '' : `(${error.code}) `}${error.message}`;
  return [own, ...error.details.flatMap(texts)].filter((text) => text !== '');
}

/** Azure's error message, with details that add something. */
function explanation(error: OperationError | undefined): string {
  if (error === undefined) return 'Azure gave no reason.';
  const parts: string[] = [];
  for (const text of texts(error).map(oneLine)) if (!parts.some((earlier) => earlier.includes(text))) parts.push(text);
  return parts.length === 0 ? 'Azure gave no reason.' : parts.join(' ');
}

const fallbackHints = {
  failed:
    'Some nodes may have the new settings and others the old ones. Fix the cause, then run the same command again.',
  canceled:
    'The operation was aborted or replaced by another one. Some nodes may have the new settings and others the old ones; run the same command again.',
} as const;

/** The error for an operation that did not succeed: what it did, Azure's code and message, and what to do. */
export function operationFailure(
  status: OperationStatus,
  doing: string,
  ref: PoolRef,
  ids: AnswerIds | undefined = status.failure,
): AzureError {
  const ended = status.state === 'canceled' ? 'canceled' : 'failed';
  const known = status.failure;
  const how = ended === 'canceled' ? 'was canceled' : 'failed';
  const reason =
    known === undefined ? explanation(status.error) : `(${oneLine(known.azureCode)}) ${oneLine(known.message)}`;
  return new AzureError({
    class: known?.class ?? (ended === 'canceled' ? 'overridden' : 'unknown'),
    azureCode: known?.azureCode ?? status.error?.code ?? (ended === 'canceled' ? 'Canceled' : 'Failed'),
    message: `${doing} ${how}: ${reason}`,
    hints: [...(known?.hints ?? [fallbackHints[ended]]), `Current state of the pool: ${poolLine('show', ref)}`],
    requestId: ids?.requestId,
    correlationId: ids?.correlationId,
    cause: known,
  });
}

/** The same error for a pool that is Failed or Canceled, from the error in the pool. */
export function endedFailure(pool: NodePool, doing: string): AzureError {
  const error = pool.provisioningError;
  const status: OperationStatus = {
    state: inState(pool, 'Canceled') ? 'canceled' : 'failed',
    text: pool.provisioningState ?? '',
    source: 'pool',
    error: error === undefined ? undefined : { code: error.code ?? '', message: error.message ?? '', details: [] },
  };
  return operationFailure(status, doing, pool.ref, pool.answer);
}
