import { describe, expect, test } from 'vitest';
import { createSimulator, sample } from '../../src/simulator/index.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { clusterPath, code, poolPath, subscriptionPath, update, wire } from './client.ts';

const cluster = `${clusterPath()}?api-version=2026-03-01`;

describe('tokens', () => {
  test.each([
    ['none', undefined, 'AuthenticationFailed'],
    ['a forged one', 'Bearer a.b.c', 'InvalidAuthenticationToken'],
  ])('%s: 401 with a challenge', async (_, authorization, expected) => {
    const simulator = createSimulator({ clock: new ManualClock() });
    const headers = authorization === undefined ? {} : { authorization };
    const response = await simulator.handle({
      method: 'GET',
      url: `https://management.azure.com${cluster}`,
      headers,
      body: undefined,
    });
    expect(response.status).toBe(401);
    expect(response.headers['www-authenticate']).toMatch(/^Bearer authorization_uri=/);
    expect(response.body).toContain(expected);
  });

  test('one for another audience, and one that has expired, are refused', async () => {
    const on = wire();
    const wrong = on.simulator.issueToken({ resource: 'https://vault.azure.net' }).token;
    expect(code(await on.send('GET', cluster, { headers: { authorization: `Bearer ${wrong}` } }))).toBe(
      'InvalidAuthenticationTokenAudience',
    );
    const { token, expiresOn } = on.simulator.issueToken({ lifetimeSeconds: 60 });
    expect(expiresOn).toBe(Math.floor(on.clock.now() / 1000) + 60);
    expect((await on.send('GET', cluster, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    on.advance(60);
    const expired = await on.send('GET', cluster, { headers: { authorization: `Bearer ${token}` } });
    expect([expired.status, code(expired)]).toEqual([401, 'ExpiredAuthenticationToken']);
  });

  test('read as JWTs with tenant, object id, name and expiry', () => {
    const { token } = wire().simulator.issueToken({ caller: 'sam' });
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as unknown;
    expect(claims).toMatchObject({
      tid: sample.tenantId,
      oid: expect.any(String) as unknown,
      upn: 'sam@contoso.example',
      aud: 'https://management.azure.com/',
      exp: expect.any(Number) as unknown,
    });
  });
});

describe('routes', () => {
  test('that are unknown answer 404 with their path, and are recorded', async () => {
    const on = wire();
    const answer = await on.get('/subscriptions/x/providers/Microsoft.Sql/servers?api-version=2021-11-01');
    expect([answer.status, code(answer)]).toEqual([404, 'UnknownRoute']);
    expect(answer.text).toContain('GET /subscriptions/x/providers/Microsoft.Sql/servers');
    expect(on.simulator.unknownRoutes).toEqual(['GET /subscriptions/x/providers/Microsoft.Sql/servers']);
  });

  test('compare the segments of an id case-insensitively', async () => {
    const answer = await wire().get(
      poolPath('userpool').replace('resourceGroups', 'RESOURCEGROUPS').replace('aks-demo', 'AKS-DEMO'),
    );
    expect(answer.status).toBe(200);
    expect(answer.body['id']).toContain('/resourcegroups/rg-demo/');
  });

  test.each([
    ['/subscriptions/11111111-2222-3333-4444-555555555555?api-version=2022-12-01', 'SubscriptionNotFound'],
    [`${clusterPath().replace('rg-demo', 'rg-none')}?api-version=2026-03-01`, 'ResourceGroupNotFound'],
    [`${clusterPath('aks-none')}?api-version=2026-03-01`, 'ResourceNotFound'],
    [poolPath('none'), 'NotFound'],
  ])('%s is a 404 %s', async (path, expected) => {
    const answer = await wire().get(path);
    expect([answer.status, code(answer)]).toEqual([404, expected]);
    expect(answer.headers['x-ms-failure-cause']).toBe(expected === 'NotFound' ? undefined : 'gateway');
  });

  test('are logged with time, method, path and status, and without signatures', async () => {
    const on = wire();
    const url = (await update(on, 'userpool')).headers['azure-asyncoperation'] ?? '';
    await on.get(url);
    const entry = on.simulator.requests.at(-1);
    expect(entry).toMatchObject({ time: '2026-11-25T08:00:00.000Z', method: 'GET', status: 200 });
    expect(entry?.query).toMatch(/^api-version=2025-03-01&t=\d+&c=\[hidden\]&s=\[hidden\]&h=\[hidden\]$/);
  });
});

describe('budgets', () => {
  test('GET of one cluster: 60 at once, then one a second; another cluster has a separate budget', async () => {
    const on = wire();
    for (let index = 0; index < 60; index += 1) expect((await on.get(cluster)).status).toBe(200);
    const over = await on.get(cluster);
    expect([over.status, over.body['code'], over.headers['retry-after']]).toEqual([429, 'Throttled', '1']);
    expect((await on.get(`${clusterPath('aks-edge')}?api-version=2026-03-01`)).status).toBe(200);
    on.advance(1);
    expect((await on.get(cluster)).status).toBe(200);
    expect((await on.get(cluster)).status).toBe(429);
  });

  test('GET of pools: 60 at once over the whole subscription and region', async () => {
    const on = wire();
    for (let index = 0; index < 60; index += 1)
      expect((await on.get(poolPath(index % 2 === 0 ? 'userpool' : 'systempool'))).status).toBe(200);
    expect((await on.get(poolPath('nodepool1', 'aks-old'))).status).toBe(429);
  });

  test('PUT of a pool: 20 at once, then one a minute', async () => {
    const on = wire();
    const body = { properties: {} };
    for (let index = 0; index < 20; index += 1)
      expect((await on.send('PUT', poolPath('userpool'), { body })).status).toBe(400);
    const over = await on.send('PUT', poolPath('userpool'), { body });
    expect([over.status, over.headers['retry-after']]).toEqual([429, '60']);
    expect(over.body['message']).toContain('PutAgentPoolHandler.PUT request limit has been exceeded');
  });

  test('operation status: 200 at once, then two a second', async () => {
    const on = wire();
    const url = (await update(on, 'userpool')).headers['azure-asyncoperation'] ?? '';
    for (let index = 0; index < 200; index += 1) {
      if (index % 100 === 0) on.advance(0);
      expect((await on.get(url)).status).toBe(200);
    }
    expect((await on.get(url)).body['code']).toBe('Throttled');
    on.advance(1);
    expect([(await on.get(url)).status, (await on.get(url)).status, (await on.get(url)).status]).toEqual([
      200, 200, 429,
    ]);
  });

  test('ARM: 250 reads at once for a caller, with the remainder in a header; another caller has a separate budget', async () => {
    const on = wire();
    const path = `${subscriptionPath}?api-version=2022-12-01`;
    expect((await on.get(path)).headers['x-ms-ratelimit-remaining-subscription-reads']).toBe('249');
    for (let index = 0; index < 249; index += 1) await on.get(path);
    const over = await on.get(path);
    expect([over.status, code(over), over.headers['retry-after']]).toEqual([429, 'SubscriptionRequestsThrottled', '1']);
    expect((await on.send('GET', path, { caller: 'somebody-else' })).status).toBe(200);
  });
});

describe('answers', () => {
  test('carry request ids, the correlation id that was sent, and the remainder of the budgets', async () => {
    const answer = await wire().send('GET', cluster, { headers: { 'x-ms-correlation-request-id': 'mine' } });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-ms-correlation-request-id': 'mine',
      'x-ms-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
      'x-ms-ratelimit-remaining-subscription-reads': '249',
      'x-ms-ratelimit-remaining-subscription-global-reads': '3749',
    });
  });

  test('are the same for the same seed and requests', async () => {
    const [one, two] = [wire({ seed: 7 }), wire({ seed: 7 })];
    expect((await update(one, 'userpool')).text).toBe((await update(two, 'userpool')).text);
  });
});
