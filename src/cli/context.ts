import path from 'node:path';
import { systemClock, systemFiles, systemIds } from '../adapters/system/index.ts';
import { CliError, InterruptedError } from '../core/errors.ts';
import type { CacheFiles } from '../core/ports.ts';
import { isJsonObject, parseJson } from '../core/json.ts';
import { oneLine } from '../core/text.ts';
import type { Azure } from '../model/ports.ts';
import type { Context, Settings } from './framework/context.ts';
import type { ContextParts } from './framework/main-io.ts';
import { inputsOf } from './named-files.ts';
import { loadSettings, type Environment } from './settings.ts';

const maxProfileBytes = 16 * 1_048_576;
const maxCaBytes = 1_048_576;

async function text(files: CacheFiles, file: string, maxBytes: number): Promise<string | undefined> {
  const bytes = await files.read(file, maxBytes);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

async function certificateAuthority(files: CacheFiles, { caFile }: Settings): Promise<string | undefined> {
  if (caFile === undefined) return undefined;
  try {
    const pem = await text(files, caFile, maxCaBytes);
    if (pem !== undefined) return pem;
  } catch (error) {
    if (!(error instanceof CliError) || error instanceof InterruptedError) throw error;
    throw new CliError({ code: error.code, message: `AKS_LOCALDNS_CA_FILE: ${error.message}`, cause: error });
  }
  throw new CliError({
    code: 'file-not-found',
    message: `AKS_LOCALDNS_CA_FILE names ${oneLine(caFile)}, which does not exist.`,
  });
}

/** Loads the Azure adapter with its dependencies; nothing is sent yet. */
async function connect(context: Omit<Context, 'azure'>): Promise<Azure> {
  const { settings, files, env, clock, ids, emit, signal, version, say } = context;
  const [{ createAzure }, profileText, caPem] = await Promise.all([
    import('../adapters/azure/index.ts'),
    text(files, path.join(settings.azureConfigDir, 'azureProfile.json'), maxProfileBytes),
    certificateAuthority(files, settings),
  ]);
  if (profileText !== undefined && !isJsonObject(parseJson(profileText.replace(/^\uFEFF/, ''))))
    emit({
      type: 'notice',
      level: 'warning',
      code: 'azure-config',
      message: `azureProfile.json in ${oneLine(settings.azureConfigDir)} is not valid JSON. Its subscriptions are not used.`,
    });
  return createAzure({
    cloud: settings.cloud,
    profileCloud: settings.azureCloud,
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

/** The settings from the Azure CLI's config file and the environment. */
export async function machineSettings(env: Environment, home: string): Promise<Settings> {
  return loadSettings(env, systemFiles(new AbortController().signal), home);
}

/** The real context of a command: this machine, and Azure on first use. */
export function buildContext(
  parts: ContextParts,
  machine: { readonly env: Context['env']; readonly stdin: NodeJS.ReadableStream; readonly version: string },
): Context {
  let azure: Promise<Azure> | undefined;
  const { globals: _, ...given } = parts;
  const files = systemFiles(given.signal);
  const local = {
    ...given,
    version: machine.version,
    env: machine.env,
    clock: systemClock,
    ids: systemIds,
    files,
    ...inputsOf(files, given.signal, () => machine.stdin),
  };
  return {
    ...local,
    azure: async () => {
      azure ??= connect(local);
      return azure;
    },
  };
}
