import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { loopback } from '../../model/rehearsal.ts';

/** One port for both UDP and TCP. */
export interface PairedPort {
  readonly port: number;
  readonly udp: Socket;
  readonly tcp: Server;
  close(): Promise<void>;
}

const maxAttempts = 20;

async function closed(udp: Socket, tcp: Server): Promise<void> {
  await Promise.all([
    new Promise<void>((resolve) => {
      udp.close(resolve);
    }),
    new Promise<void>((resolve) => {
      tcp.close(() => {
        resolve();
      });
    }),
  ]);
}

/** @throws Node's error if the port is taken for either transport */
async function openAt(portNumber: number): Promise<PairedPort> {
  const tcp = createServer();
  tcp.listen(portNumber, loopback);
  await once(tcp, 'listening');
  const address = tcp.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP socket has no port.');
  const udp = createSocket('udp4');
  try {
    udp.bind(address.port, loopback);
    await once(udp, 'listening');
  } catch (error) {
    await closed(udp, tcp);
    throw error;
  }
  return { port: address.port, udp, tcp, close: async () => closed(udp, tcp) };
}

async function openFirst(choose: () => number): Promise<PairedPort> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await openAt(choose());
    } catch (error) {
      if (attempt === maxAttempts) throw error;
    }
  }
}

/** A free port that the machine chooses, open for UDP and TCP on loopback. */
export async function openPort(): Promise<PairedPort> {
  return openFirst(() => 0);
}

/**
 * Below the ports that systems assign themselves (Linux from 32768 on, others from 49152). CoreDNS opens its ports so
 * that several programs can share one (SO_REUSEPORT): if a port were assigned to another CoreDNS or to its metrics in
 * the meantime, there would be no error, and it would answer for both.
 */
const lowest = 10_240;
const highest = 32_000;
const handedOut = new Set<number>();

function choice(): number {
  for (;;) {
    const port = randomInt(lowest, highest);
    if (handedOut.has(port)) continue;
    // After every port has been used, reuse them.
    if (handedOut.size > (highest - lowest) / 2) handedOut.clear();
    handedOut.add(port);
    return port;
  }
}

/** Free ports, each for UDP and TCP, for a program that opens them itself. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const pairs = await Promise.all(Array.from({ length: count }, async () => openFirst(choice)));
  await Promise.all(pairs.map(async (pair) => pair.close()));
  return pairs.map(({ port }) => port);
}
