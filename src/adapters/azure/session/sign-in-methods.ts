import type { HttpClient } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { UsageError } from '../../../core/errors.ts';
import { list, nearest, oneLine } from '../../../core/text.ts';
import { signInMethods, type SignInMethod } from '../../../model/sign-in.ts';
import type { Cloud } from '../../../model/clouds.ts';
import type { SignInCandidate } from './sign-in-chain.ts';
import { boundedClient } from '../http-client.ts';
import { directClient } from './direct-client.ts';
import { githubAssertion } from './github.ts';

export interface SignInContext {
  readonly cloud: Cloud;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The tenant of the token; if undefined, the account's own. */
  readonly tenantId: string | undefined;
  readonly deviceCodePrompt: ((message: string) => void) | undefined;
  /** Whether to check first that the machine has a managed identity at all: fast, so suitable for a chain. */
  readonly probe: boolean;
}

interface SignInMethodRecord {
  readonly label: string;
  /** Environment variables that it requires; one name of each group must be set. */
  readonly needs: readonly (readonly string[])[];
  create(context: SignInContext): Promise<TokenCredential>;
}

const cliTimeoutMs = 60_000;

/** Options for every credential that contacts Entra ID itself. */
function online({ cloud }: SignInContext): { readonly authorityHost: string; readonly httpClient: HttpClient } {
  return { authorityHost: cloud.authority, httpClient: boundedClient() };
}

function tenantOf(context: SignInContext, fallback = 'AZURE_TENANT_ID'): string {
  return context.tenantId ?? context.env[fallback] ?? '';
}

function value(context: SignInContext, name: string): string {
  return context.env[name] ?? '';
}

/**
 * The sign-in methods, in the order of the default chain (browser and device-code only on request). The variables are
 * those of `@azure/identity`, of workload identity on AKS, of service connections in Azure Pipelines, and of GitHub's
 * OIDC.
 */
const records: Readonly<Record<SignInMethod, SignInMethodRecord>> = {
  env: {
    label: 'service principal from environment variables',
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
      // `sendProbeRequest`, as DefaultAzureCredential sets it: checks within one second whether the machine has an
      // identity.
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

/** @throws UsageError for an unknown method. */
export function checkSignIn(signIn: string): SignInMethod {
  const found = signInMethods.find((method) => method === signIn);
  if (found !== undefined) return found;
  const near = nearest(signIn, signInMethods);
  throw new UsageError(
    `--sign-in: '${oneLine(signIn)}' is not a sign-in method.${near === undefined ? '' : ` Did you mean ${near}?`}`,
    [`Allowed values: ${list(signInMethods)}.`],
  );
}

function missing(record: SignInMethodRecord, context: SignInContext): string | undefined {
  const absent = record.needs.filter((group) => !group.some((name) => value(context, name) !== ''));
  return absent.length === 0
    ? undefined
    : `${list(absent.map((group) => group.join(' or ')))} ${absent.length === 1 ? 'is' : 'are'} not set`;
}

function signInCandidate(id: SignInMethod, context: SignInContext): SignInCandidate {
  const record = records[id];
  return { id, label: record.label, missing: missing(record, context), create: async () => record.create(context) };
}

/**
 * The methods to try, in order. `--sign-in` selects exactly one. Otherwise the Azure CLI comes first if its profile
 * lists the subscription, followed only by what the environment configures explicitly; without such a profile it is the
 * default chain, with the Azure CLI last.
 */
export function signInCandidates(
  signIn: string | undefined,
  namedByCli: boolean,
  context: SignInContext,
): readonly SignInCandidate[] {
  if (signIn !== undefined) return [signInCandidate(checkSignIn(signIn), { ...context, probe: false })];
  const configured = (['env', 'workload-identity', 'pipelines', 'github'] as const)
    .map((id) => signInCandidate(id, context))
    .filter((each) => each.missing === undefined);
  const identity = ['IDENTITY_ENDPOINT', 'MSI_ENDPOINT'].some((name) => value(context, name) !== '');
  const machine = signInCandidate('managed-identity', { ...context, probe: !identity });
  const cli = signInCandidate('cli', context);
  if (namedByCli) return [cli, ...configured, ...(identity ? [machine] : [])];
  const shown = configured.length > 0 ? configured : [signInCandidate('env', context)];
  return [...shown, machine, cli];
}
