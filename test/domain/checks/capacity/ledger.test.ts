import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import type { Subnet, Usage } from '../../../../src/model/inventory.ts';
import { CapacityLedger } from '../../../../src/domain/checks/capacity/ledger.ts';
import type { NetworkFacts, PoolFacts } from '../../../../src/domain/checks/facts.ts';
import { known, notKnown } from '../../../../src/model/known.ts';
import { IgnoreRules } from '../../../../src/domain/checks/ignore/index.ts';
import { clusterRef, clusterWith, facts, poolWith, sizes } from '../facts.ts';

const { subscriptionId: sub } = clusterRef;
const subnetId = `/subscriptions/${sub}/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet/subnets/snet`;
const podSubnetId = `${subnetId}-pods`;

const usages = (cores: number, family = 1000): readonly Usage[] => [
  { name: 'cores', current: 100, limit: 100 + cores },
  { name: 'StandardDSv5Family', current: 50, limit: 50 + family },
  { name: 'standardDSv2Family', current: 0, limit: 8 },
];

const subnet = (prefixes: readonly string[], used: number, id = subnetId): Subnet => ({
  id,
  prefixes,
  used,
  networkSecurityGroupId: undefined,
});
const subnets = (...all: readonly Subnet[]): NetworkFacts => ({
  subnets: new Map(all.map((one) => [one.id.toLowerCase(), known(one)])),
});

/** A pool of 10 nodes, 4 vCPUs each, of which 4 are replaced at once. */
const pool = (properties: JsonObject = {}, changes: Partial<PoolFacts> = {}, name = 'userpool'): PoolFacts =>
  facts({
    usages: known(usages(100)),
    pool: poolWith({ count: 10, upgradeSettings: { maxSurge: '4' }, ...properties }, name),
    ...changes,
  });

function rowsOf(pools: readonly PoolFacts[], only?: readonly string[]) {
  const ledger = new CapacityLedger();
  for (const one of pools) ledger.add(one, [one]);
  return ledger.rows({ only });
}

const rowOf = (id: string, ...pools: readonly PoolFacts[]) => rowsOf(pools, [id])[0];

describe('vCPUs for the surge of all pools at once', () => {
  test('are added up over all pools of a region, and warn if they exceed the quota', () => {
    const pools = [pool(), pool(), pool({ upgradeSettings: {} }), pool({ vmSize: 'Standard_D8s_v5' })].map((one) => ({
      ...one,
      usages: known(usages(60)),
    }));
    expect(rowOf('regional-vcpus', ...pools)).toMatchObject({
      level: 'subscription',
      status: 'warn',
      target: `${sub}/eastus2`,
      resourceId: `/subscriptions/${sub}/providers/Microsoft.Compute/locations/eastus2`,
      observed: 'needs 68 more vCPUs for 4 pools at once; 60 of 160 left',
      reason: expect.stringContaining('is an assumption'),
      fix: `Roll out in waves: any 2 of these pools fit at once. Or request more: az quota update --resource-name cores --scope /subscriptions/${sub}/providers/Microsoft.Compute/locations/eastus2 --limit-object value=168 --resource-type dedicated`,
    });
  });

  test('pass if the quota is just enough', () => {
    const at = (left: number) => rowOf('regional-vcpus', pool({}, { usages: known(usages(left)) }))?.status;
    expect([at(15), at(16), at(17)]).toEqual(['warn', 'pass', 'pass']);
  });

  test.each([
    ['spot pools', { scaleSetPriority: 'Spot' }],
    ['pools without nodes', { count: 0 }],
    ['pools without surge', { upgradeSettings: { maxSurge: '0', maxUnavailable: '1' } }],
  ])('are not needed by %s, whatever is known', (_, properties) => {
    const found = rowsOf([
      pool({ ...properties, vnetSubnetID: subnetId }, { usages: notKnown('no right.'), vmSizes: notKnown('no list.') }),
    ]);
    expect(found.map(({ id, status }) => [id, status])).toEqual([
      ['regional-vcpus', 'pass'],
      ['family-vcpus', 'pass'],
      ['subnet-addresses', 'pass'],
    ]);
  });

  test('are never more than for the number of nodes in the pool', () => {
    expect(rowOf('regional-vcpus', pool({ count: 2, upgradeSettings: { maxSurge: '50' } }))?.observed).toContain(
      'needs 8 more vCPUs',
    );
  });

  test('are also counted by family, with case-insensitive names', () => {
    const rows = rowsOf(
      [pool(), pool({ vmSize: 'Standard_DS3_v2' })].map((one) => ({ ...one, usages: known(usages(100)) })),
      ['family-vcpus'],
    );
    expect(rows.map(({ target, status, observed }) => [target, status, observed])).toEqual([
      [`${sub}/eastus2/standardDSv5Family`, 'pass', 'needs 16 more vCPUs for 1 pool at once; 1000 of 1050 left'],
      [`${sub}/eastus2/standardDSv2Family`, 'warn', 'needs 16 more vCPUs for 1 pool at once; 8 of 8 left'],
    ]);
    expect(rows[1]?.resourceId).toBe(
      `/subscriptions/${sub}/providers/Microsoft.Compute/locations/eastus2/usages/standardDSv2Family`,
    );
    expect(rows[1]?.fix).toContain('None of these pools fits with its current surge');
  });

  test('of a pool with several sizes count by the largest, and in each family', () => {
    const mixed = pool({
      vmSize: undefined,
      type: 'VirtualMachines',
      virtualMachinesProfile: {
        scale: { manual: [{ size: 'Standard_D4s_v5' }, { size: 'Standard_D8s_v5' }, { size: 'Standard_DS3_v2' }] },
      },
    });
    expect(
      rowsOf([mixed])
        .slice(0, 3)
        .map(({ observed }) => observed.split(' for')[0]),
    ).toEqual(['needs 32 more vCPUs', 'needs 32 more vCPUs', 'needs 16 more vCPUs']);
  });

  test.each<[string, Partial<PoolFacts> | undefined, JsonObject, string]>([
    ['the quotas', { usages: notKnown('The right is missing.') }, {}, 'The right is missing.'],
    ['that quota', { usages: known([]) }, {}, 'no quota named cores'],
    ['the sizes', { vmSizes: notKnown('No list.') }, {}, 'No list.'],
    ['the size', { usages: known(usages(20)) }, { vmSize: 'Standard_X9' }, 'does not list Standard_X9'],
    ['a size at all', { usages: known(usages(20)) }, { vmSize: undefined }, 'report the VM size'],
    ['the number of nodes', undefined, { count: undefined }, 'the number of nodes'],
    ['the surge', undefined, { upgradeSettings: { maxSurge: 'many' } }, 'upgrade settings'],
  ])('are unknown if %s could not be read', (_, changes, properties, why) => {
    const found = rowOf('regional-vcpus', pool(properties, changes));
    expect(found?.status).toBe('unknown');
    expect(found?.reason).toContain(why);
  });

  test('say "at least" if some are unknown, and still warn if the known ones exceed the quota', () => {
    const rows = rowsOf(
      [pool(), pool({ vmSize: 'Standard_X9' })].map((one) => ({ ...one, usages: known(usages(10)) })),
    );
    expect(rows[0]).toMatchObject({
      status: 'warn',
      observed: 'needs at least 16 more vCPUs for 1 pool at once; 10 of 110 left',
    });
    expect(rows.filter(({ id }) => id === 'family-vcpus').map(({ status, target }) => [status, target])).toEqual([
      ['pass', `${sub}/eastus2/standardDSv5Family`],
      ['unknown', `${sub}/eastus2`],
    ]);
    expect(
      rowOf(
        'regional-vcpus',
        ...[pool(), pool({ vmSize: 'Standard_X9' })].map((one) => ({ ...one, usages: known(usages(20)) })),
      )?.status,
    ).toBe('unknown');
  });

  const odd = (changes: Partial<PoolFacts> = {}): PoolFacts => pool({ vmSize: 'Standard_X9' }, changes);
  const largest = Math.max(...[...sizes.values()].map(({ vCpus }) => vCpus));

  test('pass if the quota is enough even for the largest size in place of an unknown one, and say so', () => {
    const at = (left: number) =>
      rowOf('regional-vcpus', ...[pool(), odd(), odd()].map((one) => ({ ...one, usages: known(usages(left)) })));
    const enough = 16 + 2 * 4 * largest;
    expect(at(enough - 1)?.status).toBe('unknown');
    expect(at(enough)).toMatchObject({
      status: 'pass',
      reason: expect.stringMatching(
        /of 2 pools are unknown: .*does not list Standard_X9; with the largest available nodes, they need at most \d+ more vCPUs\.$/,
      ),
    });
  });

  test('assume 416 vCPUs per node if the region has no list, and are unknown if the number of nodes is unknown', () => {
    const at = (left: number, properties: JsonObject = {}) =>
      rowOf('regional-vcpus', pool(properties, { vmSizes: notKnown('No list.'), usages: known(usages(left)) }))?.status;
    expect([at(4 * 416 - 1), at(4 * 416), at(1_000_000, { count: undefined })]).toEqual(['unknown', 'pass', 'unknown']);
  });

  test('have no advice to use a surge of one if not even one surge node fits', () => {
    const fixAt = (left: number) => rowOf('regional-vcpus', pool({}, { usages: known(usages(left)) }))?.fix;
    expect(fixAt(4)).toContain('(--max-surge 1)');
    for (const left of [0, 3]) {
      expect(fixAt(left)).not.toContain('--max-surge 1');
      expect(fixAt(left)).toMatch(/--max-surge 0 --max-unavailable 1\).*Or request more: az quota update/);
    }
  });

  test('of a cluster in an unknown region are unknown for its subscription', () => {
    const blind = pool(
      {},
      { cluster: notKnown('no right.'), usages: notKnown('The region of the cluster is not known.') },
    );
    expect(rowsOf([blind]).map(({ id, status, target }) => [id, status, target])).toEqual([
      ['regional-vcpus', 'unknown', sub],
      ['family-vcpus', 'unknown', sub],
    ]);
  });

  test('are counted separately by region and subscription, in any spelling of the region', () => {
    const inRegion = (location: string) => pool({}, { cluster: known(clusterWith({}, { location })) });
    expect(
      rowsOf([inRegion('East US'), inRegion('eastus'), inRegion('westeurope')], ['regional-vcpus']).map(
        ({ target, observed }) => [target.split('/')[1], observed.slice(0, 8)],
      ),
    ).toEqual([
      ['eastus', 'needs 32'],
      ['westeurope', 'needs 16'],
    ]);
  });
});

describe('addresses for the surge of all pools at once', () => {
  const inSubnet = (
    properties: JsonObject,
    network: JsonObject,
    free: Subnet = subnet(['10.0.0.0/24'], 0),
    changes: Partial<PoolFacts> = {},
  ) =>
    pool(
      { vnetSubnetID: subnetId, ...properties },
      {
        cluster: known(clusterWith({ networkProfile: network })),
        network: subnets(free, subnet(['10.1.0.0/24'], 0, podSubnetId)),
        ...changes,
      },
    );
  const need = (properties: JsonObject, network: JsonObject) =>
    rowsOf([inSubnet(properties, network)], ['subnet-addresses']).map(({ observed }) =>
      Number(/needs (\d+)/.exec(observed)?.[1]),
    );

  test.each<[string, JsonObject, JsonObject, readonly number[]]>([
    ['Azure CNI without overlay: one, plus one per pod', { maxPods: 50 }, { networkPlugin: 'azure' }, [204]],
    ['the same with the default number of pods', {}, { networkPlugin: 'azure' }, [124]],
    ['Cilium without overlay', { maxPods: 50 }, { networkPlugin: 'azure', networkDataplane: 'cilium' }, [204]],
    ['overlay', { maxPods: 250 }, { networkPlugin: 'azure', networkPluginMode: 'overlay' }, [4]],
    [
      'Cilium with overlay',
      { maxPods: 250 },
      { networkPlugin: 'azure', networkPluginMode: 'Overlay', networkDataplane: 'cilium' },
      [4],
    ],
    ['kubenet', { maxPods: 110 }, { networkPlugin: 'kubenet' }, [4]],
    ['a custom plugin', { maxPods: 110 }, { networkPlugin: 'none' }, [4]],
    [
      'a pod subnet: batches of 16 there',
      { maxPods: 50, podSubnetID: podSubnetId },
      { networkPlugin: 'azure' },
      [4, 256],
    ],
  ])('by network plugin: %s', (_, properties, network, expected) => {
    expect(need(properties, network)).toEqual(expected);
  });

  test('warn if they exceed the free ones: the prefixes minus five each, minus those in use', () => {
    const full = (used: number) =>
      rowOf(
        'subnet-addresses',
        inSubnet({}, { networkPlugin: 'kubenet' }, subnet(['10.0.0.0/28', '10.0.1.0/28', 'fd00::/64'], used)),
      );
    expect(full(18)).toMatchObject({ status: 'pass', observed: 'needs 4 more addresses for 1 pool at once; 4 free' });
    expect(full(19)).toMatchObject({
      level: 'subscription',
      status: 'warn',
      target: `${sub}/rg-net/vnet/snet`,
      resourceId: subnetId,
      observed: 'needs 4 more addresses for 1 pool at once; 3 free',
      reason: expect.stringContaining('assumption'),
      fix: expect.stringMatching(/\(--max-surge 1\).*Or add pools in a larger subnet/),
    });
  });

  test('are added up over clusters that share a subnet, in any spelling of its ID', () => {
    const pools = ['a', 'b', 'c'].map((name) => ({
      ...inSubnet(
        { vnetSubnetID: name === 'a' ? subnetId.toUpperCase() : subnetId },
        { networkPlugin: 'kubenet' },
        subnet(['10.0.0.0/28'], 1),
      ),
      clusterRef: { ...clusterRef, cluster: name },
    }));
    const rows = rowsOf(pools, ['subnet-addresses']);
    expect(rows.map(({ status, observed, fix }) => [status, observed, fix])).toEqual([
      [
        'warn',
        'needs 12 more addresses for 3 pools at once; 10 free',
        'Roll out in waves: any 2 of these pools fit at once.',
      ],
    ]);
    expect(rowsOf([...pools].reverse(), ['subnet-addresses'])).toEqual(rows);
  });

  test('are not counted in a network created by AKS', () => {
    expect(rowOf('subnet-addresses', pool())).toBeUndefined();
  });

  test.each<[string, Partial<PoolFacts>, JsonObject, string]>([
    [
      'the subnet',
      { network: { subnets: new Map([[subnetId.toLowerCase(), notKnown('No right.')]]) } },
      {},
      'No right.',
    ],
    ['it at all', { network: undefined }, {}, 'was not read'],
    ['its prefixes', { network: subnets(subnet(['fd00::/64'], 3)) }, {}, 'no IPv4 prefix'],
    ['the plugin', { cluster: notKnown('No right.') }, {}, 'the network plugin is unknown: No right'],
    [
      'what the plugin is',
      { cluster: known(clusterWith({ networkProfile: { networkPlugin: 'quantum' } })) },
      {},
      'quantum',
    ],
    ['the number of nodes', {}, { count: undefined }, 'the number of nodes'],
  ])('are unknown if %s could not be read', (_, changes, properties, why) => {
    const found = rowOf('subnet-addresses', inSubnet(properties, { networkPlugin: 'azure' }, undefined, changes));
    expect(found?.status).toBe('unknown');
    expect(found?.reason).toContain(why);
  });
});

describe('the ledger', () => {
  test('has no rows if capacity was not requested', () => {
    expect(rowsOf([pool({ vnetSubnetID: subnetId }, { usages: undefined, network: subnets() })])).toEqual([]);
  });

  test('obeys --only, --ignore and an ignore file', () => {
    const ledger = new CapacityLedger();
    const tight = pool({}, { usages: known(usages(15, 15)) });
    ledger.add(tight, [tight]);
    expect(ledger.rows({ only: ['surge'] })).toEqual([]);
    expect(ledger.rows({ ignore: ['family-vcpus'] }).map(({ id, ignored }) => [id, ignored])).toEqual([
      ['regional-vcpus', false],
      ['family-vcpus', true],
    ]);
    const entry = {
      number: 1,
      id: 'regional-vcpus',
      scope: `/subscriptions/${sub}/**/locations/eastus2`,
      owner: 'o',
      reason: 'r',
      expires: '2027-01-31',
    };
    expect(ledger.rows({ ignores: new IgnoreRules([entry], '2026-11-25') }).map(({ ignored }) => ignored)).toEqual([
      true,
      false,
    ]);
  });

  test('has a row for a region where no pool would be reimaged', () => {
    const ledger = new CapacityLedger();
    ledger.add(pool(), []);
    expect(ledger.rows({}).map(({ id, status, target }) => [id, status, target])).toEqual([
      ['regional-vcpus', 'pass', `${sub}/eastus2`],
      ['family-vcpus', 'pass', `${sub}/eastus2`],
    ]);
  });

  const surge = fc.constantFrom('0', '1', '10%', '33%', '100%', '50', 'many');
  const random = fc.record({
    count: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
    surge,
    size: fc.constantFrom('Standard_D2s_v5', 'Standard_D4s_v5', 'Standard_DS3_v2', 'Standard_X9', ''),
    spot: fc.boolean(),
    flat: fc.boolean(),
    own: fc.boolean(),
  });
  const poolOf = (one: typeof random extends fc.Arbitrary<infer T> ? T : never) =>
    pool(
      {
        count: one.count,
        upgradeSettings: { maxSurge: one.surge },
        vmSize: one.size,
        ...(one.spot ? { scaleSetPriority: 'Spot' } : {}),
        ...(one.own ? {} : { vnetSubnetID: subnetId }),
      },
      {
        cluster: known(clusterWith({ networkProfile: { networkPlugin: one.flat ? 'azure' : 'kubenet' } })),
        network: subnets(subnet(['10.0.0.0/24'], 100)),
      },
    );

  test('gives the same result in any order of the pools, never fails, and says correctly how many pools fit', () => {
    fc.assert(
      fc.property(fc.array(random, { maxLength: 12 }), (many) => {
        const pools = many.map((one) => poolOf(one));
        const sorted = (rows: ReturnType<typeof rowsOf>) =>
          [...rows].sort((left, right) => (`${left.id}${left.target}` < `${right.id}${right.target}` ? -1 : 1));
        const rows = sorted(rowsOf(pools));
        expect(sorted(rowsOf([...pools].reverse()))).toEqual(rows);
        expect(new Set(rows.map(({ id, resourceId }) => `${id} ${resourceId}`)).size).toBe(rows.length);
        for (const { status, observed, fix } of rows) {
          expect(['pass', 'warn', 'unknown']).toContain(status);
          if (status !== 'warn') continue;
          const [, needed, of, left] = (
            /needs (?:at least )?(\d+) .* for (\d+) pools? at once; (\d+) /.exec(observed) ?? []
          ).map(Number);
          expect(needed).toBeGreaterThan(left ?? 0);
          // If all fitted, there would be no warning.
          const any = /any (one|\d+) /.exec(fix ?? '')?.[1] ?? '0';
          expect(any === 'one' ? 1 : Number(any)).toBeLessThan(of ?? 0);
        }
      }),
      { numRuns: 300 },
    );
  });
});

test('texts from Azure are printable in every row', () => {
  const odd = '\u001b[31m\u202ered\n';
  const strange = pool(
    { vmSize: `Standard${odd}`, vnetSubnetID: `${subnetId}${odd}`, podSubnetID: odd },
    {
      cluster: known(clusterWith({ networkProfile: { networkPlugin: odd } }, { location: `east${odd}` })),
      subscription: { ...facts().subscription, id: odd },
      vmSizes: known(new Map()),
    },
  );
  const family = pool(
    {},
    {
      vmSizes: known(new Map([['standard_d4s_v5', { name: 'Standard_D4s_v5', vCpus: 4, family: odd }]])),
      usages: known([
        { name: 'cores', current: 0, limit: 0 },
        { name: odd, current: 0, limit: 1 },
      ]),
    },
  );
  const rows = rowsOf([strange, family]);
  expect(rows.length).toBeGreaterThan(5);
  for (const row of rows) expect(Object.values(row).join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
});
