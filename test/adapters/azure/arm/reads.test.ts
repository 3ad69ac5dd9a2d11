import { describe, expect, test } from 'vitest';
import { InterruptedError } from '../../../../src/core/errors.ts';
import { ConnectionLost } from '../../../../src/core/http.ts';
import { arm, clusterUrl, poolUrl, ref, rig, subscription } from '../support/azure.ts';
import { FakeArm, json, page } from '../support/fake-arm.ts';

const pool = {
  id: poolUrl,
  name: 'userpool',
  type: 'Microsoft.ContainerService/managedClusters/agentPools',
  properties: { count: 3, eTag: 'e1', provisioningState: 'Succeeded', 'x-future': { a: 1 } },
};
const get = `GET ${poolUrl}`;

describe('a read', () => {
  test('carries api-version, client request id, token and user agent, and keeps unknown fields', async () => {
    const fake = new FakeArm({
      [get]: json(200, pool, { 'x-ms-request-id': 'r-1', 'x-ms-correlation-request-id': 'c-1' }),
    });
    const { azure, events } = rig(fake.handle, { version: '1.2.3' });
    const read = await azure.nodePools.readPool(ref);
    expect(read.properties).toEqual(pool.properties);
    expect(read.eTag).toBe('e1');
    const [request] = fake.requests;
    expect(request?.url).toBe(`${arm}${poolUrl}?api-version=2026-03-01`);
    expect(request?.headers['x-ms-client-request-id']).toMatch(/^00000000-0000-4000-8000-/);
    expect(request?.headers['authorization']).toMatch(/^Bearer eyJ/);
    expect(request?.headers['user-agent']).toMatch(/^aks-localdns\/1\.2\.3 /);
    expect(events).toEqual([
      expect.objectContaining({
        type: 'request.answered',
        method: 'GET',
        path: poolUrl,
        status: 200,
        requestId: 'r-1',
        correlationId: 'c-1',
      }),
    ]);
  });

  test('is retried after transient failures, with growing pauses and a notice for each', async () => {
    const fake = new FakeArm({
      [get]: [json(500, { code: 'InternalServerError', message: 'x' }), page(502, 'Bad Gateway'), json(200, pool)],
    });
    const { azure, events } = rig(fake.handle);
    await azure.nodePools.readPool(ref);
    const retried = events.filter((event) => event.type === 'request.retried');
    expect(retried.map((event) => [event.attempt, event.maxAttempts, event.delaySeconds])).toEqual([
      [2, 5, 0.8],
      [3, 5, 1.5],
    ]);
    expect(retried.every((event) => event.path === poolUrl)).toBe(true);
  });

  test('gives up after five tries', async () => {
    const fake = new FakeArm({ [get]: page(502, 'Bad Gateway') });
    await expect(rig(fake.handle).azure.nodePools.readPool(ref)).rejects.toMatchObject({
      class: 'unexpected',
      status: 502,
    });
    expect(fake.requests).toHaveLength(5);
  });

  test('survives a lost connection', async () => {
    const fake = new FakeArm({ [get]: [() => Promise.reject(new ConnectionLost()), json(200, pool)] });
    const { azure, events } = rig(fake.handle);
    await azure.nodePools.readPool(ref);
    expect(events.find((event) => event.type === 'request.retried')?.reason).toContain(
      'the connection was closed before a response arrived (ECONNRESET)',
    );
  });

  test('does not retry if the certificate is not trusted, and suggests what to do', async () => {
    const fake = new FakeArm({
      [get]: () => Promise.reject(new ConnectionLost('self-signed', 'SELF_SIGNED_CERT_IN_CHAIN')),
    });
    await expect(rig(fake.handle).azure.nodePools.readPool(ref)).rejects.toMatchObject({
      class: 'connection',
      hints: [expect.stringContaining('NODE_EXTRA_CA_CERTS')],
    });
    expect(fake.requests).toHaveLength(1);
  });

  test.each([
    ['seconds', { 'retry-after': '17' }, 17],
    ['milliseconds', { 'retry-after-ms': '2500' }, 2.5],
    ['a date', { 'retry-after': 'Wed, 25 Nov 2026 08:00:40 GMT' }, 40],
  ])('waits for the time in Retry-After, as %s', async (_, headers, seconds) => {
    const fake = new FakeArm({ [get]: [json(429, { code: 'Throttled', message: 'slow' }, headers), json(200, pool)] });
    const { azure, events, clock } = rig(fake.handle);
    const before = clock.now();
    await azure.nodePools.readPool(ref);
    expect(clock.now() - before).toBe(seconds * 1000);
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'request.retried',
        delaySeconds: seconds,
        reason: 'Azure is throttling requests (HTTP 429)',
      }),
    );
  });

  test('pauses after 429 without Retry-After too', async () => {
    const fake = new FakeArm({ [get]: [json(429, { code: 'Throttled', message: 'slow' }), json(200, pool)] });
    const { azure, clock } = rig(fake.handle);
    const before = clock.now();
    await azure.nodePools.readPool(ref);
    expect(clock.now() - before).toBeGreaterThanOrEqual(2500);
  });

  test('does not wait for an hour, and reports that Azure asks for it', async () => {
    const fake = new FakeArm({ [get]: json(429, { code: 'Throttled', message: 'slow' }, { 'retry-after': '3600' }) });
    await expect(rig(fake.handle).azure.nodePools.readPool(ref)).rejects.toMatchObject({
      class: 'throttled',
      message: expect.stringContaining('wait 1h') as string,
    });
    expect(fake.requests).toHaveLength(1);
  });

  test('is not repeated after a refusal', async () => {
    const fake = new FakeArm({ [get]: json(403, { error: { code: 'AuthorizationFailed', message: 'no' } }) });
    await expect(rig(fake.handle).azure.nodePools.readPool(ref)).rejects.toMatchObject({
      class: 'not-permitted',
      exit: 'not-permitted',
      code: 'azure-not-permitted',
    });
    expect(fake.requests).toHaveLength(1);
  });

  test('requests a new token once if the token has expired, then reports a missing sign-in', async () => {
    const expired = json(
      401,
      { error: { code: 'ExpiredAuthenticationToken', message: 'expired' } },
      { 'www-authenticate': 'Bearer authorization_uri="https://login.windows.net/x"' },
    );
    const good = new FakeArm({ [get]: [expired, json(200, pool)] });
    const first = rig(good.handle);
    await first.azure.nodePools.readPool(ref);
    expect(first.tokens()).toBe(2);
    expect(good.requests[0]?.headers['authorization']).not.toBe(good.requests[1]?.headers['authorization']);

    const bad = new FakeArm({ [get]: expired });
    await expect(rig(bad.handle).azure.nodePools.readPool(ref)).rejects.toMatchObject({
      class: 'not-signed-in',
      exit: 'not-permitted',
    });
    expect(bad.requests).toHaveLength(2);
  });

  test('keeps its token until shortly before it expires', async () => {
    const fake = new FakeArm({ [get]: json(200, pool) });
    const { azure, clock, tokens } = rig(fake.handle);
    await azure.nodePools.readPool(ref);
    await azure.nodePools.readPool(ref);
    expect(tokens()).toBe(1);
    clock.advance(56 * 60_000);
    await azure.nodePools.readPool(ref);
    expect(tokens()).toBe(2);
  });

  test('answers a claims challenge', async () => {
    const claims = Buffer.from('{"access_token":{}}').toString('base64');
    const fake = new FakeArm({
      [get]: [
        json(401, {}, { 'www-authenticate': `Bearer realm="", error="insufficient_claims", claims="${claims}"` }),
        json(200, pool),
      ],
    });
    const { azure, tokens } = rig(fake.handle);
    await azure.nodePools.readPool(ref);
    expect(tokens()).toBe(2);
  });

  test('ends on interruption while it pauses', async () => {
    const fake = new FakeArm({ [get]: json(429, { code: 'Throttled', message: 'slow' }, { 'retry-after': '60' }) });
    const { azure, abort } = rig(fake.handle, { emit: (event) => event.type === 'request.retried' && abort.abort() });
    await expect(azure.nodePools.readPool(ref)).rejects.toBeInstanceOf(InterruptedError);
  });

  test('rejects a successful response with a body that is not JSON', async () => {
    const fake = new FakeArm({
      [get]: { status: 200, headers: { 'content-type': 'application/json' }, body: '{"id": "half' },
    });
    await expect(rig(fake.handle).azure.nodePools.readPool(ref)).rejects.toMatchObject({ class: 'unexpected' });
  });

  test('follows no redirect', async () => {
    const fake = new FakeArm({ [get]: { status: 307, headers: { location: `${arm}/elsewhere` }, body: '' } });
    await expect(rig(fake.handle).azure.nodePools.readPool(ref)).rejects.toMatchObject({ status: 307 });
    expect(fake.requests).toHaveLength(1);
  });
});

describe('a list', () => {
  const list = `GET ${clusterUrl}/agentPools`;
  const second = `${arm}${clusterUrl}/agentPools?$skipToken=5&api-version=2026-03-01&skipToken=5`;

  test('follows nextLink verbatim until it ends, an empty last page included', async () => {
    const fake = new FakeArm({ [list]: [json(200, { value: [pool], nextLink: second }), json(200, { value: [] })] });
    const pools = await rig(fake.handle).azure.nodePools.listPools(ref);
    expect(pools.map((each) => each.ref.pool)).toEqual(['userpool']);
    expect(fake.requests[1]?.url).toBe(second);
  });

  test('does not follow a link to another origin', async () => {
    const fake = new FakeArm({ [list]: json(200, { value: [pool], nextLink: 'https://evil.example/page?x=1' }) });
    await expect(rig(fake.handle).azure.nodePools.listPools(ref)).rejects.toMatchObject({
      class: 'unexpected',
      azureCode: 'ForeignOrigin',
      message: expect.stringContaining('evil.example') as string,
    });
    expect(fake.requests).toHaveLength(1);
  });

  test('does not follow links in circles', async () => {
    const fake = new FakeArm({ [list]: json(200, { value: [pool], nextLink: second }) });
    await expect(rig(fake.handle).azure.nodePools.listPools(ref)).rejects.toMatchObject({ azureCode: 'EndlessList' });
  });
});

describe('the api-version', () => {
  const refused = json(400, {
    error: {
      code: 'NoRegisteredProviderFound',
      message:
        "No registered resource provider found for location 'usgovvirginia' and API version '2026-03-01' for type 'managedClusters'. The supported api-versions are '2025-10-01, 2025-09-01, 2025-08-01'.",
    },
  });
  const types = (versions: readonly string[]): object => ({
    registrationState: 'Registered',
    resourceTypes: [
      { resourceType: 'managedClusters', apiVersions: versions },
      { resourceType: 'managedClusters/agentPools', apiVersions: versions },
      { resourceType: 'fleets', apiVersions: ['2099-01-01'] },
    ],
  });
  const provider = `GET /subscriptions/${subscription}/providers/Microsoft.ContainerService`;
  const versionOf = (url: string | undefined): string | null => new URL(url ?? '').searchParams.get('api-version');

  test('falls back to the highest stable one that the cloud offers, asked once', async () => {
    const fake = new FakeArm({
      [get]: [refused, json(200, pool)],
      [provider]: json(200, types(['2026-05-01', '2025-11-02-preview', '2025-10-01', '2025-09-01', '2025-08-01'])),
    });
    const { azure } = rig(fake.handle);
    await azure.nodePools.readPool(ref);
    await azure.nodePools.readPool(ref);
    expect(fake.requests.map((request) => versionOf(request.url))).toEqual([
      '2026-03-01',
      '2021-04-01',
      '2025-10-01',
      '2025-10-01',
    ]);
  });

  test('also repeats a write with it, since the first was not carried out', async () => {
    const fake = new FakeArm({
      [`PUT ${poolUrl}`]: [refused, json(200, pool)],
      [provider]: json(200, types(['2025-09-01'])),
    });
    await expect(rig(fake.handle).azure.nodePools.putPool(ref, { count: 3 }, { ifMatch: 'e1' })).resolves.toMatchObject(
      { kind: 'accepted' },
    );
    expect(fake.requests.map((request) => versionOf(request.url))).toEqual(['2026-03-01', '2021-04-01', '2025-09-01']);
  });

  test('reports a cloud without an api-version for LocalDNS', async () => {
    const fake = new FakeArm({ [get]: refused, [provider]: json(200, types(['2025-08-01', '2026-04-01'])) });
    await expect(rig(fake.handle).azure.nodePools.readPool(ref)).rejects.toMatchObject({
      class: 'invalid',
      message: expect.stringContaining('does not offer an AKS API version that supports LocalDNS') as string,
    });
  });
});
