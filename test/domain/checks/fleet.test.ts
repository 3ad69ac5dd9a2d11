import { describe, expect, test } from 'vitest';
import { asArray, asNumber, asString, at, own, type JsonObject, type JsonValue } from '../../../src/core/json.ts';
import type { CheckRow } from '../../../src/model/check.ts';
import { readCluster } from '../../../src/model/cluster.ts';
import type { SecurityRule, Usage } from '../../../src/model/inventory.ts';
import type { VmSize } from '../../../src/model/ports.ts';
import { CapacityLedger, type ClusterFacts, type NetworkFacts } from '../../../src/domain/checks/index.ts';
import { isOn } from '../../../src/domain/checks/facts.ts';
import { known } from '../../../src/model/known.ts';
import { exclusionOf } from '../../../src/domain/checks/exclusion.ts';
import { judgePool } from '../../../src/domain/checks/judge.ts';
import { vmSizes } from '../../../src/simulator/arm/compute-sizes.ts';
import { wire, type Wire } from '../../simulator/client.ts';
import { fleetTruth, type FleetTruth } from '../../support/fleet-truth.ts';

const sizes = known(
  new Map(
    vmSizes.map((size): [string, VmSize] => [
      size.name.toLowerCase(),
      { name: size.name, vCpus: size.vcpusAvailable, family: size.family },
    ]),
  ),
);
const on = wire({ clusters: 440, seed: 11 });

async function get(path: string, version: string): Promise<JsonObject> {
  on.advance(1);
  return (await on.get(`${path}?api-version=${version}`)).body;
}

function texts(properties: JsonValue | undefined, singular: string, plural: string): readonly string[] {
  return [
    asString(own(properties, singular)) ?? [],
    ...asArray(own(properties, plural)).map((item) => asString(item) ?? []),
  ].flat();
}

const read = new Map<string, Promise<JsonObject>>();
async function once(path: string, version: string): Promise<JsonObject> {
  const found = read.get(path.toLowerCase()) ?? get(path, version);
  read.set(path.toLowerCase(), found);
  return found;
}

async function usagesOf(subscription: string, location: string): Promise<readonly Usage[]> {
  const body = await once(
    `/subscriptions/${subscription}/providers/Microsoft.Compute/locations/${location}/usages`,
    '2024-07-01',
  );
  return asArray(body['value']).map((one) => ({
    name: asString(at(one, 'name', 'value')) ?? '',
    current: asNumber(own(one, 'currentValue')) ?? 0,
    limit: asNumber(own(one, 'limit')) ?? 0,
  }));
}

function ruleOf(entry: JsonValue): SecurityRule {
  const properties = own(entry, 'properties');
  const text = (key: string): string => asString(own(properties, key)) ?? '';
  return {
    name: asString(own(entry, 'name')) ?? '',
    direction: text('direction'),
    access: text('access'),
    protocol: text('protocol'),
    priority: asNumber(own(properties, 'priority')) ?? 0,
    destinations: texts(properties, 'destinationAddressPrefix', 'destinationAddressPrefixes'),
    ports: texts(properties, 'destinationPortRange', 'destinationPortRanges'),
    sources: texts(properties, 'sourceAddressPrefix', 'sourceAddressPrefixes'),
  };
}

async function networkOf(id: string | undefined): Promise<NetworkFacts> {
  if (id === undefined) return { subnets: new Map(), dns: { virtualNetworks: new Map(), securityRules: new Map() } };
  const networkId = id.replace(/\/subnets\/.*/, '');
  const subnet = await once(id, '2024-05-01');
  const group = asString(at(subnet, 'properties', 'networkSecurityGroup', 'id'));
  const rules =
    group === undefined
      ? []
      : asArray(at(await once(group, '2024-05-01'), 'properties', 'securityRules')).map((entry) => ruleOf(entry));
  const prefixes = texts(subnet['properties'], 'addressPrefix', 'addressPrefixes');
  return {
    subnets: new Map([
      [
        id.toLowerCase(),
        known({
          id,
          prefixes,
          used: asArray(at(subnet, 'properties', 'ipConfigurations')).length,
          networkSecurityGroupId: group,
        }),
      ],
    ]),
    dns: {
      virtualNetworks: new Map([
        [
          networkId.toLowerCase(),
          known({
            id: networkId,
            dnsServers: texts(at(await once(networkId, '2024-05-01'), 'properties', 'dhcpOptions'), '', 'dnsServers'),
          }),
        ],
      ]),
      securityRules: new Map(group === undefined ? [] : [[group.toLowerCase(), known(rules)]]),
    },
  };
}

interface Found {
  readonly truth: FleetTruth;
  readonly poolRows: readonly CheckRow[];
  readonly sums: readonly CheckRow[];
}

async function judged({ simulator }: Wire): Promise<Found> {
  const truth = fleetTruth(simulator);
  const ledger = new CapacityLedger();
  const poolRows: CheckRow[] = [];
  const clusters = new Map(
    truth.details.map(({ subscriptionId, resourceGroup, cluster }) => [
      `${subscriptionId}/${resourceGroup}/${cluster}`,
      { subscriptionId, resourceGroup, cluster },
    ]),
  );
  for (const ref of clusters.values()) {
    const body = await get(
      `/subscriptions/${ref.subscriptionId}/resourceGroups/${ref.resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${ref.cluster}`,
      '2026-03-01',
    );
    const cluster = readCluster(ref, body);
    const network = await networkOf(
      cluster.pools.map(({ properties }) => asString(properties['vnetSubnetID'])).find((id) => id !== undefined),
    );
    const facts: ClusterFacts = {
      subscription: {
        id: ref.subscriptionId,
        name: undefined,
        feature: known({ known: false }),
        provider: known({ state: 'Registered' }),
      },
      clusterRef: ref,
      cluster: known(cluster),
      vmSizes: sizes,
      usages: known(await usagesOf(ref.subscriptionId, cluster.location ?? '')),
      network,
    };
    const pools = cluster.pools.map((pool) => ({ ...facts, pool, named: false, isNew: false }));
    poolRows.push(
      ...pools.flatMap((pool) =>
        judgePool(pool, { ruleset: 'preview', only: ['vnet-dns-servers', 'dns-tcp-53', 'instance-limit'] }),
      ),
    );
    ledger.add(
      facts,
      pools.filter((pool) => exclusionOf(pool.pool) === undefined && !isOn(pool)),
    );
  }
  return { truth, poolRows, sums: ledger.rows({}) };
}

describe('the capacity and network checks of a generated fleet', async () => {
  const { truth, poolRows, sums } = await judged(on);
  const { details } = truth;
  const able = details.filter(({ eligibility }) => eligibility.preview !== 'skipped');
  const moved = able.filter(
    ({ eligibility, kind, nodes }) =>
      eligibility.preview !== 'enabled' && nodes > 0 && kind !== 'spot' && kind !== 'no-surge',
  );
  const of = (rows: readonly CheckRow[], id: string, status: string): readonly CheckRow[] =>
    rows.filter((row) => row.id === id && row.status === status);

  test('find pools in networks with custom DNS servers, and pools whose TCP port 53 is denied, in every spelling', () => {
    const [ownServers, blocked] = [
      able.filter(({ network }) => network.startsWith('dns-')),
      able.filter(({ network }) => network === 'dns-blocked'),
    ];
    expect(of(poolRows, 'vnet-dns-servers', 'warn')).toHaveLength(ownServers.length);
    const denied = of(poolRows, 'dns-tcp-53', 'warn')
      .map(({ target }) => target)
      .sort();
    expect(denied).toEqual(
      blocked.map(({ resourceGroup, cluster, pool }) => `${resourceGroup}/${cluster}/${pool}`).sort(),
    );
    expect(of(poolRows, 'dns-tcp-53', 'pass')).toHaveLength(ownServers.length - blocked.length);
    expect(poolRows.filter(({ status }) => status === 'unknown')).toEqual([]);
    expect(denied.length).toBeGreaterThan(5);
  });

  test('find full subnets and no others', () => {
    const full = moved.filter(({ network }) => network === 'full');
    const rows = of(sums, 'subnet-addresses', 'warn');
    expect(rows.map(({ target }) => target.split('/').at(-1) ?? '').sort()).toEqual(
      [...new Set(full.map(({ cluster }) => `snet-${cluster}`))].sort(),
    );
    expect(rows.every(({ observed }) => observed.endsWith('; 0 free'))).toBe(true);
    expect(rows.length).toBeGreaterThan(0);
    expect(of(sums, 'subnet-addresses', 'unknown')).toEqual([]);
  });

  test('find regions and families without vCPUs left, with all pools that need some', () => {
    const none = of(sums, 'regional-vcpus', 'warn').filter(({ observed }) => /; 0 of/.test(observed));
    const pools = none.reduce((sum, { observed }) => sum + Number(/ for (\d+) pool/.exec(observed)?.[1]), 0);
    const family = of(sums, 'family-vcpus', 'warn').filter(
      ({ target, observed }) => target.endsWith('/standardDDSv5Family') && /; 0 of/.test(observed),
    );
    // Pools with a size that no region lists have an unknown need and are not counted.
    const unlisted = moved.filter(
      ({ kind, subscriptionId, location }) =>
        kind === 'retired-size' && none.some(({ target }) => target === `${subscriptionId}/${location}`),
    );
    expect(none).toHaveLength(truth.capacity.regionsWithoutCores);
    expect(pools + unlisted.length).toBe(truth.capacity.poolsWithoutCores);
    expect(family).toHaveLength(truth.capacity.regionsWithoutFamily);
    expect(truth.capacity.regionsWithoutFamily).toBeGreaterThan(0);
  });
});
