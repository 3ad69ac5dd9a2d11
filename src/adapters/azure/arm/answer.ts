import { asString, isJsonObject, own, parseJson, type JsonObject, type JsonValue } from '../../../core/json.ts';
import type { AnswerIds, AzureError } from '../../../model/azure-error.ts';
import { answeredError, answerWithout, unexpectedAnswer } from '../errors/classify.ts';
import { parseError } from '../errors/parse.ts';

/** One ARM response. */
export interface ArmAnswer extends AnswerIds {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Undefined if the text is empty or not JSON. */
  readonly body: JsonValue | undefined;
  /** The value of Retry-After or a related header, in seconds; undefined if absent or invalid. */
  readonly retryAfterSeconds: number | undefined;
}

/**
 * Retry-After as seconds or a date, and Azure's variants in milliseconds. Source: RFC 9110 10.2.3; Azure SDK core,
 * throttling.
 */
function retryAfter(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  for (const name of ['retry-after-ms', 'x-ms-retry-after-ms']) {
    const milliseconds = Number(headers[name] ?? 'none');
    if (Number.isFinite(milliseconds) && milliseconds >= 0) return milliseconds / 1000;
  }
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000);
}

/** `00:00:05` as seconds. Source: Resource Graph docs, throttling headers. */
export function resetsAfter(headers: Readonly<Record<string, string>>): number | undefined {
  const [, hours, minutes, seconds] =
    /^\s*(\d{1,2}):(\d{1,2}):(\d{1,2}(?:\.\d+)?)\s*$/.exec(headers['x-ms-user-quota-resets-after'] ?? '') ?? [];
  return seconds === undefined ? undefined : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** Ids are GUIDs, some with a region and a time. Anything else in a header is ignored. */
const idShape = /^(?:[\w-]{1,40}:){0,3}(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\w-]{1,20})$/i;

function idAt(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  const id = headers[name]?.trim();
  return id !== undefined && idShape.test(id) ? id : undefined;
}

export function readAnswer(
  status: number,
  headers: Readonly<Record<string, string>>,
  text: string,
  now: number,
): ArmAnswer {
  return {
    status,
    headers,
    text,
    body: parseJson(text),
    requestId: idAt(headers, 'x-ms-request-id'),
    correlationId: idAt(headers, 'x-ms-correlation-request-id'),
    // Resource Graph's 429 has its own header.
    retryAfterSeconds: retryAfter(headers, now) ?? (status === 429 ? resetsAfter(headers) : undefined),
  };
}

export function idsOf({ requestId, correlationId }: ArmAnswer): AnswerIds {
  return { requestId, correlationId };
}

function succeeded(answer: ArmAnswer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/**
 * The error in an answer; undefined for a success. A success status with a body that is not JSON did not come from ARM.
 */
export function errorOf(answer: ArmAnswer): AzureError | undefined {
  if (!succeeded(answer)) return answeredError(answer);
  if (answer.text.trim() !== '' && answer.body === undefined)
    return unexpectedAnswer(answer, parseError(answer.text).message);
  return undefined;
}

export function stringAt(answer: ArmAnswer, key: string): string | undefined {
  return asString(own(answer.body, key));
}

/**
 * The entries of a list that an answer must contain; `whole` says whether an entry has its required members.
 * @throws AzureError if there is no such list: only `[]` is an empty list.
 */
export function entriesOf(
  answer: ArmAnswer,
  key: string,
  whole: (entry: JsonObject) => boolean = () => true,
): readonly JsonObject[] {
  const list: unknown = own(answer.body, key);
  if (!Array.isArray(list)) throw answerWithout(answer, `the list '${key}'`);
  if (list.every((entry: unknown): entry is JsonObject => isJsonObject(entry) && whole(entry))) return list;
  throw answerWithout(answer, `a required part of an entry in the list '${key}'`);
}

/** The text at a key, undefined if there is none. @throws AzureError if it is not a text: more pages may exist. */
export function linkAt(answer: ArmAnswer, key: string): string | undefined {
  const link = own(answer.body, key) ?? '';
  if (typeof link !== 'string') throw answerWithout(answer, `a readable '${key}'`);
  return link === '' ? undefined : link;
}
