import { describe, expect, test } from 'vitest';
import type { HttpHandler, HttpResponse } from '../../../src/core/http.ts';
import { isJsonObject, parseJson } from '../../../src/core/json.ts';
import { Secret } from '../../../src/core/secret.ts';
import { isAzureError } from '../../../src/model/azure-error.ts';
import { sample } from '../../../src/simulator/index.ts';
import { join, readAll, type Joined } from './fleet/support/fleet.ts';

/** The outcome of a reading: an error, problems of the scope, or neither, which would look like an empty Azure. */
type End = 'an error' | 'a problem' | 'taken for an answer';

const json = (body: string, status = 200): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body,
});

const { subscriptionId, resourceGroup } = sample;
const ref = { subscriptionId, resourceGroup, cluster: 'aks-demo', pool: 'userpool' };
const network = `/subscriptions/${subscriptionId}/resourceGroups/rg-net/providers/Microsoft.Network`;
const subscriptions = [{ id: subscriptionId, name: 'Contoso Demo', tenantId: undefined, state: 'Enabled' }];

/** Answers that cannot be read. */
const unreadable: Readonly<Record<string, HttpResponse>> = {
  'an empty body': json(''),
  'a 204': { status: 204, headers: {}, body: '' },
  'an empty object': json('{}'),
  'a list that is null': json('{"value":null,"data":null,"properties":null,"resourceTypes":null}'),
  'an object in the place of the list': json('{"value":{},"data":{},"properties":[],"resourceTypes":{}}'),
  'a bare list': json('[]'),
  null: json('null'),
  'a text': json('"value"'),
  'entries that are none': json('{"value":[null],"data":[null],"properties":{},"resourceTypes":[7]}'),
};

interface Reading {
  readonly name: string;
  /** The requests that are answered so. */
  readonly of: RegExp;
  /** In any case from the first request of the kind on; a list also from its second page on. */
  readonly pages?: true;
  readonly read: (joined: Joined) => Promise<unknown>;
  readonly ends: End;
}

const clusters = async (
  joined: Joined,
  source: 'arm' | 'graph',
  scope: object = {},
): Promise<readonly unknown[] | undefined> => {
  const { problems } = await readAll(joined, source, { subscriptions, ...scope });
  return problems.length === 0 ? undefined : problems;
};

const readings: readonly Reading[] = [
  {
    name: 'all subscriptions',
    of: /GET \/subscriptions$/,
    pages: true,
    read: async ({ fleet }) => fleet.subscriptions(),
    ends: 'an error',
  },
  {
    name: 'the only subscription',
    of: /GET \/subscriptions$/,
    read: async ({ azure }) => azure.accounts.subscription(undefined),
    ends: 'an error',
  },
  {
    name: 'a subscription',
    of: /GET \/subscriptions\/[^/]+$/,
    read: async ({ azure }) => azure.accounts.subscription(subscriptionId),
    ends: 'an error',
  },
  {
    name: 'a management group',
    of: /descendants$/,
    pages: true,
    read: async ({ fleet }) => fleet.subscriptionsUnder('contoso'),
    ends: 'an error',
  },
  {
    name: 'the clusters of a subscription',
    of: /\/managedClusters$/,
    pages: true,
    read: async (joined) => clusters(joined, 'arm'),
    ends: 'a problem',
  },
  {
    name: 'the clusters of a group',
    of: /\/managedClusters$/,
    pages: true,
    read: async (joined) => clusters(joined, 'arm', { resourceGroup }),
    ends: 'a problem',
  },
  {
    name: 'many clusters by id',
    of: /\/managedClusters$/,
    read: async (joined) =>
      clusters(joined, 'arm', {
        clusterIds: Array.from(
          { length: 20 },
          (_, index) =>
            `/subscriptions/${subscriptionId}/resourceGroups/rg-demo/providers/Microsoft.ContainerService/managedClusters/aks-${String(index)}`,
        ),
      }),
    ends: 'a problem',
  },
  {
    name: 'rows of Resource Graph',
    of: /ResourceGraph/,
    read: async (joined) => clusters(joined, 'graph'),
    ends: 'a problem',
  },
  {
    name: 'a cluster of a scope',
    of: /\/managedClusters\/[^/]+$/,
    read: async (joined) => clusters(joined, 'arm', { resourceGroup, clusterName: 'aks-demo' }),
    ends: 'a problem',
  },
  {
    name: 'a cluster',
    of: /\/managedClusters\/[^/]+$/,
    read: async ({ azure }) => azure.nodePools.readCluster(ref),
    ends: 'an error',
  },
  {
    name: 'the pools of a cluster',
    of: /\/agentPools$/,
    pages: true,
    read: async ({ azure }) => azure.nodePools.listPools(ref),
    ends: 'an error',
  },
  {
    name: 'a pool',
    of: /\/agentPools\/[^/]+$/,
    read: async ({ azure }) => azure.nodePools.readPool(ref),
    ends: 'an error',
  },
  {
    name: 'VM sizes',
    of: /\/skus$/,
    pages: true,
    read: async ({ azure }) => azure.inventory.vmSizes(subscriptionId, 'westeurope'),
    ends: 'an error',
  },
  {
    name: 'quotas',
    of: /\/usages$/,
    pages: true,
    read: async ({ fleet }) => fleet.usages(subscriptionId, 'westeurope'),
    ends: 'an error',
  },
  {
    name: 'a subnet',
    of: /\/subnets\//,
    read: async ({ fleet }) => fleet.subnet(`${network}/virtualNetworks/vnet/subnets/nodes`),
    ends: 'an error',
  },
  {
    name: 'a virtual network',
    of: /\/virtualNetworks\//,
    read: async ({ fleet }) => fleet.virtualNetwork(`${network}/virtualNetworks/vnet`),
    ends: 'an error',
  },
  {
    name: 'a security group',
    of: /\/networkSecurityGroups\//,
    read: async ({ fleet }) => fleet.securityRules(`${network}/networkSecurityGroups/nsg`),
    ends: 'an error',
  },
  {
    name: 'the feature',
    of: /Microsoft\.Features/,
    read: async ({ azure }) => azure.registration.feature(subscriptionId),
    ends: 'an error',
  },
  {
    name: 'the provider',
    of: /providers\/Microsoft\.ContainerService$/,
    read: async ({ azure }) => azure.registration.provider(subscriptionId),
    ends: 'an error',
  },
  {
    name: 'the newest node image',
    of: /upgradeProfiles/,
    read: async ({ azure }) => azure.nodePools.latestNodeImage(ref),
    ends: 'an error',
  },
];

/** From which page on a list is unreadable: the first, or the one behind the first, to which a link then leads. */
function answering({ of }: Reading, answer: HttpResponse, from: 1 | 2): (handle: HttpHandler) => HttpHandler {
  return (handle) => async (request) => {
    const url = new URL(request.url);
    if (!of.test(`${request.method} ${url.pathname}`)) return handle(request);
    if (from === 1 || url.searchParams.has('page')) return answer;
    const first = await handle(request);
    const body = parseJson(first.body);
    url.searchParams.set('page', '2');
    return { ...first, body: JSON.stringify({ ...(isJsonObject(body) ? body : {}), nextLink: url.toString() }) };
  };
}

const clear = /^The response from Azure does not contain .* \(HTTP 20[04](?:, an empty response)?\)\.$/;

async function endOf(reading: Reading, answer: HttpResponse, from: 1 | 2): Promise<End> {
  const joined = join({ between: answering(reading, answer, from) });
  try {
    const read = await reading.read(joined);
    return reading.ends === 'a problem' && read !== undefined ? 'a problem' : 'taken for an answer';
  } catch (error) {
    if (isAzureError(error, 'unexpected') && clear.test(error.message)) return 'an error';
    throw error;
  }
}

/** If Azure does not name the newest image, it is unknown. */
const readable: Readonly<Record<string, readonly string[]>> = { 'the newest node image': ['entries that are none'] };

const table = readings.flatMap((reading) =>
  Object.keys(unreadable)
    .filter((kind) => readable[reading.name]?.includes(kind) !== true)
    .flatMap((kind) =>
      (reading.pages === true ? ([1, 2] as const) : ([1] as const)).map((page) => ({
        reading,
        kind,
        page,
        title: `${reading.name}, page ${String(page)}: ${kind}`,
      })),
    ),
);

describe('an answer without the requested data is not treated as an empty one', () => {
  test.each(table)('$title', async ({ reading, kind, page }) => {
    expect(await endOf(reading, unreadable[kind] ?? json(''), page)).toBe(reading.ends);
  });

  test.each(readings.filter(({ pages }) => pages === true))('$name: an invalid link', async (reading) => {
    const answer = json('{"value":[],"nextLink":7}');
    expect(await endOf(reading, answer, 1)).toBe(reading.ends);
  });

  test.each([
    ['all subscriptions', '{"value":[{"displayName":"x"}]}'],
    ['a management group', '{"value":[{"name":"x"}]}'],
    ['the pools of a cluster', '{"value":[{"name":"x"}]}'],
    ['VM sizes', '{"value":[{"name":"Standard_D4s_v5"}]}'],
    ['quotas', '{"value":[{"name":{"value":"cores"},"limit":10}]}'],
    ['a subnet', '{"properties":{"addressPrefix":"10.0.0.0/24","ipConfigurations":null}}'],
    ['a virtual network', '{"properties":{"addressSpace":{},"dhcpOptions":{"dnsServers":null}}}'],
    ['a security group', '{"properties":{"securityRules":null,"defaultSecurityRules":[]}}'],
    ['a cluster', '{"id":"x","properties":{"agentPoolProfiles":null}}'],
    ['a cluster', '{"id":"x","properties":{"agentPoolProfiles":[{}]}}'],
    ['the clusters of a subscription', '{"value":[{"id":"ID","properties":{}}]}'],
    ['many clusters by id', '{"value":[{"id":"ID","properties":{"agentPoolProfiles":null}}]}'],
    ['a cluster of a scope', '{"id":"ID","properties":{}}'],
  ])('%s: %s', async (name, body) => {
    const reading = readings.find((each) => each.name === name);
    if (reading === undefined) throw new Error(`There is no reading ${name}.`);
    const id = `/subscriptions/${subscriptionId}/resourceGroups/rg-demo/providers/Microsoft.ContainerService/managedClusters/aks-0`;
    expect(await endOf(reading, json(body.replace('ID', id)), 1)).toBe(reading.ends);
  });

  test('a cluster is read from AKS if its row does not include its pools', async () => {
    const joined = join({
      between: (handle) => async (request) => {
        const answer = await handle(request);
        return request.url.includes('ResourceGraph')
          ? { ...answer, body: answer.body.replaceAll('"agentPoolProfiles":', '"others":') }
          : answer;
      },
    });
    const { clusters: read, problems } = await readAll(joined, 'graph');
    expect([read.length, read.every(({ pools }) => pools.length > 0), problems]).toEqual([6, true, []]);
  });

  test('a cluster that may have no pools of its own has none', async () => {
    const body = '{"id":"x","properties":{"hostedSystemProfile":{"enabled":true}}}';
    const joined = join({ between: () => async () => Promise.resolve(json(body)) });
    expect((await joined.azure.nodePools.readCluster(ref)).pools).toEqual([]);
  });

  test('an incomplete answer is requested again', async () => {
    let asked = 0;
    const joined = join({
      between: (handle) => async (request) => {
        asked += 1;
        return asked === 1 ? json('') : handle(request);
      },
    });
    expect(await joined.fleet.subscriptions()).toHaveLength(1);
    expect(joined.events.filter(({ type }) => type === 'request.retried')).toHaveLength(1);
  });

  test.each(Object.entries(unreadable))('the status of an operation: %s leads to the cluster', async (_, answer) => {
    const joined = join({
      between: (handle) => async (request) => (request.url.includes('/operations/') ? answer : handle(request)),
    });
    const url = `https://management.azure.com/subscriptions/${subscriptionId}/providers/Microsoft.ContainerService/locations/westeurope/operations/op`;
    const seen: string[] = [];
    for await (const { source, state } of joined.azure.nodePools.observe(
      ref,
      { id: 'op', url: new Secret(url) },
      { deadline: joined.clock.now() + 600_000 },
    ))
      seen.push(`${source} ${state}`);
    expect(seen).toEqual(['cluster succeeded']);
  });
});
