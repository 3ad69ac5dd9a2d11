import path from 'node:path';
import { parseBoolean } from '../core/boolean.ts';
import { asString, at } from '../core/json.ts';
import type { CacheFiles } from '../core/ports.ts';
import { oneLine } from '../core/text.ts';
import { cloudNames, defaultCloud, findCloud } from '../model/clouds.ts';
import type { Settings } from './framework/context.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Far larger than any config file of the Azure CLI. */
const maxConfigBytes = 1_048_576;

function present(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}

interface Config {
  /** The sections of the INI file; empty if it is missing or invalid. */
  readonly sections: unknown;
  readonly problem?: string;
}

/** The number of the first line that is not valid in an INI file. Source: Python, configparser. */
function brokenLine(text: string): number | undefined {
  let place: 'nowhere' | 'section' | 'setting' = 'nowhere';
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(?:[#;].*)?$/.test(line)) continue;
    if (/[\0\ufffd]/.test(line)) return index + 1;
    if (/^\s+\S/.test(line) && place === 'setting') continue;
    if (/^\s*\[[^\]]+\]/.test(line)) place = 'section';
    else if (place !== 'nowhere' && /^\s*[^\s=:][^=:]*[=:]/.test(line)) place = 'setting';
    else return index + 1;
  }
  return undefined;
}

async function readConfig(files: Pick<CacheFiles, 'read'>, file: string): Promise<Config> {
  const broken = (why: string): Config => ({ sections: {}, problem: `${why} None of its settings are used.` });
  let bytes: Uint8Array | undefined;
  try {
    bytes = await files.read(file, maxConfigBytes);
  } catch (error) {
    return broken(error instanceof Error ? error.message : `${oneLine(file)} could not be read.`);
  }
  if (bytes === undefined) return { sections: {} };
  const text = new TextDecoder().decode(bytes);
  const line = brokenLine(text);
  if (line !== undefined)
    return broken(`The configuration file of the Azure CLI is not valid: ${oneLine(file)}, line ${String(line)}.`);
  const ini = await import('ini');
  // In the bundle, a lazily imported CommonJS library has its exports only in `default`.
  const { parse } = 'parse' in ini ? ini : (ini as { readonly default: typeof ini }).default;
  return { sections: parse(text) };
}

/**
 * Environment variables (AZURE_{SECTION}_{NAME}) take precedence over the config file, as in the Azure CLI.
 * @throws UsageError `unknown-cloud`.
 */
export async function loadSettings(env: Environment, files: Pick<CacheFiles, 'read'>, home: string): Promise<Settings> {
  const azureConfigDir = path.resolve(present(env['AZURE_CONFIG_DIR']) ?? path.join(home, '.azure'));
  const { sections, problem } = await readConfig(files, path.join(azureConfigDir, 'config'));
  const setting = (section: string, name: string): string | undefined => {
    const stored = at(sections, section, name);
    const text = typeof stored === 'boolean' ? String(stored) : asString(stored);
    return present(env[`AZURE_${section}_${name}`.toUpperCase()]) ?? present(text);
  };
  const endpoint = present(env['AKS_LOCALDNS_ARM_ENDPOINT']);
  const cloudName = present(env['AZURE_CLOUD_NAME']) ?? setting('cloud', 'name') ?? defaultCloud;
  return {
    azureConfigDir,
    ...(problem === undefined ? {} : { configProblem: problem }),
    output: setting('core', 'output'),
    onlyShowErrors: parseBoolean(setting('core', 'only_show_errors')) ?? false,
    noColor: parseBoolean(setting('core', 'no_color')) ?? false,
    defaultGroup: setting('defaults', 'group'),
    // A custom cloud has its own name, which does not matter if the endpoint is given.
    cloud: endpoint === undefined || cloudNames.includes(cloudName) ? findCloud(cloudName).name : defaultCloud,
    azureCloud: cloudName,
    ruleset: present(env['AKS_LOCALDNS_RULESET']),
    signIn: present(env['AKS_LOCALDNS_SIGN_IN']),
    cacheDir: path.resolve(
      present(env['AKS_LOCALDNS_CACHE_DIR']) ??
        path.join(present(env['XDG_CACHE_HOME']) ?? path.join(home, '.cache'), 'aks-localdns'),
    ),
    armEndpoint: endpoint,
    caFile: present(env['AKS_LOCALDNS_CA_FILE']),
    allowEndpoint: parseBoolean(env['AKS_LOCALDNS_ALLOW_ENDPOINT']) ?? false,
  };
}
