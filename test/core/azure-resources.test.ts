import { describe, expect, test } from 'vitest';
import { armResource, listedIn, resourceKind } from '../../src/core/azure-resources.ts';
import { jsonDocuments } from '../../src/core/json-documents.ts';

const subscription = '/subscriptions/0a000000-0000-4000-8000-000000000001';
const cluster = `${subscription}/resourcegroups/rg-a/providers/Microsoft.ContainerService/managedClusters/aks-a`;

const azPool = {
  name: 'np1',
  type: 'VirtualMachineScaleSets',
  osSku: 'Ubuntu',
  enableFips: false,
  vnetSubnetId: null,
  nodeLabels: { osSku: 'mine', none: null },
  localDnsProfile: { mode: 'Required', vnetDnsOverrides: { '.': { protocol: 'PreferUDP' } }, kubeDnsOverrides: null },
};

const armPool = {
  name: 'np1',
  type: 'VirtualMachineScaleSets',
  osSKU: 'Ubuntu',
  enableFIPS: false,
  nodeLabels: { osSku: 'mine', none: null },
  localDNSProfile: { mode: 'Required', vnetDNSOverrides: { '.': { protocol: 'PreferUDP' } } },
};

describe('a resource as az prints it', () => {
  test('is one of ARM: a cluster', () => {
    const printed = {
      id: cluster,
      name: 'aks-a',
      location: 'westeurope',
      resourceGroup: 'rg-a',
      type: 'Microsoft.ContainerService/ManagedClusters',
      sku: { name: 'Base', tier: 'Free' },
      tags: null,
      kubernetesVersion: '1.35',
      agentPoolProfiles: [azPool],
      networkProfile: { dnsServiceIp: '10.0.0.10', podCidr: null },
    };
    const resource = armResource(printed);
    expect(resource).toEqual({
      id: cluster,
      name: 'aks-a',
      location: 'westeurope',
      type: 'Microsoft.ContainerService/ManagedClusters',
      sku: { name: 'Base', tier: 'Free' },
      properties: {
        kubernetesVersion: '1.35',
        agentPoolProfiles: [armPool],
        networkProfile: { dnsServiceIP: '10.0.0.10' },
      },
    });
    expect(resourceKind(resource)).toBe('cluster');
    expect(armResource(resource)).toEqual(resource);
  });

  test('is one of ARM: a node pool', () => {
    const { name, type, ...rest } = azPool;
    const printed = {
      ...rest,
      id: `${cluster}/agentPools/np1`,
      name,
      provisioningState: 'Succeeded',
      resourceGroup: 'rg-a',
      type: 'Microsoft.ContainerService/managedClusters/agentPools',
      typePropertiesType: type,
    };
    const { name: _, ...properties } = armPool;
    expect(armResource(printed)).toEqual({
      id: `${cluster}/agentPools/np1`,
      name: 'np1',
      type: 'Microsoft.ContainerService/managedClusters/agentPools',
      properties: { ...properties, provisioningState: 'Succeeded' },
    });
  });

  test('is one of ARM: a subscription', () => {
    const id = '0a000000-0000-4000-8000-000000000001';
    expect(armResource({ id, name: 'Shop', state: 'Enabled' })).toEqual({
      id: `/subscriptions/${id}`,
      subscriptionId: id,
      displayName: 'Shop',
      state: 'Enabled',
    });
  });
});

test.each([
  ['[1,2]', [1, 2]],
  ['{"value":[1,2],"nextLink":null}', [1, 2]],
  ['{"data":[1],"count":1}', [1]],
  ['{"id":"/a","value":[1]}', [{ id: '/a', value: [1] }]],
  ['"/a"\n"/b"\n', ['/a', '/b']],
  ['{\n"id":"/a{[\\""}\n[\n{"id":"/b"}\n]\n', [{ id: '/a{["' }, { id: '/b' }]],
  ['{"id":"/a"}\n\n[{"id":"/b"}]\n', [{ id: '/a' }, { id: '/b' }]],
])('%j gives the resources in it', (text, expected) => {
  expect((jsonDocuments(text) ?? []).flatMap((document) => listedIn(document))).toEqual(expected);
});

test.each(['', '/subscriptions/a\n/subscriptions/b', '{"a":'])('%j is neither JSON nor JSON lines', (text) => {
  expect(jsonDocuments(text)).toBeUndefined();
});
