import { describe, expect, test } from 'vitest';
import { at } from '../../src/core/json.ts';
import { code, subscriptionPath, update, wire } from './client.ts';

const feature = `${subscriptionPath}/providers/Microsoft.Features/providers/Microsoft.ContainerService/features/LocalDNSPreview`;
const registration = `${subscriptionPath}/providers/Microsoft.Features/featureProviders/Microsoft.ContainerService/subscriptionFeatureRegistrations/LocalDNSPreview?api-version=2021-07-01`;
const provider = `${subscriptionPath}/providers/Microsoft.ContainerService`;
const version = '?api-version=2021-07-01';
const resources = '?api-version=2021-04-01';

describe('a feature', () => {
  test.each(['2015-12-01', '2021-07-01'])('is shown, registered and unregistered at %s', async (api) => {
    const on = wire();
    const state = async (): Promise<unknown> =>
      at((await on.get(`${feature}?api-version=${api}`)).body, 'properties', 'state');
    expect(await state()).toBe('NotRegistered');
    const registered = await on.send('POST', `${feature}/register?api-version=${api}`);
    expect(registered.body).toMatchObject({
      name: 'Microsoft.ContainerService/LocalDNSPreview',
      type: 'Microsoft.Features/providers/features',
      properties: { state: 'Registering' },
    });
    on.advance(179);
    expect(await state()).toBe('Registering');
    on.advance(1);
    expect(await state()).toBe('Registered');
    await on.send('POST', `${feature}/unregister?api-version=${api}`);
    expect(await state()).toBe('Unregistering');
    on.advance(30);
    expect(await state()).toBe('Unregistered');
  });

  test('is the same through featureProviders', async () => {
    const on = wire();
    const answer = await on.send('PUT', registration, { body: {} });
    expect([answer.status, at(answer.body, 'properties', 'state')]).toEqual([200, 'Registering']);
    on.advance(180);
    expect(at((await on.get(registration)).body, 'properties')).toMatchObject({
      state: 'Registered',
      approvalType: 'AutoApproval',
    });
    expect(at((await on.get(`${feature}${version}`)).body, 'properties', 'state')).toBe('Registered');
    const list = await on.get(`${feature.replace('/LocalDNSPreview', '')}${version}`);
    expect(list.text).toContain('LocalDNSPreview');
  });

  test('is in the list of registrations once it was registered, and in that of all features before', async () => {
    const on = wire();
    const base = `${subscriptionPath}/providers/Microsoft.Features`;
    const paths = [
      'subscriptionFeatureRegistrations',
      'featureProviders/Microsoft.ContainerService/subscriptionFeatureRegistrations',
      'features',
    ];
    const lists = async (): Promise<readonly string[]> =>
      Promise.all(paths.map(async (path) => (await on.get(`${base}/${path}?api-version=2021-07-01`)).text));
    const [none, noneHere, features] = await lists();
    expect([none, noneHere]).toEqual(['{"value":[]}', '{"value":[]}']);
    expect(features).toContain('"name":"Microsoft.ContainerService/LocalDNSPreview"');
    await on.send('PUT', `${base}/${String(paths[1])}/LocalDNSPreview?api-version=2021-07-01`, { body: {} });
    on.advance(600);
    for (const list of (await lists()).slice(0, 2))
      expect(list).toMatch(/^\{"value":\[\{[^[]*"name":"LocalDNSPreview"[^[]*"state":"Registered"[^[]*\}\]\}$/);
  });

  test('that does not exist is a 404', async () => {
    const answer = await wire().get(`${feature.replace('LocalDNSPreview', 'Nonsense')}${version}`);
    expect([answer.status, code(answer)]).toEqual([404, 'FeatureNotFound']);
  });

  test('can still be required by the service, and takes effect with the next registration of the provider', async () => {
    const on = wire({ scenario: 'feature-required' });
    const refused = await update(on, 'userpool');
    expect([refused.status, code(refused)]).toEqual([400, 'OperationNotAllowed']);
    expect(refused.body['message']).toContain('Feature Microsoft.ContainerService/LocalDNSPreview is not enabled');
    await on.send('POST', `${feature}/register${version}`);
    on.advance(200);
    expect((await update(on, 'userpool')).status).toBe(400);
    await on.send('POST', `${provider}/register${resources}`);
    expect((await update(on, 'userpool')).status).toBe(200);
  });
});

describe('the provider', () => {
  test('is registered, lists the api-versions of pools, and remains registered when it is registered again', async () => {
    const on = wire();
    const shown = await on.get(`${provider}${resources}`);
    expect(shown.body).toMatchObject({
      namespace: 'Microsoft.ContainerService',
      registrationState: 'Registered',
      registrationPolicy: 'RegistrationRequired',
    });
    const types = shown.body['resourceTypes'];
    expect(types).toContainEqual(
      expect.objectContaining({
        resourceType: 'managedClusters/agentPools',
        apiVersions: expect.arrayContaining(['2025-09-01', '2026-03-01']) as unknown,
      }),
    );
    const refreshed = await on.send('POST', `${provider}/register${resources}`);
    expect([refreshed.status, refreshed.body['registrationState']]).toEqual([200, 'Registered']);
  });

  test('that is not registered refuses writes until it is registered', async () => {
    const on = wire({ scenario: 'provider-not-registered' });
    const refused = await update(on, 'userpool');
    expect([refused.status, code(refused)]).toEqual([409, 'MissingSubscriptionRegistration']);
    expect((await on.send('POST', `${provider}/register${resources}`)).body['registrationState']).toBe('Registering');
    on.advance(45);
    expect((await on.get(`${provider}${resources}`)).body['registrationState']).toBe('Registered');
    expect((await update(on, 'userpool')).status).toBe(200);
  });

  test('unregisters after some time', async () => {
    const on = wire();
    expect((await on.send('POST', `${provider}/unregister${resources}`)).body['registrationState']).toBe(
      'Unregistering',
    );
    on.advance(45);
    expect((await on.get(`${provider}${resources}`)).body['registrationState']).toBe('Unregistered');
  });
});
