import { describe, expect, test } from 'vitest';
import { ConnectionLost } from '../../src/core/http.ts';
import { asString, at } from '../../src/core/json.ts';
import { scenarios } from '../../src/simulator/index.ts';
import { kubernetesScenarios } from '../../src/simulator/scenarios/kubernetes.ts';
import { fleetShows } from './fleet-scenarios.ts';
import {
  clusterPath,
  code,
  faithful,
  poolPath,
  propertiesOf,
  subscriptionPath,
  update,
  wire,
  type Answer,
  type Wire,
} from './client.ts';

const feature = `${subscriptionPath}/providers/Microsoft.Features/providers/Microsoft.ContainerService/features/LocalDNSPreview`;
const cluster = `${clusterPath()}?api-version=2026-03-01`;

/** A PUT without a read before it, so that the scenario affects only the PUT. */
async function put(on: Wire, change = {}): Promise<Answer> {
  const stored = on.simulator.pool('aks-demo', 'userpool') ?? {};
  const headers = { 'if-match': stored['eTag'] as string };
  return on.send('PUT', poolPath('userpool'), {
    body: faithful(stored, { localDNSProfile: { mode: 'Required' }, ...change }),
    headers,
  });
}

async function finished(on: Wire, seconds = 7200): Promise<Answer> {
  const answer = await put(on);
  expect(answer.status).toBe(200);
  on.advance(seconds);
  return on.get(answer.headers['azure-asyncoperation'] ?? '');
}

function stored(on: Wire, field: string): unknown {
  return on.simulator.pool('aks-demo', 'userpool')?.[field];
}

/** The requests and responses of each scenario. */
const shows: Readonly<Record<string, (on: Wire) => Promise<void>>> = {
  'throttled-arm': async (on) => {
    expect([
      (await on.get(cluster)).headers['retry-after'],
      code(await on.get(cluster)),
      (await on.get(cluster)).status,
    ]).toEqual(['7', 'SubscriptionRequestsThrottled', 200]);
    expect([(await put(on)).status, (await put(on)).status]).toEqual([429, 200]);
  },
  'throttled-aks': async (on) => {
    const first = await on.get(cluster);
    expect([first.status, first.body['code'], first.headers['retry-after']]).toEqual([429, 'Throttled', '9']);
    expect([(await on.get(cluster)).status, (await on.get(cluster)).status]).toEqual([429, 200]);
    expect([(await put(on)).headers['retry-after'], (await put(on)).status]).toEqual(['60', 200]);
  },
  'throttled-without-retry-after': async (on) => {
    const first = await on.get(cluster);
    expect([first.status, first.headers['retry-after']]).toEqual([429, undefined]);
    await on.get(cluster);
    expect((await on.get(cluster)).status).toBe(200);
  },
  'other-operation': async (on) => {
    const refused = await put(on);
    expect([refused.status, stored(on, 'provisioningState')]).toEqual([409, 'Updating']);
    expect((await put(on)).body['message']).toContain('(userpool - Updating) is in progress');
    on.advance(120);
    expect((await put(on)).status).toBe(200);
  },
  'cluster-operation': async (on) => {
    const refused = await put(on);
    expect([refused.status, code(refused)]).toEqual([409, 'OperationNotAllowed']);
    expect(refused.body['message']).toMatch(
      /in progress update managed cluster operation \(operation ID: [0-9a-f-]+\)/,
    );
    expect(at((await on.get(cluster)).body, 'properties', 'provisioningState')).toBe('Updating');
    on.advance(120);
    expect((await put(on)).status).toBe(200);
  },
  'strict-siblings': async (on) => {
    await update(on, 'systempool');
    expect((await put(on)).body['message']).toContain(
      'Another agentpool operation (systempool - Updating) is in progress',
    );
    on.advance(600);
    expect((await put(on)).status).toBe(200);
  },
  preempted: async (on) => {
    const refused = await put(on);
    expect([refused.status, refused.body['code'], (await put(on)).status]).toEqual([409, 'EtagMismatch', 200]);
  },
  'etag-changed': async (on) => {
    expect([(await put(on)).status, (await put(on)).status]).toEqual([412, 200]);
  },
  'etag-changed-profile': async (on) => {
    expect((await put(on)).status).toBe(412);
    expect(at(stored(on, 'localDNSProfile'), 'mode')).toBe('Disabled');
  },
  'autoscaler-at-work': async (on) => {
    expect([stored(on, 'count'), (await put(on)).status, stored(on, 'count')]).toEqual([3, 412, 4]);
    await finished(on);
    expect(stored(on, 'count')).toBe(5);
  },
  'answer-lost': async (on) => {
    await expect(put(on)).rejects.toThrow(ConnectionLost);
    expect(stored(on, 'provisioningState')).toBe('Updating');
    expect(on.simulator.requests.at(-1)).toMatchObject({ method: 'PUT', status: 0 });
  },
  'connection-reset': async (on) => {
    expect((await on.get(cluster)).status).toBe(200);
    await expect(on.get(cluster)).rejects.toThrow(ConnectionLost);
    await expect(on.get(cluster)).rejects.toThrow(ConnectionLost);
    await expect(put(on)).rejects.toThrow(ConnectionLost);
    expect(stored(on, 'provisioningState')).toBe('Succeeded');
    expect((await put(on)).status).toBe(200);
  },
  'html-502': async (on) => {
    await on.get(cluster);
    const answer = await on.get(cluster);
    expect([answer.status, answer.headers['content-type']]).toEqual([502, 'text/html']);
    expect(answer.text).toContain('<html>');
    expect([(await put(on)).status, stored(on, 'provisioningState'), (await put(on)).status]).toEqual([
      502,
      'Succeeded',
      200,
    ]);
  },
  'gateway-timeout': async (on) => {
    expect([(await put(on)).status, stored(on, 'provisioningState')]).toEqual([504, 'Updating']);
  },
  'server-errors': async (on) => {
    const statuses = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await on.get(cluster)).status);
    expect(statuses).toEqual([200, 500, 503, 200]);
  },
  'token-expired': async (on) => {
    await on.get(cluster);
    const answer = await on.get(cluster);
    expect([answer.status, code(answer), (await on.get(cluster)).status]).toEqual([
      401,
      'ExpiredAuthenticationToken',
      200,
    ]);
    expect(answer.headers['www-authenticate']).toContain('invalid_token');
  },
  'answer-too-large': async (on) => {
    const bytes = async (answer: Promise<Answer>): Promise<number> => Number((await answer).headers['content-length']);
    expect(await bytes(put(on))).toBeGreaterThan(64 * 1_048_576);
    expect(stored(on, 'provisioningState')).toBe('Updating');
    expect(await bytes(put(on))).toBeLessThan(10_000);
  },
  'lists-missing': async (on) => {
    const paths = ['/subscriptions?api-version=2022-12-01', `${clusterPath()}/agentPools?api-version=2026-03-01`];
    for (const path of [...paths, ...paths]) expect(await on.get(path)).toMatchObject({ status: 200, body: {} });
    expect((await on.get(cluster)).body).toHaveProperty('properties');
  },
  'drain-blocked': async (on) => {
    const ended = await finished(on);
    expect(ended.body).toMatchObject({
      status: 'Failed',
      error: { code: 'UpgradeFailed', message: expect.stringContaining('blocked by pdb') as unknown },
    });
    const [start = '', end = ''] = [ended.body['startTime'], ended.body['endTime']].map((time) => asString(time));
    expect(Date.parse(end) - Date.parse(start)).toBe((276 + 1800) * 1000);
    expect(at(stored(on, 'status'), 'provisioningError', 'code')).toBe('UpgradeFailed');
    expect(at(stored(on, 'localDNSProfile'), 'mode')).toBe('Required');
    expect((await finished(on)).body['status']).toBe('Succeeded');
  },
  'bootstrap-failed': async (on) => {
    expect((await finished(on)).body).toMatchObject({
      status: 'Failed',
      error: { code: 'VMExtensionProvisioningError', message: expect.stringContaining('exit status=217') as unknown },
    });
  },
  'quota-during': async (on) => {
    expect((await finished(on)).body).toMatchObject({
      status: 'Failed',
      error: { code: 'QuotaExceeded', details: [{ code: 'OperationNotAllowed' }] },
    });
  },
  'no-capacity': async (on) => {
    expect((await finished(on)).body).toMatchObject({ status: 'Failed', error: { code: 'AllocationFailed' } });
  },
  'subnet-full': async (on) => {
    expect((await finished(on)).body).toMatchObject({ status: 'Failed', error: { code: 'SubnetIsFull' } });
  },
  'failed-rolled-back': async (on) => {
    expect((await finished(on)).body['status']).toBe('Failed');
    expect(stored(on, 'localDNSProfile')).toBeUndefined();
  },
  'canceled-by-later': async (on) => {
    expect((await finished(on)).body).toMatchObject({
      status: 'Canceled',
      error: {
        code: 'Canceled',
        message: expect.stringMatching(/overriden and canceled by a later operation [0-9a-f-]+\./) as unknown,
      },
    });
    expect(stored(on, 'provisioningState')).toBe('Canceled');
  },
  'never-ends': async (on) => {
    expect((await finished(on, 20 * 3600)).body['status']).toBe('UpdatingAgentPool: 2/3 nodes completed');
    expect(stored(on, 'provisioningState')).toBe('Updating');
  },
  'odd-status': async (on) => {
    const url = (await put(on)).headers['azure-asyncoperation'] ?? '';
    on.advance(30);
    expect((await on.get(url)).body['status']).toBe('Retrying a failed surge node');
    on.advance(7200);
    expect((await on.get(url)).body['status']).toBe('Succeeded');
  },
  'status-refused': async (on) => {
    expect((await finished(on)).status).toBe(403);
    expect(stored(on, 'provisioningState')).toBe('Succeeded');
  },
  'status-gone': async (on) => {
    expect((await finished(on)).status).toBe(404);
    expect(stored(on, 'provisioningState')).toBe('Succeeded');
  },
  'profile-not-stored': async (on) => {
    expect((await finished(on)).body['status']).toBe('Succeeded');
    expect(stored(on, 'localDNSProfile')).toBeUndefined();
  },
  'field-lost': async (on) => {
    await finished(on);
    expect(at(stored(on, 'localDNSProfile'), 'mode')).toBe('Required');
    expect([stored(on, 'nodeLabels'), stored(on, 'x-future'), stored(on, 'tags')]).toEqual([
      undefined,
      undefined,
      expect.anything(),
    ]);
  },
  quota: async (on) => {
    const refused = await put(on);
    expect(refused.body).toMatchObject({
      code: 'ErrCode_InsufficientVCPUQuota',
      message: expect.stringContaining('left regional vcpu quota 2, requested quota 4') as unknown,
    });
    const upgradeSettings = {
      drainTimeoutInMinutes: 30,
      'x-futureStrategy': 'calm',
      maxSurge: '0',
      maxUnavailable: '1',
    };
    expect((await put(on, { upgradeSettings })).status).toBe(200);
  },
  'policy-denied': async (on) => {
    const refused = await put(on);
    expect([refused.status, code(refused)]).toEqual([403, 'RequestDisallowedByPolicy']);
    expect(at(refused.body, 'error', 'additionalInfo')).toMatchObject([{ type: 'PolicyViolation' }]);
  },
  locked: async (on) => {
    expect([(await on.get(cluster)).status, (await put(on)).status, code(await put(on))]).toEqual([
      200,
      409,
      'ScopeLocked',
    ]);
  },
  'not-permitted': async (on) => {
    const refused = await put(on);
    expect([(await on.get(cluster)).status, refused.status, code(refused)]).toEqual([200, 403, 'AuthorizationFailed']);
    expect(refused.text).toContain("action 'Microsoft.ContainerService/managedClusters/agentPools/write'");
  },
  'no-access': async (on) => {
    expect([(await on.get(cluster)).status, (await on.get(poolPath('userpool'))).status]).toEqual([403, 403]);
  },
  'pool-rights-only': async (on) => {
    expect([(await on.get(cluster)).status, (await on.get(poolPath('userpool'))).status]).toEqual([403, 200]);
    const ended = await finished(on);
    expect([ended.status, stored(on, 'provisioningState')]).toEqual([403, 'Succeeded']);
  },
  'subnet-join-denied': async (on) => {
    expect([code(await put(on)), (await put(on)).headers['x-ms-failure-cause']]).toEqual([
      'LinkedAuthorizationFailed',
      'gateway',
    ]);
  },
  'disruption-policy-block': async (on) => {
    expect((await put(on)).status).toBe(400);
    expect((await put(on, { localDNSProfile: undefined, tags: {} })).status).toBe(200);
  },
  'provider-not-registered': async (on) => {
    expect(code(await put(on))).toBe('MissingSubscriptionRegistration');
  },
  'long-registration': async (on) => {
    await on.send('POST', `${feature}/register?api-version=2021-07-01`);
    on.advance(7199);
    expect(at((await on.get(`${feature}?api-version=2021-07-01`)).body, 'properties', 'state')).toBe('Registering');
    on.advance(1);
    expect(at((await on.get(`${feature}?api-version=2021-07-01`)).body, 'properties', 'state')).toBe('Registered');
  },
  'feature-registered': async (on) => {
    expect(at((await on.get(`${feature}?api-version=2021-07-01`)).body, 'properties', 'state')).toBe('Registered');
  },
  'feature-pending': async (on) => {
    on.advance(7200);
    expect(at((await on.get(`${feature}?api-version=2021-07-01`)).body, 'properties', 'state')).toBe('Pending');
  },
  'feature-unknown': async (on) => {
    expect((await on.get(`${feature}?api-version=2021-07-01`)).status).toBe(404);
    expect((await on.send('POST', `${feature}/register?api-version=2021-07-01`)).status).toBe(404);
  },
  'feature-required': async (on) => {
    expect((await put(on)).body['message']).toContain('is not enabled');
  },
  'old-api-version': async (on) => {
    expect([code(await on.get(cluster)), (await on.get(`${clusterPath()}?api-version=2025-10-01`)).status]).toEqual([
      'NoRegisteredProviderFound',
      200,
    ]);
    expect(
      (await on.get(`${subscriptionPath}/providers/Microsoft.ContainerService?api-version=2021-04-01`)).text,
    ).not.toContain('2026-');
  },
  'no-localdns-api': async (on) => {
    expect((await on.get(`${clusterPath()}?api-version=2025-09-01`)).status).toBe(400);
    expect(propertiesOf(await on.get(poolPath('userpool', 'aks-auto', '2025-08-01')))).not.toHaveProperty(
      'localDNSProfile',
    );
  },
  ...fleetShows,
};

describe('scenarios', () => {
  test('have unique kebab-case names, a summary and a source', () => {
    const names = scenarios.map((scenario) => scenario.name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, summary, source } of scenarios) {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(summary).toMatch(/^[A-Z].*\.$/s);
      expect(source.length).toBeGreaterThan(5);
    }
  });

  test('each have a test below', () => {
    // Those of the clusters are tested beside their API.
    const inside = new Set(kubernetesScenarios.map(({ name }) => name));
    const names = scenarios.map((scenario) => scenario.name).filter((name) => !inside.has(name));
    expect(Object.keys(shows).sort()).toEqual(names.sort());
  });

  test.each(Object.entries(shows))('%s', async (scenario, show) => {
    const on = wire({ scenario });
    await show(on);
    expect(on.simulator.unknownRoutes).toEqual([]);
  });

  test('can be combined, and an unknown name is refused with the nearest one', async () => {
    const on = wire({ scenario: ['throttled-arm', 'locked'] });
    expect((await put(on)).status).toBe(429);
    expect(code(await put(on))).toBe('ScopeLocked');
    expect(() => wire({ scenario: 'throtled-arm' })).toThrow(/no scenario 'throtled-arm'/);
  });
});
