import path from 'node:path';
import { openLineLog, withTemporaryDirectory } from '../../../adapters/system/index.ts';
import { CliError, UsageError } from '../../../core/errors.ts';
import { parseJson } from '../../../core/json.ts';
import { oneLine } from '../../../core/text.ts';
import type { RequestLogEntry, SimulatorOptions } from '../../../simulator/index.ts';
import type { Context } from '../../context.ts';
import type { ParsedArguments, Run } from '../../framework/definition.ts';
import type { options } from './start.ts';

type Arguments = ParsedArguments<typeof options>;

const maxLoadBytes = 256 * 1_048_576;

async function loaded(context: Context, file: string): Promise<NonNullable<SimulatorOptions['load']>> {
  const value = parseJson(new TextDecoder().decode(await context.input(file, maxLoadBytes)));
  if (value === undefined || value === null)
    throw new UsageError(`--load: ${oneLine(file)} is not a JSON array of ARM resources.`);
  return value;
}

async function untilInterrupted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  // A pending promise alone does not keep the process; the listening sockets do.
  await new Promise<void>((resolve) => {
    signal.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { once: true },
    );
  });
}

async function requestLog(
  file: string | undefined,
): Promise<{ readonly write: (entry: RequestLogEntry) => void; readonly close: () => Promise<void> }> {
  if (file === undefined) return { write: () => undefined, close: async () => undefined };
  try {
    const log = await openLineLog(file);
    return {
      write: (entry) => {
        log.line(JSON.stringify(entry));
      },
      close: log.close,
    };
  } catch (error) {
    throw new CliError({
      code: 'file-not-writable',
      message: `--request-log: ${oneLine(file)} cannot be written.`,
      cause: error,
    });
  }
}

async function serve(context: Context, args: Arguments, directory: string): Promise<void> {
  const { createSimulator, scaledClock, serveSimulator } = await import('../../../simulator/index.ts');
  const speed = args.speed ?? 1;
  const simulator = createSimulator({
    clock: scaledClock(context.clock, speed),
    scenario: args.scenario,
    ...(args.clusters === undefined ? {} : { clusters: args.clusters }),
    ...(args.seed === undefined ? {} : { seed: args.seed }),
    ...(args.load === undefined ? {} : { load: await loaded(context, args.load) }),
  });
  const log = await requestLog(args.requestLog);
  const caFile = path.join(directory, 'ca.pem');
  const served = await serveSimulator(simulator, { port: args.port ?? 0, speed, caFile, onRequest: log.write });
  try {
    await context.files.write(caFile, served.caPem);
    const lines = Object.entries(served.environment).map(([name, value]) => `${name}=${value}`);
    if (args.envFile !== undefined) await context.files.write(path.resolve(args.envFile), `${lines.join('\n')}\n`);
    context.say(
      `A simulated Azure answers at ${served.armEndpoint}. In another shell:\n\n${lines.map((line) => `export ${line}`).join('\n')}\n\nCtrl-C ends it.`,
    );
    context.emit({ type: 'notice', level: 'info', code: 'simulator-ready', message: `Ready: ${served.armEndpoint}` });
    await untilInterrupted(context.signal);
  } finally {
    await served.close();
    await log.close();
  }
}

export const run: Run<typeof options> = async (context, args) => {
  if (args.listScenarios) {
    const { scenarios } = await import('../../../simulator/index.ts');
    return { value: scenarios.map(({ name, summary }) => ({ name, summary })) };
  }
  if (args.clusters !== undefined && args.load !== undefined)
    throw new UsageError('--clusters and --load do not go together.');
  await withTemporaryDirectory('aks-localdns-simulator', async (directory) => serve(context, args, directory));
  return {};
};
