import { AzureError, type AnswerIds, type AzureErrorDetails } from '../../../model/azure-error.ts';
import type { OperationError } from '../../../model/operation.ts';
import { connectionRule } from './connection.ts';
import { parseError, type ParsedError } from './parse.ts';
import { safeText } from '../../../core/redact.ts';
import { errorRules } from './rules.ts';
import type { ErrorMatch, ErrorRule } from './rule.ts';

type Judged = Pick<ParsedError, 'code' | 'message' | 'details'>;

/** The error and all its details, outermost first. */
function flatten(error: Judged): readonly Judged[] {
  return [error, ...error.details.flatMap((detail) => flatten(detail))];
}

function includes(codes: readonly string[], code: string): boolean {
  return codes.some((candidate) => candidate.toLowerCase() === code.toLowerCase());
}

function matches(match: ErrorMatch, status: number | undefined, error: Judged): boolean {
  const all = flatten(error);
  const { status: statuses, codes, anyCodes, text } = match;
  if (statuses !== undefined && (status === undefined || !statuses.includes(status))) return false;
  if (codes !== undefined && !includes(codes, error.code)) return false;
  if (anyCodes !== undefined && !all.some((each) => includes(anyCodes, each.code))) return false;
  return text === undefined || all.some((each) => text.test(each.message));
}

/** The first rule of the catalogue that matches. */
export function findRule(status: number | undefined, error: Judged): ErrorRule | undefined {
  return errorRules.find((rule) => matches(rule.match, status, error));
}

/** The parts of a response that an error needs. */
export interface ErrorAnswer extends AnswerIds {
  readonly status: number;
  readonly text: string;
  readonly retryAfterSeconds?: number | undefined;
}

/** The preamble of every Resource Graph error. */
const boilerplate = /^Please provide below info when asking for support/i;

/** The message, with the details if they add information. */
function fullMessage(error: Judged): string {
  const all = flatten(error)
    .map((each) => each.message)
    .filter((text) => text !== '');
  const telling = all.filter((text) => !boilerplate.test(text));
  const texts = telling.length > 0 ? telling : all;
  const messages: string[] = [];
  for (const text of texts) if (!messages.some((earlier) => earlier.includes(text))) messages.push(text);
  return safeText(messages.join(' '));
}

/** An error response from ARM or AKS, classified by the catalogue. */
export function answeredError(answer: ErrorAnswer): AzureError {
  const parsed = parseError(answer.text);
  const common = {
    status: answer.status,
    requestId: answer.requestId,
    correlationId: answer.correlationId,
    retryAfterSeconds: answer.retryAfterSeconds,
  };
  if (!parsed.recognised && answer.text.trim() !== '' && answer.status !== 429)
    return unexpectedAnswer(answer, parsed.message);
  const rule = findRule(answer.status, parsed);
  const message = fullMessage(parsed);
  return new AzureError({
    ...common,
    class: rule?.class ?? (answer.status >= 500 ? 'transient' : 'unknown'),
    azureCode: parsed.code === '' ? `HTTP ${String(answer.status)}` : parsed.code,
    subcode: parsed.subcode,
    target: parsed.target,
    message: message === '' ? `Azure responded with HTTP ${String(answer.status)} and no error message.` : message,
    hints: rule?.hintsFrom?.(message) ?? rule?.hints ?? [],
  });
}

/** A response that is not from ARM: a proxy's page, HTML, invalid JSON. */
export function unexpectedAnswer(answer: ErrorAnswer, page: string): AzureError {
  const shown = page === '' ? '' : `: ${page}`;
  return new AzureError({
    class: 'unexpected',
    azureCode: `HTTP ${String(answer.status)}`,
    status: answer.status,
    message: `The response (HTTP ${String(answer.status)}) did not come from the Azure API, or is invalid${shown}`,
    hints: ['A proxy may have answered instead. Check HTTPS_PROXY and NO_PROXY, or try again later.'],
    requestId: answer.requestId,
    correlationId: answer.correlationId,
    retryAfterSeconds: answer.retryAfterSeconds,
  });
}

/** A success that lacks a required part: it cannot be read, and proves nothing about what exists. */
export function answerWithout(answer: ErrorAnswer, what: string, hints?: readonly string[]): AzureError {
  const empty = answer.text.trim() === '' ? ', an empty response' : '';
  return new AzureError({
    class: 'unexpected',
    azureCode: `HTTP ${String(answer.status)}`,
    status: answer.status,
    message: `The response from Azure does not contain ${what} (HTTP ${String(answer.status)}${empty}).`,
    hints: hints ?? ['A proxy may have changed the response. Check HTTPS_PROXY and NO_PROXY, or try again later.'],
    requestId: answer.requestId,
    correlationId: answer.correlationId,
  });
}

/** A request without a response. `code` is Node's. */
export function connectionError(host: string, code: string, cause?: unknown): AzureError {
  const rule = connectionRule(code);
  return new AzureError({
    class: rule.answered === true ? 'unexpected' : 'connection',
    azureCode: code,
    message: `No response from ${safeText(host)}: ${rule.meaning} (${safeText(code)}).`,
    hints: [rule.hint],
    cause,
  });
}

/**
 * The error that ended an operation, classified by the same catalogue, including details at any depth. `ids` are those
 * of the response that reported it.
 */
export function findOperationError(
  error: OperationError,
  ended: 'failed' | 'canceled',
  ids: AnswerIds = {},
): AzureError {
  const rule = findRule(undefined, error);
  const fallback: Pick<AzureErrorDetails, 'class' | 'hints'> =
    ended === 'canceled'
      ? {
          class: 'overridden',
          hints: [
            'The operation was canceled, so nodes may have different settings. Run the same command again to make them consistent.',
          ],
        }
      : {
          class: 'unknown',
          hints: ['Some nodes may be updated and others not. Fix the cause, then run the same command again.'],
        };
  const message = fullMessage(error);
  return new AzureError({
    class: rule?.class ?? fallback.class,
    azureCode: error.code === '' ? (ended === 'canceled' ? 'Canceled' : 'Failed') : error.code,
    message:
      message === ''
        ? `The operation ${ended === 'canceled' ? 'was canceled' : 'failed'}. Azure gave no reason.`
        : message,
    hints: rule?.hintsFrom?.(message) ?? rule?.hints ?? fallback.hints,
    requestId: ids.requestId,
    correlationId: ids.correlationId,
  });
}
