import { inspect } from 'node:util';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventText } from '../../../../src/core/events.ts';
import { poolUrl, ref, rig } from '../support/azure.ts';

interface Listening {
  readonly port: number;
  close(): void;
}

async function listen(server: Server): Promise<Listening> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('over a real connection', () => {
  let ca = '';
  let arm: Listening;
  let proxy: Listening;
  const asked: string[] = [];
  const tunnels: string[] = [];
  let behave: 'answer' | 'half' | 'reset' | 'huge' | 'drip' | 'status' = 'answer';

  beforeAll(async () => {
    const names = [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'arm.example' },
        ],
      },
    ];
    const pems = await generate([{ name: 'commonName', value: 'arm.example' }], {
      keySize: 2048,
      extensions: names as never,
    });
    ca = pems.cert;
    const body = JSON.stringify({ id: poolUrl, properties: { count: 1 } });
    arm = await listen(
      createTlsServer({ key: pems.private, cert: pems.cert }, (request, response) => {
        asked.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.host ?? ''}`);
        if (behave === 'reset') request.socket.destroy();
        else if (behave === 'status')
          response
            .writeHead(400, 'sig=planted-signature password=planted-password', { 'content-type': 'application/json' })
            .end('{}');
        else if (behave === 'huge')
          response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(' '.repeat(200_000)));
        else if (behave === 'drip') {
          const timer = setInterval(() => response.write(' '), 20);
          response.on('close', () => {
            clearInterval(timer);
          });
        } else if (behave === 'half') {
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(body.length) });
          response.write(body.slice(0, 10), () => request.socket.destroy());
        } else {
          response.setHeader('content-type', 'application/json');
          response.end(body);
        }
      }),
    );
    const tunnel = createHttpServer();
    tunnel.on('connect', (request, client) => {
      tunnels.push(request.url ?? '');
      const upstream = connect(arm.port, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        upstream.pipe(client).pipe(upstream);
      });
      upstream.on('error', () => client.destroy());
      client.on('error', () => upstream.destroy());
    });
    proxy = await listen(tunnel);
  });

  afterAll(() => {
    arm.close();
    proxy.close();
  });

  const direct = (more: object = {}): ReturnType<typeof rig> =>
    rig(
      async () => {
        throw new Error('unused');
      },
      { transport: undefined, endpoint: `https://127.0.0.1:${String(arm.port)}`, caPem: ca, ...more },
    );

  test('trusts the given certificates, and uses no proxy for loopback', async () => {
    process.env['HTTPS_PROXY'] = `http://127.0.0.1:${String(proxy.port)}`;
    try {
      behave = 'answer';
      await expect(direct().azure.nodePools.readPool(ref)).resolves.toMatchObject({ count: 1 });
      expect(tunnels).toEqual([]);
    } finally {
      delete process.env['HTTPS_PROXY'];
    }
  });

  test('uses the proxy for other hosts, with the same certificates', async () => {
    process.env['HTTPS_PROXY'] = `http://127.0.0.1:${String(proxy.port)}`;
    try {
      behave = 'answer';
      const { azure } = direct({ endpoint: 'https://arm.example', allowEndpoint: true });
      await expect(azure.nodePools.readPool(ref)).resolves.toMatchObject({ count: 1 });
      expect(tunnels).toEqual(['arm.example:443']);
      expect(asked.at(-1)).toContain('arm.example');
    } finally {
      delete process.env['HTTPS_PROXY'];
    }
  });

  test('does not trust an unknown certificate, and sends nothing', async () => {
    const before = asked.length;
    await expect(direct({ caPem: undefined }).azure.nodePools.readPool(ref)).rejects.toMatchObject({
      class: 'connection',
      azureCode: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    expect(asked).toHaveLength(before);
  });

  test.each([
    [
      'huge',
      1,
      'No response from 127.0.0.1:PORT: the response was larger than 64 MiB and was not read further (ANSWER_TOO_LARGE).',
    ],
    ['drip', 3, 'No response from 127.0.0.1:PORT: no complete response arrived within a minute (TIMEOUT).'],
  ] as const)('limits the size and time of answers, and reports each try: %s', async (kind, tries, said) => {
    // A busy machine takes a while to connect, and a try that times out before is not asked of the server.
    behave = kind;
    const before = asked.length;
    const { azure, events } = direct({ limits: { milliseconds: 3000, bytes: 100_000 } });
    const message = said.replace('PORT', String(arm.port));
    await expect(azure.nodePools.readPool(ref)).rejects.toMatchObject({ exit: 'error', message });
    expect(asked).toHaveLength(before + tries);
    expect(events.filter((event) => event.type === 'request.retried').map(eventText)).toEqual(
      Array.from(
        { length: tries - 1 },
        (_, index) =>
          `${message.replace(/\.$/, '')}; retrying in ${String([0.8, 1.5][index])} s (attempt ${String(index + 2)} of 3)`,
      ),
    );
    await expect(azure.nodePools.putPool(ref, { count: 1 }, {})).resolves.toEqual({ kind: 'lost', reason: message });
    expect(asked).toHaveLength(before + tries + 1);
  });

  test('prints nothing of the status text that a server writes', async () => {
    behave = 'status';
    const { azure, events } = direct();
    const error: unknown = await azure.nodePools.readPool(ref).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ exit: 'error' });
    expect(inspect({ error, events }, { depth: 12 })).not.toContain('planted-');
  });

  test.each(['reset', 'half'] as const)('treats a write as lost if the connection ends: %s', async (kind) => {
    behave = kind;
    const before = asked.length;
    await expect(direct().azure.nodePools.putPool(ref, { count: 1 }, {})).resolves.toMatchObject({ kind: 'lost' });
    expect(asked).toHaveLength(before + 1);
  });
});
