import { describe, expect, test } from 'vitest';
import type { ClusterScope } from '../../../../src/model/inventory.ts';
import { fleetTruth } from '../../../support/fleet-truth.ts';
import { getPath, graphPath, join, kinds, listPath, readAll, type Joined } from './support/fleet.ts';

const fleet = { clusters: 120, seed: 7 };
const sources = ['auto', 'arm'] as const;

async function names(
  joined: Joined,
  source: 'auto' | 'graph' | 'arm',
  scope: Partial<ClusterScope>,
): Promise<readonly string[]> {
  return (await readAll(joined, source, scope)).clusters.map(({ ref }) => ref.cluster).sort();
}

/** The generated fleet, as recorded by the generator. */
function made(
  joined: Joined,
  keep: (pool: {
    location: string;
    team: string | undefined;
    environment: string | undefined;
    resourceGroup: string;
    cluster: string;
  }) => boolean,
): readonly string[] {
  return [
    ...new Set(
      fleetTruth(joined.simulator)
        .details.filter(keep)
        .map(({ cluster }) => cluster),
    ),
  ].sort();
}

describe.each(sources)('a condition of the scope (%s)', (source) => {
  test.each<[string, Partial<ClusterScope>, Parameters<typeof made>[1]]>([
    [
      'regions',
      { locations: ['westeurope', 'east us'] },
      ({ location }) => ['westeurope', 'eastus'].includes(location),
    ],
    ['no region', { locations: [] }, () => false],
    ['a tag', { tags: [{ key: 'TEAM', value: undefined }] }, ({ team }) => team !== undefined],
    ['a tag with its value', { tags: [{ key: 'team', value: 'data' }] }, ({ team }) => team === 'data'],
    ['a value whose case is another', { tags: [{ key: 'team', value: 'Data' }] }, () => false],
    [
      'two tags',
      {
        tags: [
          { key: 'team', value: 'data' },
          { key: 'Environment', value: 'dev' },
        ],
      },
      ({ team, environment }) => team === 'data' && environment === 'dev',
    ],
    ['a pattern', { clusterPattern: 'AKS-data-000?1' }, ({ cluster }) => /^aks-data-000.1$/.test(cluster)],
    ['a pattern that no name fits', { clusterPattern: "x' or 1 == 1 or name =~ '*" }, () => false],
    [
      'a resource group, in many subscriptions',
      { resourceGroup: 'RG-data-dev' },
      ({ resourceGroup }) => resourceGroup === 'rg-data-dev',
    ],
    ['a name', { clusterName: 'aks-data-00013' }, ({ cluster }) => cluster === 'aks-data-00013'],
    [
      'hostile words',
      { resourceGroup: "a' | project x //\\", tags: [{ key: "'] or 1 == 1 //\n", value: '\\"' }] },
      () => false,
    ],
  ])('%s', async (_, scope, keep) => {
    const joined = join(fleet);
    expect(await names(joined, source, scope)).toEqual(made(joined, keep));
  });
});

describe('conditions', () => {
  test('are part of the query; the total is reported if it is that of the scope', async () => {
    const joined = join(fleet);
    const { totals, clusters } = await readAll(joined, 'graph', { locations: ['westeurope'], clusterPattern: 'aks-*' });
    expect(totals.at(-1)).toBe(clusters.length);
    const tagged = await readAll(joined, 'graph', { tags: [{ key: 'team', value: 'data' }] });
    expect(tagged.totals.at(-1)).toBeUndefined();
    expect(joined.queries().at(-1)).toContain('tostring(tags) contains \'"team"\'');
  });

  test('do not hide that a subscription cannot be read', async () => {
    const joined = join({ ...fleet, scenario: 'subscriptions-denied' });
    const { problems } = await readAll(joined, 'auto', { clusterPattern: 'no-such-name' });
    expect(kinds(problems)).toEqual({ 'subscription-disabled': 1, 'subscription-not-readable': 1 });
  });
});

describe('one cluster', () => {
  test('is read directly, without Resource Graph', async () => {
    const joined = join();
    const { clusters, problems } = await readAll(joined, 'auto', { resourceGroup: 'rg-demo', clusterName: 'AKS-demo' });
    expect(clusters.map(({ ref, pools }) => [ref.cluster, pools.length])).toEqual([['aks-demo', 5]]);
    expect([problems, joined.count('POST', graphPath), joined.count('GET', getPath)]).toEqual([[], 0, 1]);
  });

  test('that does not exist or cannot be read is reported', async () => {
    expect((await readAll(join(), 'auto', { resourceGroup: 'rg-demo', clusterName: 'nobody' })).problems).toMatchObject(
      [{ kind: 'cluster-gone', why: 'The cluster nobody in rg-demo does not exist.' }],
    );
    expect(
      (
        await readAll(join({ scenario: 'pool-rights-only' }), 'auto', {
          resourceGroup: 'rg-demo',
          clusterName: 'aks-demo',
        })
      ).problems,
    ).toMatchObject([{ kind: 'cluster-not-readable' }]);
  });
});

describe('clusters by id', () => {
  const idsOf = async (joined: Joined, count: number): Promise<readonly string[]> =>
    (await readAll(joined, 'graph')).clusters
      .slice(0, count)
      .map(({ id }) => id.toUpperCase().replace('/SUBSCRIPTIONS/', '/subscriptions/'));

  test.each<['auto' | 'graph' | 'arm', number, readonly [number, number, number]]>([
    ['auto', 1, [0, 0, 1]],
    ['auto', 50, [1, 0, 0]],
    ['graph', 50, [1, 0, 0]],
    ['arm', 5, [0, 0, 5]],
    ['arm', 50, [0, 2, 0]],
  ])('%s, %i of them', async (source, count, requests) => {
    const clusterIds = await idsOf(join(fleet), count);
    const joined = join(fleet);
    const { clusters, problems } = await readAll(joined, source, { clusterIds });
    expect(clusters.map(({ id }) => id.toLowerCase()).sort()).toEqual(clusterIds.map((id) => id.toLowerCase()).sort());
    expect(kinds(problems)).toEqual({ 'subscription-disabled': 1 });
    expect([joined.count('POST', graphPath), joined.count('GET', listPath), joined.count('GET', getPath)]).toEqual(
      requests,
    );
  });

  test('more than a query supports: the subscriptions are read completely', async () => {
    const clusterIds = await idsOf(join({ clusters: 320, seed: 7 }), 250);
    const joined = join({ clusters: 320, seed: 7 });
    const { clusters } = await readAll(joined, 'auto', { clusterIds });
    expect([clusters.length, joined.queries().length]).toEqual([250, 1]);
    expect(joined.queries()[0]).not.toContain('in~');
  });

  test.each(['auto', 'arm'] as const)(
    'deleted clusters and invalid ids are reported; others are ignored (%s)',
    async (source) => {
      const [one = '', two = ''] = await idsOf(join(fleet), 2);
      const gone = one.replace(/[^/]+$/, 'long-gone');
      const elsewhere = one.replace(/^\/subscriptions\/[^/]+/, '/subscriptions/00000000-0000-0000-0000-000000000001');
      const joined = join(fleet);
      const { clusters, problems } = await readAll(joined, source, {
        clusterIds: [one, gone, two, elsewhere, 'not an id\u202e', `${one}/agentPools/x`],
      });
      expect(clusters).toHaveLength(2);
      expect(kinds(problems)).toEqual({ 'subscription-disabled': 1, 'cluster-not-readable': 2, 'cluster-gone': 1 });
      for (const { why } of problems) expect(why).toMatch(/^[ -~]+$/);
    },
  );

  test('other conditions also apply, and what they exclude is not reported', async () => {
    const joined = join(fleet);
    const all = await readAll(join(fleet), 'graph');
    const clusterIds = all.clusters.slice(0, 40).map(({ id }) => id);
    const { clusters, problems } = await readAll(joined, 'auto', { clusterIds, locations: ['westeurope'] });
    expect(clusters.map(({ id }) => id)).toEqual(
      all.clusters
        .slice(0, 40)
        .filter(({ location }) => location === 'westeurope')
        .map(({ id }) => id),
    );
    expect([kinds(problems), joined.count('GET', getPath)]).toEqual([{ 'subscription-disabled': 1 }, 0]);
  });
});
