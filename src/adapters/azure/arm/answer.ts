import { asString, own, parseJson, type JsonValue } from '../../../core/json.ts';
import type { AzureError } from '../../../model/azure-error.ts';
import { answeredError, unexpectedAnswer } from '../errors/classify.ts';
import { parseError } from '../errors/parse.ts';

/** One answer of ARM's. */
export interface ArmAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Undefined where the text is empty or not JSON. */
  readonly body: JsonValue | undefined;
  readonly requestId: string | undefined;
  readonly correlationId: string | undefined;
  /** What Retry-After and its relatives say, in seconds; undefined where they are absent or senseless. */
  readonly retryAfterSeconds: number | undefined;
}

/**
 * Retry-After as seconds or date, and Azure's forms in milliseconds. Source: RFC 9110 10.2.3; Azure SDK core,
 * throttling.
 */
export function retryAfter(headers: Readonly<Record<string, string>>, now: number): number | undefined {
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
    requestId: headers['x-ms-request-id'],
    correlationId: headers['x-ms-correlation-request-id'],
    // Resource Graph's 429 has a header of its own.
    retryAfterSeconds: retryAfter(headers, now) ?? (status === 429 ? resetsAfter(headers) : undefined),
  };
}

export function succeeded(answer: ArmAnswer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/**
 * The error that an answer is; undefined for a good one. A good status with a body that is no JSON is none of ARM's.
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
