import { describe, expect, test } from 'vitest';
import { InterruptedError } from '../../../../src/core/errors.ts';
import type { HttpRequest, HttpResponse } from '../../../../src/core/http.ts';
import { Secret } from '../../../../src/core/secret.ts';
import type { OperationHandle, OperationStatus } from '../../../../src/model/operation.ts';
import type { NodePools, ObserveOptions } from '../../../../src/model/ports.ts';
import { arm, clusterUrl, poolUrl, ref, rig, subscription } from '../support/azure.ts';
import { FakeArm, json, page } from '../support/fake-arm.ts';

const operationPath = `/subscriptions/${subscription}/providers/Microsoft.ContainerService/locations/eastus2/operations/op-1`;
const operation: OperationHandle = {
  id: 'op-1',
  url: new Secret(`${arm}${operationPath}?api-version=2025-03-01&s=SIGNATURE`),
};
const status = (word: string, more: object = {}, headers = {}): HttpResponse =>
  json(200, { name: 'op-1', status: word, ...more }, headers);
const cluster = (state: string, more: object = {}): HttpResponse =>
  json(200, {
    id: clusterUrl,
    properties: { agentPoolProfiles: [{ name: 'userpool', provisioningState: state, ...more }] },
  });
const pool = (state: string): HttpResponse =>
  json(200, { id: poolUrl, name: 'userpool', properties: { provisioningState: state } });
const op = `GET ${operationPath}`;
const refused = json(403, { error: { code: 'AuthorizationFailed', message: 'no' } });

async function collect(
  pools: NodePools,
  handle: OperationHandle | undefined,
  options: ObserveOptions = {},
): Promise<OperationStatus[]> {
  const readings: OperationStatus[] = [];
  for await (const reading of pools.observe(ref, handle, options)) readings.push(reading);
  return readings;
}

describe('observing an operation', () => {
  test('polls soon, then every few seconds, until a terminal status; every other status is progress', async () => {
    const times: number[] = [];
    const words = [
      'InProgress',
      'CreatingAgentPool: 0/1 nodes completed',
      'failing over',
      'Weird',
      'InProgress',
      'InProgress',
      'succeeded',
    ];
    const fake = new FakeArm({
      [op]: () => {
        times.push(clock.now());
        return status(words[times.length - 1] ?? '');
      },
    });
    const { azure, clock } = rig(fake.handle);
    const start = clock.now();
    const readings = await collect(azure.nodePools, operation);
    expect(readings.map((reading) => reading.text)).toEqual(words);
    expect(readings.map((reading) => reading.state)).toEqual([...Array<string>(6).fill('running'), 'succeeded']);
    expect(times.map((time) => (time - start) / 1000)).toEqual([2, 5, 10, 18, 28, 38, 48]);
    expect(fake.requests[0]?.url).toBe(operation.url.reveal());
  });

  test('classifies why it failed', async () => {
    const fake = new FakeArm({
      [op]: status('Failed', {
        error: {
          code: 'QuotaExceeded',
          message: 'no',
          details: [{ code: 'OperationNotAllowed', message: 'Current Limit: 10' }],
        },
      }),
    });
    const [reading] = await collect(rig(fake.handle).azure.nodePools, operation);
    expect(reading).toMatchObject({
      state: 'failed',
      error: { code: 'QuotaExceeded', details: [{ code: 'OperationNotAllowed' }] },
      failure: { class: 'quota' },
    });
  });

  const ids = {
    requestId: '11111111-1111-1111-1111-000000000001',
    correlationId: '11111111-1111-1111-1111-000000000002',
  };
  const headers = { 'x-ms-request-id': ids.requestId, 'x-ms-correlation-request-id': ids.correlationId };
  const failed = {
    provisioningState: 'Failed',
    status: { provisioningError: { code: 'UpgradeFailed', message: 'no' } },
  };

  test.each<[string, ConstructorParameters<typeof FakeArm>[0], OperationHandle | undefined]>([
    ['its status', { [op]: { ...status('Failed'), headers } }, operation],
    ['the cluster', { [`GET ${clusterUrl}`]: { ...cluster('Failed', failed), headers } }, undefined],
    [
      'the pool',
      { [`GET ${clusterUrl}`]: refused, [`GET ${poolUrl}`]: json(200, { id: poolUrl, properties: failed }, headers) },
      undefined,
    ],
  ])('keeps the request ids of a failure: %s', async (_, script, handle) => {
    const readings = await collect(rig(new FakeArm(script).handle).azure.nodePools, handle);
    expect(readings.at(-1)).toMatchObject({ state: 'failed', failure: ids });
  });

  test('waits for the time in Retry-After', async () => {
    const fake = new FakeArm({ [op]: [status('InProgress', {}, { 'retry-after': '60' }), status('Succeeded')] });
    const { azure, clock } = rig(fake.handle);
    const start = clock.now();
    await collect(azure.nodePools, operation);
    expect(clock.now() - start).toBeGreaterThanOrEqual(62_000);
  });

  test.each([
    ['refused', refused],
    ['gone', json(404, { error: { code: 'NotFound', message: 'gone' } })],
    [
      'bound to another caller',
      json(401, {
        code: 'Unauthorized',
        message: 'Only the original caller of an asynchronous operation is allowed to retrieve the results.',
      }),
    ],
  ])('reads the cluster if the status URL is %s', async (_, answer) => {
    const fake = new FakeArm({
      [op]: answer,
      [`GET ${clusterUrl}`]: [cluster('Updating'), cluster('Updating'), cluster('Succeeded')],
    });
    const readings = await collect(rig(fake.handle).azure.nodePools, operation);
    expect(readings.map((reading) => [reading.state, reading.source])).toEqual([
      ['running', 'cluster'],
      ['running', 'cluster'],
      ['succeeded', 'cluster'],
    ]);
    expect(fake.lines.filter((line) => line === op)).toHaveLength(1);
  });

  test('reads the pool if the cluster cannot be read', async () => {
    const fake = new FakeArm({
      [`GET ${clusterUrl}`]: refused,
      [`GET ${poolUrl}`]: [pool('Updating'), pool('Succeeded')],
    });
    const readings = await collect(rig(fake.handle).azure.nodePools, undefined);
    expect(readings.map((reading) => [reading.state, reading.source])).toEqual([
      ['running', 'pool'],
      ['succeeded', 'pool'],
    ]);
    expect(fake.lines.filter((line) => line === `GET ${clusterUrl}`)).toHaveLength(1);
  });

  test('is an error if neither can be read', async () => {
    const fake = new FakeArm({ [`GET ${clusterUrl}`]: refused, [`GET ${poolUrl}`]: refused });
    await expect(collect(rig(fake.handle).azure.nodePools, undefined)).rejects.toMatchObject({
      class: 'not-permitted',
    });
  });

  test('tolerates transient failures, and reads the cluster only after several', async () => {
    const down = page(502, 'Bad Gateway');
    const fake = new FakeArm({
      [op]: [down, down, down, status('InProgress'), down, down, down, down, down],
      [`GET ${clusterUrl}`]: [cluster('Updating'), cluster('Succeeded')],
    });
    const { azure, events } = rig(fake.handle);
    const readings = await collect(azure.nodePools, operation);
    expect(readings.map((reading) => reading.source)).toEqual(['operation', 'cluster', 'cluster']);
    expect(fake.lines.filter((line) => line === op)).toHaveLength(9);
    // Each repetition is reported, with its pause.
    expect(
      events.flatMap((event) =>
        event.type === 'request.retried' ? [[event.path, event.attempt, event.maxAttempts, event.delaySeconds]] : [],
      ),
    ).toEqual(
      [
        [2, 3],
        [3, 5],
        [4, 8],
        [2, 10],
        [3, 10],
        [4, 10],
        [5, 10],
      ].map(([attempt, pause]) => [operationPath, attempt, 5, pause]),
    );
  });

  test('waits as a throttled status URL asks', async () => {
    const fake = new FakeArm({
      [op]: [json(429, { code: 'Throttled', message: 'slow' }, { 'retry-after': '40' }), status('Succeeded')],
    });
    const { azure, clock } = rig(fake.handle);
    const start = clock.now();
    await collect(azure.nodePools, operation);
    expect(clock.now() - start).toBeGreaterThanOrEqual(42_000);
  });

  test('does not treat the state from before the write as success', async () => {
    const fake = new FakeArm({
      [op]: refused,
      [`GET ${clusterUrl}`]: [cluster('Succeeded'), cluster('Succeeded'), cluster('Updating'), cluster('Succeeded')],
    });
    const readings = await collect(rig(fake.handle).azure.nodePools, operation);
    expect(readings.map((reading) => reading.text)).toEqual(['Updating', 'Succeeded']);
  });

  test('accepts a quick success eventually', async () => {
    const fake = new FakeArm({ [op]: refused, [`GET ${clusterUrl}`]: cluster('Succeeded') });
    const { azure, clock } = rig(fake.handle);
    const start = clock.now();
    expect((await collect(azure.nodePools, operation)).map((reading) => reading.state)).toEqual(['succeeded']);
    expect(clock.now() - start).toBeGreaterThanOrEqual(30_000);
  });

  test('reads the error of a failed pool', async () => {
    const error = { status: { provisioningError: { code: 'SubnetIsFull', message: 'Subnet is full.' } } };
    const fake = new FakeArm({ [`GET ${clusterUrl}`]: cluster('Failed', error) });
    const [reading] = await collect(rig(fake.handle).azure.nodePools, undefined);
    expect(reading).toMatchObject({
      state: 'failed',
      source: 'cluster',
      error: { code: 'SubnetIsFull' },
      failure: { class: 'network-capacity' },
    });
  });

  test('does not follow a status URL to another origin', async () => {
    const foreign: OperationHandle = { id: 'x', url: new Secret('https://evil.example/operations/x?s=1') };
    const fake = new FakeArm({ [`GET ${clusterUrl}`]: [cluster('Updating'), cluster('Succeeded')] });
    const readings = await collect(rig(fake.handle).azure.nodePools, foreign);
    expect(readings.at(-1)).toMatchObject({ state: 'succeeded', source: 'cluster' });
    expect(fake.requests.every((request) => request.url.startsWith(arm))).toBe(true);
  });

  test('ends at the deadline without a terminal reading', async () => {
    const fake = new FakeArm({ [op]: status('InProgress') });
    const { azure, clock } = rig(fake.handle);
    const deadline = clock.now() + 60_000;
    const readings = await collect(azure.nodePools, operation, { deadline });
    expect(readings.at(-1)?.state).toBe('running');
    expect(clock.now()).toBe(deadline);
  });

  test('ends on interruption', async () => {
    const abort = new AbortController();
    const fake = new FakeArm({
      [op]: () => {
        abort.abort();
        return status('InProgress');
      },
    });
    await expect(collect(rig(fake.handle).azure.nodePools, operation, { signal: abort.signal })).rejects.toBeInstanceOf(
      InterruptedError,
    );
  });

  test('never shows the signature or control characters', async () => {
    const fake = new FakeArm({
      [op]: [
        status('\u001b[31mred'),
        json(403, { error: { code: 'AuthorizationFailed', message: `see ${operation.url.reveal()}` } }),
      ],
      [`GET ${clusterUrl}`]: refused,
      [`GET ${poolUrl}`]: refused,
    });
    const { azure, events } = rig(fake.handle);
    const readings: OperationStatus[] = [];
    const failing = (async (): Promise<void> => {
      for await (const reading of azure.nodePools.observe(ref, operation, {})) readings.push(reading);
    })();
    await expect(failing).rejects.toMatchObject({ class: 'not-permitted' });
    expect(JSON.stringify([readings, events])).not.toContain('SIGNATURE');
    expect(readings[0]?.text).toBe(String.raw`\u001b[31mred`);
  });
});

/** The most requests in any second, and over the burst, to check that no token bucket of Azure would refuse one. */
function refusals(times: readonly number[], burst: number, perSecond: number): number {
  let tokens = burst;
  let last = times[0] ?? 0;
  let refused = 0;
  for (const time of times) {
    tokens = Math.min(burst, tokens + ((time - last) / 1000) * perSecond);
    last = time;
    if (tokens < 1) refused += 1;
    else tokens -= 1;
  }
  return refused;
}

describe('two hundred observers', () => {
  const refs = Array.from({ length: 200 }, (_, index) => ({
    ...ref,
    cluster: `aks-${String(index % 40)}`,
    pool: `np${String(index)}`,
  }));

  async function run(
    answer: (request: HttpRequest, elapsed: number) => HttpResponse,
  ): Promise<{ readonly times: Map<string, number[]>; readonly minutes: number }> {
    const times = new Map<string, number[]>();
    const rigged = rig(async (request) => {
      const { pathname } = new URL(request.url);
      const kind = pathname.includes('/operations/')
        ? 'operation'
        : pathname.includes('/agentPools/')
          ? 'pool'
          : pathname;
      times.set(kind, [...(times.get(kind) ?? []), rigged.clock.now()]);
      return answer(request, rigged.clock.now() - start);
    });
    const start = rigged.clock.now();
    await Promise.all(
      refs.map(async (each, index) => {
        const handle = { id: String(index), url: new Secret(`${arm}${operationPath}-${String(index)}?s=1`) };
        let last: OperationStatus | undefined;
        for await (const reading of rigged.azure.nodePools.observe(each, handle, {})) last = reading;
        expect(last?.state).toBe('succeeded');
      }),
    );
    return { times, minutes: (rigged.clock.now() - start) / 60_000 };
  }
  const running = 90_000;

  test('share the budget of status URLs', async () => {
    const { times, minutes } = await run((_, elapsed) => status(elapsed < running ? 'InProgress' : 'Succeeded'));
    expect(times.get('operation')?.length).toBeGreaterThan(300);
    expect(refusals(times.get('operation') ?? [], 100, 1)).toBe(0);
    expect(minutes).toBeLessThan(8);
  });

  test('share readings of their clusters if status URLs are rejected', async () => {
    const { times } = await run((request, elapsed) => {
      const { pathname } = new URL(request.url);
      if (pathname.includes('/operations/')) return refused;
      const name = pathname.split('/').at(-1) ?? '';
      const profiles = refs
        .filter((each) => each.cluster === name)
        .map((each) => ({ name: each.pool, provisioningState: elapsed < running ? 'Updating' : 'Succeeded' }));
      return json(200, { id: pathname, properties: { agentPoolProfiles: profiles } });
    });
    for (const [kind, at] of times)
      expect(refusals(at, kind === 'operation' ? 100 : 50, kind === 'operation' ? 1 : 0.8)).toBe(0);
  });

  test('share the budget of pools if clusters cannot be read', async () => {
    const { times } = await run((request, elapsed) => {
      const { pathname } = new URL(request.url);
      return pathname.includes('/agentPools/') ? pool(elapsed < running ? 'Updating' : 'Succeeded') : refused;
    });
    expect(times.get('pool')?.length).toBeGreaterThan(300);
    expect(refusals(times.get('pool') ?? [], 50, 0.8)).toBe(0);
  });
});
