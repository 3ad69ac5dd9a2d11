import path from 'node:path';
import { streamLines, systemClock, systemFiles, systemIds, systemLargeFiles } from '../adapters/system/index.ts';
import { CliError } from '../core/errors.ts';
import type { Files } from '../core/ports.ts';
import { oneLine } from '../core/text.ts';
import type { Azure } from '../model/ports.ts';
import { readInput } from './files/input.ts';
import type { Context, Settings } from './framework/context.ts';
import type { ContextParts } from './framework/main-io.ts';

const maxProfileBytes = 16 * 1_048_576;
const maxCaBytes = 1_048_576;

async function text(files: Files, file: string, maxBytes: number): Promise<string | undefined> {
  const bytes = await files.read(file, maxBytes);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

async function certificateAuthority(files: Files, { caFile }: Settings): Promise<string | undefined> {
  if (caFile === undefined) return undefined;
  const pem = await text(files, caFile, maxCaBytes);
  if (pem !== undefined) return pem;
  throw new CliError({
    code: 'file-not-found',
    message: `AKS_LOCALDNS_CA_FILE names ${oneLine(caFile)}, which is not there.`,
    exit: 'not-found',
  });
}

/** Loads the Azure adapter and hands it what it needs; nothing is sent yet. */
async function connect(context: Omit<Context, 'azure'>): Promise<Azure> {
  const { settings, files, env, clock, ids, emit, signal, version, say } = context;
  const [{ createAzure }, profileText, caPem] = await Promise.all([
    import('../adapters/azure/index.ts'),
    text(files, path.join(settings.azureConfigDir, 'azureProfile.json'), maxProfileBytes),
    certificateAuthority(files, settings),
  ]);
  return createAzure({
    cloud: settings.cloud,
    azureConfigDir: settings.azureConfigDir,
    profileText,
    signIn: settings.signIn,
    env,
    clock,
    ids,
    emit,
    signal,
    files,
    cacheDir: settings.cacheDir,
    version,
    allowEndpoint: settings.allowEndpoint,
    ...(settings.armEndpoint === undefined ? {} : { endpoint: settings.armEndpoint }),
    ...(caPem === undefined ? {} : { caPem }),
    deviceCodePrompt: say,
  });
}

/** The real context of a command: this machine, and Azure once it is asked for. */
export function buildContext(
  parts: ContextParts,
  machine: { readonly env: Context['env']; readonly stdin: NodeJS.ReadableStream; readonly version: string },
): Context {
  let azure: Promise<Azure> | undefined;
  const { globals: _, ...given } = parts;
  const local = {
    ...given,
    version: machine.version,
    env: machine.env,
    clock: systemClock,
    ids: systemIds,
    files: systemFiles,
    largeFiles: systemLargeFiles,
    input: async (file: string, maxBytes: number) => readInput(file, maxBytes, systemFiles, machine.stdin),
    inputLines: () => streamLines(machine.stdin, 'Standard input', given.signal),
  };
  return {
    ...local,
    azure: async () => {
      azure ??= connect(local);
      return azure;
    },
  };
}
