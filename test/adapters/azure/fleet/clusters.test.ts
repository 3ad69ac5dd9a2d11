import { describe, expect, test } from 'vitest';
import { ConnectionLost } from '../../../../src/core/http.ts';
import { asString, canonical } from '../../../../src/core/json.ts';
import { essentialCluster } from '../../../../src/model/cluster-essentials.ts';
import type { Cluster } from '../../../../src/model/cluster.ts';
import type { ClusterSource } from '../../../../src/model/inventory.ts';
import { sample } from '../../../../src/simulator/index.ts';
import { fleetTruth } from '../../../support/fleet-truth.ts';
import { getPath, graphPath, join, kinds, listPath, readAll } from './support/fleet.ts';

const fleet = { clusters: 120, seed: 7 };
const sources = ['auto', 'graph', 'arm'] as const;
/** Every fleet of three subscriptions and more has a disabled one beside them. */
const off = { 'subscription-disabled': 1 };

function tally(words: readonly (string | undefined)[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word ?? 'none'] = (counts[word ?? 'none'] ?? 0) + 1;
  return counts;
}

/** What judging reads of clusters, in one order. */
function essentials(clusters: readonly Cluster[]): readonly unknown[] {
  return clusters
    .map(({ resource }) => canonical(essentialCluster(resource)))
    .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

describe('the clusters of a fleet', () => {
  test.each(sources)('are all that were generated (%s)', async (source) => {
    const joined = join(fleet);
    const truth = fleetTruth(joined.simulator);
    const { clusters, problems } = await readAll(joined, source);
    const pools = clusters.flatMap((cluster) => cluster.pools);
    expect({
      clusters: clusters.length,
      pools: pools.length,
      nodes: pools.reduce((sum, pool) => sum + (pool.count ?? 0), 0),
    }).toEqual({ clusters: truth.clusters, pools: truth.pools, nodes: truth.nodes });
    expect(tally(clusters.map(({ location }) => location))).toEqual(truth.locations);
    expect(tally(clusters.map(({ tags }) => tags['team']))).toEqual(truth.teams);
    expect(tally(clusters.map(({ resource }) => asString((resource['sku'] as { tier?: string }).tier)))).toEqual(
      truth.tiers,
    );
    expect(kinds(problems)).toEqual(off);
    expect(new Set(clusters.map(({ id }) => id)).size).toBe(120);
  });

  test('are the same from Resource Graph and from AKS, in all that judging reads', async () => {
    const joined = join(fleet);
    const [graph, arm] = [await readAll(joined, 'graph'), await readAll(joined, 'arm')];
    expect(essentials(graph.clusters)).toEqual(essentials(arm.clusters));
    const refs = (clusters: readonly Cluster[]): unknown =>
      clusters
        .map(({ ref, id }) => [ref, id])
        .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
    expect(refs(graph.clusters)).toEqual(refs(arm.clusters));
  });

  test('include the source from which they were read', async () => {
    const joined = join(fleet);
    for (const source of sources)
      expect(new Set((await readAll(joined, source)).from)).toEqual(new Set([source === 'arm' ? 'arm' : 'graph']));
    const ids = (await readAll(joined, 'arm')).clusters.slice(0, 1).map(({ id }) => id);
    expect((await readAll(joined, 'auto', { clusterIds: ids })).from, 'one that is named').toEqual(['arm']);
  });

  test('come in pages of a thousand, with the total from the first on', async () => {
    const joined = join({ clusters: 1050, seed: 7 });
    const { pages, totals, clusters } = await readAll(joined, 'auto');
    expect([pages, totals]).toEqual([
      [0, 1000, 50],
      [undefined, 1050, 1050],
    ]);
    expect(new Set(clusters.map(({ id }) => id)).size).toBe(1050);
    expect([joined.count('POST', graphPath), joined.count('GET', listPath), joined.count('GET', getPath)]).toEqual([
      2, 0, 0,
    ]);
  });

  test('come by subscription, in the order of their ids, if AKS lists them', async () => {
    const joined = join({ clusters: 500, seed: 7 });
    const { clusters, pages } = await readAll(joined, 'arm');
    const order = [...new Set(clusters.map(({ ref }) => ref.subscriptionId))];
    expect(order).toHaveLength(13);
    expect(order).toEqual([...order].sort());
    expect(Math.max(...pages)).toBeLessThanOrEqual(100);
  });

  test('without pools are included', async () => {
    const bare = {
      id: `/subscriptions/${sample.subscriptionId}/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks-bare`,
      name: 'aks-bare',
      type: 'Microsoft.ContainerService/ManagedClusters',
      location: 'westeurope',
      properties: {
        provisioningState: 'Succeeded',
        kubernetesVersion: '1.33',
        currentKubernetesVersion: '1.33.4',
        agentPoolProfiles: [],
      },
    };
    for (const source of sources) {
      const { clusters } = await readAll(join({ load: [bare] }), source);
      expect(clusters.map(({ ref, pools }) => [ref.cluster, pools.length])).toEqual([['aks-bare', 0]]);
    }
  });

  test('are read in one series per sign-in', async () => {
    const known = join(fleet);
    const [first, second] = (await known.fleet.subscriptions()).filter(({ state }) => state !== 'Disabled');
    const entry = {
      id: first?.id,
      name: 'a',
      state: 'Enabled',
      isDefault: true,
      tenantId: '99999999-0000-0000-0000-000000000000',
      environmentName: 'AzureCloud',
    };
    const joined = join({ ...fleet, azure: { profileText: JSON.stringify({ subscriptions: [entry] }) } });
    const subscriptions = [first, second].filter((each) => each !== undefined);
    const { totals, clusters } = await readAll(joined, 'auto', { subscriptions });
    expect([joined.queries().length, clusters.length, totals]).toEqual([2, 80, [undefined, 80]]);
  });

  test('of disabled subscriptions are not requested', async () => {
    for (const source of sources) {
      const joined = join(fleet);
      const subscriptions = (await joined.fleet.subscriptions())
        .filter(({ state }) => state === 'Disabled')
        .map((each) => ({ ...each, state: 'DISABLED' }));
      const { clusters, problems } = await readAll(joined, source, { subscriptions });
      expect([clusters, kinds(problems), joined.sent.length]).toEqual([[], off, 1]);
    }
  });
});

describe('what can happen to a fleet', () => {
  interface Outcome {
    readonly clusters: number;
    readonly problems: Readonly<Record<string, number>>;
    /** Requests: queries of Resource Graph, lists, single clusters. */
    readonly requests: readonly [number, number, number];
  }
  const all = (requests: Outcome['requests']): Outcome => ({ clusters: 120, problems: off, requests });

  test.each<[string, ClusterSource, Outcome]>([
    ['graph-throttled', 'auto', all([3, 0, 0])],
    ['graph-denied', 'auto', all([1, 3, 0])],
    [
      'graph-denied',
      'graph',
      { clusters: 0, problems: { ...off, 'subscription-not-readable': 3 }, requests: [1, 0, 0] },
    ],
    ['graph-stale', 'auto', all([1, 0, 0])],
    ['graph-old-api-version', 'auto', all([1, 3, 0])],
    ['graph-no-profiles', 'auto', all([1, 3, 0])],
    ['graph-no-profiles', 'graph', all([1, 3, 0])],
    ['graph-page-fails', 'graph', { clusters: 41, problems: { ...off, 'page-failed': 2 }, requests: [6, 0, 0] }],
    ['graph-truncated', 'graph', { clusters: 61, problems: { ...off, truncated: 2 }, requests: [1, 0, 0] }],
    ['graph-subscription-limit', 'graph', { clusters: 40, problems: { ...off, truncated: 2 }, requests: [2, 0, 0] }],
    // ARM has what Resource Graph could not give.
    ['graph-page-fails', 'auto', { clusters: 120, problems: off, requests: [6, 2, 0] }],
    ['graph-truncated', 'auto', { clusters: 120, problems: off, requests: [1, 2, 0] }],
    ['graph-subscription-limit', 'auto', { clusters: 120, problems: off, requests: [1, 2, 0] }],
    [
      'subscriptions-denied',
      'auto',
      { clusters: 80, problems: { ...off, 'subscription-not-readable': 1 }, requests: [1, 1, 0] },
    ],
    [
      'subscriptions-denied',
      'graph',
      { clusters: 80, problems: { ...off, 'subscription-not-readable': 1 }, requests: [2, 0, 0] },
    ],
    [
      'subscriptions-denied',
      'arm',
      { clusters: 80, problems: { ...off, 'subscription-not-readable': 1 }, requests: [0, 3, 0] },
    ],
    // A permission in a subscription does not imply permission to see its clusters.
    [
      'pool-rights-only',
      'auto',
      { clusters: 0, problems: { ...off, 'subscription-not-readable': 3 }, requests: [1, 3, 0] },
    ],
    [
      'pool-rights-only',
      'graph',
      { clusters: 0, problems: { ...off, 'subscription-not-readable': 3 }, requests: [2, 0, 0] },
    ],
    [
      'pool-rights-only',
      'arm',
      { clusters: 0, problems: { ...off, 'subscription-not-readable': 3 }, requests: [0, 3, 0] },
    ],
    ['list-fails', 'arm', { clusters: 80, problems: { ...off, 'page-failed': 1 }, requests: [0, 7, 0] }],
  ])('%s, by %s', async (scenario, source, expected) => {
    const joined = join({ ...fleet, scenario });
    const { clusters, problems } = await readAll(joined, source);
    expect({
      clusters: clusters.length,
      problems: kinds(problems),
      requests: [joined.count('POST', graphPath), joined.count('GET', listPath), joined.count('GET', getPath)],
    }).toEqual(expected);
    for (const { why, resourceId } of problems) {
      expect(why).toMatch(/^[ -~]+\.?$/);
      expect(why).not.toMatch(/asking for support|eyJ/);
      expect(resourceId).toMatch(/^\/subscriptions\/[0-9a-f-]{36}$/);
    }
  });

  test.each(['graph-old-api-version', 'graph-no-profiles'])('%s: the profiles are still known', async (scenario) => {
    const joined = join({ ...fleet, scenario });
    const [graph, arm] = [await readAll(joined, 'auto'), await readAll(joined, 'arm')];
    expect(
      graph.clusters.flatMap(({ pools }) => pools).filter(({ localDns }) => localDns !== undefined).length,
    ).toBeGreaterThan(10);
    expect(essentials(graph.clusters)).toEqual(essentials(arm.clusters));
  });

  test('a few old rows are read one by one, and a deleted cluster is reported', async () => {
    const joined = join({ scenario: ['graph-old-api-version', 'cluster-vanishes'] });
    const { clusters, problems } = await readAll(joined, 'auto');
    expect([clusters.length, joined.count('GET', listPath), joined.count('GET', getPath)]).toEqual([5, 0, 2]);
    expect(problems).toMatchObject([
      { kind: 'cluster-gone', resourceId: expect.stringMatching(/managedClusters\/aks-/) as string },
    ]);
  });

  test('a failed page does not affect other series', async () => {
    const known = join(fleet);
    const [first] = (await known.fleet.subscriptions())
      .filter(({ state }) => state !== 'Disabled')
      .sort((one, other) => (one.id < other.id ? -1 : 1));
    const entry = {
      id: first?.id,
      name: 'a',
      state: 'Enabled',
      isDefault: true,
      tenantId: '99999999-0000-0000-0000-000000000000',
      environmentName: 'AzureCloud',
    };
    let queries = 0;
    const joined = join({
      ...fleet,
      azure: { profileText: JSON.stringify({ subscriptions: [entry] }) },
      between: (handle) => async (request) => {
        if (!graphPath.test(request.url)) return handle(request);
        queries += 1;
        if (queries > 1 && queries < 7) throw new ConnectionLost();
        return handle(request);
      },
    });
    const { clusters, problems } = await readAll(joined, 'graph');
    expect([clusters.length, kinds(problems)]).toEqual([40, { ...off, 'page-failed': 2 }]);
  });

  test.each(sources)('nothing could be read at all: the reading fails (%s)', async (source) => {
    const subscriptions = (await join(fleet).fleet.subscriptions()).filter(({ state }) => state !== 'Disabled');
    const refused = join({
      ...fleet,
      between: () => async () => {
        throw new ConnectionLost('refused', 'ECONNREFUSED');
      },
    });
    await expect(readAll(refused, source, { subscriptions })).rejects.toMatchObject({ class: 'connection' });
    const signedOut = join({
      ...fleet,
      scenario: [],
      azure: { credential: () => ({ token: 'nobody', expiresOn: Number.MAX_SAFE_INTEGER }) },
    });
    await expect(readAll(signedOut, source, { subscriptions })).rejects.toMatchObject({ class: 'not-signed-in' });
  });

  test('a connection that breaks later affects only its subscription', async () => {
    const joined = join({
      ...fleet,
      between: (handle) => async (request) => {
        if (request.url.includes(sample.subscriptionId)) throw new ConnectionLost();
        return handle(request);
      },
    });
    const { clusters, problems } = await readAll(joined, 'arm');
    expect([clusters.length, kinds(problems)]).toEqual([80, { ...off, 'page-failed': 1 }]);
  });
});

describe('a reading that ends early', () => {
  test.each(sources)('is interrupted immediately, between pages and during one (%s)', async (source) => {
    const joined = join({ clusters: 1050, seed: 7 });
    const subscriptions = (await joined.fleet.subscriptions()).filter(({ state }) => state !== 'Disabled');
    const stop = new AbortController();
    const reading = async (): Promise<void> => {
      for await (const _ of joined.fleet.clusters({ subscriptions }, { source, signal: stop.signal })) stop.abort();
    };
    await expect(reading()).rejects.toMatchObject({ code: 'interrupted' });
    expect(joined.count('POST', graphPath) + joined.count('GET', listPath)).toBeLessThanOrEqual(9);
  });

  test('requests no further pages if the rest is not needed', async () => {
    const joined = join({ clusters: 1050, seed: 7 });
    const subscriptions = (await joined.fleet.subscriptions()).filter(({ state }) => state !== 'Disabled');
    for await (const _ of joined.fleet.clusters({ subscriptions }, { source: 'arm' })) break;
    const asked = joined.count('GET', listPath);
    expect(asked).toBeLessThanOrEqual(8);
    await joined.clock.sleep(60_000);
    expect(joined.count('GET', listPath)).toBe(asked);
  });
});
