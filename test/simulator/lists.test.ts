import { describe, expect, test } from 'vitest';
import { asArray, asString, at, own, type JsonValue } from '../../src/core/json.ts';
import { apiVersion, clusterPath, subscriptionPath, wire, type Wire } from './client.ts';

async function everything(
  on: Wire,
  path: string,
): Promise<{ readonly values: readonly JsonValue[]; readonly pages: number }> {
  const values: JsonValue[] = [];
  let next: string | undefined = path;
  let pages = 0;
  while (next !== undefined) {
    const answer = await on.get(next);
    expect(answer.status).toBe(200);
    values.push(...asArray(answer.body['value']));
    next = asString(answer.body['nextLink']);
    pages += 1;
  }
  return { values, pages };
}

describe('lists', () => {
  test('of pools have a nextLink on each page, and end with an empty page', async () => {
    const on = wire();
    const first = await on.get(`${clusterPath()}/agentPools?api-version=${apiVersion}`);
    expect(first.body['nextLink']).toMatch(
      /^https:\/\/management\.azure\.com\/.*\/agentPools\?%24skipToken=\d+&api-version=2026-03-01&skipToken=\d+$/,
    );
    const { values, pages } = await everything(on, `${clusterPath()}/agentPools?api-version=${apiVersion}`);
    expect(values.map((pool) => own(pool, 'name'))).toEqual([
      'systempool',
      'userpool',
      'smallpool',
      'winpool',
      'oldpool',
    ]);
    expect(pages).toBe(2);
  });

  test('of clusters come in pages, each cluster once', async () => {
    const path = `${subscriptionPath}/providers/Microsoft.ContainerService/managedClusters`;
    const on = wire({ clusters: 250 });
    const { values, pages } = await everything(on, `${path}?api-version=${apiVersion}`);
    expect(values).toHaveLength(36);
    expect(pages).toBe(1);
    const load = Array.from({ length: 250 }, (_, index): JsonValue => ({
      id: `${subscriptionPath}/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/c${String(index)}`,
      location: 'eastus',
      properties: {},
    }));
    const all = await everything(wire({ load }), `${path}?api-version=${apiVersion}`);
    expect(all.pages).toBe(3);
    expect(new Set(all.values.map((cluster) => own(cluster, 'id'))).size).toBe(250);
  });

  test('of a resource group contain its clusters', async () => {
    const { values } = await everything(
      wire(),
      `${subscriptionPath}/resourceGroups/rg-demo/providers/Microsoft.ContainerService/managedClusters?api-version=${apiVersion}`,
    );
    expect(values.map((cluster) => own(cluster, 'name'))).toEqual([
      'aks-demo',
      'aks-old',
      'aks-stopped',
      'aks-nap',
      'aks-auto',
      'aks-edge',
    ]);
  });

  test('nextLinks lead to the origin that was set', async () => {
    const on = wire();
    on.simulator.setOrigin('https://127.0.0.1:4711');
    const first = await on.get(`${clusterPath()}/agentPools?api-version=${apiVersion}`);
    expect(first.body['nextLink']).toMatch(/^https:\/\/127\.0\.0\.1:4711\//);
  });
});

describe('compute', () => {
  test('SKUs: values are text; constrained, restricted and missing sizes are listed as in Azure', async () => {
    const on = wire();
    const answer = await on.get(
      `${subscriptionPath}/providers/Microsoft.Compute/skus?api-version=2021-07-01&$filter=location%20eq%20%27westeurope%27`,
    );
    const machines = asArray(answer.body['value']).filter((sku) => own(sku, 'resourceType') === 'virtualMachines');
    const find = (name: string): JsonValue | undefined => machines.find((sku) => own(sku, 'name') === name);
    expect(machines.length).toBeGreaterThan(140);
    expect(own(find('Standard_M8-2ms'), 'capabilities')).toEqual(
      expect.arrayContaining([
        { name: 'vCPUs', value: '8' },
        { name: 'vCPUsAvailable', value: '2' },
      ]),
    );
    expect(at(find('Standard_D4pds_v5'), 'restrictions')).toHaveLength(1);
    expect(find('Standard_DS3')).toBeUndefined();
    for (const sku of machines)
      for (const capability of asArray(own(sku, 'capabilities')))
        expect(typeof own(capability, 'value')).toBe('string');
  });

  test('SKUs: no filter but a location; without one all regions', async () => {
    const on = wire();
    const base = `${subscriptionPath}/providers/Microsoft.Compute/skus?api-version=2021-07-01`;
    expect((await on.get(`${base}&$filter=resourceType eq 'virtualMachines'`)).status).toBe(400);
    expect((await on.get(base)).text.length).toBeGreaterThan(1_000_000);
  });

  test('usages and vmSizes', async () => {
    const on = wire();
    const base = `${subscriptionPath}/providers/Microsoft.Compute/locations/westeurope`;
    expect(asArray((await on.get(`${base}/usages?api-version=2024-07-01`)).body['value'])[0]).toMatchObject({
      limit: 1000,
      currentValue: 64,
      name: { value: 'cores' },
    });
    expect(asArray((await on.get(`${base}/vmSizes?api-version=2024-07-01`)).body['value'])).toContainEqual(
      expect.objectContaining({ name: 'Standard_D4ds_v5', numberOfCores: 4 }),
    );
  });
});

describe('subscriptions, groups, permissions and the cloud itself', () => {
  test.each([
    ['/subscriptions?api-version=2019-11-01', 'Contoso Demo'],
    [`${subscriptionPath}?api-version=2022-12-01`, '"state":"Enabled"'],
    ['/tenants?api-version=2022-12-01', 'contoso.example'],
    [`${subscriptionPath}/locations?api-version=2022-12-01`, 'westeurope'],
    [`${subscriptionPath}/resourceGroups?api-version=2022-09-01`, 'rg-demo'],
    [`${subscriptionPath}/resourceGroups/rg-demo?api-version=2022-09-01`, 'rg-demo'],
    [`${clusterPath()}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`, '"actions":["*"]'],
    ['/metadata/endpoints?api-version=2015-01-01', 'loginEndpoint'],
    ['//metadata/endpoints?api-version=2022-09-01', 'resourceManager'],
  ])('%s', async (path, word) => {
    const on = wire();
    const answer = await on.get(path);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(word);
    expect(on.simulator.unknownRoutes).toEqual([]);
  });

  test('the metadata endpoints need no token', async () => {
    const { simulator } = wire();
    const answer = await simulator.handle({
      method: 'GET',
      url: 'https://management.azure.com/metadata/endpoints?api-version=2015-01-01',
      headers: {},
      body: undefined,
    });
    expect(answer.status).toBe(200);
  });
});
