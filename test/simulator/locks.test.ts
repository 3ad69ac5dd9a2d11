import { describe, expect, test } from 'vitest';
import { asArray, asString, at, own, type JsonValue } from '../../src/core/json.ts';
import { clusterPath, code, poolPath, subscriptionPath, update, wire, type Answer, type Wire } from './client.ts';

const group = `${subscriptionPath}/resourceGroups/rg-demo`;
const version = '?api-version=2016-09-01';
const locksAt = (scope: string, name = ''): string =>
  `${scope}/providers/Microsoft.Authorization/locks${name === '' ? '' : `/${name}`}${version}`;

async function lock(on: Wire, scope: string, level: string, name = 'freeze'): Promise<Answer> {
  return on.send('PUT', locksAt(scope, name), { body: { properties: { level, notes: 'This week.' } } });
}

async function names(on: Wire, scope: string, filter = ''): Promise<readonly (JsonValue | undefined)[]> {
  const list = await on.get(`${locksAt(scope)}${filter}`);
  expect(list.status).toBe(200);
  return asArray(list.body['value']).map((one) => own(one, 'name'));
}

const labelled = { nodeLabels: { a: 'b' } };
const remove = async (on: Wire, pool = 'smallpool'): Promise<Answer> => on.send('DELETE', poolPath(pool));

describe('a lock', () => {
  test.each([
    ['the subscription', subscriptionPath],
    ['the group', group],
    ['the group in other letters', group.toUpperCase().replace('/SUBSCRIPTIONS/', '/subscriptions/')],
    ['the cluster', clusterPath()],
  ])('ReadOnly on %s refuses every write below it with the message of Azure, until it is removed', async (_, scope) => {
    const on = wire();
    const made = await lock(on, scope, 'ReadOnly');
    expect([made.status, at(made.body, 'properties', 'level')]).toEqual([201, 'ReadOnly']);
    const refused = [
      await update(on, 'userpool', labelled),
      await remove(on),
      await on.send('POST', poolPath('userpool').replace('?', '/abort?')),
      await on.send('POST', poolPath('userpool').replace('?', '/upgradeNodeImageVersion?')),
    ];
    expect(refused.map((answer) => [answer.status, code(answer)])).toEqual(refused.map(() => [409, 'ScopeLocked']));
    const [first, second] = refused.map(({ body }) => asString(at(body, 'error', 'message')) ?? '');
    expect(first).toBe(
      `The scope '${clusterPath()}/agentPools/userpool' cannot perform write operation because following scope(s) are locked: '${scope}'. Please remove the lock and try again.`,
    );
    expect(second).toContain('cannot perform delete operation');
    expect((await on.get(poolPath('userpool'))).status).toBe(200);
    expect((await on.send('DELETE', locksAt(scope, 'freeze'))).status).toBe(200);
    expect((await update(on, 'userpool', labelled)).status).toBe(200);
  });

  test('CanNotDelete refuses deletions only', async () => {
    const on = wire();
    await lock(on, clusterPath(), 'CanNotDelete');
    expect([
      (await remove(on)).status,
      (await on.send('DELETE', `${clusterPath()}?api-version=2026-03-01`)).status,
    ]).toEqual([409, 409]);
    expect((await update(on, 'userpool', labelled)).status).toBe(200);
  });

  test('on one cluster or group does not affect others, even if their names begin the same', async () => {
    const on = wire();
    await lock(on, clusterPath('aks'), 'ReadOnly');
    await lock(on, clusterPath('aks-edge'), 'ReadOnly');
    expect((await update(on, 'userpool', labelled)).status).toBe(200);
  });

  test('is listed at its scope, above and below', async () => {
    const on = wire();
    await lock(on, subscriptionPath, 'CanNotDelete', 'above');
    await lock(on, group, 'CanNotDelete', 'here');
    await lock(on, clusterPath(), 'ReadOnly', 'below');
    expect(await names(on, subscriptionPath)).toEqual(['above', 'here', 'below']);
    expect(await names(on, group)).toEqual(['above', 'here', 'below']);
    expect(await names(on, group, '&$filter=atScope()')).toEqual(['above', 'here']);
    expect(await names(on, clusterPath('aks-old'))).toEqual(['above', 'here']);
    expect((await on.get(locksAt(group, 'HERE'))).body).toMatchObject({
      name: 'here',
      type: 'Microsoft.Authorization/locks',
    });
  });

  test('that does not exist, has no level, or is not on a resource group is refused', async () => {
    const on = wire();
    expect(code(await on.get(locksAt(group, 'none')))).toBe('LockNotFound');
    expect((await on.send('DELETE', locksAt(group, 'none'))).status).toBe(204);
    expect((await lock(on, group, 'Sometimes')).status).toBe(400);
    expect(code(await lock(on, `${subscriptionPath}/resourceGroups/none`, 'ReadOnly'))).toBe('ResourceGroupNotFound');
  });

  test('of the scenario is listed and can be removed', async () => {
    const on = wire({ scenario: 'locked' });
    expect((await update(on, 'userpool', labelled)).status).toBe(409);
    const [name] = await names(on, group);
    await on.send('DELETE', locksAt(group, asString(name) ?? ''));
    expect((await update(on, 'userpool', labelled)).status).toBe(200);
  });

  test('can be loaded', async () => {
    const id = `${group}/providers/Microsoft.Authorization/locks/loaded`;
    const load = [{ id: subscriptionPath }, { id, properties: { level: 'ReadOnly' } }];
    expect(await names(wire({ load }), subscriptionPath)).toEqual(['loaded']);
    expect(() => wire({ load: [{ id, properties: { level: 'x' } }] })).toThrow(/level/);
  });
});

describe('a policy', () => {
  const policies = `providers/Microsoft.Authorization/policyAssignments?api-version=2025-11-01`;

  test('that denies node pools is listed at its scope, and named in the errors', async () => {
    const on = wire({ scenario: 'policy-denied' });
    const exact = await on.get(`${subscriptionPath}/${policies}&$filter=atExactScope()`);
    const [assignment] = asArray(exact.body['value']);
    expect(assignment).toMatchObject({ properties: { displayName: 'Node pools only through the platform team' } });
    const inGroup = async (filter: string): Promise<number> =>
      asArray((await on.get(`${group}/${policies}${filter}`)).body['value']).length;
    expect([await inGroup('&$filter=atExactScope()'), await inGroup('')]).toEqual([0, 1]);
    const refused = await update(on, 'userpool', labelled);
    expect([refused.status, code(refused)]).toEqual([403, 'RequestDisallowedByPolicy']);
    expect(at(refused.body, 'error', 'message')).toContain(asString(own(assignment, 'id')) ?? '');
    const definition = await on.get(
      `${asString(at(assignment, 'properties', 'policyDefinitionId')) ?? ''}?api-version=2025-11-01`,
    );
    expect(at(definition.body, 'properties', 'policyRule', 'then', 'effect')).toBe('deny');
    expect((await on.get(`${asString(own(assignment, 'id')) ?? ''}?api-version=2025-11-01`)).body).toEqual(assignment);
    expect((await remove(on)).status).toBe(202);
  });

  test('is not listed elsewhere', async () => {
    const on = wire();
    expect((await on.get(`${subscriptionPath}/${policies}`)).body).toEqual({ value: [] });
    expect(code(await on.get(`${group}/${policies.replace('?', '/none?')}`))).toBe('PolicyAssignmentNotFound');
    const definitions = `${subscriptionPath}/providers/Microsoft.Authorization/policyDefinitions`;
    expect((await on.get(`${definitions}?api-version=2025-11-01`)).body).toEqual({ value: [] });
    expect(code(await on.get(`${definitions}/none?api-version=2025-11-01`))).toBe('PolicyDefinitionNotFound');
  });
});
