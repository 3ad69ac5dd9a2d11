import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clusterId,
  parseAksId,
  parseClusterId,
  parseResourceId,
  placeOf,
  poolId,
  subscriptionOf,
  subscriptionResourceId,
} from '../../src/model/ids.ts';

const subscriptionId = 'c0ffee00-1000-4000-8000-000000000001';
const ref = { subscriptionId, resourceGroup: 'rg-demo', cluster: 'aks-demo' };
const pool = { ...ref, pool: 'userpool' };

describe('a resource id', () => {
  test('says its subscription, group, type and names', () => {
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
  ])('is not: %j', (text) => {
    expect(parseResourceId(text)).toBeUndefined();
    expect(parseAksId(text)).toBeUndefined();
  });

  test('says its subscription also where the rest has no shape', () => {
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
  test('is read back as it was written, whatever its case', () => {
    expect(parseAksId(poolId(pool))).toEqual(pool);
    expect(parseAksId(clusterId(ref))).toEqual({ ...ref, pool: undefined });
    expect(parseClusterId(clusterId(ref))).toEqual(ref);
    expect(placeOf(poolId(pool))).toEqual(pool);
    const shouted = poolId(pool).toUpperCase();
    expect(parseAksId(shouted)).toEqual({ ...pool, resourceGroup: 'RG-DEMO', cluster: 'AKS-DEMO' });
  });

  test('of a pool is none of a cluster', () => {
    expect(parseClusterId(poolId(pool))).toBeUndefined();
  });

  test.each([
    { ...pool, subscriptionId: 'not-a-guid' },
    { ...pool, resourceGroup: 'ends.' },
    { ...pool, cluster: '..' },
    { ...pool, pool: 'much-too-long-a-name' },
  ])('is not taken with a name that cannot be one: %j', (odd) => {
    expect(parseAksId(poolId(odd))).toBeUndefined();
    expect(placeOf(poolId(odd))).toEqual(odd);
  });

  test.each([
    clusterId(ref).replace('ContainerService', 'Network'),
    clusterId(ref).replace('managedClusters', 'fleets'),
    `${poolId(pool)}/machines/m`,
    `${clusterId(ref)}/maintenanceConfigurations/default`,
  ])('is not: %s', (id) => {
    expect(parseAksId(id)).toBeUndefined();
    expect(placeOf(id)).toEqual({ ...ref, cluster: '', pool: '' });
  });

  test('is taken only where it can be written again', () => {
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
