import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CliError } from '../../core/errors.ts';
import type { HttpRequest } from '../../core/http.ts';

/** No body that this program sends comes near. */
const maxBody = 8 * 1024 * 1024;

export async function readRequest(message: IncomingMessage, origin: string): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > maxBody)
      throw new CliError({ code: 'request-too-large', message: 'A request to the simulator is larger than 8 MiB.' });
    chunks.push(bytes);
  }
  const headers = Object.entries(message.headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')] as const,
  );
  return {
    method: message.method ?? 'GET',
    url: `${origin}${message.url ?? '/'}`,
    headers: Object.fromEntries(headers),
    body: size === 0 ? undefined : Buffer.concat(chunks).toString(isBinary(message) ? 'latin1' : 'utf8'),
  };
}

/** Protobuf is no text: each byte becomes one character. */
function isBinary(message: IncomingMessage): boolean {
  return message.headers['content-type']?.includes('protobuf') === true;
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

/** Listens on loopback only. @throws CliError `port-taken`. */
export async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken
          ? new CliError({
              code: 'port-taken',
              message: `Port ${String(port)} is in use.`,
              hints: ['Choose another with --port, or none: the system then picks a free one.'],
              cause: error,
            })
          : error,
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

export async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
