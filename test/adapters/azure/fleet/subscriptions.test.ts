import { describe, expect, test } from 'vitest';
import { fleetTruth } from '../../../support/fleet-truth.ts';
import { arm, profileText, rig, subscription, tenant } from '../support/azure.ts';
import { FakeArm, json } from '../support/fake-arm.ts';
import { join } from './support/fleet.ts';

const other = '33333333-3333-3333-3333-333333333333';
const partner = '44444444-4444-4444-4444-444444444444';
const listed = (id: string, more: object = {}): object => ({
  subscriptionId: id,
  displayName: `Sub ${id.slice(0, 1)}`,
  state: 'Enabled',
  tenantId: tenant,
  ...more,
});

describe('the subscriptions', () => {
  test('are all that the account sees, disabled and delegated ones too', async () => {
    const joined = join({ clusters: 400, seed: 7 });
    const truth = fleetTruth(joined.simulator);
    const found = await joined.fleet.subscriptions();
    expect(found).toHaveLength(truth.subscriptions);
    const states: Record<string, number> = {};
    for (const { state = '' } of found) states[state] = (states[state] ?? 0) + 1;
    expect(states).toEqual(truth.subscriptionStates);
    await joined.fleet.subscriptions();
    expect(joined.count('GET', /^\/subscriptions$/)).toBe(1);
  });

  test('delegated to the signed-in tenant need no sign-in to their home tenant', async () => {
    const delegated = listed(other, { tenantId: partner, managedByTenants: [{ tenantId: tenant.toUpperCase() }] });
    const fake = new FakeArm({
      'GET /subscriptions': json(200, { value: [delegated], nextLink: '' }),
      [`GET /subscriptions/${other}/providers/Microsoft.ContainerService/managedClusters`]: json(200, { value: [] }),
    });
    const { azure, tokens } = rig(fake.handle, { profileText: undefined });
    const subscriptions = await azure.fleet.subscriptions();
    expect(subscriptions).toMatchObject([{ id: other, tenantId: partner }]);
    for await (const _ of azure.fleet.clusters({ subscriptions }, { source: 'arm' }));
    expect(tokens()).toBe(1);
  });

  test('of other tenants of the Azure CLI are listed there, or kept if that needs another sign-in', async () => {
    const entry = (id: string, tenantId: string): object => ({
      id,
      name: `Kept ${id.slice(0, 1)}`,
      state: 'Enabled',
      isDefault: false,
      tenantId,
      environmentName: 'AzureCloud',
    });
    const text = JSON.stringify({ subscriptions: [entry(subscription, tenant), entry(other, partner)] });
    const good = new FakeArm({
      'GET /subscriptions': [
        json(200, { value: [listed(subscription)] }),
        json(200, { value: [listed(other, { tenantId: partner }), listed(subscription)] }),
      ],
    });
    expect(
      (await rig(good.handle, { profileText: text }).azure.fleet.subscriptions()).map(({ id, name }) => [id, name]),
    ).toEqual([
      [subscription, 'Sub 1'],
      [other, 'Sub 3'],
    ]);
    const refused = new FakeArm({
      'GET /subscriptions': [
        json(200, { value: [listed(subscription)] }),
        json(401, { error: { code: 'ExpiredAuthenticationToken', message: 'x' } }),
      ],
    });
    expect(
      (await rig(refused.handle, { profileText: text }).azure.fleet.subscriptions()).map(({ id, name }) => [id, name]),
    ).toEqual([
      [subscription, 'Sub 1'],
      [other, 'Kept 3'],
    ]);
    const another = new FakeArm({ 'GET /subscriptions': json(200, { value: [listed(subscription)] }) });
    expect(await rig(another.handle, { profileText: text, signIn: 'env' }).azure.fleet.subscriptions()).toHaveLength(1);
    expect(another.requests).toHaveLength(1);
  });
});

describe('the subscriptions below a management group', () => {
  test('are found however deep, by id or name of the group', async () => {
    const joined = join({ clusters: 6000, seed: 7 });
    const truth = fleetTruth(joined.simulator);
    const direct = truth.managementGroups;
    const below = (direct['contoso-prod'] ?? 0) + (direct['contoso-prod-eu'] ?? 0);
    const found = await joined.fleet.subscriptionsUnder('Contoso-Prod');
    expect(found).toHaveLength(below);
    expect(
      found.every(
        ({ state, tenantId, name }) => state !== undefined && tenantId !== undefined && name.startsWith('Contoso'),
      ),
    ).toBe(true);
    expect(
      await joined.fleet.subscriptionsUnder('/providers/Microsoft.Management/managementGroups/contoso-prod'),
    ).toHaveLength(below);
    expect(joined.queries()).toHaveLength(0);
  });

  test('include those that the account does not see, with the data of the group', async () => {
    const fake = new FakeArm({
      'GET /subscriptions': json(200, { value: [listed(subscription)] }),
      'GET /providers/Microsoft.Management/managementGroups/mg/descendants': [
        json(200, {
          value: [
            { name: subscription.toUpperCase(), type: '/subscriptions', properties: {} },
            { name: 'sub-mg', type: 'Microsoft.Management/managementGroups' },
          ],
          nextLink: `${arm}/providers/Microsoft.Management/managementGroups/mg/descendants?api-version=2020-05-01&$skiptoken=x`,
        }),
        json(200, {
          value: [
            { name: other, type: '/subscriptions', properties: { displayName: 'Hidden\u0007' } },
            { name: '../evil', type: '/subscriptions' },
          ],
        }),
      ],
    });
    expect(await rig(fake.handle, { profileText }).azure.fleet.subscriptionsUnder('mg')).toEqual([
      { id: subscription, name: 'Sub 1', state: 'Enabled', tenantId: tenant },
      { id: other, name: 'Hidden\\u0007', state: undefined, tenantId: undefined },
    ]);
  });

  test.each(['nobody', '../../evil', '', 'a/b', 'x\u202e'])('of %j are not found', async (group) => {
    await expect(join().fleet.subscriptionsUnder(group)).rejects.toMatchObject({
      class: 'not-found',
      exit: 'not-found',
      message: expect.stringMatching(/^The management group '[ -~]*' was not found/) as string,
    });
  });

  test('are distinguished from unreadable ones', async () => {
    const path = 'GET /providers/Microsoft.Management/managementGroups/mg/descendants';
    const fake = new FakeArm({
      'GET /subscriptions': json(200, { value: [] }),
      [path]: json(403, { error: { code: 'AuthorizationFailed', message: 'no' } }),
    });
    await expect(rig(fake.handle).azure.fleet.subscriptionsUnder('mg')).rejects.toMatchObject({
      class: 'not-permitted',
      exit: 'not-permitted',
      message: "The management group 'mg' could not be read: no",
    });
  });
});
