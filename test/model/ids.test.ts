import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkName,
  clusterId,
  parseAksId,
  parseClusterId,
  parseResourceId,
  placeOf,
  poolId,
  refuseAddress,
  subscriptionOf,
  subscriptionResourceId,
} from '../../src/model/ids.ts';

const subscriptionId = 'c0ffee00-1000-4000-8000-000000000001';
const ref = { subscriptionId, resourceGroup: 'rg-demo', cluster: 'aks-demo' };
const pool = { ...ref, pool: 'userpool' };

describe('a resource id', () => {
  test('has a subscription, group, type and names', () => {
    expect(parseResourceId(subscriptionResourceId(subscriptionId))).toEqual({
      subscriptionId,
      resourceGroup: '',
      type: '',
      names: [],
    });
    expect(parseResourceId(`/subscriptions/${subscriptionId}/resourcegroups/RG`)).toMatchObject({
      resourceGroup: 'RG',
      type: '',
    });
    expect(parseResourceId(`/subscriptions/s/providers/Microsoft.Compute/locations/eastus2`)).toEqual({
      subscriptionId: 's',
      resourceGroup: '',
      type: 'microsoft.compute/locations',
      names: ['eastus2'],
    });
    expect(
      parseResourceId('/SUBSCRIPTIONS/s/resourceGroups/g/Providers/Microsoft.Network/virtualNetworks/v/subnets/n'),
    ).toEqual({
      subscriptionId: 's',
      resourceGroup: 'g',
      type: 'microsoft.network/virtualnetworks/subnets',
      names: ['v', 'n'],
    });
  });

  test.each([
    '',
    'x',
    '/subscriptions/',
    'subscriptions/s',
    '/subscriptions/s/',
    '/subscriptions/s/resourceGroups',
    '/subscriptions/s/resourceGroups/g/providers',
    '/subscriptions/s/resourceGroups/g/providers/P',
    '/subscriptions/s/resourceGroups/g/providers/P/type',
    '/subscriptions/s/resourceGroups/g/providers/P/type/name/child',
    '/subscriptions/s/resourceGroups/g/providers/P/type//child/name',
    '/providers/Microsoft.Management/managementGroups/m',
    ' /subscriptions/s',
  ])('is rejected: %j', (text) => {
    expect(parseResourceId(text)).toBeUndefined();
    expect(parseAksId(text)).toBeUndefined();
  });

  test('has its subscription even if the rest is malformed', () => {
    expect(subscriptionOf('/Subscriptions/ABC/../evil')).toBe('abc');
    expect(placeOf('/subscriptions/abc/../evil')).toEqual({
      subscriptionId: 'abc',
      resourceGroup: '',
      cluster: '',
      pool: '',
    });
    expect(subscriptionOf('nothing')).toBe('');
  });
});

describe('the id of a cluster or node pool', () => {
  test('is read back as written, in any case', () => {
    expect(parseAksId(poolId(pool))).toEqual(pool);
    expect(parseAksId(clusterId(ref))).toEqual({ ...ref, pool: undefined });
    expect(parseClusterId(clusterId(ref))).toEqual(ref);
    expect(placeOf(poolId(pool))).toEqual(pool);
    const shouted = poolId(pool).toUpperCase();
    expect(parseAksId(shouted)).toEqual({ ...pool, resourceGroup: 'RG-DEMO', cluster: 'AKS-DEMO' });
  });

  test('of a pool is not the ID of a cluster', () => {
    expect(parseClusterId(poolId(pool))).toBeUndefined();
  });

  test.each([
    { ...pool, subscriptionId: 'not-a-guid' },
    { ...pool, resourceGroup: 'ends.' },
    { ...pool, cluster: '..' },
    { ...pool, pool: 'much-too-long-a-name' },
  ])('is rejected with an invalid name: %j', (odd) => {
    expect(parseAksId(poolId(odd))).toBeUndefined();
    expect(placeOf(poolId(odd))).toEqual(odd);
  });

  test.each([
    clusterId(ref).replace('ContainerService', 'Network'),
    clusterId(ref).replace('managedClusters', 'fleets'),
    `${poolId(pool)}/machines/m`,
    `${clusterId(ref)}/maintenanceConfigurations/default`,
  ])('is rejected: %s', (id) => {
    expect(parseAksId(id)).toBeUndefined();
    expect(placeOf(id)).toEqual({ ...ref, cluster: '', pool: '' });
  });

  test('is accepted only if it can be written back', () => {
    const isSame = (id: string): boolean => {
      const found = parseClusterId(id);
      return found === undefined || clusterId(found).toLowerCase() === id.toLowerCase();
    };
    const text = fc.string({ maxLength: 200 });
    expect(() => {
      fc.assert(fc.property(text, isSame));
      fc.assert(fc.property(text, (tail) => isSame(`${clusterId(ref)}${tail}`)));
    }).not.toThrow();
  });
});

describe('an address in place of a name', () => {
  const id =
    '/subscriptions/0a000000-0000-4000-8000-000000000001/resourceGroups/rg-a/providers/Microsoft.ContainerService/managedClusters/aks-a/agentPools/pool1';
  test.each([
    ['pool', id, '-n', 'a resource ID', 'pool1'],
    ['cluster', id, '--cluster-name', 'a resource ID', 'aks-a'],
    ['resourceGroup', id, '--resource-group/-g', 'a resource ID', 'rg-a'],
    ['resourceGroup', `https://portal.azure.com/#@contoso.com/resource${id}`, '--resource-group/-g', 'a URL', 'rg-a'],
    ['cluster', 'https://aks-a', '--cluster-name', 'a URL', 'aks-a'],
    ['cluster', 'aks-a:443', '--cluster-name', 'a host with a port', 'aks-a'],
    ['pool', 'pool1/', '--name/-n', 'a path', 'pool1'],
  ] as const)('%s %s', (kind, word, option, what, meant) => {
    const long = option.split('/')[0] ?? '';
    expect(() => checkName(kind, word, option)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(`is ${what}, not the name of a`),
        hints: [`Did you mean ${long} ${meant}?`],
      }),
    );
  });

  test('is also rejected for subscriptions, but a plain name is accepted', () => {
    expect(() => {
      refuseAddress('subscription', id, '--subscription');
    }).toThrow(/resource ID, not the name of a subscription/);
    expect(() => {
      refuseAddress('subscription', 'Team: shop (EU)', '--subscription');
    }).not.toThrow();
  });
});
