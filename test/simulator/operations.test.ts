import { describe, expect, test } from 'vitest';
import { at } from '../../src/core/json.ts';
import { clusterPath, code, poolPath, propertiesOf, update, wire } from './client.ts';

describe('the status of an operation', () => {
  test('can be read only by the caller who started it', async () => {
    const on = wire();
    const url = (await update(on, 'userpool')).headers['azure-asyncoperation'] ?? '';
    expect((await on.send('GET', url)).status).toBe(200);
    const other = await on.send('GET', url, { caller: 'somebody-else' });
    expect([other.status, other.body['error']]).toEqual([
      403,
      { code: 'AuthorizationFailed', message: expect.stringContaining('Only the original caller') as unknown },
    ]);
  });

  test('can only be read at the exact URL that was returned', async () => {
    const on = wire();
    const url = (await update(on, 'userpool')).headers['azure-asyncoperation'] ?? '';
    expect((await on.get(url.slice(0, -1))).status).toBe(403);
    expect((await on.get(url.replace(/&t=.*/, ''))).status).toBe(403);
  });

  test('is not found after its retention, or for an unknown id', async () => {
    const on = wire();
    const url = (await update(on, 'userpool')).headers['azure-asyncoperation'] ?? '';
    on.advance(8 * 24 * 3600);
    expect((await on.get(url)).status).toBe(404);
    expect(
      (await on.get(url.replace(/operations\/[0-9a-f-]+/, 'operations/00000000-0000-0000-0000-000000000000'))).status,
    ).toBe(404);
  });
});

describe('abort', () => {
  const path = poolPath('userpool').replace('?', '/abort?');

  test('cancels the running operation: Canceling, then Canceled, with the operation that canceled it', async () => {
    const on = wire();
    const put = await update(on, 'userpool');
    on.advance(300);
    const answer = await on.send('POST', path);
    expect(answer.status).toBe(202);
    expect(answer.headers).toHaveProperty('location');
    expect(on.simulator.pool('aks-demo', 'userpool')?.['provisioningState']).toBe('Canceling');
    expect((await on.get(answer.headers['location'] ?? '')).status).toBe(202);
    on.advance(5);
    expect(on.simulator.pool('aks-demo', 'userpool')?.['provisioningState']).toBe('Canceled');
    expect((await on.get(answer.headers['location'] ?? '')).status).toBe(204);
    expect((await on.get(answer.headers['azure-asyncoperation'] ?? '')).body['status']).toBe('Succeeded');
    const original = await on.get(put.headers['azure-asyncoperation'] ?? '');
    expect(original.body).toMatchObject({ status: 'Canceled', error: { code: 'Canceled' } });
    expect(on.simulator.reimagedNodes('aks-demo', 'userpool')).toBe(1);
  });

  test('is 204 if no operation ever ran, and 409 if the last one has ended', async () => {
    const on = wire();
    expect((await on.send('POST', path)).status).toBe(204);
    await update(on, 'userpool');
    on.advance(1000);
    const answer = await on.send('POST', path);
    expect([answer.status, code(answer)]).toEqual([409, 'OperationNotAllowed']);
  });

  test('leaves a pool that the same PUT repairs, one node at a time', async () => {
    const on = wire();
    await update(on, 'userpool');
    await on.send('POST', path);
    on.advance(10);
    await update(on, 'userpool');
    on.advance(3 * 276);
    expect(on.simulator.pool('aks-demo', 'userpool')?.['provisioningState']).toBe('Succeeded');
    expect(on.simulator.reimagedNodes('aks-demo', 'userpool')).toBe(3);
  });
});

describe('an upgrade of the node image', () => {
  const upgrade = (pool: string): string => poolPath(pool).replace('?', '/upgradeNodeImageVersion?');

  test('answers 202 with both headers and the pool, then brings the newest image', async () => {
    const on = wire();
    const profile = await on.get(poolPath('userpool').replace('?', '/upgradeProfiles/default?'));
    const answer = await on.send('POST', upgrade('userpool'));
    expect(answer.status).toBe(202);
    expect(answer.headers).toHaveProperty('azure-asyncoperation');
    expect(answer.headers).toHaveProperty('location');
    expect(propertiesOf(answer)).toMatchObject({
      provisioningState: 'UpgradingNodeImageVersion',
      nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202609.11.0',
    });
    on.advance(3 * 276);
    const stored = on.simulator.pool('aks-demo', 'userpool');
    expect(stored?.['nodeImageVersion']).toBe(at(profile.body, 'properties', 'latestNodeImageVersion'));
    expect(on.simulator.reimagedNodes('aks-demo', 'userpool')).toBe(3);
  });

  test('replaces no node if the pool has the newest image', async () => {
    const on = wire();
    expect((await on.send('POST', upgrade('systempool'))).status).toBe(202);
    on.advance(60);
    expect(on.simulator.pool('aks-demo', 'systempool')?.['provisioningState']).toBe('Succeeded');
    expect(on.simulator.reimagedNodes('aks-demo', 'systempool')).toBe(0);
  });
});

test('another OS SKU brings its node image, and the same one brings none', async () => {
  const on = wire();
  const before = on.simulator.pool('aks-demo', 'userpool')?.['nodeImageVersion'];
  await update(on, 'userpool', { osSKU: 'Ubuntu' });
  on.advance(3 * 276);
  expect(on.simulator.pool('aks-demo', 'userpool')?.['nodeImageVersion']).toBe(before);
  await update(on, 'userpool', { osSKU: 'Ubuntu2404' });
  on.advance(3 * 276);
  expect(on.simulator.pool('aks-demo', 'userpool')?.['nodeImageVersion']).toMatch(/^AKSUbuntu-2404/);
});

describe('deletion of a pool', () => {
  test('answers 202, and the pool is gone when it has ended', async () => {
    const on = wire();
    const answer = await on.send('DELETE', poolPath('smallpool'));
    expect(answer.status).toBe(202);
    expect(answer.headers).toHaveProperty('location');
    expect(on.simulator.pool('aks-demo', 'smallpool')?.['provisioningState']).toBe('Deleting');
    on.advance(120);
    expect((await on.get(poolPath('smallpool'))).status).toBe(404);
    expect((await on.send('DELETE', poolPath('smallpool'))).status).toBe(204);
  });
});

describe('deletion of a cluster', () => {
  test('answers 202 with both headers and no body, and the cluster is gone when it has ended', async () => {
    const on = wire();
    const path = `${clusterPath('aks-old')}?api-version=2026-03-01`;
    const answer = await on.send('DELETE', path);
    expect([answer.status, answer.text]).toEqual([202, '']);
    expect(answer.headers).toHaveProperty('location');
    expect((await update(on, 'userpool', { tags: {} }, 'aks-old')).status).toBe(409);
    on.advance(120);
    expect((await on.get(path)).status).toBe(404);
  });
});
