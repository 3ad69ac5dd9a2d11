import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jwt, subscription, tenant } from '../support/azure.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** What the child runs: the principal of the token that the bundled adapter signs in with, or the error. */
const program = `
import { createAzure } from './src/adapters/azure/index.ts';
const azure = createAzure({
  cloud: 'AzureCloud', azureConfigDir: '/none', profileText: undefined, signIn: process.argv[2] === 'chain' ? undefined : process.argv[2], env: process.env,
  clock: { now: () => Date.now(), sleep: async (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
  ids: { uuid: () => crypto.randomUUID(), random: () => 0.5 }, emit: () => {}, signal: new AbortController().signal,
  files: { read: async () => undefined, write: async () => {}, remove: async () => {} }, cacheDir: '/none',
});
try {
  console.log(JSON.stringify(await azure.accounts.principal('${subscription}')));
} catch (error) {
  console.log(JSON.stringify({ name: error.name, class: error.class, message: error.message, hints: error.hints }));
}
`;

const inAnHour = (): number => Math.floor(Date.now() / 1000) + 3600;
const tokenOf = (name: string): string =>
  jwt({ idtyp: 'app', appid: name, oid: 'o', tid: tenant, exp: inAnHour(), aud: 'https://management.azure.com/' });

describe('the bundled adapter signs in', () => {
  const servers: Server[] = [];
  const asked: string[] = [];
  let dir = '';
  let bundle = '';
  let identityPort = 0;
  let proxyPort = 0;

  async function listen(server: Server): Promise<number> {
    servers.push(server);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return (server.address() as AddressInfo).port;
  }

  /**
   * Entra ID as far as a confidential client sees it, behind a CONNECT proxy: nothing of this test leaves the machine.
   */
  async function entra(): Promise<number> {
    const names = [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'login.microsoftonline.com' },
          { type: 2, value: 'dev.azure.com' },
          { type: 2, value: 'actions.example' },
        ],
      },
    ];
    const pems = await generate([{ name: 'commonName', value: 'login.microsoftonline.com' }], {
      keySize: 2048,
      extensions: names as never,
    });
    await writeFile(path.join(dir, 'ca.pem'), pems.cert);
    await writeFile(path.join(dir, 'client.pem'), `${pems.private}\n${pems.cert}`);
    return listen(
      createTlsServer({ key: pems.private, cert: pems.cert }, (request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
          const host = request.headers.host ?? '';
          asked.push(
            `${request.method ?? ''} ${host}${(request.url ?? '').split('?')[0] ?? ''} ${form.get('client_secret') ?? form.get('client_assertion')?.slice(0, 9) ?? ''}`.trim(),
          );
          response.setHeader('content-type', 'application/json');
          const base = `https://login.microsoftonline.com/${tenant}`;
          const answer =
            host === 'dev.azure.com'
              ? { oidcToken: 'pipelines-assertion' }
              : host === 'actions.example'
                ? { value: 'github-assertion' }
                : request.url?.includes('openid-configuration') === true
                  ? {
                      token_endpoint: `${base}/oauth2/v2.0/token`,
                      issuer: `${base}/v2.0`,
                      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
                      jwks_uri: `${base}/discovery/v2.0/keys`,
                    }
                  : request.url?.includes('/discovery/instance') === true
                    ? {
                        tenant_discovery_endpoint: `${base}/v2.0/.well-known/openid-configuration`,
                        metadata: [
                          {
                            preferred_network: 'login.microsoftonline.com',
                            preferred_cache: 'login.windows.net',
                            aliases: ['login.microsoftonline.com', 'login.windows.net'],
                          },
                        ],
                      }
                    : form.get('client_secret') === 'wrong'
                      ? {
                          error: 'invalid_client',
                          error_description:
                            'AADSTS7000215: Invalid client secret provided. Trace ID: 1-2 Correlation ID: 3-4 Timestamp: 2026-01-01 00:00:00Z',
                        }
                      : { token_type: 'Bearer', expires_in: 3599, access_token: tokenOf(form.get('client_id') ?? '') };
          response.statusCode = 'error' in answer ? 401 : 200;
          response.end(JSON.stringify(answer));
        });
      }),
    );
  }

  async function signIn(way: string, env: Readonly<Record<string, string>>): Promise<unknown> {
    const { stdout, stderr } = await run(process.execPath, [bundle, way], {
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: dir,
        NODE_EXTRA_CA_CERTS: path.join(dir, 'ca.pem'),
        HTTPS_PROXY: `http://127.0.0.1:${String(proxyPort)}`,
        NO_PROXY: '127.0.0.1',
        ...env,
      },
      timeout: 60_000,
    });
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  }

  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'identity-'));
    await build({
      stdin: { contents: program, resolveDir: root, loader: 'js' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      splitting: true,
      minify: true,
      outdir: dir,
      outExtension: { '.js': '.mjs' },
      banner: {
        js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
      },
      logLevel: 'silent',
    });
    bundle = path.join(dir, 'stdin.mjs');
    const target = await entra();
    const proxy = createHttpServer();
    proxy.on('connect', (_, client) => {
      const upstream = connect(target, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        upstream.pipe(client).pipe(upstream);
      });
      upstream.on('error', () => client.destroy());
      client.on('error', () => upstream.destroy());
    });
    proxyPort = await listen(proxy);
    identityPort = await listen(
      createHttpServer((request, response) => {
        asked.push(`${request.url ?? ''} ${String(request.headers['x-identity-header'])}`);
        response.setHeader('content-type', 'application/json');
        response.end(
          JSON.stringify({
            access_token: tokenOf('identity'),
            expires_on: String(inAnHour()),
            resource: 'https://management.azure.com',
            token_type: 'Bearer',
            client_id: 'identity',
          }),
        );
      }),
    );
  });

  afterAll(async () => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    await rm(dir, { recursive: true, force: true });
  });

  const application = (name: string): object => ({ kind: 'service-principal', name, tenantId: tenant, objectId: 'o' });
  const client = { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: 'app-1' };

  test.each(['managed-identity', 'chain'])('with a managed identity of the App Service kind (%s)', async (way) => {
    expect(
      await signIn(way, {
        IDENTITY_ENDPOINT: `http://127.0.0.1:${String(identityPort)}/token`,
        IDENTITY_HEADER: 'header',
      }),
    ).toEqual(application('identity'));
    expect(asked.at(-1)).toMatch(/resource=https%3A%2F%2Fmanagement\.azure\.com.* header$/);
  });

  test.each(['env', 'chain'])('with a client secret (%s)', async (way) => {
    expect(await signIn(way, { ...client, AZURE_CLIENT_SECRET: 'right' })).toEqual(application('app-1'));
    expect(asked.at(-1)).toBe(`POST login.microsoftonline.com/${tenant}/oauth2/v2.0/token right`);
  });

  test('with a certificate', async () => {
    expect(await signIn('env', { ...client, AZURE_CLIENT_CERTIFICATE_PATH: path.join(dir, 'client.pem') })).toEqual(
      application('app-1'),
    );
  });

  test('with workload identity', async () => {
    const file = path.join(dir, 'federated');
    await writeFile(file, 'federated-assertion');
    expect(await signIn('workload-identity', { ...client, AZURE_FEDERATED_TOKEN_FILE: file })).toEqual(
      application('app-1'),
    );
    expect(asked.at(-1)).toMatch(/federated$/);
    expect(await readFile(file, 'utf8')).toBe('federated-assertion');
  });

  test('in Azure Pipelines', async () => {
    const env = {
      SYSTEM_OIDCREQUESTURI: 'https://dev.azure.com/oidc',
      SYSTEM_ACCESSTOKEN: 'system',
      AZURESUBSCRIPTION_TENANT_ID: tenant,
      AZURESUBSCRIPTION_CLIENT_ID: 'app-2',
      AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: 'connection',
    };
    expect(await signIn('pipelines', env)).toEqual(application('app-2'));
    expect(asked.at(-1)).toMatch(/pipelines$/);
  });

  test('in GitHub Actions', async () => {
    expect(
      await signIn('github', {
        ...client,
        ACTIONS_ID_TOKEN_REQUEST_URL: 'https://actions.example/oidc?x=1',
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request',
      }),
    ).toEqual(application('app-1'));
    expect(asked.at(-1)).toMatch(/github-as$/);
  });

  test.skipIf(process.platform === 'win32')('with the account of the Azure CLI', async () => {
    const bin = await mkdtemp(path.join(dir, 'bin-'));
    const answer = JSON.stringify({
      accessToken: tokenOf('from-az'),
      expires_on: inAnHour(),
      tokenType: 'Bearer',
      tenant,
    });
    await writeFile(path.join(bin, 'az'), `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
    expect(await signIn('cli', { PATH: `${bin}:${process.env['PATH'] ?? ''}` })).toEqual(application('from-az'));
  });

  test('or gives a short reason why not', async () => {
    expect(await signIn('env', { ...client, AZURE_CLIENT_SECRET: 'wrong' })).toEqual({
      name: 'AzureError',
      class: 'not-signed-in',
      hints: expect.arrayContaining(['Sign in: az login']) as unknown,
      message: expect.stringMatching(
        /^Not signed in to Azure\. Tried: service principal from environment variables: .*AADSTS7000215: Invalid client secret provided\.$/,
      ) as string,
    });
  });
});
