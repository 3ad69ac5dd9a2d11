import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/core/errors.ts';
import { jsonDocuments } from '../../../src/core/json-documents.ts';
import { asArray, asString, own, without, type JsonObject, type JsonValue } from '../../../src/core/json.ts';
import { resourceForms } from '../../../src/core/resource-shapes.ts';
import { sample } from '../../../src/simulator/index.ts';
import { checkClusters, readFacts } from '../../../src/usecases/check/index.ts';
import { readResourceIds } from '../../../src/usecases/scope/resource-ids.ts';
import { apiVersion, clusterPath, wire } from '../../simulator/client.ts';
import { azProblem } from '../../support/az-lines.ts';

/*
 * The output of az for one cluster, in every common shape, through the three readers: facts, ids, and
 * resources to load.
 */

const on = wire();
const pools = ['systempool', 'userpool', 'smallpool', 'winpool', 'oldpool'];

async function arm(path: string): Promise<JsonObject> {
  return (await on.get(`${path}?api-version=${apiVersion}`)).body;
}

/** As az prints a resource: properties beside the id, names in the spelling of az, null for what is not set. */
function asAz(resource: JsonObject): JsonObject {
  const renamed = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return asArray(value).map(renamed);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        { osSKU: 'osSku', enableFIPS: 'enableFips', localDNSProfile: 'localDnsProfile', vnetSubnetID: 'vnetSubnetId' }[
          key
        ] ?? key,
        renamed(member ?? null),
      ]),
    );
  };
  const properties = resource['properties'] as JsonObject;
  const isPool = asString(resource['id'])?.includes('/agentPools/') === true;
  return {
    ...without(resource, ['properties']),
    resourceGroup: 'rg-demo',
    tags: null,
    ...(renamed(without(properties, ['type'])) as JsonObject),
    ...(isPool ? { typePropertiesType: properties['type'], type: resource['type'] } : {}),
  };
}

const cluster = await arm(clusterPath());
const list = { value: [cluster], nextLink: null };
const poolList = await arm(`${clusterPath()}/agentPools`);
const poolsOf = asArray(poolList['value']) as readonly JsonObject[];
const query = /-q "([^"]+)"/.exec(resourceForms.join('\n'))?.[1] ?? '';
const graph = (
  await on.send('POST', '/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01', {
    body: { query: `${query} | where name =~ '${sample.cluster}'`, subscriptions: [sample.subscriptionId] },
  })
).body;
const rows = asArray(graph['data']);
const pretty = (...documents: readonly JsonValue[]): string =>
  documents.map((document) => JSON.stringify(document, null, 2)).join('\n');
const oneALine = (...documents: readonly JsonValue[]): string =>
  documents.map((document) => `${JSON.stringify(document)}\n`).join('');
const account = { id: sample.subscriptionId, name: 'Demo', state: 'Enabled', tenantId: 't' };
const size: JsonObject = {
  resourceType: 'virtualMachines',
  name: 'Standard_D4ds_v5',
  locations: ['westeurope'],
  family: 'standardDDSv5Family',
  capabilities: [{ name: 'vCPUs', value: '4' }],
};
const disk = { resourceType: 'disks', name: 'Premium_LRS', locations: ['westeurope'] };

const shapes: readonly (readonly [string, string])[] = [
  ['az aks show', pretty(asAz(cluster))],
  ['az aks show, with the mark of PowerShell', `\ufeff${pretty(asAz(cluster))}`],
  ['az aks list', pretty([asAz(cluster)])],
  ['az aks list, one a line', oneALine(asAz(cluster))],
  ['az aks nodepool list', pretty(poolsOf.map(asAz))],
  ['az aks nodepool show, one behind the other', pretty(...poolsOf.map(asAz))],
  ['a cluster, and its pools', pretty([asAz(cluster)], poolsOf.map(asAz))],
  ['az graph query', pretty({ count: 1, data: rows, skip_token: null, total_records: 1 })],
  ['rows of Resource Graph', pretty(rows)],
  ['the answer of Resource Graph', pretty(graph)],
  ['a GET of ARM', pretty(cluster)],
  ['a GET of ARM with its kind, on one line', oneALine({ kind: 'Base', ...cluster })],
  ['az aks list behind a blank line', `\n${pretty([asAz(cluster)])}`],
  ['a list of ARM', pretty(list)],
  ['pages of ARM', oneALine(list, { value: [], nextLink: null })],
  ['a list of node pools of ARM', pretty(poolList)],
  ['with a subscription, VM sizes and disks beside it', oneALine([account], asAz(cluster), [size, disk])],
];

async function* lines(text: string): AsyncGenerator<string> {
  yield* text.split('\n');
}

const decoded = (text: string): string => new TextDecoder().decode(new TextEncoder().encode(text));

async function judged(text: string) {
  return checkClusters(await readFacts('in.json', lines(decoded(text))), { ruleset: 'ga' }, () => undefined);
}

const ids = (text: string) => readResourceIds(new TextEncoder().encode(text), 'in.json');
const loaded = (text: string) => wire({ load: jsonDocuments(decoded(text)) ?? null });

describe.each(shapes)('%s', (_, text) => {
  test('is read as facts, as ids and as resources to load', async () => {
    const report = await judged(text);
    expect(new Set(report.pools.map(({ cluster: name }) => name))).toEqual(new Set([sample.cluster]));
    expect(new Set(report.pools.map(({ pool }) => pool))).toEqual(new Set(pools));
    expect(report.rows.find(({ id, target }) => id === 'os-sku' && target.endsWith('/userpool'))?.status).toBe('pass');
    expect(ids(text)).toMatchObject([{ subscriptionId: sample.subscriptionId, cluster: sample.cluster }]);
    const there = await loaded(text).get(`${clusterPath()}/agentPools?api-version=${apiVersion}`);
    const names = asArray(there.body['value']).map((pool) => own(pool, 'name'));
    expect(new Set(names)).toEqual(new Set(pools));
    expect(there.text).toContain('"osSKU":"Ubuntu"');
  });
});

const id = clusterPath();
const unknown: readonly (readonly [string, string, RegExp])[] = [
  ['YAML of az', `id: ${id}\nname: a\n`, /looks like YAML; az writes JSON with -o json/],
  ['a table of az', 'Name    Location\n------  ----------\na       b\n', /looks like a table; az writes JSON/],
  ['JSON that was cut off', '{"id": ', /truncated or invalid/],
  ['nodes of kubectl', '{"apiVersion":"v1","kind":"List","items":[]}', /a Kubernetes object/],
  ['a profile', '{"mode":"Required"}', /a LocalDNS profile; use --localdns-config for it/],
  ['a node pool of az aks show --query', '[{"name":"a","vmSize":"x","mode":"User"}]', /a node pool without its id/],
  ['a report', '{"schemaVersion":"1.0","rows":[]}', /use a file from check --save-facts/],
  ['an error', '{"error":{"code":"x"}}', /an Azure error/],
];

describe('other input', () => {
  test.each(unknown)(
    '%s is rejected with its name and the commands whose output can be read',
    async (_, text, what) => {
      const forms = expect.arrayContaining([...resourceForms]) as unknown;
      await expect(judged(text)).rejects.toMatchObject({
        message: expect.stringMatching(what) as unknown,
        hints: forms,
      });
      const fromIds = (): unknown => ids(text);
      expect(fromIds).toThrow(what);
      expect(() => loaded(text)).toThrow(UsageError);
    },
  );

  test('resource ids are rejected if resources are needed, with the command that prints them', async () => {
    const alone = JSON.stringify([id]);
    await expect(judged(alone)).rejects.toThrow('is only a resource id; use az aks show --ids ID -o json');
    expect(() => loaded(alone)).toThrow('is only a resource id; use az aks show --ids ID -o json');
    await expect(judged(`${id}\n`)).rejects.toThrow('a list of resource ids; use check --from for it');
  });

  test.each([`${id}\n`, `"${id}"\n`, `'${id}'`, `"${id}",\n"${id}"\n`, JSON.stringify([id]), `"${id}"`])(
    'an id in whatever quotes names its cluster: %s',
    (text) => {
      expect(ids(text)).toMatchObject([{ cluster: sample.cluster, pools: undefined }]);
    },
  );
});

test('the suggested commands are valid for az', () => {
  const commands = resourceForms.flatMap((form) => form.replace(/^[^:]+:\s*/, '').split(', or '));
  expect(commands).toHaveLength(5);
  const words = commands.map((line) => line.replace(/"([^"]*)"/, (_, text: string) => `'${text.replaceAll("'", '')}'`));
  expect(words.map((line) => azProblem(line))).toEqual(words.map(() => undefined));
});
