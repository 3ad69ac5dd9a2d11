import { describe, expect, test } from 'vitest';
import { asString, at } from '../../src/core/json.ts';
import { code, faithful, poolPath, propertiesOf, update, wire } from './client.ts';

describe('an update of a pool', () => {
  test('is accepted with 200, a new eTag, the signed operation URL, and neither Location nor Retry-After', async () => {
    const on = wire();
    const before = propertiesOf(await on.get(poolPath('userpool')));
    const answer = await update(on, 'userpool');
    const after = propertiesOf(answer);
    expect(answer.status).toBe(200);
    expect(after['provisioningState']).toBe('Updating');
    expect(after['eTag']).not.toBe(before['eTag']);
    expect(at(after, 'localDNSProfile', 'state')).toBe('Enabled');
    expect(answer.headers['azure-asyncoperation']).toMatch(
      /\/locations\/westeurope\/operations\/[0-9a-f-]{36}\?api-version=2025-03-01&t=\d+&c=MII[\w-]+&s=[\w-]+&h=[\w-]+$/,
    );
    expect(answer.headers['azure-asyncoperation']?.length).toBeGreaterThan(2800);
    expect(answer.headers).not.toHaveProperty('location');
    expect(answer.headers).not.toHaveProperty('retry-after');
    expect(answer.headers['x-ms-operation-identifier']).toMatch(
      /^tenantId=[0-9a-f-]+,objectId=[0-9a-f-]+\/westeurope\/[0-9a-f-]+$/,
    );
  });

  test('reimages its nodes one after the other and ends with another eTag', async () => {
    const on = wire();
    const answer = await update(on, 'userpool');
    const url = answer.headers['azure-asyncoperation'] ?? '';
    const status = async (): Promise<unknown> => (await on.get(url)).body['status'];
    expect(await status()).toBe('InProgress');
    on.advance(276);
    expect(await status()).toBe('UpdatingAgentPool: 1/3 nodes completed');
    on.advance(276);
    expect(await status()).toBe('UpdatingAgentPool: 2/3 nodes completed');
    on.advance(275);
    expect(propertiesOf(await on.get(poolPath('userpool')))['provisioningState']).toBe('Updating');
    on.advance(1);
    const ended = await on.get(url);
    expect(ended.body['status']).toBe('Succeeded');
    expect(ended.body['endTime']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/);
    const stored = propertiesOf(await on.get(poolPath('userpool')));
    expect(stored['provisioningState']).toBe('Succeeded');
    expect(stored['eTag']).not.toBe(propertiesOf(answer)['eTag']);
    expect(on.simulator.reimagedNodes('aks-demo', 'userpool')).toBe(3);
  });

  test.each([
    ['a surge of all nodes', { maxSurge: '100%' }, 276],
    ['a surge of two', { maxSurge: '2' }, 552],
    ['two unavailable nodes', { maxSurge: '0', maxUnavailable: '2' }, 552],
    ['a soak of five minutes', { maxSurge: '100%', nodeSoakDurationInMinutes: 5 }, 576],
  ])('takes the time that %s gives', async (_, upgradeSettings, seconds) => {
    const on = wire();
    await update(on, 'singlepool', { count: 3 }, 'aks-edge');
    on.advance(200);
    await update(on, 'singlepool', { localDNSProfile: { mode: 'Required' }, upgradeSettings }, 'aks-edge');
    on.advance(seconds - 1);
    expect(on.simulator.pool('aks-edge', 'singlepool')?.['provisioningState']).toBe('Updating');
    on.advance(1);
    expect(on.simulator.pool('aks-edge', 'singlepool')?.['provisioningState']).toBe('Succeeded');
  });

  test('with an unchanged profile is accepted, ends soon, and changes no node', async () => {
    const on = wire();
    await update(on, 'userpool');
    on.advance(1000);
    const reimaged = on.simulator.reimagedNodes('aks-demo', 'userpool');
    const again = await update(on, 'userpool');
    expect(again.status).toBe(200);
    on.advance(15);
    expect(on.simulator.pool('aks-demo', 'userpool')?.['provisioningState']).toBe('Succeeded');
    expect(on.simulator.reimagedNodes('aks-demo', 'userpool')).toBe(reimaged);
  });

  test('of a failed pool reimages its nodes even if nothing changes, and clears the error', async () => {
    const on = wire();
    const answer = await update(on, 'failedpool', {}, 'aks-edge');
    expect(answer.status).toBe(200);
    on.advance(3 * 276);
    const stored = on.simulator.pool('aks-edge', 'failedpool');
    expect(stored?.['provisioningState']).toBe('Succeeded');
    expect(stored).not.toHaveProperty('status');
    expect(on.simulator.reimagedNodes('aks-edge', 'failedpool')).toBe(3);
  });

  test.each([
    ['a pool without nodes', 'emptypool', 15, 0],
    ['a stopped pool', 'stoppedpool', 15, 0],
    ['a spot pool, all nodes at once', 'spotpool', 240, 3],
  ])('of %s takes the expected time', async (_, pool, seconds, reimaged) => {
    const on = wire();
    expect((await update(on, pool, { localDNSProfile: { mode: 'Required' } }, 'aks-edge')).status).toBe(200);
    on.advance(seconds);
    expect(on.simulator.pool('aks-edge', pool)?.['provisioningState']).toBe('Succeeded');
    expect(on.simulator.reimagedNodes('aks-edge', pool)).toBe(reimaged);
  });

  test('keeps a stopped pool stopped if its power state is sent, and starts it if not', async () => {
    const on = wire();
    await update(on, 'stoppedpool', { localDNSProfile: { mode: 'Required' } }, 'aks-edge');
    on.advance(60);
    expect(at(on.simulator.pool('aks-edge', 'stoppedpool'), 'powerState', 'code')).toBe('Stopped');
    const { powerState: _, ...rest } = propertiesOf(await on.get(poolPath('stoppedpool', 'aks-edge')));
    await on.send('PUT', poolPath('stoppedpool', 'aks-edge'), { body: faithful(rest, {}) });
    expect(at(on.simulator.pool('aks-edge', 'stoppedpool'), 'powerState', 'code')).toBe('Running');
  });

  test('of a stopped cluster is refused', async () => {
    const on = wire();
    const answer = await update(on, 'userpool', { localDNSProfile: { mode: 'Required' } }, 'aks-stopped');
    expect([answer.status, code(answer)]).toEqual([400, 'OperationNotAllowed']);
  });
});

describe('a second operation', () => {
  test('on the same pool is refused with 409 while the first runs, and another pool can be changed', async () => {
    const on = wire();
    await update(on, 'userpool');
    const second = await update(on, 'userpool', { localDNSProfile: { mode: 'Disabled' } });
    expect(second.status).toBe(409);
    expect(second.body['code']).toBe('OperationNotAllowed');
    expect(second.body['message']).toContain('Another operation (userpool - Updating) is in progress');
    expect((await update(on, 'systempool')).status).toBe(200);
    on.advance(1000);
    expect((await update(on, 'userpool', { localDNSProfile: { mode: 'Disabled' } })).status).toBe(200);
  });
});

describe('eTags', () => {
  const path = poolPath('userpool');
  const absent = poolPath('newpool');
  const fresh = { properties: { count: 1, mode: 'User' } };

  test.each([
    [absent, {}, 201],
    [absent, { 'if-match': '*' }, 412],
    [absent, { 'if-match': 'x' }, 412],
    [absent, { 'if-none-match': '*' }, 201],
    [path, {}, 200],
    [path, { 'if-match': '*' }, 200],
    [path, { 'if-match': 'x' }, 412],
    [path, { 'if-none-match': '*' }, 412],
    [path, { 'if-none-match': 'x' }, 400],
    [path, { 'if-match': '*', 'if-none-match': '*' }, 400],
  ])('PUT %s with %o is answered %i', async (target, headers, status) => {
    const on = wire();
    const body = target === path ? faithful(propertiesOf(await on.get(path)), {}) : fresh;
    const answer = await on.send('PUT', target, { body, headers });
    const codes: Readonly<Record<number, string>> = { 400: 'BadRequest', 412: 'PreConditionFailed' };
    expect([answer.status, code(answer)]).toEqual([status, codes[status]]);
  });

  test('that match allow one write', async () => {
    const on = wire();
    const properties = propertiesOf(await on.get(path));
    const headers = { 'if-match': asString(properties['eTag']) ?? '' };
    expect((await on.send('PUT', path, { body: faithful(properties, {}), headers })).status).toBe(200);
    on.advance(60);
    expect((await on.send('PUT', path, { body: faithful(properties, {}), headers })).status).toBe(412);
  });
});
