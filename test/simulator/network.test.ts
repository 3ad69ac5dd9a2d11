import { describe, expect, test } from 'vitest';
import { asArray, asString, at, own, type JsonValue } from '../../src/core/json.ts';
import { fleetTruth } from '../support/fleet-truth.ts';
import { apiVersion, code, subscriptionPath, wire, type Wire } from './client.ts';

const version = 'api-version=2024-05-01';

/** The subnets of the fleet's pools, in the order of the details. */
function subnetsOf(
  on: Wire,
): readonly { readonly id: string; readonly network: string; readonly kind: string; readonly nodes: number }[] {
  const seen = new Map<string, { id: string; network: string; kind: string; nodes: number }>();
  for (const { resourceGroup, cluster, pool, network, clusterKind, nodes } of fleetTruth(on.simulator).details) {
    const id = asString(on.simulator.pool(`${resourceGroup}/${cluster}`, pool)?.['vnetSubnetID']);
    if (id === undefined) continue;
    const known = seen.get(id) ?? { id, network, kind: clusterKind, nodes: 0 };
    seen.set(id, { ...known, nodes: known.nodes + nodes });
  }
  return [...seen.values()];
}

function sizeOf(subnet: JsonValue | undefined): number {
  const prefixes = [
    asString(own(subnet, 'addressPrefix')) ?? [],
    ...asArray(own(subnet, 'addressPrefixes')),
  ].flat() as readonly string[];
  return prefixes.reduce((sum, prefix) => sum + 2 ** (32 - Number(prefix.split('/')[1])), 0);
}

describe('networks', () => {
  test('a subnet lists the IP configurations of its nodes, and of each pod if the network is flat; full ones have no address left', async () => {
    const on = wire({ clusters: 400, seed: 5 });
    const kinds = new Set<string>();
    for (const { id, network, kind, nodes } of subnetsOf(on)) {
      const { status, body } = await on.get(`${id}?${version}`);
      on.advance(1);
      expect(status).toBe(200);
      const used = asArray(at(body, 'properties', 'ipConfigurations')).length;
      const free = sizeOf(body['properties']) - 5 - used;
      const taken = nodes * (kind === 'flat' ? 31 : 1);
      expect([id, network === 'full' ? free === 0 && used >= taken : free > 1000 && used === taken]).toEqual([
        id,
        true,
      ]);
      kinds.add(network === 'full' ? 'full' : kind === 'flat' ? 'flat' : 'other');
    }
    expect(kinds).toEqual(new Set(['full', 'flat', 'other']));
  });

  test('custom DNS servers are in dhcpOptions; security groups match their names', async () => {
    const on = wire({ clusters: 400, seed: 5 });
    let own53 = 0;
    const groups = new Map<string, string>();
    for (const { id, network } of subnetsOf(on)) {
      on.advance(1);
      const found = await on.get(`${id.split('/subnets/')[0] ?? ''}?${version}`);
      const servers = asArray(at(found.body, 'properties', 'dhcpOptions', 'dnsServers'));
      expect(servers.length > 0).toBe(network.startsWith('dns-'));
      if (servers.length > 0) own53 += 1;
      const subnet = asArray(at(found.body, 'properties', 'subnets')).find((one) => own(one, 'id') === id);
      const group = asString(at(subnet, 'properties', 'networkSecurityGroup', 'id'));
      expect(group !== undefined).toBe(network === 'dns-open' || network === 'dns-blocked');
      if (group !== undefined) groups.set(group, network);
    }
    expect(own53).toBe(fleetTruth(on.simulator).dns.clustersWithOwnServers);
    for (const [id, network] of groups) {
      const { status, body } = await on.get(`${id}?${version}`);
      on.advance(1);
      expect(status).toBe(200);
      const rules = asArray(at(body, 'properties', 'securityRules'));
      const denies = rules.some(
        (rule) => at(rule, 'properties', 'access') === 'Deny' && at(rule, 'properties', 'direction') === 'Outbound',
      );
      expect(denies || network === 'dns-open').toBe(true);
      expect(asArray(at(body, 'properties', 'defaultSecurityRules')).map((rule) => own(rule, 'name'))).toContain(
        'DenyAllOutBound',
      );
    }
  });

  test('a cluster without a given network has the one that AKS makes in its node resource group', async () => {
    const on = wire();
    const list = await on.get(
      `${subscriptionPath}/resourceGroups/MC_rg-demo_aks-demo_westeurope/providers/Microsoft.Network/virtualNetworks?${version}`,
    );
    const [network] = asArray(list.body['value']);
    const [subnet] = asArray(at(network, 'properties', 'subnets'));
    expect(asString(own(network, 'name'))).toMatch(/^aks-vnet-\d{8}$/);
    expect(subnet).toMatchObject({ name: 'aks-subnet', properties: { addressPrefix: '10.224.0.0/16' } });
    const nodes = ['systempool', 'userpool', 'smallpool', 'winpool', 'oldpool'].reduce(
      (sum, pool) => sum + (on.simulator.pool('aks-demo', pool)?.['count'] as number),
      0,
    );
    expect(asArray(at(subnet, 'properties', 'ipConfigurations'))).toHaveLength(nodes);
    expect((await on.get(`${own(subnet, 'id') as string}?${version}`)).body).toEqual(subnet);
    expect(
      (await on.get(`${at(subnet, 'properties', 'networkSecurityGroup', 'id') as string}?${version}`)).status,
    ).toBe(200);
    expect(on.simulator.unknownRoutes).toEqual([]);
  });

  test('are listed over the whole subscription, with their subnets', async () => {
    const on = wire({ clusters: 40, seed: 5 });
    const [first] = subnetsOf(on);
    const subscription = first?.id.split('/').slice(0, 3).join('/') ?? '';
    const list = async (path: string): Promise<readonly JsonValue[]> =>
      asArray((await on.get(`${path}?${version}`)).body['value']);
    const all = await list(`${subscription}/providers/Microsoft.Network/virtualNetworks`);
    expect(all.map((one) => own(one, 'name'))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^vnet-/), expect.stringMatching(/^aks-vnet-/)]),
    );
    const groups = await list(`${subscription}/providers/Microsoft.Network/networkSecurityGroups`);
    expect(groups.length).toBeGreaterThan(0);
    const network = first?.id.split('/subnets/')[0] ?? '';
    const subnets = await list(`${network}/subnets`);
    expect(subnets.map((one) => own(one, 'id'))).toContain(first?.id);
    expect(subnets).toEqual(
      at(
        all.find((one) => own(one, 'id') === network),
        'properties',
        'subnets',
      ),
    );
  });

  test('that are loaded are returned, with the users of their addresses', async () => {
    const group = `${subscriptionPath}/resourceGroups/rg-net/providers/Microsoft.Network`;
    const nsg = `${group}/networkSecurityGroups/nsg-one`;
    const subnet = {
      addressPrefix: '10.1.0.0/24',
      networkSecurityGroup: { id: nsg },
      ipConfigurations: [{ id: '/nic' }],
    };
    const load = [
      {
        id: nsg,
        location: 'westeurope',
        properties: { securityRules: [{ name: 'r', properties: { priority: 100 } }] },
      },
      {
        id: `${group}/virtualNetworks/vnet-one`,
        location: 'westeurope',
        properties: {
          addressSpace: { addressPrefixes: ['10.1.0.0/16'] },
          dhcpOptions: { dnsServers: ['10.1.0.4'] },
          subnets: [{ name: 'nodes', properties: subnet }],
        },
      },
    ];
    const on = wire({ load });
    const found = await on.get(`${group}/virtualNetworks/vnet-one?${version}`);
    expect(found.body).toMatchObject({
      properties: {
        dhcpOptions: { dnsServers: ['10.1.0.4'] },
        subnets: [
          {
            name: 'nodes',
            properties: { addressPrefix: '10.1.0.0/24', networkSecurityGroup: { id: nsg }, ipConfigurations: [{}] },
          },
        ],
      },
    });
    expect((await on.get(`${nsg}/securityRules/r?${version}`)).body).toMatchObject({ properties: { priority: 100 } });
  });

  test('an unknown network is 404', async () => {
    const on = wire();
    const base = `${subscriptionPath}/resourceGroups/rg-demo/providers/Microsoft.Network`;
    for (const path of ['virtualNetworks/none', 'virtualNetworks/none/subnets/none', 'networkSecurityGroups/none']) {
      const answer = await on.get(`${base}/${path}?${version}`);
      expect([answer.status, code(answer)]).toEqual([404, 'ResourceNotFound']);
    }
  });
});

describe('usages of a fleet', () => {
  test('count the vCPUs of its pools by family; constrained regions have none left', async () => {
    const on = wire({ clusters: 400, seed: 5 });
    const truth = fleetTruth(on.simulator);
    const pairs = new Map(
      truth.details.map(({ subscriptionId, location }) => [
        `${subscriptionId}/${location}`,
        { subscriptionId, location },
      ]),
    );
    expect(pairs.size).toBe(truth.capacity.regions);
    const left = { cores: 0, standardDDSv5Family: 0 };
    for (const { subscriptionId, location } of pairs.values()) {
      const { body } = await on.get(
        `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/locations/${location}/usages?api-version=2024-07-01`,
      );
      const usage = (name: string): JsonValue | undefined =>
        asArray(body['value']).find((one) => at(one, 'name', 'value') === name);
      for (const name of ['cores', 'standardDDSv5Family'] as const) {
        expect(own(usage(name), 'currentValue')).toBeGreaterThan(0);
        if (own(usage(name), 'currentValue') === own(usage(name), 'limit')) left[name] += 1;
      }
      on.advance(1);
    }
    expect(left).toEqual({
      cores: truth.capacity.regionsWithoutCores,
      standardDDSv5Family: truth.capacity.regionsWithoutFamily,
    });
  });
});

describe('management groups', () => {
  const path = '/providers/Microsoft.Management/managementGroups';

  test('list what is below them, in pages', async () => {
    const on = wire({ clusters: 5000 });
    const ids: string[] = [];
    let next: string | undefined = `${path}/Contoso/descendants?api-version=2020-05-01`;
    let pages = 0;
    while (next !== undefined) {
      const { body } = await on.get(next);
      for (const one of asArray(body['value'])) {
        ids.push(asString(own(one, 'id')) ?? '');
        expect(asString(at(one, 'properties', 'parent', 'id'))).toMatch(
          /^\/providers\/Microsoft\.Management\/managementGroups\/contoso/,
        );
      }
      next = asString(body['nextLink']);
      pages += 1;
    }
    expect(pages).toBe(2);
    expect(ids.filter((id) => id.startsWith('/subscriptions/'))).toHaveLength(fleetTruth(on.simulator).subscriptions);
    expect(new Set(ids.filter((id) => id.startsWith(`${path}/`)).map((id) => id.split('/').at(-1)))).toEqual(
      new Set(['contoso-dev', 'contoso-prod', 'contoso-prod-eu']),
    );
  });

  test('are listed, and shown with what is directly below them or however deep', async () => {
    const on = wire();
    const list = await on.get(`${path}?api-version=2020-05-01`);
    expect(asArray(list.body['value']).map((one) => own(one, 'name'))).toEqual(
      expect.arrayContaining(['contoso', 'contoso-prod', 'contoso-dev']),
    );
    const shown = async (query: string): Promise<JsonValue> =>
      (await on.get(`${path}/contoso?api-version=2021-04-01${query}`)).body;
    expect(at(await shown(''), 'properties')).not.toHaveProperty('children');
    const [flat, deep] = [await shown('&$expand=children'), await shown('&$expand=children&$recurse=true')];
    expect(at(flat, 'properties', 'details', 'parent', 'displayName')).toBe('Tenant Root Group');
    expect(asArray(at(flat, 'properties', 'children'))[0]).not.toHaveProperty('children');
    expect(asArray(at(deep, 'properties', 'children'))[0]).toMatchObject({
      name: 'contoso-prod',
      children: [{ name: 'contoso-prod-eu' }, { type: '/subscriptions', displayName: 'Contoso Demo' }],
    });
    const below = await on.get(`${path}/contoso-prod/subscriptions?api-version=2021-04-01`);
    expect(below.body['value']).toMatchObject([{ properties: { displayName: 'Contoso Demo', state: 'Active' } }]);
    expect(on.simulator.unknownRoutes).toEqual([]);
  });

  test('an unknown one is 404, one that may not be read 403', async () => {
    expect((await wire().get(`${path}/nobody/descendants?api-version=2020-05-01`)).status).toBe(404);
    expect(
      (await wire({ scenario: 'no-access' }).get(`${path}/contoso/descendants?api-version=2020-05-01`)).status,
    ).toBe(403);
    expect((await wire().get(`${path}/contoso/descendants?api-version=${apiVersion}`)).status).toBe(400);
  });
});
