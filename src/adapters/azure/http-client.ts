import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createInflate } from 'node:zlib';
import {
  createDefaultHttpClient,
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { ConnectionLost } from '../../core/http.ts';

/** The limits of an answer. */
export interface AnswerLimits {
  /**
   * The time from the request to the last byte. ARM itself times out a provider after 60 s. Source: ARM RPC, request
   * timeouts.
   */
  readonly milliseconds: number;
  /** Both compressed and decompressed. The largest answer of Azure, a page of Resource Graph, has 16 MB. */
  readonly bytes: number;
}

export const answerLimits: AnswerLimits = { milliseconds: 60_000, bytes: 64 * 1_048_576 };

function counted(bytes: number): (source: AsyncIterable<Buffer>) => AsyncGenerator<Buffer, void> {
  return async function* count(source) {
    let seen = 0;
    for await (const chunk of source) {
      seen += chunk.length;
      if (seen > bytes) throw tooLarge();
      yield chunk;
    }
  };
}

function tooLarge(): ConnectionLost {
  return new ConnectionLost('The answer exceeds the size limit.', 'ANSWER_TOO_LARGE');
}

/** @throws ConnectionLost for a body that is too large, ends early, or cannot be decompressed. */
async function bodyText(stream: Readable, encoding: string | undefined, bytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of source) chunks.push(chunk);
  };
  const decoder = encoding === 'gzip' ? createGunzip() : encoding === 'deflate' ? createInflate() : undefined;
  try {
    await (decoder === undefined
      ? pipeline(stream, counted(bytes), collect)
      : pipeline(stream, counted(bytes), decoder, counted(bytes), collect));
  } catch (error) {
    if (error instanceof ConnectionLost) throw error;
    throw new ConnectionLost('The answer ended early.', 'PARSE_ERROR');
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * The same request for an undecoded answer, because the SDK's client decompresses without a limit and never finishes if
 * a compressed answer ends early.
 */
function unread(request: PipelineRequest, abortSignal: AbortSignal): PipelineRequest {
  const headers = createHttpHeaders(request.headers.toJSON({ preserveCase: true }));
  const { body } = request;
  if (typeof body === 'string') headers.set('Content-Length', String(Buffer.byteLength(body)));
  const sent = headers.toJSON({ preserveCase: true });
  headers.delete('Accept-Encoding');
  return {
    ...request,
    abortSignal,
    headers,
    requestOverrides: { ...request.requestOverrides, headers: sent },
    streamResponseStatusCodes: new Set([Number.POSITIVE_INFINITY]),
  };
}

async function whole(
  client: HttpClient,
  request: PipelineRequest,
  signal: AbortSignal,
  bytes: number,
): Promise<PipelineResponse> {
  const { status, headers, readableStreamBody: stream, bodyAsText } = await client.sendRequest(unread(request, signal));
  const encoding = headers.get('Content-Encoding')?.trim().toLowerCase();
  const text = stream === undefined ? (bodyAsText ?? '') : await bodyText(stream as Readable, encoding, bytes);
  if (stream === undefined && Buffer.byteLength(text) > bytes) throw tooLarge();
  return { request, status, headers, bodyAsText: text };
}

let shared: HttpClient | undefined;

/**
 * The SDK's HTTP client within limits: rejects with ConnectionLost `TIMEOUT` or `ANSWER_TOO_LARGE` beyond them. `inner`
 * sends the requests instead.
 */
export function boundedClient({ milliseconds, bytes }: AnswerLimits = answerLimits, inner?: HttpClient): HttpClient {
  return {
    sendRequest: async (request) => {
      const client = inner ?? (shared ??= createDefaultHttpClient());
      const end = new AbortController();
      const stop = (): void => {
        end.abort();
      };
      request.abortSignal?.addEventListener('abort', stop);
      if (request.abortSignal?.aborted === true) stop();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(new ConnectionLost('No complete answer arrived in time.', 'TIMEOUT'));
          stop();
        }, milliseconds);
      });
      const answer = whole(client, request, end.signal, bytes);
      // After the timeout, the outcome no longer matters.
      answer.catch(() => undefined);
      try {
        return await Promise.race([answer, late]);
      } finally {
        clearTimeout(timer);
        request.abortSignal?.removeEventListener('abort', stop);
      }
    },
  };
}
