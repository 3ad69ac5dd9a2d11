import { oneLine } from '../../core/text.ts';
import { AzureError } from '../../model/azure-error.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { OperationError, OperationStatus } from '../../model/operation.ts';

function texts(error: OperationError): readonly string[] {
  const own = error.message === '' ? error.code : `${error.code === '' ? '' : `(${error.code}) `}${error.message}`;
  return [own, ...error.details.flatMap(texts)].filter((text) => text !== '');
}

/** Azure's own words, details where they say more. */
function explanation(error: OperationError | undefined): string {
  if (error === undefined) return 'Azure gave no reason.';
  const said: string[] = [];
  for (const text of texts(error).map(oneLine)) if (!said.some((earlier) => earlier.includes(text))) said.push(text);
  return said.length === 0 ? 'Azure gave no reason.' : said.join(' ');
}

const fallbackHints = {
  failed:
    'Nodes may be mixed: some have the new settings, others the old ones. Once the cause is gone, run the same line again.',
  canceled:
    'The operation was aborted, or another took its place. Nodes may be mixed: run the same line again to bring them together.',
} as const;

/** The error that an operation which did not succeed becomes: what it was doing, Azure's code and words, what to do. */
export function operationFailure(status: OperationStatus, doing: string, line: string): AzureError {
  const ended = status.state === 'canceled' ? 'canceled' : 'failed';
  const known = status.failure;
  const how = ended === 'canceled' ? 'was canceled' : 'failed';
  const reason =
    known === undefined ? explanation(status.error) : `(${oneLine(known.azureCode)}) ${oneLine(known.message)}`;
  return new AzureError({
    class: known?.class ?? (ended === 'canceled' ? 'overridden' : 'unknown'),
    azureCode: known?.azureCode ?? status.error?.code ?? (ended === 'canceled' ? 'Canceled' : 'Failed'),
    message: `${doing} ${how}: ${reason}`,
    hints: [...(known?.hints ?? [fallbackHints[ended]]), `The pool as it is now: ${line}`],
    exit: known?.exit ?? 'error',
    requestId: known?.requestId,
    correlationId: known?.correlationId,
    cause: known,
  });
}

/** What a pool that ended Failed or Canceled says of itself, as the last reading of its operation. */
export function endedStatus(pool: NodePool): OperationStatus {
  const error = pool.provisioningError;
  const canceled = pool.provisioningState?.toLowerCase() === 'canceled';
  return {
    state: canceled ? 'canceled' : 'failed',
    text: pool.provisioningState ?? '',
    source: 'pool',
    error: error === undefined ? undefined : { code: error.code ?? '', message: error.message ?? '', details: [] },
  };
}
