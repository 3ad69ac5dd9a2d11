import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { loopback } from '../../model/rehearsal.ts';

/** One port for both transports. */
export interface PairedPort {
  readonly port: number;
  readonly udp: Socket;
  readonly tcp: Server;
  close(): Promise<void>;
}

const tries = 20;

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

/** A free port of the machine's own choice, open for UDP and TCP on loopback. */
export async function openPort(): Promise<PairedPort> {
  for (let attempt = 1; ; attempt += 1) {
    const tcp = createServer();
    tcp.listen(0, loopback);
    await once(tcp, 'listening');
    const address = tcp.address();
    if (address === null || typeof address === 'string') throw new Error('A TCP socket has no port.');
    const udp = createSocket('udp4');
    try {
      udp.bind(address.port, loopback);
      await once(udp, 'listening');
      return { port: address.port, udp, tcp, close: async () => closed(udp, tcp) };
    } catch (error) {
      await closed(udp, tcp);
      if (attempt === tries) throw error;
    }
  }
}

/** Free ports, each for UDP and TCP, for a program that opens them itself: another may be quicker. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const pairs = await Promise.all(Array.from({ length: count }, openPort));
  await Promise.all(pairs.map(async (pair) => pair.close()));
  return pairs.map(({ port }) => port);
}
