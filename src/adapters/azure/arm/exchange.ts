import type { ContainerServiceContext } from '@azure/arm-containerservice/api';
import { isRestError, type PipelineResponse } from '@azure/core-rest-pipeline';
import { InterruptedError } from '../../../core/errors.ts';
import type { Emit } from '../../../core/events.ts';
import { ConnectionLost } from '../../../core/http.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Clock, Ids } from '../../../core/ports.ts';
import { AzureError } from '../../../model/azure-error.ts';
import { connectionError } from '../errors/classify.ts';
import { safeText } from '../../../core/redact.ts';
import { readAnswer, type ArmAnswer } from './answer.ts';
import { pathOf } from './urls.ts';

export interface RawRequest {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** Absolute, and already verified to lead to ARM. */
  readonly url: string;
  readonly body?: JsonObject | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export interface ExchangeDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly emit: Emit;
}

function lastHeaders(response: Pick<PipelineResponse, 'headers'>): Readonly<Record<string, string>> {
  return response.headers.toJSON();
}

/** The code of a failure without an answer; Node's if there is one. */
function failureCode(error: unknown): string {
  if (error instanceof ConnectionLost) return error.code;
  if (isRestError(error) && error.code !== undefined) return error.code;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'REQUEST_SEND_ERROR';
}

/**
 * Sends one request and returns its answer, whatever the status and body. Rejects with AzureError (`connection`, or the
 * sign-in error) if there is no answer, and with InterruptedError.
 */
export async function exchange(
  client: ContainerServiceContext,
  request: RawRequest,
  deps: ExchangeDeps,
  signal: AbortSignal,
): Promise<ArmAnswer> {
  if (signal.aborted) throw new InterruptedError();
  const started = deps.clock.now();
  const seen: { response?: { status: number; headers: Readonly<Record<string, string>>; text: string } } = {};
  const options = {
    headers: { ...request.headers, 'x-ms-client-request-id': deps.ids.uuid() },
    ...(request.body === undefined ? {} : { body: request.body }),
    abortSignal: signal,
    timeout: 0,
    onResponse: (raw: PipelineResponse) => {
      seen.response = { status: raw.status, headers: lastHeaders(raw), text: raw.bodyAsText ?? '' };
    },
  };
  const operation = client.pathUnchecked(request.url);
  try {
    await (request.method === 'GET'
      ? operation.get(options)
      : request.method === 'PUT'
        ? operation.put(options)
        : operation.post(options));
  } catch (error) {
    if (error instanceof AzureError) throw error;
    if (signal.aborted) throw new InterruptedError();
    // A body that is not JSON rejects, but the response has been captured.
    if (seen.response === undefined) {
      const code = failureCode(error);
      const cause = new Error(safeText(error instanceof Error ? error.message : String(error)));
      throw connectionError(new URL(request.url).host, code, cause);
    }
  }
  if (seen.response === undefined) throw new Error('The pipeline ended without a response or an error.');
  const answer = readAnswer(seen.response.status, seen.response.headers, seen.response.text, deps.clock.now());
  deps.emit({
    type: 'request.answered',
    method: request.method,
    path: pathOf(request.url),
    status: answer.status,
    milliseconds: deps.clock.now() - started,
    ...(answer.requestId === undefined ? {} : { requestId: answer.requestId }),
    ...(answer.correlationId === undefined ? {} : { correlationId: answer.correlationId }),
  });
  return answer;
}
