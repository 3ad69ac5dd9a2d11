import type { HttpClient } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { UsageError } from '../../../core/errors.ts';
import { list, nearest, oneLine } from '../../../core/text.ts';
import { signInMethods, type SignInMethod } from '../../../model/sign-in.ts';
import type { Cloud } from '../../../model/clouds.ts';
import type { SignInWay } from './chain.ts';
import { boundedClient } from '../http-client.ts';
import { directClient } from './direct-client.ts';
import { githubAssertion } from './github.ts';

export interface WayContext {
  readonly cloud: Cloud;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The tenant that the token must be of; undefined: the account's own. */
  readonly tenantId: string | undefined;
  readonly deviceCodePrompt: ((message: string) => void) | undefined;
  /** Whether the machine is asked first if it has a managed identity at all: quick, and right for a chain. */
  readonly probe: boolean;
}

interface WayRecord {
  readonly label: string;
  /** Environment variables without which it cannot be tried; one name of each group must be set. */
  readonly needs: readonly (readonly string[])[];
  create(context: WayContext): Promise<TokenCredential>;
}

const cliTimeoutMs = 60_000;

/** What every credential that asks Entra ID itself is given. */
function online({ cloud }: WayContext): { readonly authorityHost: string; readonly httpClient: HttpClient } {
  return { authorityHost: cloud.authority, httpClient: boundedClient() };
}

function tenantOf(context: WayContext, fallback = 'AZURE_TENANT_ID'): string {
  return context.tenantId ?? context.env[fallback] ?? '';
}

function value(context: WayContext, name: string): string {
  return context.env[name] ?? '';
}

/**
 * The ways to sign in, in the order in which the usual chain tries them (browser and device-code only when asked for).
 * The variables are those of `@azure/identity`, of workload identity on AKS, of Azure Pipelines' service connections,
 * and of GitHub's OIDC.
 */
const ways: Readonly<Record<SignInMethod, WayRecord>> = {
  env: {
    label: 'service principal of the environment',
    needs: [['AZURE_TENANT_ID'], ['AZURE_CLIENT_ID'], ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH']],
    create: async (context) => {
      const { ClientCertificateCredential, ClientSecretCredential } = await import('@azure/identity');
      const secret = value(context, 'AZURE_CLIENT_SECRET');
      if (secret !== '')
        return new ClientSecretCredential(
          tenantOf(context),
          value(context, 'AZURE_CLIENT_ID'),
          secret,
          online(context),
        );
      const certificatePassword = context.env['AZURE_CLIENT_CERTIFICATE_PASSWORD'];
      return new ClientCertificateCredential(
        tenantOf(context),
        value(context, 'AZURE_CLIENT_ID'),
        {
          certificatePath: value(context, 'AZURE_CLIENT_CERTIFICATE_PATH'),
          ...(certificatePassword === undefined ? {} : { certificatePassword }),
        },
        {
          ...online(context),
          sendCertificateChain: /^(1|true)$/i.test(value(context, 'AZURE_CLIENT_SEND_CERTIFICATE_CHAIN')),
        },
      );
    },
  },
  'workload-identity': {
    label: 'workload identity',
    needs: [['AZURE_FEDERATED_TOKEN_FILE'], ['AZURE_CLIENT_ID'], ['AZURE_TENANT_ID']],
    create: async (context) => {
      const { WorkloadIdentityCredential } = await import('@azure/identity');
      return new WorkloadIdentityCredential({
        tenantId: tenantOf(context),
        clientId: value(context, 'AZURE_CLIENT_ID'),
        tokenFilePath: value(context, 'AZURE_FEDERATED_TOKEN_FILE'),
        ...online(context),
      });
    },
  },
  pipelines: {
    label: 'Azure Pipelines',
    needs: [
      ['SYSTEM_OIDCREQUESTURI'],
      ['SYSTEM_ACCESSTOKEN'],
      ['AZURESUBSCRIPTION_TENANT_ID'],
      ['AZURESUBSCRIPTION_CLIENT_ID'],
      ['AZURESUBSCRIPTION_SERVICE_CONNECTION_ID'],
    ],
    create: async (context) => {
      const { AzurePipelinesCredential } = await import('@azure/identity');
      return new AzurePipelinesCredential(
        tenantOf(context, 'AZURESUBSCRIPTION_TENANT_ID'),
        value(context, 'AZURESUBSCRIPTION_CLIENT_ID'),
        value(context, 'AZURESUBSCRIPTION_SERVICE_CONNECTION_ID'),
        value(context, 'SYSTEM_ACCESSTOKEN'),
        online(context),
      );
    },
  },
  github: {
    label: 'GitHub Actions',
    needs: [
      ['ACTIONS_ID_TOKEN_REQUEST_URL'],
      ['ACTIONS_ID_TOKEN_REQUEST_TOKEN'],
      ['AZURE_CLIENT_ID'],
      ['AZURE_TENANT_ID'],
    ],
    create: async (context) => {
      const { ClientAssertionCredential } = await import('@azure/identity');
      const assertion = async (): Promise<string> =>
        githubAssertion(
          value(context, 'ACTIONS_ID_TOKEN_REQUEST_URL'),
          value(context, 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'),
          context.cloud.exchangeAudience,
        );
      return new ClientAssertionCredential(
        tenantOf(context),
        value(context, 'AZURE_CLIENT_ID'),
        assertion,
        online(context),
      );
    },
  },
  'managed-identity': {
    label: 'managed identity',
    needs: [],
    create: async (context) => {
      const { ManagedIdentityCredential } = await import('@azure/identity');
      const clientId = value(context, 'AZURE_CLIENT_ID');
      // `sendProbeRequest` is what DefaultAzureCredential sets: one second decides whether the machine has an identity.
      const options: { httpClient: HttpClient; clientId?: string; sendProbeRequest?: boolean } = {
        httpClient: directClient(),
        ...(clientId === '' ? {} : { clientId }),
        ...(context.probe ? { sendProbeRequest: true } : {}),
      };
      return new ManagedIdentityCredential(options);
    },
  },
  cli: {
    label: 'Azure CLI',
    needs: [],
    create: async (context) => {
      const { AzureCliCredential } = await import('@azure/identity');
      return new AzureCliCredential({
        processTimeoutInMs: cliTimeoutMs,
        ...(context.tenantId === undefined ? {} : { tenantId: context.tenantId }),
      });
    },
  },
  browser: {
    label: 'browser',
    needs: [],
    create: async (context) => {
      const { InteractiveBrowserCredential } = await import('@azure/identity');
      return new InteractiveBrowserCredential({
        ...online(context),
        ...(tenantOf(context) === '' ? {} : { tenantId: tenantOf(context) }),
      });
    },
  },
  'device-code': {
    label: 'device code',
    needs: [],
    create: async (context) => {
      const { DeviceCodeCredential } = await import('@azure/identity');
      return new DeviceCodeCredential({
        ...online(context),
        userPromptCallback: (info) => context.deviceCodePrompt?.(oneLine(info.message)),
        ...(tenantOf(context) === '' ? {} : { tenantId: tenantOf(context) }),
      });
    },
  },
};

/** @throws UsageError where there is no such way. */
export function checkSignIn(signIn: string): SignInMethod {
  const found = signInMethods.find((method) => method === signIn);
  if (found !== undefined) return found;
  const near = nearest(signIn, signInMethods);
  throw new UsageError(
    `--sign-in: '${oneLine(signIn)}' is not a way to sign in.${near === undefined ? '' : ` Did you mean ${near}?`}`,
    [`One of ${list(signInMethods, 'or')}.`],
  );
}

function missing(record: WayRecord, context: WayContext): string | undefined {
  const absent = record.needs.filter((group) => !group.some((name) => value(context, name) !== ''));
  return absent.length === 0
    ? undefined
    : `${list(absent.map((group) => group.join(' or ')))} ${absent.length === 1 ? 'is' : 'are'} not set`;
}

function way(id: SignInMethod, context: WayContext): SignInWay {
  const record = ways[id];
  return { id, label: record.label, missing: missing(record, context), create: async () => record.create(context) };
}

/**
 * What is tried, in order. `--sign-in` picks exactly one. Otherwise: the Azure CLI first where its profile names the
 * subscription, then only what the environment sets up by name; without that, the usual chain with the Azure CLI last.
 */
export function waysToTry(signIn: string | undefined, namedByCli: boolean, context: WayContext): readonly SignInWay[] {
  if (signIn !== undefined) return [way(checkSignIn(signIn), { ...context, probe: false })];
  const configured = (['env', 'workload-identity', 'pipelines', 'github'] as const)
    .map((id) => way(id, context))
    .filter((each) => each.missing === undefined);
  const identity = ['IDENTITY_ENDPOINT', 'MSI_ENDPOINT'].some((name) => value(context, name) !== '');
  const machine = way('managed-identity', { ...context, probe: !identity });
  const cli = way('cli', context);
  if (namedByCli) return [cli, ...configured, ...(identity ? [machine] : [])];
  const shown = configured.length > 0 ? configured : [way('env', context)];
  return [...shown, machine, cli];
}
