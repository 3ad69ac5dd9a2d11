import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import { createHttpHeaders, createPipelineRequest, type PipelineRequest } from '@azure/core-rest-pipeline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerLimits, boundedClient } from '../../../src/adapters/azure/http-client.ts';

const limits = { milliseconds: 60_000, bytes: 10_000 };
const impatient = { ...limits, milliseconds: 300 };
const text = JSON.stringify({ value: 'ä€😀'.repeat(400) });
const packed = gzipSync(text);
/** Compressed empty data, which can be repeated: bytes on the wire that decompress to none. */
const nothing = gzipSync('');
const gzip = { 'content-encoding': 'gzip' };

type Behaviour = (response: ServerResponse) => void;

const behaviours = {
  plain: (response) => response.end(text),
  gzip: (response) => response.writeHead(200, gzip).end(packed),
  'GZIP, by another spelling': (response) => response.writeHead(200, { 'content-encoding': ' GZip' }).end(packed),
  deflate: (response) => response.writeHead(200, { 'content-encoding': 'deflate' }).end(deflateSync(text)),
  'in small pieces': (response) => {
    response.writeHead(200, gzip);
    for (let start = 0; start < packed.length; start += 7) response.write(packed.subarray(start, start + 7));
    response.end();
  },
  'too much': (response) => response.end('x'.repeat(limits.bytes + 1)),
  'too much, packed': (response) => response.writeHead(200, gzip).end(gzipSync('x'.repeat(50 * 1_048_576))),
  'too much, packed to nothing': (response) =>
    response.writeHead(200, gzip).end(Buffer.concat(Array.from({ length: 1000 }, () => nothing))),
  'too much, without an end': (response) => {
    const more = (): void => {
      if (!response.destroyed) response.write('x'.repeat(1000), () => setImmediate(more));
    };
    more();
  },
  'half, packed': (response) => {
    response.writeHead(200, { ...gzip, 'content-length': String(packed.length) });
    response.write(packed.subarray(0, packed.length / 2), () => response.socket?.destroy());
  },
  'half, packed, with an end': (response) => response.writeHead(200, gzip).end(packed.subarray(0, packed.length / 2)),
  'half, plain': (response) => {
    response.writeHead(200, { 'content-length': String(text.length) });
    response.write(text.slice(0, 100), () => response.socket?.destroy());
  },
  'not packed at all': (response) => response.writeHead(200, gzip).end(text),
  never: () => undefined,
  'headers alone': (response) => response.writeHead(200).flushHeaders(),
  'a byte at a time': (response) => {
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => {
      clearInterval(timer);
    });
  },
  'a byte at a time, packed': (response) => {
    let sent = 0;
    response.writeHead(200, gzip);
    const timer = setInterval(() => response.write(packed.subarray(sent, (sent += 1))), 20);
    response.on('close', () => {
      clearInterval(timer);
    });
  },
} as const satisfies Readonly<Record<string, Behaviour>>;

type Name = keyof typeof behaviours;

let server: Server;
let last: { body: string; headers: IncomingMessage['headers'] } | undefined;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      last = { body, headers: request.headers };
      behaviours[decodeURIComponent(request.url ?? '').slice(1) as Name](response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

interface More {
  readonly method?: 'PUT';
  readonly body?: string;
  readonly abortSignal?: AbortSignal;
}

function requestOf(name: Name, more: More = {}): PipelineRequest {
  const { port } = server.address() as AddressInfo;
  return createPipelineRequest({
    url: `http://127.0.0.1:${String(port)}/${encodeURIComponent(name)}`,
    headers: createHttpHeaders({ 'Accept-Encoding': 'gzip,deflate', 'X-Mine': 'yes' }),
    allowInsecureConnection: true,
    ...more,
  });
}

describe('an answer', () => {
  test.each<Name>(['plain', 'gzip', 'GZIP, by another spelling', 'deflate', 'in small pieces'])(
    'arrives complete with any compression: %s',
    async (name) => {
      const response = await boundedClient(limits).sendRequest(requestOf(name));
      expect(response.bodyAsText).toBe(text);
      expect(last?.headers).toMatchObject({ 'accept-encoding': 'gzip,deflate', 'x-mine': 'yes' });
    },
  );

  test.each<[Name, string]>([
    ['too much', 'ANSWER_TOO_LARGE'],
    ['too much, packed', 'ANSWER_TOO_LARGE'],
    ['too much, packed to nothing', 'ANSWER_TOO_LARGE'],
    ['too much, without an end', 'ANSWER_TOO_LARGE'],
    ['half, packed', 'PARSE_ERROR'],
    ['half, packed, with an end', 'PARSE_ERROR'],
    ['half, plain', 'PARSE_ERROR'],
    ['not packed at all', 'PARSE_ERROR'],
    ['never', 'TIMEOUT'],
    ['headers alone', 'TIMEOUT'],
    ['a byte at a time', 'TIMEOUT'],
    ['a byte at a time, packed', 'TIMEOUT'],
  ])('is bounded in size and time: %s is %s', async (name, code) => {
    const client = boundedClient(code === 'TIMEOUT' ? impatient : limits);
    await expect(client.sendRequest(requestOf(name))).rejects.toMatchObject({ name: 'ConnectionLost', code });
  });

  test.each<Name>(['never', 'headers alone', 'a byte at a time, packed'])(
    'is no longer waited for once the caller ends it: %s',
    async (name) => {
      const abort = new AbortController();
      const sent = boundedClient(limits).sendRequest(requestOf(name, { abortSignal: abort.signal }));
      setTimeout(() => {
        abort.abort();
      }, 50);
      await expect(sent).rejects.toBeInstanceOf(Error);
    },
  );

  test('arrives in the same way for a request with a body that is sent again', async () => {
    const request = requestOf('gzip', { method: 'PUT', body: '{"ä":1}' });
    for (let time = 0; time < 2; time += 1) {
      expect((await boundedClient(limits).sendRequest(request)).bodyAsText).toBe(text);
      expect(last).toMatchObject({ body: '{"ä":1}', headers: { 'content-length': '8' } });
    }
    expect(request.headers.get('Accept-Encoding')).toBe('gzip,deflate');
  });

  test('may take about a minute, and be larger than any answer of Azure', () => {
    expect(answerLimits).toEqual({ milliseconds: 60_000, bytes: 64 * 1024 * 1024 });
  });
});
