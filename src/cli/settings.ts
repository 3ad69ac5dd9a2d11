import path from 'node:path';
import { parseBoolean } from '../core/boolean.ts';
import { asString, at } from '../core/json.ts';
import type { CacheFiles } from '../core/ports.ts';
import { cloudNames, defaultCloud, findCloud } from '../model/clouds.ts';
import type { Settings } from './framework/context.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Far more than any config file of the Azure CLI has. */
const maxConfigBytes = 1_048_576;

function present(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}

/** The INI file as sections; empty if it is missing or cannot be read, as the Azure CLI takes it. */
async function readConfig(files: Pick<CacheFiles, 'read'>, file: string): Promise<unknown> {
  const bytes = await files.read(file, maxConfigBytes).catch(() => undefined);
  if (bytes === undefined) return {};
  const ini = await import('ini');
  // Bundled, a CommonJS library that is imported late has its exports in `default` alone.
  const { parse } = 'parse' in ini ? ini : (ini as { readonly default: typeof ini }).default;
  try {
    return parse(new TextDecoder().decode(bytes));
  } catch {
    return {};
  }
}

/**
 * Environment before config file, as the Azure CLI has it (AZURE_{SECTION}_{NAME}).
 * @throws UsageError `unknown-cloud`.
 */
export async function loadSettings(env: Environment, files: Pick<CacheFiles, 'read'>, home: string): Promise<Settings> {
  const azureConfigDir = path.resolve(present(env['AZURE_CONFIG_DIR']) ?? path.join(home, '.azure'));
  const config = await readConfig(files, path.join(azureConfigDir, 'config'));
  const setting = (section: string, name: string): string | undefined => {
    const stored = at(config, section, name);
    const text = typeof stored === 'boolean' ? String(stored) : asString(stored);
    return present(env[`AZURE_${section}_${name}`.toUpperCase()]) ?? present(text);
  };
  const endpoint = present(env['AKS_LOCALDNS_ARM_ENDPOINT']);
  const wantedCloud = present(env['AZURE_CLOUD_NAME']) ?? setting('cloud', 'name') ?? defaultCloud;
  return {
    azureConfigDir,
    output: setting('core', 'output'),
    onlyShowErrors: parseBoolean(setting('core', 'only_show_errors')) ?? false,
    noColor: parseBoolean(setting('core', 'no_color')) ?? false,
    defaultGroup: setting('defaults', 'group'),
    // A cloud registered for another endpoint has a name of its own: it does not matter once we are told the endpoint.
    cloud: endpoint === undefined || cloudNames.includes(wantedCloud) ? findCloud(wantedCloud).name : defaultCloud,
    azureCloud: wantedCloud,
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
