import { expect } from 'vitest';
import { asArray, asString, at, own, type JsonObject, type JsonValue } from '../../src/core/json.ts';
import { sample } from '../../src/simulator/index.ts';
import { clusterPath, code, propertiesOf, subscriptionPath, update, wire, type Answer, type Wire } from './client.ts';

const everything =
  "resources | where type =~ 'microsoft.containerservice/managedclusters' | project id, name, apiVersion, properties | order by id asc";

async function ask(on: Wire, options: JsonObject = {}, query = everything): Promise<Answer> {
  return on.send('POST', '/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01', {
    body: { query, options: { $top: 1000, ...options } },
  });
}

function names(answer: Answer): readonly (JsonValue | undefined)[] {
  return asArray(answer.body['data']).map((row) => own(row, 'name'));
}

const cluster = `${clusterPath()}?api-version=2026-03-01`;
const list = `${subscriptionPath}/providers/Microsoft.ContainerService/managedClusters?api-version=2026-03-01`;
const compute = `${subscriptionPath}/providers/Microsoft.Compute`;

/** What each scenario of a check does on the wire. */
export const fleetShows: Readonly<Record<string, (on: Wire) => Promise<void>>> = {
  'graph-throttled': async (on) => {
    const first = await ask(on);
    expect([
      first.status,
      code(first),
      first.headers['x-ms-user-quota-remaining'],
      first.headers['x-ms-user-quota-resets-after'],
    ]).toEqual([429, 'RateLimiting', '0', '00:00:03']);
    const statuses = [];
    for (let index = 0; index < 5; index += 1) statuses.push((await ask(on)).status);
    expect(statuses).toEqual([429, 200, 200, 200, 429]);
    on.advance(5);
    expect((await ask(on)).status).toBe(200);
  },
  'graph-denied': async (on) => {
    expect([(await ask(on)).status, code(await ask(on)), (await on.get(list)).status]).toEqual([
      403,
      'AccessDenied',
      200,
    ]);
  },
  'graph-stale': async (on) => {
    const pools = asArray(
      at(
        asArray((await ask(on)).body['data']).find((row) => own(row, 'name') === 'aks-demo'),
        'properties',
        'agentPoolProfiles',
      ),
    );
    expect(own(pools[1], 'localDNSProfile')).toBeUndefined();
    expect(at(on.simulator.pool('aks-demo', 'userpool'), 'localDNSProfile', 'mode')).toBe('Required');
    const before = (await ask(on)).text;
    await update(on, 'systempool');
    expect((await ask(on)).text).toBe(before);
  },
  'graph-old-api-version': async (on) => {
    const rows = asArray((await ask(on, {}, everything)).body['data']);
    expect(rows.filter((row) => own(row, 'apiVersion') === '2025-08-01')).toHaveLength(2);
    const enabled = wire({ scenario: 'graph-old-api-version', clusters: 60 });
    const old = asArray((await ask(enabled)).body['data']).filter((row) => own(row, 'apiVersion') === '2025-08-01');
    expect(old).toHaveLength(20);
    expect(JSON.stringify(old)).not.toContain('localDNSProfile');
    expect((await ask(enabled)).text).toContain('localDNSProfile');
  },
  'graph-no-profiles': async (on) => {
    const answer = await ask(on);
    expect(answer.text).toContain('"apiVersion":"2026-');
    expect(answer.text).not.toContain('localDNSProfile');
  },
  'graph-page-fails': async (on) => {
    const first = await ask(on);
    expect([names(first).length, first.body['totalRecords']]).toEqual([2, 6]);
    for (let index = 0; index < 3; index += 1) {
      const answer = await ask(on, { $skipToken: asString(first.body['$skipToken']) ?? '' });
      expect([answer.status, code(answer)]).toEqual([500, 'InternalServerError']);
    }
    expect((await ask(on)).status).toBe(200);
  },
  'graph-truncated': async (on) => {
    const { body } = await ask(on);
    expect([body['count'], body['totalRecords'], body['resultTruncated'], body['$skipToken']]).toEqual([
      3,
      6,
      'true',
      undefined,
    ]);
  },
  'graph-subscription-limit': async () => {
    const on = wire({ scenario: 'graph-subscription-limit', clusters: 100 });
    const all = await ask(on);
    expect([all.headers['x-ms-tenant-subscription-limit-hit'], names(all).length]).toEqual(['true', 34]);
    const one = await on.send('POST', '/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01', {
      body: { query: everything, subscriptions: [sample.subscriptionId] },
    });
    expect(one.headers['x-ms-tenant-subscription-limit-hit']).toBeUndefined();
  },
  'subscriptions-denied': async () => {
    const on = wire({ scenario: 'subscriptions-denied', clusters: 160 });
    const found = await ask(
      on,
      {},
      "resourcecontainers | where type =~ 'microsoft.resources/subscriptions' | project id, name, subscriptionId",
    );
    const seen = new Set(asArray(found.body['data']).map((row) => own(row, 'subscriptionId')));
    const listed = asArray((await on.get('/subscriptions?api-version=2022-12-01')).body['value']).map(
      (one) => asString(own(one, 'subscriptionId')) ?? '',
    );
    expect([seen.size, listed.length]).toEqual([3, 5]);
    for (const id of listed) {
      const clusters = `/subscriptions/${id}/providers/Microsoft.ContainerService/managedClusters?api-version=2026-03-01`;
      expect((await on.get(clusters)).status).toBe(seen.has(id) ? 200 : 403);
    }
    expect(asArray((await ask(on)).body['data']).length).toBeLessThan(160);
  },
  'list-fails': async (on) => {
    expect([
      (await on.get(list)).status,
      (await on.get(list)).status,
      (await on.get(cluster)).status,
      (await ask(on)).status,
    ]).toEqual([500, 500, 200, 200]);
  },
  'region-without-skus': async (on) => {
    const skus = async (location: string): Promise<number> =>
      asArray((await on.get(`${compute}/skus?api-version=2021-07-01&$filter=location eq '${location}'`)).body['value'])
        .length;
    expect([
      await skus('westeurope'),
      (await on.get(`${compute}/locations/westeurope/vmSizes?api-version=2024-07-01`)).status,
    ]).toEqual([0, 404]);
    expect(await skus('eastus')).toBeGreaterThan(100);
  },
  'cluster-vanishes': async (on) => {
    expect([
      (await on.get(cluster)).status,
      (await on.get(cluster)).status,
      (await on.get(`${clusterPath('aks-old')}?api-version=2026-03-01`)).status,
    ]).toEqual([404, 404, 200]);
    expect(names(await ask(on))).toContain('aks-demo');
  },
  'own-network': async (on) => {
    const subnet = asString(on.simulator.pool('aks-demo', 'userpool')?.['vnetSubnetID']) ?? '';
    const found = propertiesOf(await on.get(`${subnet}?api-version=2024-05-01`));
    expect([found['addressPrefix'], asArray(found['ipConfigurations']).length]).toEqual(['10.40.0.0/27', 27]);
    const group = propertiesOf(
      await on.get(`${asString(at(found, 'networkSecurityGroup', 'id')) ?? ''}?api-version=2024-05-01`),
    );
    expect(at(asArray(group['securityRules'])[0], 'properties')).toMatchObject({
      access: 'Deny',
      protocol: 'Tcp',
      destinationPortRange: '53',
    });
    expect(
      at(
        propertiesOf(await on.get(`${subnet.split('/subnets/')[0] ?? ''}?api-version=2024-05-01`)),
        'dhcpOptions',
        'dnsServers',
      ),
    ).toEqual(['10.40.8.4', '10.40.8.5']);
  },
};
