import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../src/core/http.ts';
import { cluster, userpool, withAzure, type Rig } from '../support/e2e.ts';
import { secretTexts } from '../support/secret-texts.ts';

/** Every kind of secret in one sentence. */
const planted = secretTexts.map(({ text }) => text.replace(/\n/g, ' ')).join(' | ');
const secrets = [...secretTexts.map(({ secret }) => secret), 'ghp_0123456789abcdefghijklmnopqrstuvwxyz'];
/** A token in a header for an ID, which matches no pattern. */
const opaque = 'ghp_0123456789abcdefghijklmnopqrstuvwxyz';

const headers = {
  'content-type': 'application/json',
  'x-ms-request-id': opaque,
  'x-ms-correlation-request-id': `Bearer ${opaque}`,
  'x-ms-failure-cause': 'password=correct-horse',
  'x-ms-error-code': 'sig=aBc%2Bd%3D',
  'retry-after': 'token=0123456789abcdef0123456789abcdef',
  'www-authenticate': `Bearer error="invalid", token="${opaque}"`,
};
const error = {
  code: planted,
  message: planted,
  target: planted,
  subcode: planted,
  details: [{ code: planted, message: planted, details: [{ code: planted, message: planted }] }],
  innererror: { code: planted, message: planted },
  additionalInfo: [{ type: planted, info: { policyAssignmentDisplayName: planted } }],
};

const answer = (status: number, body: unknown, more: Readonly<Record<string, string>> = {}): HttpResponse => ({
  status,
  headers: { ...headers, ...more },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const answers: Readonly<Record<string, (url: string) => HttpResponse>> = {
  'an error of ARM': () => answer(400, { error }),
  'an error of AKS': () => answer(400, error),
  'a refusal': () => answer(403, { error: { ...error, code: 'AuthorizationFailed' } }),
  'a conflict': () => answer(409, { error: { ...error, code: 'OperationNotAllowed' } }),
  'an HTML page': () => answer(400, `<html><title>${planted}</title><body>${planted}</body></html>`),
  'broken JSON': () => answer(400, `{"error": "${planted}`),
  'a list with a next link to another host': () =>
    answer(200, { value: [], nextLink: 'https://ada:correct-horse@evil.example/x?sig=aBc%2Bd%3D' }),
  'a failed operation': (url) =>
    url.includes('/operations/') ? answer(200, { status: 'Failed', error }) : answer(400, error),
};

/** Answers the requests that `of` selects with planted secrets, and all others as usual. */
function plant(azure: Rig, of: (request: HttpRequest) => boolean, kind: string): void {
  const handle = azure.simulator.handle;
  Object.assign(azure.simulator, {
    handle: async (request: HttpRequest) =>
      of(request) ? (answers[kind]?.(request.url) ?? handle(request)) : handle(request),
  });
}

function everything(directory: string): string {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

function leaked(text: string): readonly string[] {
  const joined = text.replace(/\s+/g, ' ');
  return secrets.filter((secret) => joined.includes(secret));
}

const places: Readonly<Record<string, (request: HttpRequest) => boolean>> = {
  reads: ({ method, url }) => method === 'GET' && url.includes('/managedClusters'),
  'subscriptions and sizes': ({ url }) => /\/subscriptions\?|\/skus|Microsoft\.Features|ResourceGraph/.test(url),
  'the request': ({ method }) => method === 'PUT',
  'the operation': ({ url }) => url.includes('/operations/'),
};

describe('secrets in answers from Azure never reach any output', () => {
  const cases = Object.keys(answers).flatMap((kind) => Object.keys(places).map((place) => ({ kind, place })));
  test.concurrent.each(cases)('in $kind to $place', async ({ kind, place }) => {
    await withAzure({}, async (azure) => {
      plant(azure, places[place] ?? (() => false), kind);
      const line =
        place === 'subscriptions and sizes'
          ? ['check', '--all-subscriptions', '--source', 'graph', '--report', 'json=report.json']
          : ['nodepool', 'enable', ...userpool, '--yes', '--timeout', '20s'];
      const plain = await azure.run([...line, '--debug']);
      const records = await azure.run(['nodepool', 'show', ...userpool, '--debug', '--events', 'ndjson']);
      for (const ran of [plain, records]) expect(leaked(`${ran.stdout}\n${ran.stderr}`), ran.stderr).toEqual([]);
      expect(leaked(everything(path.dirname(azure.directory)))).toEqual([]);
    })();
  });

  test.concurrent(
    'in the error of a failed pool',
    withAzure({}, async (azure) => {
      azure.simulator.changePool('aks-demo', 'userpool', (properties) => ({
        ...properties,
        provisioningState: 'Failed',
        status: { provisioningError: error },
      }));
      for (const line of [
        ['check', ...cluster],
        ['nodepool', 'show', ...userpool],
        ['nodepool', 'list', ...cluster, '-o', 'yaml'],
        ['nodepool', 'wait', ...userpool, '--updated'],
        ['nodepool', 'enable', ...userpool, '--dry-run'],
      ]) {
        const ran = await azure.run([...line, '--debug']);
        expect(leaked(`${ran.stdout}\n${ran.stderr}`), ran.stdout).toEqual([]);
      }
    }),
  );

  test.concurrent(
    'in the standard error of a failing az',
    withAzure({}, async (azure) => {
      const az = azure.file('../bin/az', `#!/bin/sh\ncat >&2 <<'END'\nERROR: ${planted}\nEND\nexit 1\n`);
      chmodSync(az, 0o755);
      const ran = await azure.run(['nodepool', 'show', ...userpool, '--sign-in', 'cli', '--debug']);
      expect(ran.code).toBe(4);
      expect(leaked(ran.stderr), ran.stderr).toEqual([]);
    }),
  );

  test.concurrent(
    'in the URL of a proxy at which a sign-in fails',
    withAzure({}, async (azure) => {
      const ran = await azure.run(['nodepool', 'show', ...userpool, '--sign-in', 'env', '--debug'], {
        env: {
          HTTPS_PROXY: 'http://ada:correct-horse@127.0.0.1:9/',
          AZURE_TENANT_ID: '11111111-1111-4111-8111-111111111111',
          AZURE_CLIENT_ID: '11111111-1111-4111-8111-111111111112',
          AZURE_CLIENT_SECRET: 's3cr3t~Q8~value',
        },
      });
      expect(ran.code, ran.stderr).not.toBe(0);
      expect(leaked(ran.stderr), ran.stderr).toEqual([]);
    }),
  );

  test.concurrent(
    "and the SDK's own log is off",
    withAzure({}, async (azure) => {
      const ran = await azure.run(['nodepool', 'enable', ...userpool, '--yes', '--events', 'ndjson'], {
        env: { DEBUG: '*', AZURE_LOG_LEVEL: 'verbose', TYPESPEC_RUNTIME_LOG_LEVEL: 'verbose' },
      });
      expect(ran.code, ran.stderr).toBe(0);
      expect(ran.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{'))).toEqual([]);
    }),
  );
});
