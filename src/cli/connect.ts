import path from 'node:path';
import { CliError } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import type { Clock, Files, Ids } from '../core/ports.ts';
import { oneLine } from '../core/text.ts';
import type { Azure } from '../model/ports.ts';
import type { Environment, Settings } from './settings.ts';

export interface ConnectParts {
  readonly env: Environment;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly files: Files;
  readonly signal: AbortSignal;
  readonly emit: Emit;
  readonly settings: Settings;
  /** Of the program, for the user agent. */
  readonly version: string;
  /** Shown as it is: the sign-in with a device code. */
  say(text: string): void;
}

const maxProfileBytes = 16 * 1_048_576;
const maxCaBytes = 1_048_576;

async function text(files: Files, file: string, maxBytes: number): Promise<string | undefined> {
  const bytes = await files.read(file, maxBytes);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

async function certificateAuthority(parts: ConnectParts): Promise<string | undefined> {
  const file = parts.settings.caFile;
  if (file === undefined) return undefined;
  const pem = await text(parts.files, file, maxCaBytes);
  if (pem !== undefined) return pem;
  throw new CliError({
    code: 'file-not-found',
    message: `AKS_LOCALDNS_CA_FILE names ${oneLine(file)}, which is not there.`,
    exit: 'not-found',
  });
}

/** Loads the Azure adapter and hands it what it needs; nothing is sent yet. */
export async function connect(parts: ConnectParts): Promise<Azure> {
  const { settings } = parts;
  const [{ createAzure }, profileText, caPem] = await Promise.all([
    import('../adapters/azure/index.ts'),
    text(parts.files, path.join(settings.azureConfigDir, 'azureProfile.json'), maxProfileBytes),
    certificateAuthority(parts),
  ]);
  return createAzure({
    cloud: settings.cloud,
    azureConfigDir: settings.azureConfigDir,
    profileText,
    signIn: settings.signIn,
    env: parts.env,
    clock: parts.clock,
    ids: parts.ids,
    emit: parts.emit,
    signal: parts.signal,
    files: parts.files,
    cacheDir: settings.cacheDir,
    version: parts.version,
    allowEndpoint: settings.allowEndpoint,
    ...(settings.armEndpoint === undefined ? {} : { endpoint: settings.armEndpoint }),
    ...(caPem === undefined ? {} : { caPem }),
    deviceCodePrompt: (message) => {
      parts.say(message);
    },
  });
}
