import { describe, expect, test } from 'vitest';
import { asArray, asString, isJsonObject, own, type JsonObject } from '../../src/core/json.ts';
import type { ClusterFacts } from '../../src/domain/checks/index.ts';
import { known } from '../../src/model/known.ts';
import { rulesets, type Ruleset } from '../../src/model/check.ts';
import { readCluster } from '../../src/model/cluster.ts';
import type { VmSize } from '../../src/model/ports.ts';
import { vmSizes } from '../../src/simulator/arm/compute-sizes.ts';
import { fleetTruth, forecastOrder } from '../support/fleet-truth.ts';
import { reportOf, type Judged } from '../support/report-of.ts';
import { wire, type Wire } from './client.ts';

const graph = '/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01';
const query =
  "resources | where type =~ 'microsoft.containerservice/managedclusters' | project id, name, location, subscriptionId, resourceGroup, tags, sku, properties, apiVersion | order by id asc";

async function clusterRows(on: Wire): Promise<readonly JsonObject[]> {
  const rows: JsonObject[] = [];
  let token: string | undefined;
  do {
    const { body } = await on.send('POST', graph, {
      body: { query, options: { $top: 1000, ...(token === undefined ? {} : { $skipToken: token }) } },
    });
    rows.push(...asArray(body['data']).filter((row) => isJsonObject(row)));
    token = asString(body['$skipToken']);
    on.advance(1);
  } while (token !== undefined);
  return rows;
}

const sizes = known(
  new Map(
    vmSizes.map((size): [string, VmSize] => [
      size.name.toLowerCase(),
      { name: size.name, vCpus: size.vcpusAvailable, family: size.family },
    ]),
  ),
);

/** The facts that the client derives from the simulator's responses. */
async function judgedFleet(on: Wire): Promise<readonly Judged[]> {
  const states = new Map<string, string>();
  const features = new Map<string, string>();
  for (const one of asArray((await on.get('/subscriptions?api-version=2022-12-01')).body['value'])) {
    const id = asString(own(one, 'subscriptionId')) ?? '';
    states.set(id, asString(own(one, 'state')) ?? '');
    const feature = await on.get(
      `/subscriptions/${id}/providers/Microsoft.Features/providers/Microsoft.ContainerService/features/LocalDNSPreview?api-version=2021-07-01`,
    );
    features.set(id, asString(own(feature.body['properties'], 'state')) ?? '');
    on.advance(1);
  }
  return (await clusterRows(on)).flatMap((row): readonly Judged[] => {
    const [subscriptionId, resourceGroup, name] = [
      asString(row['subscriptionId']) ?? '',
      asString(row['resourceGroup']) ?? '',
      asString(row['name']) ?? '',
    ];
    if (states.get(subscriptionId) === 'Disabled') return [];
    const clusterRef = { subscriptionId, resourceGroup, cluster: name };
    const cluster = readCluster(clusterRef, row);
    const facts: ClusterFacts = {
      subscription: {
        id: subscriptionId,
        name: undefined,
        feature: known({ known: true, state: features.get(subscriptionId) ?? '' }),
        provider: known({ state: 'Registered' }),
      },
      clusterRef,
      cluster: known(cluster),
      vmSizes: sizes,
    };
    return [{ cluster: facts, pools: cluster.pools.map((pool) => ({ ...facts, pool, named: false, isNew: false })) }];
  });
}

describe('the expected facts of a fleet', () => {
  test.each([
    [3, 7],
    [120, 7],
    [900, 2],
  ])(
    'of %i clusters match what the client finds: every pool, every blocked reason, every row',
    async (clusters, seed) => {
      const on = wire({ clusters, seed });
      const truth = fleetTruth(on.simulator);
      const judged = await judgedFleet(on);
      for (const ruleset of rulesets) {
        const found = reportOf('all', judged, { ruleset });
        const expected = truth.details.map(
          ({ subscriptionId, cluster, pool, eligibility, blockedBy }) =>
            `${subscriptionId}/${cluster}/${pool} ${eligibility[ruleset]} ${blockedBy[ruleset].join()}`,
        );
        const actual = found.pools.map(
          (pool) =>
            `${pool.subscriptionId}/${pool.cluster}/${pool.pool} ${pool.eligibility} ${[...pool.blockedBy].sort().join()}`,
        );
        expect(actual.sort()).toEqual(expected.sort());
        for (const [check, counts] of Object.entries(truth.findings[ruleset])) {
          const rows = found.rows.filter(({ id, status }) => id === check && status !== 'pass');
          expect([
            check,
            Object.fromEntries(
              ['fail', 'warn', 'unknown', 'skip'].flatMap((status) => {
                const number = rows.filter((row) => row.status === status).length;
                return number === 0 ? [] : [[status, number]];
              }),
            ),
          ]).toEqual([check, counts]);
        }
        const failing = new Set(found.rows.filter(({ status }) => status === 'fail').map(({ id }) => id));
        expect([...failing].sort()).toEqual(
          Object.keys(truth.findings[ruleset]).filter((check) => truth.findings[ruleset][check]?.fail !== undefined),
        );
      }
    },
  );

  test('add up', () => {
    const truth = fleetTruth(wire({ clusters: 1000, seed: 7 }).simulator);
    const sum = (counts: Readonly<Record<string, number>>): number =>
      Object.values(counts).reduce((total, one) => total + one, 0);
    for (const counts of [
      truth.locations,
      truth.teams,
      truth.environments,
      truth.versions,
      truth.tiers,
      truth.owners,
      truth.clusterKinds,
      truth.networks,
    ])
      expect(sum(counts)).toBe(1000);
    for (const counts of [truth.poolKinds, truth.eligibility.preview, truth.eligibility.ga, truth.forecast])
      expect(sum(counts)).toBe(3000);
    expect(sum(truth.subscriptionStates)).toBe(truth.subscriptions);
    expect([truth.clusters, truth.pools, truth.disabled.subscriptions]).toEqual([1000, 3000, 1]);
    expect(Object.keys(truth.forecast).sort()).toEqual([...forecastOrder].sort());
    for (const number of Object.values(truth.forecast)) expect(number).toBeGreaterThan(0);
    for (const number of [...Object.values(truth.capacity), ...Object.values(truth.dns)])
      expect(number).toBeGreaterThan(0);
  });

  test('have the same number of problems for every seed, in other places', () => {
    const [one, other] = [1, 2].map((seed) => fleetTruth(wire({ clusters: 500, seed }).simulator));
    expect(one?.clusterKinds).toEqual(other?.clusterKinds);
    expect(one?.networks).toEqual(other?.networks);
    expect(one?.clusterKinds).toMatchObject({ stopped: 15, autoprovisioning: 40, automatic: 20, 'own-cni': 10 });
    expect(one?.details.map(({ clusterKind }) => clusterKind)).not.toEqual(
      other?.details.map(({ clusterKind }) => clusterKind),
    );
  });

  test('exist for generated fleets only', () => {
    expect(wire().simulator.fleet).toBeUndefined();
  });

  test.each(rulesets.map((ruleset): [Ruleset] => [ruleset]))('under %s: no eligibility is missing', (ruleset) => {
    const { eligibility } = fleetTruth(wire({ clusters: 300, seed: 3 }).simulator);
    for (const number of Object.values(eligibility[ruleset])) expect(number).toBeGreaterThan(0);
  });
});
