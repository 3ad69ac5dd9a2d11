import { describe, expect, test } from 'vitest';
import type { HttpHandler, HttpResponse } from '../../../../src/core/http.ts';
import { isJsonObject, parseJson, type JsonObject, type JsonValue } from '../../../../src/core/json.ts';
import { inOrder } from '../../../../src/adapters/azure/fleet/in-order.ts';
import { rig, subscription } from '../support/azure.ts';
import { json } from '../support/fake-arm.ts';
import { graphPath, join, kinds, listPath, readAll } from './support/fleet.ts';

/** Changes what Resource Graph answers. */
function graphSays(
  change: (body: JsonObject) => JsonValue | undefined,
  status = 200,
): (handle: HttpHandler) => HttpHandler {
  return (handle) => async (request) => {
    const answer = await handle(request);
    if (!graphPath.test(request.url)) return answer;
    const body = parseJson(answer.body);
    return { ...answer, status, body: JSON.stringify(change(isJsonObject(body) ? body : {})) };
  };
}

const rowsOf = (body: JsonObject): JsonObject[] => body['data'] as JsonObject[];

describe('Resource Graph is not trusted', () => {
  test('with ids: invalid ones are reported, and nothing is sent to them', async () => {
    const joined = join({
      between: graphSays((body) => ({
        ...body,
        data: rowsOf(body).map((row, index) =>
          index === 0
            ? { ...row, apiVersion: '2020-01-01', id: `/subscriptions/../evil\u202e${'x'.repeat(500)}` }
            : row,
        ),
      })),
    });
    const { clusters, problems } = await readAll(joined, 'graph');
    expect([clusters.length, kinds(problems)]).toEqual([5, { 'cluster-not-readable': 1 }]);
    expect(problems[0]?.why).toMatch(
      /^Azure returned a cluster with an invalid ID: '\/subscriptions\/\.\.\/evil[ -~]+…'\.$/,
    );
    expect(joined.sent.map(({ url }) => url).join()).not.toContain('evil');
  });

  test.each<[string, (body: JsonObject) => JsonValue]>([
    ['no rows at all', () => ({})],
    ['rows that are no list', (body) => ({ ...body, data: 'x' })],
  ])('with answers: %s is a failure of its subscriptions', async (_, change) => {
    const { problems } = await readAll(join({ between: graphSays(change) }), 'graph');
    expect(kinds(problems)).toEqual({ 'page-failed': 1 });
  });

  test.each<[string, (row: JsonObject) => JsonObject]>([
    ['no version', (row) => ({ ...row, apiVersion: null })],
    ['a version that is none', (row) => ({ ...row, apiVersion: 'zzzz' })],
    ['no properties', (row) => ({ ...row, properties: null, apiVersion: '2025-08-31' })],
  ])('with rows: those with %s are read from AKS', async (_, change) => {
    const joined = join({ between: graphSays((body) => ({ ...body, data: rowsOf(body).map(change) })) });
    const { clusters } = await readAll(joined, 'graph');
    expect(clusters.map(({ pools }) => pools.length).every((pools) => pools > 0)).toBe(true);
    expect(joined.count('GET', /managedClusters/)).toBe(6);
  });

  test('with pages: one that links to itself is read once, and possibly missing clusters are reported', async () => {
    const first = graphSays((body) => ({ ...body, $skipToken: 'again' }));
    const joined = join({
      between: (handle) =>
        first(async (request) =>
          handle({ ...request, body: request.body?.replace('"$skipToken":"again"', '"$top":1000') }),
        ),
    });
    const { pages, problems } = await readAll(joined, 'graph');
    expect([joined.queries().length, pages, kinds(problems)]).toEqual([2, [6, 0, 0], { truncated: 1 }]);
  });

  test('to be there: a cloud without it is read by AKS', async () => {
    const joined = join({
      between: graphSays(() => ({ error: { code: 'InvalidResourceNamespace', message: 'x' } }), 404),
    });
    expect((await readAll(joined, 'auto')).clusters).toHaveLength(6);
    expect((await readAll(joined, 'graph')).problems).toMatchObject([{ kind: 'subscription-not-readable' }]);
  });
});

describe('lists of AKS', () => {
  const path = `/subscriptions/${subscription}/providers/Microsoft.ContainerService/managedClusters`;
  const scope = { subscriptions: [{ id: subscription, name: 'a\u202eb', tenantId: undefined, state: 'Enabled' }] };

  function pagesOf(count: number): HttpHandler {
    return async (request): Promise<HttpResponse> => {
      const number = Number(new URL(request.url).searchParams.get('page') ?? '0');
      const id = `${path}/aks-${String(number)}`.replace('/providers', '/resourcegroups/rg/providers');
      const nextLink = `https://management.azure.com${path}?page=${String(number + 1)}`;
      return Promise.resolve(
        json(200, {
          value: [{ id, name: 'x', properties: { agentPoolProfiles: [] } }],
          ...(number + 1 < count ? { nextLink } : {}),
        }),
      );
    };
  }

  test('stay below the budget of their subscription', async () => {
    const { azure, clock } = rig(pagesOf(440));
    const before = clock.now();
    const { clusters } = await readAll({ fleet: azure.fleet }, 'arm', scope);
    expect(clusters).toHaveLength(440);
    expect((clock.now() - before) / 1000).toBeGreaterThanOrEqual(40 / 0.8 - 1);
  });

  test('that do not end are abandoned', async () => {
    const loop = rig(async () =>
      Promise.resolve(json(200, { value: [], nextLink: `https://management.azure.com${path}?page=1` })),
    );
    expect((await readAll({ fleet: loop.azure.fleet }, 'arm', scope)).problems).toMatchObject([
      {
        kind: 'page-failed',
        why: expect.stringMatching(
          /^Some clusters of the subscription a\\u202eb \([-\d]+\) could not be read: The list .* has too many pages\.$/,
        ) as string,
      },
    ]);
  });

  test('name groups in any script, and invalid clusters are reported', async () => {
    const id = `/subscriptions/${subscription.toUpperCase()}/resourcegroups/rg-größe/providers/Microsoft.ContainerService/managedClusters/`;
    const odd = rig(async () =>
      Promise.resolve(
        json(200, {
          value: [{ id: `${id}aks`, properties: { agentPoolProfiles: [] } }, { id: `${id}a\u0007s` }, {}],
        }),
      ),
    );
    const { clusters, problems } = await readAll({ fleet: odd.azure.fleet }, 'arm', scope);
    expect(clusters.map(({ ref }) => ref)).toEqual([
      { subscriptionId: subscription, resourceGroup: 'rg-größe', cluster: 'aks' },
    ]);
    expect(kinds(problems)).toEqual({ 'cluster-not-readable': 2 });
  });

  test('that lead elsewhere are not followed', async () => {
    const away = rig(async () =>
      Promise.resolve(json(200, { value: [], nextLink: 'https://evil.example/x?sig=secret' })),
    );
    const { problems } = await readAll({ fleet: away.azure.fleet }, 'arm', scope);
    expect(problems).toMatchObject([{ kind: 'page-failed' }]);
    expect(JSON.stringify(problems)).not.toContain('secret');
  });

  test('of a deleted subscription are reported, and those of one that never used AKS are empty', async () => {
    const gone = rig(async () =>
      Promise.resolve(json(404, { error: { code: 'SubscriptionNotFound', message: 'gone' } })),
    );
    expect((await readAll({ fleet: gone.azure.fleet }, 'arm', scope)).problems).toMatchObject([
      { kind: 'subscription-not-readable' },
    ]);
    const unused = rig(async () =>
      Promise.resolve(json(409, { error: { code: 'MissingSubscriptionRegistration', message: 'x' } })),
    );
    expect((await readAll({ fleet: unused.azure.fleet }, 'arm', scope)).problems).toEqual([]);
  });

  test('of a region that throttles are waited for', async () => {
    const joined = join({ scenario: 'throttled-aks' });
    expect((await readAll(joined, 'arm')).clusters).toHaveLength(6);
    expect(joined.count('GET', listPath)).toBeGreaterThanOrEqual(1);
  });
});

describe('several lists in order', () => {
  test('are read in parallel, up to the given number', async () => {
    let begun = 0;
    let ended = 0;
    async function* list(item: number): AsyncGenerator<string, void> {
      begun += 1;
      for (let page = 0; page < 3; page += 1) yield await Promise.resolve(`${String(item)}.${String(page)}`);
      ended += 1;
    }
    const seen: string[] = [];
    for await (const page of inOrder([1, 2, 3, 4, 5, 6], 3, list)) {
      seen.push(page);
      expect(begun - ended).toBeLessThanOrEqual(3);
    }
    expect(seen).toEqual(
      [1, 2, 3, 4, 5, 6].flatMap((item) => [0, 1, 2].map((page) => `${String(item)}.${String(page)}`)),
    );
  });

  test('fail when the turn of the failed one comes, and the others are ended', async () => {
    const stopped: number[] = [];
    async function* list(item: number, signal: AbortSignal): AsyncGenerator<number, void> {
      if (item === 2) throw new Error('second');
      signal.addEventListener('abort', () => stopped.push(item));
      yield await Promise.resolve(item);
      yield item;
    }
    const seen: number[] = [];
    await expect(
      (async () => {
        for await (const page of inOrder([1, 2, 3], 3, list)) seen.push(page);
      })(),
    ).rejects.toThrow('second');
    expect([seen, stopped.includes(3)]).toEqual([[1, 1], true]);
  });
});
