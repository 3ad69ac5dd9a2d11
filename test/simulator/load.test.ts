import { assert, jsonValue, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.ts';
import { asArray, own, type JsonObject, type JsonValue } from '../../src/core/json.ts';
import { createSimulator, sample } from '../../src/simulator/index.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { apiVersion, wire } from './client.ts';

const id = '/subscriptions/11111111-1111-1111-1111-111111111111';
const clusterId = `${id}/resourcegroups/RG-One/providers/Microsoft.ContainerService/managedClusters/one`;
const cluster: JsonObject = {
  id: clusterId,
  location: 'eastus2',
  name: 'one',
  properties: {
    provisioningState: 'Succeeded',
    agentPoolProfiles: [{ name: 'np1', count: 2, vmSize: 'Standard_D4ds_v5', 'x-odd': 1 }],
  },
};

function load(data: JsonValue): ReturnType<typeof createSimulator> {
  return createSimulator({ clock: new ManualClock(), load: data });
}

describe('loading ARM resources', () => {
  test('accepts the output of az, and VM sizes that the simulator does not have', async () => {
    const { properties, ...rest } = cluster;
    const sku = {
      resourceType: 'virtualMachines',
      name: 'Standard_X2',
      family: 'standardXFamily',
      locations: ['eastus2'],
      capabilities: [{ name: 'vCPUs', value: '2' }],
    };
    const on = wire({ load: [{ ...rest, ...(properties as JsonObject) }, sku, { resourceType: 'disks', name: 'x' }] });
    const pool = await on.get(`${clusterId}/agentPools/np1?api-version=${apiVersion}`);
    expect(pool.body).toMatchObject({ name: 'np1', properties: { vmSize: 'Standard_D4ds_v5' } });
    const list = `${id}/providers/Microsoft.Compute/skus?api-version=2021-07-01&$filter=location eq`;
    expect(JSON.stringify((await on.get(`${list} 'eastus2'`)).body)).toContain('"Standard_X2"');
    expect(JSON.stringify((await on.get(`${list} 'westeurope'`)).body)).not.toContain('"Standard_X2"');
  });

  test('creates a cluster for node pools without one, with the newest version among them', async () => {
    const poolOf = (name: string, currentOrchestratorVersion: string): JsonObject => ({
      id: `${clusterId}/agentPools/${name}`,
      name,
      properties: { count: 1, currentOrchestratorVersion },
    });
    const on = wire({ load: [poolOf('np1', '1.33.9'), poolOf('np2', '1.33.10')] });
    const { body } = await on.get(`${clusterId}?api-version=${apiVersion}`);
    expect(body).toMatchObject({
      name: 'one',
      properties: { currentKubernetesVersion: '1.33.10', agentPoolProfiles: [{ name: 'np1' }, { name: 'np2' }] },
    });
  });

  test('returns what was loaded, regardless of order and case', async () => {
    const on = wire({
      load: [
        { id: `${clusterId}/agentPools/np2`, name: 'np2', properties: { count: 1, eTag: 'mine' } },
        cluster,
        {
          id: `${id}/providers/Microsoft.Features/providers/Microsoft.ContainerService/features/LocalDNSPreview`,
          properties: { state: 'Registered' },
        },
        { id, displayName: 'Loaded', state: 'Enabled' },
      ],
    });
    const pool = await on.get(`${clusterId}/agentPools/np1?api-version=${apiVersion}`);
    expect(pool.body).toMatchObject({
      name: 'np1',
      properties: { count: 2, 'x-odd': 1, provisioningState: 'Succeeded' },
    });
    expect((await on.get(`${clusterId}/agentPools/NP2?api-version=${apiVersion}`)).body).toMatchObject({
      properties: { eTag: 'mine' },
    });
    expect((await on.get(`${id}?api-version=2022-12-01`)).body['displayName']).toBe('Loaded');
    expect(
      (
        await on.get(
          `${id}/providers/Microsoft.Features/providers/microsoft.containerservice/features/localdnspreview?api-version=2021-07-01`,
        )
      ).text,
    ).toContain('"Registered"');
    expect((await on.get(`/subscriptions/${sample.subscriptionId}?api-version=2022-12-01`)).status).toBe(404);
  });

  test.each<[string, JsonValue, string]>([
    ['an object', {}, '[0] cannot be loaded: it has no id.'],
    ['a number in it', [1], '[0] cannot be loaded: it is not an object.'],
    ['no id', [cluster, { name: 'x' }], '[1] cannot be loaded: it has no id.'],
    [
      'an id of another kind',
      [{ id: `${id}/resourceGroups/x/providers/Microsoft.Sql/servers/y` }],
      'is not a supported resource',
    ],
    ['a cluster without location', [{ id: clusterId, properties: {} }], "a managed cluster needs a 'location'"],
    ['a cluster without properties', [{ id: clusterId, location: 'x' }], "it has no object 'properties'"],
    ['a cluster twice', [cluster, cluster], 'appears twice'],
    [
      'pools that are no array',
      [{ id: clusterId, location: 'x', properties: { agentPoolProfiles: {} } }],
      "'properties.agentPoolProfiles' is not an array",
    ],
    [
      'a pool without a name',
      [{ id: clusterId, location: 'x', properties: { agentPoolProfiles: [{}] } }],
      "has no 'name'",
    ],
    [
      'a feature without a state',
      [{ id: `${id}/providers/Microsoft.Features/providers/A/features/B`, properties: {} }],
      "a feature needs 'properties.state'",
    ],
  ])('%s is refused with a reason', (_, data, message) => {
    expect(() => load(data)).toThrow(UsageError);
    expect(() => load(data)).toThrow(message);
  });

  test('fails with a clear error, if at all, on any JSON', () => {
    const outcome = (data: JsonValue): unknown => {
      try {
        return load(data).unknownRoutes;
      } catch (error) {
        return error;
      }
    };
    assert(
      property(jsonValue(), (data) => {
        const result = outcome(data);
        expect(Array.isArray(result) || result instanceof UsageError).toBe(true);
      }),
    );
  });
});

describe('a generated fleet', () => {
  test('is the same for the same seed, and different for another', async () => {
    const list = async (seed: number): Promise<string> => {
      const on = wire({ clusters: 20, seed });
      return (
        await on.get(
          `/subscriptions/${sample.subscriptionId}/providers/Microsoft.ContainerService/managedClusters?api-version=${apiVersion}`,
        )
      ).text;
    };
    expect(await list(1)).toBe(await list(1));
    expect(await list(1)).not.toBe(await list(2));
  });

  test('is varied, and spread over subscriptions', async () => {
    const on = wire({ clusters: 400 });
    const subscriptions = asArray((await on.get('/subscriptions?api-version=2022-12-01')).body['value']);
    expect(subscriptions).toHaveLength(11);
    expect(new Set(subscriptions.map((one) => own(one, 'state')))).toEqual(new Set(['Enabled', 'Warned', 'Disabled']));
    expect(new Set(subscriptions.map((one) => own(one, 'tenantId'))).size).toBe(2);
    let text = '';
    for (const one of subscriptions)
      text += (
        await on.get(
          `${own(one, 'id') as string}/providers/Microsoft.ContainerService/managedClusters?api-version=${apiVersion}`,
        )
      ).text;
    for (const word of [
      'Windows',
      'Spot',
      'x-future',
      '"Auto"',
      'Stopped',
      'Standard_D2s_v3',
      'AzureLinux',
      '"mode":"Required"',
      'terraform',
      'northeurope',
      '1.30.9',
    ])
      expect(text).toContain(word);
  });

  test('of ten thousand clusters answers for one of them immediately', async () => {
    const on = wire({ clusters: 10_000 });
    const list = await on.get(
      `/subscriptions/${sample.subscriptionId}/providers/Microsoft.ContainerService/managedClusters?api-version=${apiVersion}`,
    );
    const first = own(asArray(list.body['value'])[0], 'id') as string;
    expect((await on.get(`${first}?api-version=${apiVersion}`)).status).toBe(200);
  });
});
