import { describe, expect, test } from 'vitest';
import { clouds } from '../../../../src/model/clouds.ts';
import { signInCandidates, type SignInContext } from '../../../../src/adapters/azure/session/sign-in-methods.ts';
import { signInMethods } from '../../../../src/model/sign-in.ts';
import { tenant } from '../support/azure.ts';

const servicePrincipal = { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: 'client', AZURE_CLIENT_SECRET: 'secret' };
const workload = { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: 'client', AZURE_FEDERATED_TOKEN_FILE: '/var/run/token' };
const pipelines = {
  SYSTEM_OIDCREQUESTURI: 'https://dev.azure.com/x',
  SYSTEM_ACCESSTOKEN: 'system-access',
  AZURESUBSCRIPTION_TENANT_ID: tenant,
  AZURESUBSCRIPTION_CLIENT_ID: 'client',
  AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: 'connection',
};
const github = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://actions.example/token',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't',
  AZURE_TENANT_ID: tenant,
  AZURE_CLIENT_ID: 'client',
};

function context(env: Readonly<Record<string, string>>, tenantId: string | undefined = tenant): SignInContext {
  return { cloud: clouds[0], env, tenantId, deviceCodePrompt: undefined, probe: true };
}
const ids = (
  signIn: string | undefined,
  namedByCli: boolean,
  env: Readonly<Record<string, string>>,
): readonly string[] => signInCandidates(signIn, namedByCli, context(env)).map((way) => way.id);

describe('the ways to sign in', () => {
  test.each([
    ['the profile names the subscription', true, {}, ['cli']],
    ['the profile names it, and the environment a service principal', true, servicePrincipal, ['cli', 'env']],
    [
      'the profile names it, and the machine has an identity endpoint',
      true,
      { IDENTITY_ENDPOINT: 'http://127.0.0.1/x' },
      ['cli', 'managed-identity'],
    ],
    ['nothing is set up', false, {}, ['env', 'managed-identity', 'cli']],
    ['a service principal is set', false, servicePrincipal, ['env', 'managed-identity', 'cli']],
    ['workload identity is set', false, workload, ['workload-identity', 'managed-identity', 'cli']],
    ['Azure Pipelines runs it', false, pipelines, ['pipelines', 'managed-identity', 'cli']],
    ['GitHub runs it', false, github, ['github', 'managed-identity', 'cli']],
    [
      'everything is set',
      false,
      { ...servicePrincipal, ...workload, ...pipelines, ...github },
      ['env', 'workload-identity', 'pipelines', 'github', 'managed-identity', 'cli'],
    ],
  ])('are tried in order if %s', (_, named, env, expected) => {
    expect(ids(undefined, named, env)).toEqual(expected);
  });

  test.each(signInMethods)('are exactly one with --sign-in %s', (signIn) => {
    expect(ids(signIn, true, { ...servicePrincipal, ...pipelines })).toEqual([signIn]);
  });

  test('report what is missing', () => {
    expect(signInCandidates('env', false, context({}))[0]?.missing).toBe(
      'AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH are not set',
    );
    expect(signInCandidates('pipelines', false, context({ ...pipelines, SYSTEM_ACCESSTOKEN: '' }))[0]?.missing).toBe(
      'SYSTEM_ACCESSTOKEN is not set',
    );
  });

  test.each([
    ['env', servicePrincipal, 'ClientSecretCredential'],
    [
      'env',
      { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: 'client', AZURE_CLIENT_CERTIFICATE_PATH: '/c.pem' },
      'ClientCertificateCredential',
    ],
    ['workload-identity', workload, 'WorkloadIdentityCredential'],
    ['pipelines', pipelines, 'AzurePipelinesCredential'],
    ['github', github, 'ClientAssertionCredential'],
    ['managed-identity', {}, 'ManagedIdentityCredential'],
    ['cli', {}, 'AzureCliCredential'],
    ['browser', {}, 'InteractiveBrowserCredential'],
    ['device-code', {}, 'DeviceCodeCredential'],
  ])('%s creates its credential from %j', async (signIn, env, name) => {
    if (signIn === 'pipelines') process.env['SYSTEM_OIDCREQUESTURI'] = pipelines.SYSTEM_OIDCREQUESTURI;
    const credential = await signInCandidates(signIn, false, context(env))[0]?.create();
    expect(credential?.constructor.name).toBe(name);
  });
});
