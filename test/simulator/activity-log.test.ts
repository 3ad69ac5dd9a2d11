import { describe, expect, test } from 'vitest';
import { asArray, at, type JsonValue } from '../../src/core/json.ts';
import { code, poolPath, subscriptionPath, update, wire, type Wire } from './client.ts';

const log = `${subscriptionPath}/providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01`;
const always = "eventTimestamp ge '1970-01-01' and eventTimestamp le '2199-01-01'";

async function events(on: Wire, filter = always): Promise<readonly JsonValue[]> {
  const answer = await on.get(`${log}&$filter=${encodeURIComponent(filter)}`);
  expect([answer.status, answer.text.slice(0, 200)]).toEqual([200, expect.stringMatching(/^\{"value":/)]);
  return asArray(answer.body['value']);
}

const brief = (event: JsonValue): readonly unknown[] => [
  at(event, 'operationName', 'value'),
  at(event, 'status', 'value'),
];
const write = 'Microsoft.ContainerService/managedClusters/agentPools/write';

describe('the activity log', () => {
  test('lists the start and the end of each write, newest first, and no reads', async () => {
    const on = wire();
    const answer = await update(on, 'userpool');
    expect((await events(on)).map((event) => brief(event))).toEqual([[write, 'Accepted']]);
    on.advance(7200);
    const [ended, begun] = await events(on);
    expect([brief(ended ?? null), brief(begun ?? null)]).toEqual([
      [write, 'Succeeded'],
      [write, 'Accepted'],
    ]);
    expect(at(begun, 'correlationId')).toBe(answer.headers['x-ms-correlation-request-id']);
    expect(at(ended, 'resourceId')).toBe(poolPath('userpool').split('?')[0]);
    expect(at(ended, 'eventTimestamp')).not.toBe(at(begun, 'eventTimestamp'));
  });

  test('gives the reason if a write was refused or an operation failed', async () => {
    const on = wire({ scenario: ['locked', 'drain-blocked'] });
    await update(on, 'userpool');
    const locks = `${subscriptionPath}/resourceGroups/rg-demo/providers/Microsoft.Authorization/locks/change-freeze`;
    await on.send('DELETE', `${locks}?api-version=2016-09-01`);
    await update(on, 'userpool');
    on.advance(72_000);
    const failed = await events(on, `${always} and status eq 'Failed'`);
    expect(failed.map((event) => [...brief(event), at(event, 'properties', 'errorCode')])).toEqual([
      [write, 'Failed', 'UpgradeFailed'],
      [write, 'Failed', 'ScopeLocked'],
    ]);
  });

  test('lists a write whose response was lost, but not a throttled one', async () => {
    const on = wire({ scenario: ['answer-lost', 'throttled-arm'] });
    const body = { properties: { count: 1, vmSize: 'Standard_D4ds_v5' } };
    const answers: unknown[] = [];
    for (let number = 0; number < 4; number += 1) {
      const sent = on.send('PUT', poolPath('fresh'), { body });
      answers.push(
        await sent.then(
          ({ status }) => status,
          () => 'lost',
        ),
      );
    }
    expect(answers.slice(0, 2)).toEqual([429, 'lost']);
    on.advance(60);
    expect((await events(on)).map((event) => brief(event)).at(-1)).toEqual([write, 'Accepted']);
  });

  test('can be filtered by group, resource, provider, caller and time', async () => {
    const on = wire();
    await update(on, 'userpool', { tags: { a: 'b' } });
    on.advance(3600);
    await update(on, 'nodepool1', { tags: { a: 'b' } }, 'aks-old');
    const count = async (more: string): Promise<number> => (await events(on, `${always} and ${more}`)).length;
    const resource = poolPath('userpool').split('?')[0] ?? '';
    expect(await count("resourceGroupName eq 'RG-DEMO'")).toBe(3);
    expect(await count("resourceGroupName eq 'other'")).toBe(0);
    expect(await count(`resourceUri eq '${resource}'`)).toBe(2);
    expect(await count("resourceProvider eq 'Microsoft.ContainerService'")).toBe(3);
    expect(await count("caller eq 'nobody'")).toBe(0);
    const half = new Date(on.simulator.now() - 1_800_000).toISOString();
    expect(await events(on, `eventTimestamp ge ${half}`)).toHaveLength(1);
    expect(
      await events(on, `eventTimestamp ge 1970-01-01 and eventTimestamp le ${half.replace('Z', '')}`),
    ).toHaveLength(2);
  });

  test.each([
    '',
    'status eq',
    "eventTimestamp ge 'soon'",
    "eventTimestamp ge 1970-01-01 or status eq 'x'",
    `${always} and weather eq 'x'`,
  ])('rejects the filter %j', async (filter) => {
    const answer = await wire().get(`${log}&$filter=${encodeURIComponent(filter)}`);
    expect([answer.status, code(answer)]).toEqual([400, 'BadRequest']);
  });
});
