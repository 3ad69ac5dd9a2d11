import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { frames, framed } from '../../../src/adapters/dns/frames.ts';
import { dnsClient, stubUpstreams } from '../../../src/adapters/dns/index.ts';
import { answerRecord, serialLimit, serialOf, soaRecord } from '../../../src/adapters/dns/records.ts';
import { systemClock } from '../../../src/adapters/system/index.ts';
import type { RunningStubs, StubBehaviour, StubReply } from '../../../src/model/rehearsal.ts';

const upstream = { map: 'vnetDNSOverrides', zone: '.', address: '168.63.129.16' } as const;
const question = { name: 'www.example.', type: 'A' };
const answer: StubReply = { rcode: 'NOERROR', content: 'answer', ttl: 60 };
/** Of an answer that comes. */
const patient = { timeoutMilliseconds: 60_000 };
let stubs: RunningStubs | undefined;

async function start(behaviour: StubBehaviour): Promise<RunningStubs> {
  stubs = await stubUpstreams(systemClock).start([upstream], behaviour);
  return stubs;
}

afterEach(async () => {
  await stubs?.stop();
  stubs = undefined;
});

describe('a stub upstream and the client', () => {
  test.each(['udp', 'tcp'] as const)(
    'exchange messages over %s, and the answer shows which reply it is',
    async (transport) => {
      const running = await start(() => answer);
      for (const type of ['A', 'AAAA', 'TXT', 'CNAME', 'PTR', 'MX', 'SRV', 'DS']) {
        const given = await dnsClient.ask(running.port(upstream), { name: 'www.example.', type, transport }, patient);
        expect(given).toMatchObject({
          rcode: 'NOERROR',
          ttl: 60,
          serial: running.queries.at(-1)?.serial,
          soa: type === 'DS',
          nsid: null,
          truncated: false,
        });
      }
      expect(running.queries[0]).toMatchObject({ ...question, transport, upstream, reply: answer });
    },
  );

  test('truncate only over UDP', async () => {
    const running = await start(() => ({ ...answer, truncated: true }));
    const ask = async (transport: 'udp' | 'tcp') =>
      dnsClient.ask(running.port(upstream), { ...question, transport }, patient);
    expect(await ask('udp')).toMatchObject({ truncated: true, records: 0 });
    expect(await ask('tcp')).toMatchObject({ truncated: false, records: 1 });
  });

  test.each(['udp', 'tcp'] as const)(
    'give no answer over %s from a silent server, a closed port, and one that does not use DNS',
    async (transport) => {
      const running = await start(() => undefined);
      const port = running.port(upstream);
      expect(await dnsClient.ask(port, { ...question, transport }, { timeoutMilliseconds: 100 })).toBeNull();
      await running.stop();
      expect(await dnsClient.ask(port, { ...question, transport }, { timeoutMilliseconds: 1000 })).toBeNull();
      const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const other = typeof address === 'object' && address !== null ? address.port : 0;
      const echo = createSocket('udp4')
        .on('message', (_message, sender) => echo.send('nonsense', sender.port, sender.address))
        .bind(other, '127.0.0.1');
      await once(echo, 'listening');
      expect(await dnsClient.ask(other, { ...question, transport }, { timeoutMilliseconds: 200 })).toBeNull();
      server.close();
      echo.close();
    },
  );

  test('end with the signal', async () => {
    const running = await start(() => undefined);
    const controller = new AbortController();
    const asked = dnsClient.ask(
      running.port(upstream),
      { ...question, transport: 'udp' },
      { timeoutMilliseconds: 10_000, signal: controller.signal },
    );
    controller.abort();
    await expect(asked).rejects.toMatchObject({ code: 'interrupted' });
    await expect(
      dnsClient.ask(1, { ...question, transport: 'tcp' }, { timeoutMilliseconds: 10, signal: controller.signal }),
    ).rejects.toMatchObject({ code: 'interrupted' });
  });

  test('leave out the probes of CoreDNS, and survive invalid messages', async () => {
    const running = await start(() => answer);
    const raw = createSocket('udp4');
    raw.send('x', running.port(upstream), '127.0.0.1');
    await dnsClient.ask(running.port(upstream), { name: '.', type: 'NS', transport: 'udp' }, patient);
    await dnsClient.ask(running.port(upstream), { name: '1.2.example.', type: 'HINFO', transport: 'udp' }, patient);
    raw.close();
    expect(running.queries).toEqual([]);
  });
});

describe('serial numbers', () => {
  test('can be read from every record that contains them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: serialLimit - 1 }),
        fc.constantFrom('A', 'TXT', 'CNAME', 'PTR', 'MX', 'SRV'),
        (serial, type) => {
          const record = answerRecord(type, 'a.example', 60, serial);
          expect(record === undefined ? undefined : serialOf(record)).toBe(serial);
          expect(serialOf(soaRecord(60, serial))).toBe(serial);
        },
      ),
    );
  });

  test('are not found in other records', () => {
    expect(serialOf({ type: 'A', name: 'a', ttl: 1, data: '192.0.2.1' })).toBeUndefined();
    expect(serialOf({ type: 'AAAA', name: 'a', ttl: 1, data: '2001:db8::1' })).toBeUndefined();
    expect(serialOf({ type: 'CNAME', name: 'a', ttl: 1, data: 's1.example' })).toBeUndefined();
  });
});

test('messages over TCP arrive complete, however they are split', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 5 }),
      fc.integer({ min: 1, max: 7 }),
      (messages, step) => {
        const wire = Buffer.concat(messages.map((message) => framed(Buffer.from(message))));
        const received: Buffer[] = [];
        const feed = frames((message) => received.push(Buffer.from(message)));
        for (let at = 0; at < wire.length; at += step) feed(wire.subarray(at, at + step));
        expect(received).toEqual(messages.map((message) => Buffer.from(message)));
      },
    ),
  );
});
