import { describe, expect, test } from 'vitest';
import { asArray, asNumber, asString, at, own, type JsonObject, type JsonValue } from '../../src/core/json.ts';
import { sample } from '../../src/simulator/index.ts';
import { apiVersion, clusterPath, code, poolPath, update, wire, type Answer, type Wire } from './client.ts';

const path = '/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01';
const clusters = "resources | where type =~ 'microsoft.containerservice/managedclusters'";

async function ask(
  on: Wire,
  query: string,
  more: {
    options?: JsonObject;
    subscriptions?: readonly string[];
    managementGroups?: readonly string[];
    caller?: string;
  } = {},
): Promise<Answer> {
  const { options, subscriptions, managementGroups, caller } = more;
  const body: JsonObject = {
    query,
    ...(options === undefined ? {} : { options }),
    ...(subscriptions === undefined ? {} : { subscriptions }),
    ...(managementGroups === undefined ? {} : { managementGroups }),
  };
  return on.send('POST', path, { body, ...(caller === undefined ? {} : { caller }) });
}

async function rows(on: Wire, query: string): Promise<readonly JsonValue[]> {
  const answer = await ask(on, query, { options: { $top: 1000 } });
  expect(answer.text).not.toContain('"error"');
  return asArray(answer.body['data']);
}

async function values(on: Wire, query: string, column: string): Promise<readonly (JsonValue | undefined)[]> {
  return (await rows(on, query)).map((row) => own(row, column));
}

describe('Resource Graph', () => {
  test('has one row per cluster, with its pools nested, the api-version it was read with and no eTags', async () => {
    const on = wire();
    const [demo] = await rows(on, `${clusters} | where name =~ 'aks-demo' | order by id asc`);
    expect(demo).toMatchObject({
      id: `/subscriptions/${sample.subscriptionId}/resourceGroups/rg-demo/providers/Microsoft.ContainerService/managedClusters/aks-demo`,
      type: 'microsoft.containerservice/managedclusters',
      location: 'westeurope',
      resourceGroup: 'rg-demo',
      subscriptionId: sample.subscriptionId,
      tenantId: sample.tenantId,
      sku: { name: 'Base', tier: 'Standard' },
      tags: { environment: 'demo' },
    });
    expect(asString(own(demo, 'apiVersion'))?.localeCompare('2025-09-01')).toBe(1);
    expect(asArray(at(demo, 'properties', 'agentPoolProfiles')).map((pool) => own(pool, 'name'))).toEqual([
      'systempool',
      'userpool',
      'smallpool',
      'winpool',
      'oldpool',
    ]);
    expect(JSON.stringify(demo)).not.toContain('eTag');
  });

  test('shows what was changed', async () => {
    const on = wire();
    await update(on, 'userpool');
    const [pools] = await values(
      on,
      `${clusters} | where name =~ 'aks-demo' | project pools = properties.agentPoolProfiles`,
      'pools',
    );
    expect(asArray(pools)[1]).toMatchObject({
      name: 'userpool',
      localDNSProfile: { mode: 'Required', state: 'Enabled' },
    });
  });

  const all = ['aks-auto', 'aks-demo', 'aks-edge', 'aks-nap', 'aks-old', 'aks-stopped'];
  test.each<[string, readonly string[]]>([
    ["where location in~ ('WestEurope', 'x')", all],
    ["where location =~ 'WestEurope' | where name contains 'EMO'", ['aks-demo']],
    ["where resourceGroup =~ 'RG-DEMO'", all],
    ["where name matches regex '^aks-.*l.*d$'", ['aks-old']],
    ["where name matches regex '(?i)^AKS-O..$'", ['aks-old']],
    ["where name matches regex '^AKS-O..$'", []],
    ["where tags['environment'] =~ 'Demo'", ['aks-demo']],
    [`where tostring(tags) contains '"environment"'`, ['aks-demo']],
    [`where id in~ ('${clusterPath('aks-old')}', '${clusterPath('gone')}')`, ['aks-old']],
    ["where tostring(properties.powerState.code) =~ 'Stopped'", ['aks-stopped']],
    ['where sku.name =~ "Automatic"', ['aks-auto']],
  ])('%s', async (stage, expected) => {
    expect(await values(wire(), `${clusters} | ${stage} | project name | order by name asc`, 'name')).toEqual(expected);
  });

  test('supports project and extend: paths, functions, new column names', async () => {
    const [row] = await rows(
      wire(),
      `${clusters} | where name =~ 'aks-demo' | extend p = properties | extend plugin = tostring(p.networkProfile.networkPlugin)
      | project id, cluster = name, plugin, tier = sku.tier, none = p.nothing.there, autoscale = tobool('False'),
        pack = bag_pack('version', p.currentKubernetesVersion, 'number', toint('5')), old = strcat(name, '-', 'x')`,
    );
    expect(row).toEqual({
      id: expect.stringContaining('aks-demo') as unknown,
      cluster: 'aks-demo',
      plugin: 'azure',
      tier: 'Standard',
      none: null,
      autoscale: false,
      pack: { version: '1.33.4', number: 5 },
      old: 'aks-demo-x',
    });
  });

  test('sorts, in descending order by default, and shows each value once', async () => {
    const on = wire();
    expect(await values(on, `${clusters} | order by name`, 'name')).toEqual([...all].reverse());
    expect(await values(on, `${clusters} | order by location desc, name asc`, 'name')).toEqual(all);
    expect(await rows(on, `${clusters} | distinct location, plan = sku.name | order by plan asc`)).toEqual([
      { location: 'westeurope', plan: 'Automatic' },
      { location: 'westeurope', plan: 'Base' },
    ]);
  });

  test('supports a query that gives one row per pool', async () => {
    const found = await rows(
      wire(),
      `resources
      | where type =~ 'microsoft.containerservice/managedclusters'
      | extend p = properties
      | project clusterId = id, cluster = name, k8s = tostring(p.kubernetesVersion), pools = p.agentPoolProfiles,
          privateCluster = tobool(p.apiServerAccessProfile.enablePrivateCluster)
      | mv-expand pool = pools limit 400
      | extend poolName = tostring(pool.name)
      | project id = strcat(clusterId, '/agentPools/', poolName), cluster, k8s, privateCluster, poolCount = toint(pool['count']),
          ldnsMode = tostring(pool.localDNSProfile.mode)
      | order by id asc`,
    );
    expect(found.filter((row) => own(row, 'cluster') === 'aks-auto')).toEqual(
      [
        ['systempool', 2],
        ['userpool', 3],
      ].map(([name, poolCount]) => ({
        id: `${clusterPath('aks-auto')}/agentPools/${String(name)}`,
        cluster: 'aks-auto',
        k8s: '1.33',
        privateCluster: null,
        poolCount,
        ldnsMode: 'Required',
      })),
    );
    const ids = found.map((row) => asString(own(row, 'id')) ?? '');
    expect(ids).toEqual([...ids].sort());
  });

  test('has subscriptions and resource groups, with the management groups above them', async () => {
    const on = wire();
    const [row] = await rows(
      on,
      "resourcecontainers | where type =~ 'microsoft.resources/subscriptions' | project id, name, subscriptionId, tenantId, properties",
    );
    expect(row).toMatchObject({
      id: `/subscriptions/${sample.subscriptionId}`,
      name: sample.subscriptionName,
      properties: { state: 'Enabled' },
    });
    expect(asArray(at(row, 'properties', 'managementGroupAncestorsChain')).map((one) => own(one, 'name'))).toEqual([
      'contoso-prod',
      'contoso',
      sample.tenantId,
    ]);
    expect(
      await values(on, "ResourceContainers | where type =~ 'microsoft.resources/subscriptions/resourcegroups'", 'name'),
    ).toEqual(['rg-demo']);
  });

  test.each([
    ['another table', 'securityresources | order by id', 'DisallowedLogicalTableName'],
    ['a join', 'resources | join kind=inner (resourcecontainers) on subscriptionId', 'InvalidQueryLanguage'],
    ['an operator that nobody sends', 'resources | project-away id', 'InvalidQueryLanguage'],
    ['an operator that is none', 'resources | frobnicate', 'InvalidQueryLanguage'],
    ['an unknown function', 'resources | where frob(name) =~ "x"', 'SemanticError'],
    ['an unknown column', 'resources | where naem =~ "x"', 'SemanticError'],
    ['a column that was projected away', 'resources | project id | where name =~ "x"', 'SemanticError'],
    ['a regular expression that is none', "resources | where name matches regex '('", 'SemanticError'],
    ['too many arguments', "resources | where tostring(name, 'x') =~ 'y'", 'SemanticError'],
    ['a comparison that nobody sends', "resources | where name == 'x'", 'ParserFailure'],
    ['a string that is not closed', "resources | where name =~ 'x", 'ParserFailure'],
    ['half a condition', 'resources | where name =~', 'ParserFailure'],
    ['something after the end', 'resources | order by id asc 2', 'ParserFailure'],
    ['nothing', '', 'ParserFailure'],
    ['a let', "let x = 'y'; resources", 'ParserFailure'],
  ])('refuses %s', async (_, query, inner) => {
    const answer = await ask(wire(), query);
    expect([answer.status, code(answer)]).toEqual([400, 'BadRequest']);
    const details = asArray(at(answer.body, 'error', 'details'));
    expect(details.map((detail) => own(detail, 'code'))).toEqual(['InvalidQuery', inner]);
    expect(own(details[1], 'line')).toBe(1);
    expect(asString(at(answer.body, 'error', 'message'))).toMatch(
      /^Please provide below info when asking for support: timestamp = .*, correlationId = [0-9a-f-]{36}\.$/,
    );
  });

  test.each<[string, JsonValue]>([
    ['no query', {}],
    ['a top of 0', { query: 'resources', options: { $top: 0 } }],
    ['a top of 1001', { query: 'resources', options: { $top: 1001 } }],
    ['a token of its own', { query: 'resources', options: { $skipToken: 'mine' } }],
    ['tables', { query: 'resources', options: { resultFormat: 'table' } }],
    ['facets', { query: 'resources', facets: [] }],
  ])('refuses %s', async (_, body) => {
    const on = wire();
    const answer = await on.send('POST', path, { body });
    expect([answer.status, code(answer)]).toEqual([400, 'BadRequest']);
  });

  test('api-versions', async () => {
    const on = wire();
    for (const [version, status] of [
      ['2021-03-01', 200],
      ['2024-04-01', 200],
      ['2019-04-01', 400],
      [apiVersion, 400],
    ] as const) {
      expect(
        (await on.send('POST', path.replace('2022-10-01', version), { body: { query: 'resources' } })).status,
      ).toBe(status);
    }
  });
});

interface Page {
  readonly ids: readonly string[];
  readonly body: JsonObject;
}

async function pages(on: Wire, query: string, top: number, meanwhile?: () => void): Promise<readonly Page[]> {
  const found: Page[] = [];
  let token: string | undefined;
  do {
    const { body } = await ask(on, query, {
      options: { $top: top, ...(token === undefined ? {} : { $skipToken: token }) },
    });
    found.push({ ids: asArray(body['data']).map((row) => asString(own(row, 'id')) ?? ''), body });
    token = asString(body['$skipToken']);
    meanwhile?.();
    on.advance(1);
  } while (token !== undefined);
  return found;
}

describe('pages of Resource Graph', () => {
  test('contain each row once, in order, with totals; resultTruncated is a string', async () => {
    const on = wire({ clusters: 250 });
    const found = await pages(on, `${clusters} | project id, name | order by id asc`, 100);
    const ids = found.flatMap((page) => page.ids);
    expect(
      found.map(({ body }) => [body['totalRecords'], body['count'], body['resultTruncated'], body['facets']]),
    ).toEqual([
      [ids.length, 100, 'false', []],
      [ids.length, 100, 'false', []],
      [ids.length, ids.length - 200, 'false', []],
    ]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([...ids].sort());
  });

  test('show the state at the time of the first page', async () => {
    const on = wire({ clusters: 30 });
    const [first] = await pages(on, `${clusters} | project id, name | order by id asc`, 1000);
    const name = asString(own(asArray(first?.body['data']).at(-1), 'name')) ?? '';
    const found = await pages(on, `${clusters} | project id, properties | order by id asc`, 10, () => {
      on.simulator.changePool(name, 'systempool', (properties) => ({ ...properties, count: 99 }));
    });
    expect(JSON.stringify(found)).not.toContain('"count":99,');
    expect(found.flatMap((page) => page.ids)).toEqual(first?.ids);
  });

  test('have 100 rows by default; without an id, there is one page, marked as truncated', async () => {
    const on = wire({ clusters: 120 });
    const plain = await ask(on, clusters);
    expect([plain.body['count'], typeof plain.body['$skipToken']]).toEqual([100, 'string']);
    const { body } = await ask(on, `${clusters} | project name`);
    expect([body['count'], body['resultTruncated'], body['$skipToken']]).toEqual([100, 'true', undefined]);
    expect(asNumber(body['totalRecords'])).toBeGreaterThanOrEqual(120);
  });

  test('a token is valid only for the same query, scope and caller', async () => {
    const on = wire({ clusters: 120 });
    const query = `${clusters} | project id`;
    const token = asString((await ask(on, query)).body['$skipToken']) ?? '';
    const options = { $skipToken: token };
    expect((await ask(on, `${query} | order by id asc`, { options })).status).toBe(400);
    expect((await ask(on, query, { options, subscriptions: [sample.subscriptionId] })).status).toBe(400);
    expect((await ask(on, query, { options, caller: 'somebody' })).status).toBe(400);
    expect((await ask(on, query, { options })).status).toBe(200);
  });
});

describe('the scope of Resource Graph', () => {
  test('is the given subscriptions or management groups; unknown ones are silently left out', async () => {
    const on = wire({ clusters: 100 });
    const count = async (scope: Parameters<typeof ask>[2]): Promise<JsonValue | undefined> =>
      (await ask(on, clusters, scope)).body['totalRecords'];
    const everything = asNumber(await count({})) ?? 0;
    const one =
      asNumber(
        await count({ subscriptions: [sample.subscriptionId.toUpperCase(), '00000000-0000-0000-0000-000000000009'] }),
      ) ?? 0;
    const [prod, dev, whole] = [
      await count({ managementGroups: ['contoso-prod'] }),
      await count({ managementGroups: ['contoso-dev'] }),
      await count({ managementGroups: ['contoso'] }),
    ];
    expect(one).toBeGreaterThan(0);
    expect(one).toBeLessThan(everything);
    expect((asNumber(prod) ?? 0) + (asNumber(dev) ?? 0)).toBe(whole);
    expect(whole).toBe(everything);
  });

  test('is refused with 403 AccessDenied if the caller may not read any of it', async () => {
    const on = wire();
    for (const scope of [
      { subscriptions: ['00000000-0000-0000-0000-000000000009'] },
      { managementGroups: ['nobody'] },
    ]) {
      const answer = await ask(on, clusters, scope);
      expect([answer.status, code(answer)]).toEqual([403, 'AccessDenied']);
    }
    expect((await ask(wire({ scenario: 'no-access' }), clusters)).status).toBe(403);
  });
});

describe('the quota of Resource Graph', () => {
  test('is 15 queries in 5 seconds per caller, further pages included; headers show the remainder', async () => {
    const on = wire();
    const first = await ask(on, clusters);
    expect([first.headers['x-ms-user-quota-remaining'], first.headers['x-ms-user-quota-resets-after']]).toEqual([
      '14',
      '00:00:05',
    ]);
    on.advance(2);
    for (let index = 0; index < 14; index += 1) expect((await ask(on, clusters)).status).toBe(200);
    const refused = await ask(on, clusters);
    expect([
      refused.status,
      code(refused),
      refused.headers['x-ms-user-quota-remaining'],
      refused.headers['x-ms-user-quota-resets-after'],
      refused.headers['retry-after'],
    ]).toEqual([429, 'RateLimiting', '0', '00:00:03', undefined]);
    expect((await ask(on, clusters, { caller: 'somebody' })).status).toBe(200);
    on.advance(3);
    expect((await ask(on, clusters)).status).toBe(200);
  });
});

test('a pool can be read directly from AKS', async () => {
  expect((await wire().get(poolPath('userpool'))).status).toBe(200);
});
