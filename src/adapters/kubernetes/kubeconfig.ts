import { CliError } from '../../core/errors.ts';
import { asArray, asString, isJsonObject, own, type JsonObject, type JsonValue } from '../../core/json.ts';
import { Secret } from '../../core/secret.ts';
import { parseYaml } from '../../core/yaml.ts';

/** What is taken from the kubeconfig that Azure gives: an address and what proves it; nothing that would run a program. */
export interface UserCredentials {
  readonly cluster: JsonObject;
  /** A client certificate or a token of the cluster's own; undefined if it signs users in with Entra ID. */
  readonly user: JsonObject | undefined;
}

const clusterKeys = ['server', 'certificate-authority-data', 'tls-server-name'] as const;
const userKeys = ['client-certificate-data', 'client-key-data', 'token'] as const;

function notUsable(why: string): CliError {
  return new CliError({
    code: 'kubeconfig-not-usable',
    message: `The cluster's user credentials from Azure are not usable: ${why}.`,
    hints: ['Use your own kubeconfig: --via kubectl'],
  });
}

function named(config: JsonValue, list: string, name: JsonValue | undefined): JsonValue | undefined {
  return asArray(own(config, list)).find((entry) => own(entry, 'name') === name);
}

/** Texts alone: a member of another kind is left out. */
function picked(value: JsonValue | undefined, keys: readonly string[]): JsonObject {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const text = asString(own(value, key));
      return text === undefined || text === '' ? [] : [[key, text]];
    }),
  );
}

/** The error of the parser may quote the text: it is not passed on. */
function parsed(text: string): JsonValue {
  try {
    return parseYaml(text, 'the kubeconfig');
  } catch {
    throw notUsable('they are not a kubeconfig');
  }
}

/** @throws CliError `kubeconfig-not-usable` */
export function readUserCredentials(kubeconfig: Secret): UserCredentials {
  const config = parsed(kubeconfig.reveal());
  const context = own(named(config, 'contexts', own(config, 'current-context')), 'context');
  const cluster = picked(own(named(config, 'clusters', own(context, 'cluster')), 'cluster'), clusterKeys);
  const server = asString(cluster['server']);
  if (server === undefined) throw notUsable('they name no server');
  // Credentials are sent to it.
  if (!URL.canParse(server) || new URL(server).protocol !== 'https:')
    throw notUsable('their server is not an https URL');
  const user = own(named(config, 'users', own(context, 'user')), 'user');
  const ownKeys = picked(user, userKeys);
  if (Object.keys(ownKeys).length > 0) return { cluster, user: ownKeys };
  const usesEntra = isJsonObject(user) && ('exec' in user || 'auth-provider' in user);
  if (!usesEntra) throw notUsable('they contain no way to sign in');
  return { cluster, user: undefined };
}

export interface PrivateKubeconfig {
  /** A kubeconfig in JSON, which is YAML. */
  readonly text: Secret;
  /** What in it must never be printed. */
  readonly secrets: readonly string[];
}

/** `token`: for a cluster that signs users in with Entra ID. */
export function privateKubeconfig({ cluster, user }: UserCredentials, token: Secret | undefined): PrivateKubeconfig {
  const given = user ?? { token: token?.reveal() ?? '' };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'cluster',
    contexts: [{ name: 'cluster', context: { cluster: 'cluster', user: 'user' } }],
    clusters: [{ name: 'cluster', cluster }],
    users: [{ name: 'user', user: given }],
  };
  const secrets = Object.entries(given).flatMap(([key, value]) =>
    key === 'client-certificate-data' || typeof value !== 'string' ? [] : [value],
  );
  return { text: new Secret(JSON.stringify(config)), secrets };
}
