import type { Socket } from 'node:net';
import {
  AUTHORITATIVE_ANSWER,
  decode,
  encode,
  RECURSION_AVAILABLE,
  RECURSION_DESIRED,
  TRUNCATED_RESPONSE,
  type Answer,
  type DecodedPacket,
  type Question,
} from 'dns-packet';
import type { Clock } from '../../core/ports.ts';
import type {
  DnsQuestion,
  RunningStubs,
  StubBehaviour,
  StubQuery,
  StubReply,
  StubUpstream,
  StubUpstreams,
  Transport,
} from '../../model/rehearsal.ts';
import { framed, frames } from './frames.ts';
import { openPort, type PairedPort } from './ports.ts';
import { rcodeNumber } from './rcodes.ts';
import { answerRecord, serialLimit, soaRecord } from './records.ts';

function keyOf({ map, zone, address }: StubUpstream): string {
  return `${map} ${zone} ${address}`;
}

/**
 * CoreDNS's own queries: HINFO to detect loops, NS of the root to check whether the upstream is healthy. Source:
 * CoreDNS, plugin/loop, plugin/pkg/proxy/health.go.
 */
function isProbe({ name, type }: DnsQuestion): boolean {
  return type === 'HINFO' || (type === 'NS' && name === '.');
}

function recordsOf(
  question: Question,
  reply: StubReply,
  serial: number,
): { readonly answers: Answer[]; readonly authorities: Answer[] } {
  const record = reply.content === 'answer' ? answerRecord(question.type, question.name, reply.ttl, serial) : undefined;
  if (record !== undefined) return { answers: [record], authorities: [] };
  return { answers: [], authorities: reply.content === 'nothing' ? [] : [soaRecord(reply.ttl, serial)] };
}

function encoded(
  query: DecodedPacket,
  question: Question,
  reply: StubReply,
  serial: number,
  transport: Transport,
): Buffer {
  const cut = reply.truncated === true && transport === 'udp';
  const flags =
    (cut ? TRUNCATED_RESPONSE : 0) |
    (query.flag_rd ? RECURSION_DESIRED : 0) |
    RECURSION_AVAILABLE |
    rcodeNumber(reply.rcode);
  return encode({
    type: 'response',
    id: query.id ?? 0,
    flags: flags & ~AUTHORITATIVE_ANSWER,
    questions: [question],
    ...(cut ? {} : recordsOf(question, reply, serial)),
    additionals: (query.additionals ?? []).flatMap((record) =>
      record.type === 'OPT' ? [{ ...record, options: [] }] : [],
    ),
  });
}

/** The servers of one run: what they were asked, and how they answer. */
class Stubs implements RunningStubs {
  readonly queries: StubQuery[] = [];
  readonly #ports = new Map<string, PairedPort>();
  readonly #sockets = new Set<Socket>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #behaviour: StubBehaviour;
  readonly #clock: Clock;
  #serial = 0;

  constructor(behaviour: StubBehaviour, clock: Clock) {
    this.#behaviour = behaviour;
    this.#clock = clock;
  }

  async open(upstream: StubUpstream): Promise<void> {
    const pair = await openPort();
    this.#ports.set(keyOf(upstream), pair);
    pair.udp.on('message', (message, sender) => {
      this.#asked(message, upstream, 'udp', (answer) => {
        pair.udp.send(answer, sender.port, sender.address);
      });
    });
    pair.tcp.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket)).on('error', () => undefined);
      const received = frames((message) => {
        this.#asked(message, upstream, 'tcp', (answer) => {
          if (socket.writable) socket.write(framed(answer));
        });
      });
      socket.on('data', received);
    });
  }

  #asked(message: Buffer, upstream: StubUpstream, transport: Transport, send: (answer: Buffer) => void): void {
    let query: DecodedPacket;
    try {
      query = decode(message);
    } catch {
      return;
    }
    const question = query.questions?.[0];
    if (question === undefined) return;
    const asked = { name: question.name === '.' ? '.' : `${question.name.toLowerCase()}.`, type: question.type };
    const reply = this.#behaviour(asked, upstream, transport);
    this.#serial = (this.#serial + 1) % serialLimit;
    const serial = this.#serial;
    if (!isProbe(asked)) this.queries.push({ ...asked, upstream, transport, at: this.#clock.now(), serial, reply });
    if (reply === undefined) return;
    const answer = encoded(query, question, reply, serial, transport);
    if (reply.afterMilliseconds === undefined || reply.afterMilliseconds === 0) {
      send(answer);
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (this.#ports.size > 0) send(answer);
    }, reply.afterMilliseconds);
    this.#timers.add(timer);
  }

  port(upstream: StubUpstream): number {
    const pair = this.#ports.get(keyOf(upstream));
    if (pair === undefined) throw new Error(`There is no stub for ${keyOf(upstream)}.`);
    return pair.port;
  }

  async stop(): Promise<void> {
    const pairs = [...this.#ports.values()];
    this.#ports.clear();
    for (const timer of this.#timers) clearTimeout(timer);
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(pairs.map(async (pair) => pair.close()));
  }
}

/** DNS servers on loopback ports that answer as instructed and record the queries they receive. */
export function stubUpstreams(clock: Clock): StubUpstreams {
  return {
    async start(upstreams, behaviour) {
      const stubs = new Stubs(behaviour, clock);
      try {
        for (const upstream of upstreams) await stubs.open(upstream);
        return stubs;
      } catch (error) {
        await stubs.stop();
        throw error;
      }
    },
  };
}
