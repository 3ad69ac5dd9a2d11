import { describe, expect, test } from 'vitest';
import { asString } from '../../../../src/core/json.ts';
import { sample } from '../../../../src/simulator/index.ts';
import { fleetTruth } from '../../../support/fleet-truth.ts';
import { rig, subscription } from '../support/azure.ts';
import { FakeArm, json } from '../support/fake-arm.ts';
import { join, readAll } from './support/fleet.ts';

const base = `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Network`;
const vnet = `${base}/virtualNetworks/vnet`;
const subnet = `${vnet}/subnets/nodes`;
const group = `${base}/networkSecurityGroups/nsg`;

describe('the networks of node pools', () => {
  test('are read from the id that the pool carries', async () => {
    const joined = join({ scenario: 'own-network' });
    const { clusters } = await readAll(joined, 'arm', { clusterName: 'aks-demo' });
    const id = asString(clusters[0]?.pools[0]?.properties['vnetSubnetID']) ?? '';
    const found = await joined.fleet.subnet(id);
    expect(found).toEqual({
      id,
      prefixes: ['10.40.0.0/27'],
      used: 27,
      networkSecurityGroupId: expect.stringMatching(/nsg-demo$/) as string,
    });
    expect(await joined.fleet.virtualNetwork(id.replace(/\/subnets\/.*/, ''))).toMatchObject({
      dnsServers: ['10.40.8.4', '10.40.8.5'],
    });
    const rules = await joined.fleet.securityRules(found.networkSecurityGroupId ?? '');
    expect(rules.map(({ name }) => name)).toEqual([
      'DenyDnsOverTcp',
      'AllowVnetInBound',
      'AllowAzureLoadBalancerInBound',
      'DenyAllInBound',
      'AllowVnetOutBound',
      'AllowInternetOutBound',
      'DenyAllOutBound',
    ]);
    expect(rules[0]).toEqual({
      name: 'DenyDnsOverTcp',
      direction: 'Outbound',
      access: 'Deny',
      priority: 200,
      protocol: 'Tcp',
      sources: ['*'],
      destinations: ['*'],
      ports: ['53'],
    });
  });

  test('of a fleet are full, denied and open as generated', async () => {
    const joined = join({ clusters: 120, seed: 7 });
    const { clusters } = await readAll(joined, 'arm');
    const ids = new Set(
      clusters.flatMap(({ pools }) => pools.flatMap(({ properties }) => asString(properties['vnetSubnetID']) ?? [])),
    );
    const subnets = await Promise.all([...ids].map(async (id) => joined.fleet.subnet(id)));
    const room = ({ prefixes: [prefix = ''], used }: (typeof subnets)[number]): number =>
      2 ** (32 - Number(prefix.split('/')[1])) - 5 - used;
    expect(subnets.filter((each) => room(each) <= 0)).toHaveLength(fleetTruth(joined.simulator).capacity.fullSubnets);
  });

  test('are each read once, in whatever spelling, and again after a transient failure', async () => {
    const fake = new FakeArm({
      [`GET ${subnet}`]: [json(403, { error: { code: 'AuthorizationFailed', message: 'no' } })],
      [`GET ${vnet}`]: [
        ...Array.from({ length: 5 }, () => json(500, { error: { code: 'InternalServerError', message: 'x' } })),
        json(200, { id: vnet, properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } } }),
      ],
    });
    const { fleet } = rig(fake.handle).azure;
    for (const id of [subnet, subnet.toUpperCase().replace('MICROSOFT.NETWORK', 'microsoft.network'), subnet])
      await expect(fleet.subnet(id)).rejects.toMatchObject({ class: 'not-permitted' });
    expect(fake.requests).toHaveLength(1);
    await expect(fleet.virtualNetwork(vnet)).rejects.toMatchObject({ class: 'transient' });
    expect(await fleet.virtualNetwork(vnet)).toEqual({ id: vnet, dnsServers: [] });
    await Promise.all([fleet.virtualNetwork(vnet), fleet.virtualNetwork(vnet)]);
    expect(fake.requests).toHaveLength(7);
  });

  test('in every spelling of Azure are understood', async () => {
    const rule = (name: string, more: object): object => ({
      name,
      properties: { direction: 'Outbound', access: 'Allow', priority: 100, protocol: 'Tcp', ...more },
    });
    const fake = new FakeArm({
      [`GET ${subnet}`]: json(200, {
        id: subnet,
        properties: { addressPrefixes: ['10.0.0.0/24', 'fd00::/64', 7], ipConfigurations: [{}, {}] },
      }),
      [`GET ${group}`]: json(200, {
        properties: {
          securityRules: [
            rule('several', {
              destinationAddressPrefixes: ['10.0.0.4', '10.0.0.5'],
              destinationPortRanges: ['53', '443-445'],
              destinationAddressPrefix: '',
              destinationPortRange: '',
            }),
            rule('application', {
              destinationApplicationSecurityGroups: [{ id: 'x' }],
              destinationAddressPrefixes: [],
              destinationPortRange: '*',
            }),
            rule('from application', {
              sourceApplicationSecurityGroups: [{ id: 'x' }],
              sourceAddressPrefix: '',
              destinationAddressPrefix: '*',
              destinationPortRange: '53',
            }),
            rule('odd\u202e', { destinationAddressPrefix: 'Internet\u0007', destinationPortRange: '53' }),
            { name: 'no properties' },
            'text',
          ],
        },
      }),
    });
    const { fleet } = rig(fake.handle).azure;
    expect(await fleet.subnet(subnet)).toEqual({
      id: subnet,
      prefixes: ['10.0.0.0/24', 'fd00::/64'],
      used: 2,
      networkSecurityGroupId: undefined,
    });
    expect(
      (await fleet.securityRules(group)).map(({ name, destinations, ports }) => [name, destinations, ports]),
    ).toEqual([
      ['several', ['10.0.0.4', '10.0.0.5'], ['53', '443-445']],
      ['application', [], ['*']],
      ['from application', ['*'], ['53']],
      ['odd\\u202e', ['Internet\\u0007'], ['53']],
    ]);
    expect(new URL(fake.requests[0]?.url ?? '').searchParams.get('api-version')).toBe('2024-05-01');
  });

  test.each([
    '',
    'subnet',
    vnet,
    `${subnet}/`,
    `${subnet}/x`,
    subnet.replace('subnets', 'subnet'),
    subnet.replace(subscription, '..'),
    subnet.replace('/rg/', '/../'),
    subnet.replace('Microsoft.Network', 'Microsoft.Evil'),
    `https://evil.example${subnet}`,
    `${subnet}?api-version=1`,
    `${subnet.slice(0, -5)}..`,
    `${subnet}\u202e`,
    subnet.replace('vnet/', 'v%2f..%2f/'),
  ])('are not requested for %j', async (id) => {
    const fake = new FakeArm({});
    await expect(rig(fake.handle).azure.fleet.subnet(id)).rejects.toMatchObject({
      class: 'not-found',
      exit: 'not-found',
      message: expect.stringMatching(/^[ -~]+$/) as string,
    });
    expect(fake.requests).toHaveLength(0);
  });
});

describe('the quotas of a region', () => {
  test('are read once for a subscription and region, however the region is written', async () => {
    const joined = join();
    const usages = await joined.fleet.usages(sample.subscriptionId, 'West Europe');
    expect(usages.find(({ name }) => name === 'cores')).toEqual({ name: 'cores', current: 64, limit: 1000 });
    expect(usages.map(({ name }) => name)).toEqual(expect.arrayContaining(['lowPriorityCores', 'standardDDSv5Family']));
    await joined.fleet.usages(sample.subscriptionId.toUpperCase(), 'westeurope');
    expect(joined.count('GET', /locations\/westeurope\/usages$/)).toBe(1);
  });

  test('are not requested without a region', async () => {
    await expect(join().fleet.usages(sample.subscriptionId, '')).rejects.toMatchObject({ class: 'invalid' });
  });
});
