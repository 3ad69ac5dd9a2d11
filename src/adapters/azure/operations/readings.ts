import { asString, own } from '../../../core/json.ts';
import type { AnswerIds } from '../../../model/azure-error.ts';
import type { NodePool } from '../../../model/node-pool.ts';
import type { OperationError, OperationStatus } from '../../../model/operation.ts';
import type { ArmAnswer } from '../arm/answer.ts';
import { answerWithout, findOperationError } from '../errors/classify.ts';
import { parseDetail } from '../errors/parse.ts';
import { safeText } from '../../../core/redact.ts';

/**
 * Terminal is exactly Succeeded, Failed and Canceled, case-insensitive; any other word is progress. Source: ARM RPC,
 * asynchronous operations.
 */
function stateOf(word: string): OperationStatus['state'] {
  const lower = word.toLowerCase();
  return lower === 'succeeded' || lower === 'failed' || lower === 'canceled' ? lower : 'running';
}

function reading(
  state: OperationStatus['state'],
  text: string,
  source: OperationStatus['source'],
  error: OperationError | undefined,
  ids: AnswerIds | undefined,
): OperationStatus {
  const ended = state === 'failed' || state === 'canceled';
  const shown = ended ? (error ?? { code: '', message: '', details: [] }) : undefined;
  return {
    state,
    text,
    source,
    error: ended ? error : undefined,
    ...(ended && shown !== undefined ? { failure: findOperationError(shown, state, ids) } : {}),
  };
}

/** Reads the status document of an operation. @throws AzureError if the answer is not one. */
export function fromOperation(answer: ArmAnswer): OperationStatus {
  const word = asString(own(answer.body, 'status'));
  if (word === undefined || word === '') throw answerWithout(answer, 'the status of the operation');
  const error = own(answer.body, 'error');
  return reading(
    stateOf(word),
    safeText(word),
    'operation',
    error === undefined || error === null ? undefined : parseDetail(error),
    answer,
  );
}

/** The status as the pool reports it. A pool without a state (never observed) counts as running. */
export function fromPool(pool: NodePool, source: 'cluster' | 'pool'): OperationStatus {
  const word = pool.provisioningState ?? 'Unknown';
  const status = own(pool.properties, 'status');
  const error = own(status, 'provisioningError');
  return reading(
    stateOf(word),
    safeText(word),
    source,
    error === undefined || error === null ? undefined : parseDetail(error),
    pool.answer,
  );
}
