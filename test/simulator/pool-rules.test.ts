import { assert, asyncProperty, constantFrom, jsonValue, pre } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, without } from '../../src/core/json.ts';
import { clusterPath, code, faithful, poolPath, propertiesOf, update, wire } from './client.ts';

describe('what a PUT must include', () => {
  test.each(['vmSize', 'maxPods', 'osDiskSizeGB', 'osDiskType', 'availabilityZones', 'x-future', 'type'])(
    '%s: leaving it out is refused as a change',
    async (field) => {
      const on = wire();
      const properties = without(propertiesOf(await on.get(poolPath('userpool'))), [field]);
      const answer = await on.send('PUT', poolPath('userpool'), { body: faithful(properties, {}) });
      expect([answer.status, code(answer), answer.body['target']]).toEqual([
        400,
        'PropertyChangeNotAllowed',
        `properties.${field}`,
      ]);
    },
  );

  test('a nested field that the client does not know', async () => {
    const on = wire();
    const answer = await update(on, 'userpool', { upgradeSettings: { maxSurge: '33%' } });
    expect(answer.body['target']).toBe('properties.upgradeSettings.x-futureStrategy');
  });

  test('any of its fields that cannot change', async () => {
    const on = wire();
    const properties = propertiesOf(await on.get(poolPath('userpool')));
    const fixed = ['vmSize', 'maxPods', 'osDiskSizeGB', 'osDiskType', 'type', 'osType', 'x-future'];
    const answered = new Set<number>();
    await assert(
      asyncProperty(constantFrom(...fixed), jsonValue(), async (field, value) => {
        pre(JSON.stringify(value) !== JSON.stringify(properties[field]));
        const answer = await on.send('PUT', poolPath('userpool'), { body: faithful(properties, { [field]: value }) });
        answered.add(answer.status);
      }),
      { numRuns: 15 },
    );
    expect([...answered]).toEqual([400]);
  });

  test('labels and tags are removed if they are left out', async () => {
    const on = wire();
    const properties = without(propertiesOf(await on.get(poolPath('userpool'))), ['tags', 'nodeLabels']);
    await on.send('PUT', poolPath('userpool'), { body: faithful(properties, {}) });
    const stored = on.simulator.pool('aks-demo', 'userpool');
    expect(stored).not.toHaveProperty('tags');
    expect(stored).not.toHaveProperty('nodeLabels');
  });

  test('a provisioningState that is not the stored one is refused', async () => {
    const on = wire();
    const answer = await update(on, 'userpool', { provisioningState: 'Updating' });
    expect([answer.status, code(answer)]).toEqual([400, 'BadRequest']);
  });

  test('another node image is ignored, and from 2026-04-01 on refused as a rollback', async () => {
    const on = wire();
    const properties = propertiesOf(await on.get(poolPath('systempool')));
    const body = {
      properties: {
        ...(faithful(properties, {})['properties'] as object),
        nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202501.01.0',
      },
    };
    expect((await on.send('PUT', poolPath('systempool', 'aks-demo', '2026-04-01'), { body })).status).toBe(400);
    expect((await on.send('PUT', poolPath('systempool', 'aks-demo', '2026-03-01'), { body })).status).toBe(200);
    expect(on.simulator.pool('aks-demo', 'systempool')?.['nodeImageVersion']).toBe(properties['nodeImageVersion']);
  });

  test('maxUnavailable is accepted only without maxSurge, and not on system pools', async () => {
    const on = wire();
    expect((await update(on, 'smallpool', { upgradeSettings: { maxSurge: '10%', maxUnavailable: '1' } })).status).toBe(
      400,
    );
    expect((await update(on, 'systempool', { upgradeSettings: { maxSurge: '0', maxUnavailable: '1' } })).status).toBe(
      400,
    );
    expect((await update(on, 'smallpool', { upgradeSettings: { maxSurge: '0', maxUnavailable: '1' } })).status).toBe(
      200,
    );
  });
});

describe('api-versions', () => {
  test.each(['2022-11-01', '2025-08-01', '2025-03-02-preview'])(
    '%s shows no localDNSProfile, and a PUT at it keeps the stored one',
    async (version) => {
      const on = wire();
      await update(on, 'userpool');
      on.advance(1000);
      const properties = propertiesOf(await on.get(poolPath('userpool', 'aks-demo', version)));
      expect(properties).not.toHaveProperty('localDNSProfile');
      const answer = await on.send('PUT', poolPath('userpool', 'aks-demo', version), {
        body: faithful(properties, { tags: { a: 'b' } }),
      });
      expect(answer.status).toBe(200);
      expect(at(on.simulator.pool('aks-demo', 'userpool'), 'localDNSProfile', 'mode')).toBe('Required');
    },
  );

  test.each(['2025-09-01', '2025-10-01', '2026-03-01', '2026-07-01', '2025-07-02-preview'])(
    '%s shows it, on the pool and in the cluster',
    async (version) => {
      const on = wire();
      await update(on, 'userpool');
      expect(propertiesOf(await on.get(poolPath('userpool', 'aks-demo', version)))).toHaveProperty(
        'localDNSProfile.mode',
        'Required',
      );
      const cluster = await on.get(`${clusterPath()}?api-version=${version}`);
      expect(at(cluster.body, 'properties', 'agentPoolProfiles')).toContainEqual(
        expect.objectContaining({
          name: 'userpool',
          localDNSProfile: expect.objectContaining({ mode: 'Required' }) as unknown,
        }),
      );
    },
  );

  test.each([
    ['', 'MissingApiVersionParameter'],
    ['?api-version=yesterday', 'InvalidApiVersionParameter'],
    ['?api-version=2099-01-01', 'NoRegisteredProviderFound'],
  ])('%s is refused as %s', async (query, expected) => {
    const answer = await wire().get(`${clusterPath()}${query}`);
    expect([answer.status, code(answer)]).toEqual([400, expected]);
    expect(answer.headers['x-ms-failure-cause']).toBe('gateway');
  });
});

describe('a new pool', () => {
  test("gets 201, the service's defaults, and Succeeded once its nodes are created", async () => {
    const on = wire();
    const answer = await on.send('PUT', poolPath('fresh'), {
      body: { properties: { count: 2, vmSize: 'Standard_D4ds_v5', mode: 'User' } },
    });
    const url = answer.headers['azure-asyncoperation'] ?? '';
    expect(answer.status).toBe(201);
    expect(propertiesOf(answer)).toMatchObject({
      provisioningState: 'Creating',
      osSKU: 'Ubuntu',
      osDiskSizeGB: 150,
      upgradeSettings: { maxSurge: '10%', maxUnavailable: '0' },
    });
    expect(propertiesOf(answer)).not.toHaveProperty('localDNSProfile');
    on.advance(40);
    expect((await on.get(url)).body['status']).toBe('CreatingAgentPool: 0/2 nodes completed');
    on.advance(60);
    expect((await on.get(url)).body['status']).toBe('Succeeded');
  });

  test('of an Automatic cluster has LocalDNS by default', async () => {
    const on = wire();
    const body = { properties: { count: 1, mode: 'User' } };
    expect(
      at((await on.send('PUT', poolPath('fresh', 'aks-auto'), { body })).body, 'properties', 'localDNSProfile', 'mode'),
    ).toBe('Required');
  });

  test.each([
    ['Bad-Name', {}],
    ['toolongforapool', {}],
    ['windows7', { osType: 'Windows' }],
    ['pool1', { vmSize: 'Standard_Nothing' }],
    ['pool1', { count: -1 }],
  ])('%s with %o is refused', async (name, properties) => {
    const answer = await wire().send('PUT', poolPath(name), { body: { properties } });
    expect([answer.status, code(answer)]).toEqual([400, 'InvalidParameter']);
  });
});
