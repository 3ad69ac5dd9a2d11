import { asArray, asString, at, isJsonObject, own, parseJson } from '../../../src/core/json.ts';
import { readCluster } from '../../../src/model/cluster.ts';
import { placeOf } from '../../../src/model/ids.ts';
import { known } from '../../../src/model/known.ts';
import type { Ruleset } from '../../../src/model/check.ts';
import type { CheckRow } from '../../../src/model/check.ts';
import type { Forecast } from '../../../src/model/report.ts';
import { ReportBuilder, type PoolFacts } from '../../../src/domain/checks/index.ts';
import { forecast } from '../../../src/domain/checks/forecast/forecast.ts';
import { judge } from '../../../src/domain/checks/judge.ts';
import { vmSizes } from '../../../src/simulator/arm/compute-sizes.ts';
import { fieldText } from './files.ts';

const sizes = known(
  new Map(
    vmSizes.map((size) => [
      size.name.toLowerCase(),
      { name: size.name, vCpus: size.vcpusAvailable, family: size.family },
    ]),
  ),
);

interface FieldFacts {
  pool(cluster: string, pool: string): PoolFacts;
  row(cluster: string, pool: string, check: string, ruleset: Ruleset): CheckRow | undefined;
  forecast(cluster: string, pool: string): Forecast;
  /** The counts of a report of all pools. */
  eligibility(ruleset: Ruleset): Readonly<Record<string, string>>;
  nodes(): number;
}

/** The judged pools of a file with ARM resources. */
export function fieldFacts(name: string): FieldFacts {
  const resources = asArray(parseJson(fieldText(name)));
  const clusters = resources.filter(
    (one) => isJsonObject(one) && /managedClusters$/i.test(asString(own(one, 'type')) ?? ''),
  );
  const all = clusters.flatMap((resource): readonly PoolFacts[] => {
    if (!isJsonObject(resource)) return [];
    const { resourceGroup, cluster: clusterName } = placeOf(asString(resource['id']) ?? '');
    const subscriptionId = /subscriptions\/([^/]+)/i.exec(asString(resource['id']) ?? '')?.[1] ?? '';
    const clusterRef = { subscriptionId, resourceGroup, cluster: clusterName };
    const cluster = readCluster(clusterRef, resource);
    return cluster.pools.map((pool) => ({
      subscription: {
        id: subscriptionId,
        name: undefined,
        feature: known({ known: true as const, state: 'Registered' }),
        provider: known({ state: 'Registered' }),
      },
      clusterRef,
      cluster: known(cluster),
      vmSizes: sizes,
      pool,
      named: false,
      isNew: false,
    }));
  });
  const find = (cluster: string, pool: string): PoolFacts => {
    const found = all.find(({ pool: { ref } }) => ref.cluster === cluster && ref.pool === pool);
    if (found === undefined) throw new Error(`${name} has no ${cluster}/${pool}.`);
    return found;
  };
  const report = (ruleset: Ruleset) => {
    const builder = new ReportBuilder(name, { ruleset });
    for (const resource of clusters) {
      const members = all.filter(({ cluster }) => cluster.known && cluster.value.id === asString(at(resource, 'id')));
      const [first] = members;
      if (first !== undefined) builder.add(first, members);
    }
    return builder.finish();
  };
  return {
    pool: find,
    row: (cluster, pool, check, ruleset) => judge(find(cluster, pool), { ruleset, only: [check] })[0],
    forecast: (cluster, pool) => forecast(find(cluster, pool), { major: 1, minor: 37 }),
    eligibility: (ruleset) =>
      Object.fromEntries(
        report(ruleset).pools.map(({ cluster, pool, eligibility }) => [`${cluster}/${pool}`, eligibility]),
      ),
    nodes: () => report('ga').pools.reduce((sum, { nodes }) => sum + (nodes ?? 0), 0),
  };
}
