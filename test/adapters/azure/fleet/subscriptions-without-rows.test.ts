import { describe, expect, test } from 'vitest';
import type { HttpHandler } from '../../../../src/core/http.ts';
import { asString, isJsonObject, own, parseJson, type JsonObject } from '../../../../src/core/json.ts';
import type { ClusterScope } from '../../../../src/model/inventory.ts';
import { getPath, graphPath, join, kinds, listPath, readAll, type Joined } from './support/fleet.ts';

const fleet = { clusters: 120, seed: 7 };
const off = { 'subscription-disabled': 1 };
const requests = (joined: Joined): readonly number[] => [
  joined.count('POST', graphPath),
  joined.count('GET', listPath),
  joined.count('GET', getPath),
];

/** Without the rows of the subscriptions that are left out: they hold no cluster, or none that the account may see. */
function withoutRows(isLeftOut: (index: number) => boolean): (handle: HttpHandler) => HttpHandler {
  return (handle) => async (request) => {
    const answer = await handle(request);
    const asked = parseJson(request.body ?? '');
    if (!graphPath.test(request.url) || asString(own(asked, 'query'))?.startsWith('resources\n') !== true)
      return answer;
    const subscriptions = own(asked, 'subscriptions') as readonly string[];
    const out = new Set(subscriptions.filter((_, index) => isLeftOut(index)).map((id) => id.toLowerCase()));
    const body = parseJson(answer.body);
    const rows = (own(body, 'data') as readonly JsonObject[]).filter((row) => {
      const id = asString(row['subscriptionId']) ?? asString(row['id'])?.split('/')[2] ?? '';
      return !out.has(id.toLowerCase());
    });
    return {
      ...answer,
      body: JSON.stringify({ ...(isJsonObject(body) ? body : {}), data: rows, totalRecords: rows.length }),
    };
  };
}

describe('a subscription that Resource Graph shows, and no cluster of', () => {
  test('is listed by AKS, which has clusters that Resource Graph does not show', async () => {
    const joined = join({ ...fleet, between: withoutRows((index) => index === 1) });
    const { clusters, problems } = await readAll(joined, 'auto');
    expect([clusters.length, kinds(problems), requests(joined)]).toEqual([120, off, [1, 1, 0]]);
  });

  test('counts as empty if Resource Graph shows clusters of other subscriptions', async () => {
    const joined = join({ ...fleet, between: withoutRows((index) => index === 1) });
    const { clusters, problems } = await readAll(joined, 'graph');
    expect([clusters.length, kinds(problems), requests(joined)]).toEqual([80, off, [2, 0, 0]]);
  });

  test('is unknown if Resource Graph shows no cluster at all', async () => {
    const joined = join({ ...fleet, between: withoutRows(() => true) });
    const { clusters, problems } = await readAll(joined, 'graph');
    expect([clusters, kinds(problems), requests(joined)]).toEqual([
      [],
      { ...off, 'subscription-not-readable': 3 },
      [2, 0, 0],
    ]);
    expect(problems.at(-1)?.why).toMatch(
      /^Resource Graph returned no clusters for the subscription .* and does not say whether this account has permission to read them\. Read it with --source arm\.$/,
    );
  });

  test.each<[string, Partial<ClusterScope>, 'auto' | 'graph', readonly number[]]>([
    ['a region', { locations: ['antarctica'] }, 'auto', [2, 0, 0]],
    ['a region', { locations: ['antarctica'] }, 'graph', [3, 0, 0]],
    ['a tag', { tags: [{ key: 'nobody', value: undefined }] }, 'auto', [2, 0, 0]],
    ['a group, whose list is short', { resourceGroup: 'rg-nobody' }, 'auto', [1, 3, 0]],
  ])('of %s is not read completely if it has others (%#)', async (_, scope, source, expected) => {
    const joined = join(fleet);
    const { clusters, problems } = await readAll(joined, source, scope);
    expect([
      clusters,
      kinds(problems),
      joined.count('POST', graphPath),
      joined.count('GET', /managedClusters$/),
    ]).toEqual([[], off, expected[0], expected[1]]);
  });

  test.each(['auto', 'graph'] as const)('of a region is unknown without the right to see any (%s)', async (source) => {
    const { problems } = await readAll(join({ ...fleet, scenario: 'pool-rights-only' }), source, {
      locations: ['westeurope'],
    });
    expect(kinds(problems)).toEqual({ ...off, 'subscription-not-readable': 3 });
  });
});

describe('an id that cannot be one', () => {
  const odd =
    (handle: HttpHandler): HttpHandler =>
    async (request) => {
      const answer = await handle(request);
      const body = parseJson(answer.body);
      const rows = own(body, 'data');
      if (!graphPath.test(request.url) || !Array.isArray(rows) || !isJsonObject(body)) return answer;
      return {
        ...answer,
        body: JSON.stringify({
          ...body,
          data: (rows as readonly JsonObject[]).map((row, index) => (index === 0 ? { ...row, id: '/nonsense' } : row)),
        }),
      };
    };

  test('belongs to none of several subscriptions', async () => {
    const { problems } = await readAll(join({ ...fleet, between: odd }), 'auto');
    expect(problems.filter(({ kind }) => kind === 'cluster-not-readable')).toMatchObject([
      { subscriptionId: '', resourceId: '/nonsense' },
    ]);
  });

  test('belongs to the only requested subscription', async () => {
    const { problems } = await readAll(join({ between: odd }), 'auto');
    expect(problems).toMatchObject([
      { kind: 'cluster-not-readable', subscriptionId: expect.stringMatching(/^[-0-9a-f]{36}$/) as string },
    ]);
  });
});

describe('many named clusters without a row', () => {
  test('come in pages', async () => {
    const known = join({ clusters: 500, seed: 7 });
    const clusterIds = (await readAll(known, 'graph')).clusters.slice(0, 410).map(({ id }) => id);
    const joined = join({ clusters: 500, seed: 7, between: withoutRows(() => true) });
    const { pages } = await readAll(joined, 'auto', { clusterIds });
    expect(pages.reduce((sum, each) => sum + each, 0)).toBe(410);
    expect(Math.max(...pages)).toBeLessThanOrEqual(200);
  });
});
