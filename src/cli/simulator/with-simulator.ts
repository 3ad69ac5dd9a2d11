import path from 'node:path';
import { withTemporaryDirectory } from '../../adapters/system/temporary.ts';
import {
  createSimulator,
  scaledClock,
  serveSimulator,
  type RequestLogEntry,
  type ServedSimulator,
  type SimulatorOptions,
} from '../../simulator/index.ts';
import type { Context } from '../framework/context.ts';

interface ServeOptions {
  /** The speed relative to real time. */
  readonly speed: number;
  readonly port?: number;
  readonly onRequest?: (entry: RequestLogEntry) => void;
}

/** Runs a task with a simulated Azure on this machine. `directory` is temporary and contains its certificate. */
export async function withSimulator(
  { clock, files }: Pick<Context, 'clock' | 'files'>,
  simulated: Omit<SimulatorOptions, 'clock'>,
  options: ServeOptions,
  work: (served: ServedSimulator, directory: string) => Promise<void>,
): Promise<void> {
  await withTemporaryDirectory('aks-localdns-simulator', async (directory) => {
    const simulator = createSimulator({ ...simulated, clock: scaledClock(clock, options.speed) });
    const caFile = path.join(directory, 'ca.pem');
    const served = await serveSimulator(simulator, { ...options, caFile });
    try {
      await files.write(caFile, served.caPem);
      await work(served, directory);
    } finally {
      await served.close();
    }
  });
}
