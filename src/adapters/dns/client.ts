import { createSocket } from 'node:dgram';
import { setMaxListeners } from 'node:events';
import { connect } from 'node:net';
import { randomInt } from 'node:crypto';
import {
  decode,
  encode,
  RECURSION_DESIRED,
  type Answer,
  type DecodedPacket,
  type OptAnswer,
  type PacketOpt,
  type RecordType,
} from 'dns-packet';
import { InterruptedError } from '../../core/errors.ts';
import { loopback, type DnsAnswer, type DnsClient, type DnsQuestion } from '../../model/rehearsal.ts';
import { frames, framed } from './frames.ts';
import { rcodeName } from './rcodes.ts';
import { serialOf } from './records.ts';

const nsidCode = 3;

/** An EDNS query that requests the server's name. Sources: RFC 6891, RFC 5001. */
function queryBytes({ name, type }: DnsQuestion, id: number): Buffer {
  // The types of dns-packet have no option without a form of its own.
  const nsid = { code: nsidCode, data: Buffer.alloc(0) } as unknown as PacketOpt;
  const opt: OptAnswer = {
    type: 'OPT',
    name: '.',
    udpPayloadSize: 1232,
    extendedRcode: 0,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [nsid],
  };
  return encode({
    type: 'query',
    id,
    flags: RECURSION_DESIRED,
    questions: [{ name, type: type as RecordType }],
    additionals: [opt],
  });
}

function nsidOf(additionals: readonly Answer[]): string | null {
  const options = additionals.flatMap((record) => (record.type === 'OPT' ? record.options : []));
  const data = options.find(({ code }: { readonly code: number }) => code === nsidCode)?.data;
  // A server without NSID support may return the empty option of the query.
  return data === undefined || data.length === 0 ? null : data.toString('latin1');
}

function answerOf(packet: DecodedPacket): DnsAnswer {
  const answers = packet.answers ?? [];
  const authorities = packet.authorities ?? [];
  const records = [...answers, ...authorities, ...(packet.additionals ?? [])].filter((record) => record.type !== 'OPT');
  const ttls = records.flatMap((record) => ('ttl' in record && record.ttl !== undefined ? [record.ttl] : []));
  return {
    rcode: rcodeName(packet.flags ?? 0),
    authoritative: packet.flag_aa,
    truncated: packet.flag_tc,
    records: answers.length,
    soa: authorities.some((record) => record.type === 'SOA'),
    ttl: ttls.length === 0 ? null : Math.min(...ttls),
    serial: records.map((record) => serialOf(record)).find((serial) => serial !== undefined) ?? null,
    nsid: nsidOf(packet.additionals ?? []),
  };
}

/** Undefined if the bytes are not an answer to the question with this ID. */
function readAnswer(bytes: Buffer, id: number): DnsAnswer | undefined {
  try {
    const packet = decode(bytes);
    return packet.id === id && packet.flag_qr ? answerOf(packet) : undefined;
  } catch {
    return undefined;
  }
}

interface Wire {
  readonly close: () => void;
}

type Open = (port: number, query: Buffer, received: (bytes: Buffer) => void, lost: () => void) => Wire;

const udp: Open = (port, query, received, lost) => {
  const socket = createSocket('udp4');
  socket.on('message', received).on('error', lost);
  socket.connect(port, loopback, () => {
    socket.send(query);
  });
  return { close: () => socket.close() };
};

const tcp: Open = (port, query, received, lost) => {
  const socket = connect({ port, host: loopback, noDelay: true });
  socket.on('data', frames(received)).on('error', lost).on('close', lost);
  socket.write(framed(query));
  return { close: () => socket.destroy() };
};

/** Queries a DNS server on this machine once; returns null if it does not answer or closes the connection. */
export const dnsClient: DnsClient = {
  async ask(port, question, { timeoutMilliseconds, signal }) {
    if (signal?.aborted === true) throw new InterruptedError();
    // Every pending question listens to it.
    if (signal !== undefined) setMaxListeners(0, signal);
    const id = randomInt(65_536);
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', interrupt);
        wire.close();
        settle();
      };
      let settled = false;
      const once = (settle: () => void): void => {
        if (settled) return;
        settled = true;
        finish(settle);
      };
      const nothing = (): void => {
        once(() => {
          resolve(null);
        });
      };
      const interrupt = (): void => {
        once(() => {
          reject(new InterruptedError());
        });
      };
      const received = (bytes: Buffer): void => {
        const answer = readAnswer(bytes, id);
        if (answer === undefined) return;
        once(() => {
          resolve(answer);
        });
      };
      const timer = setTimeout(nothing, timeoutMilliseconds);
      signal?.addEventListener('abort', interrupt, { once: true });
      const wire = (question.transport === 'udp' ? udp : tcp)(port, queryBytes(question, id), received, nothing);
    });
  },
};
