import { get, type RequestOptions } from 'node:https';
import { afterEach, describe, expect, test } from 'vitest';
import { asNumber, asString, own, parseJson } from '../../src/core/json.ts';
import {
  createSimulator,
  sample,
  scaledClock,
  serveSimulator,
  type RequestLogEntry,
  type ServedSimulator,
} from '../../src/simulator/index.ts';
import { scaleWaits } from '../../src/simulator/server/serve.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { clusterPath } from './client.ts';

let served: ServedSimulator | undefined;
afterEach(async () => {
  await served?.close();
  served = undefined;
});

async function ask(
  path: string,
  options: RequestOptions,
): Promise<{
  readonly status: number | undefined;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}> {
  return new Promise((resolve, reject) => {
    get(path, options, (message) => {
      const chunks: Buffer[] = [];
      message.on('data', (chunk: Buffer) => chunks.push(chunk));
      message.on('end', () => {
        resolve({ status: message.statusCode, text: Buffer.concat(chunks).toString(), headers: message.headers });
      });
    }).on('error', reject);
  });
}

async function open(
  scenario: readonly string[] = [],
  onRequest?: (entry: RequestLogEntry) => void,
): Promise<{ readonly server: ServedSimulator; readonly token: string }> {
  const simulator = createSimulator({ clock: new ManualClock(), scenario });
  served = await serveSimulator(simulator, {
    caFile: '/somewhere/ca.pem',
    speed: 60,
    ...(onRequest === undefined ? {} : { onRequest }),
  });
  return { server: served, token: simulator.issueToken().token };
}

describe('the HTTPS server', () => {
  test('answers on loopback with a certificate of its own CA, and uses its own origin in URLs', async () => {
    const seen: RequestLogEntry[] = [];
    const { server, token } = await open([], (entry) => seen.push(entry));
    const answer = await ask(`${server.armEndpoint}${clusterPath()}/agentPools?api-version=2026-03-01`, {
      ca: server.caPem,
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
    expect(asString(own(parseJson(answer.text), 'nextLink'))).toMatch(new RegExp(`^${server.armEndpoint}/`));
    expect(seen).toMatchObject([{ method: 'GET', status: 200 }]);
  });

  test('is not trusted without that CA', async () => {
    const { server } = await open();
    await expect(ask(server.armEndpoint, {})).rejects.toThrow(/certificate/);
  });

  test('lists the environment variables that a client needs', async () => {
    const { server } = await open();
    expect(Object.keys(server.environment).sort()).toEqual([
      'AKS_LOCALDNS_ARM_ENDPOINT',
      'AKS_LOCALDNS_CA_FILE',
      'APPSETTING_WEBSITE_SITE_NAME',
      'IDENTITY_ENDPOINT',
      'IDENTITY_HEADER',
      'MSI_ENDPOINT',
      'MSI_SECRET',
      'REQUESTS_CA_BUNDLE',
    ]);
    expect(server.environment['AKS_LOCALDNS_ARM_ENDPOINT']).toBe(server.armEndpoint);
  });

  test('closes the socket if the response is to be lost', async () => {
    const { server, token } = await open(['connection-reset']);
    const options = { ca: server.caPem, headers: { authorization: `Bearer ${token}` } };
    const url = `${server.armEndpoint}${clusterPath()}?api-version=2026-03-01`;
    await ask(url, options);
    await expect(ask(url, options)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test("scales Retry-After to the client's time", async () => {
    const { server, token } = await open(['throttled-aks']);
    const answer = await ask(`${server.armEndpoint}${clusterPath()}?api-version=2026-03-01`, {
      ca: server.caPem,
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer).toMatchObject({ status: 429, headers: { 'retry-after': '1', 'retry-after-ms': '150' } });
    expect(scaleWaits({ 'retry-after': '600' }, 60)).toEqual({ 'retry-after': '10', 'retry-after-ms': '10000' });
    expect(scaleWaits({ 'x-ms-user-quota-resets-after': '00:05:00' }, 60)).toEqual({
      'x-ms-user-quota-resets-after': '00:00:05',
    });
    expect(scaleWaits({ 'retry-after': '7' }, 1)).toEqual({ 'retry-after': '7' });
  });

  test('reports that the port is in use', async () => {
    const { server } = await open();
    await expect(
      serveSimulator(createSimulator({ clock: new ManualClock() }), { port: server.port }),
    ).rejects.toMatchObject({ code: 'port-taken' });
  });
});

describe('the managed identity endpoint', () => {
  test.each([
    ['2019-08-01', 'x-identity-header'],
    ['2017-09-01', 'secret'],
  ])('at %s gives a token for its header that ARM accepts', async (version, header) => {
    const { server } = await open();
    const answer = await fetch(
      `${server.identityEndpoint}?resource=https://management.azure.com/&api-version=${version}`,
      { headers: { [header]: server.identityHeader } },
    );
    const body: unknown = await answer.json();
    expect(body).toMatchObject({
      token_type: 'Bearer',
      resource: 'https://management.azure.com/',
      client_id: expect.any(String) as unknown,
      expires_on: expect.stringMatching(/^\d+$/) as unknown,
    });
    const token = asString(own(body, 'access_token')) ?? '';
    const arm = await ask(`${server.armEndpoint}/subscriptions/${sample.subscriptionId}?api-version=2022-12-01`, {
      ca: server.caPem,
      headers: { authorization: `Bearer ${token}` },
    });
    expect(arm.status).toBe(200);
    const claims: unknown = parseJson(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(asString(own(claims, 'tid'))).toBe(sample.tenantId);
    expect(asNumber(own(claims, 'exp'))).toBeGreaterThan(0);
  });

  test('refuses a wrong header and a missing resource', async () => {
    const { server } = await open();
    expect(
      (
        await fetch(`${server.identityEndpoint}?resource=x&api-version=2019-08-01`, {
          headers: { 'x-identity-header': 'guess' },
        })
      ).status,
    ).toBe(401);
    expect(
      (
        await fetch(`${server.identityEndpoint}?api-version=2019-08-01`, {
          headers: { 'x-identity-header': server.identityHeader },
        })
      ).status,
    ).toBe(400);
  });

  test('accepts a form from older clients', async () => {
    const { server } = await open();
    const answer = await fetch(server.identityEndpoint, {
      method: 'POST',
      body: new URLSearchParams({ resource: 'https://management.core.windows.net/' }),
    });
    expect(answer.status).toBe(200);
  });
});

describe('a scaled clock', () => {
  test('runs faster from its creation, and sleeps less', async () => {
    const clock = new ManualClock();
    const scaled = scaledClock(clock, 60);
    const start = clock.now();
    clock.advance(1000);
    expect(scaled.now() - start).toBe(60_000);
    await scaled.sleep(60_000);
    expect(clock.now() - start).toBe(2000);
  });
});
