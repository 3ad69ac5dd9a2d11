import { describe, expect, test } from 'vitest';
import { rig, subscription } from './support/azure.ts';
import { FakeArm, json } from './support/fake-arm.ts';

const feature = `/subscriptions/${subscription}/providers/Microsoft.Features/providers/Microsoft.ContainerService/features/LocalDNSPreview`;
const provider = `/subscriptions/${subscription}/providers/Microsoft.ContainerService`;
const state = (word: string): object => ({
  id: feature,
  name: 'Microsoft.ContainerService/LocalDNSPreview',
  type: 'Microsoft.Features/providers/features',
  properties: { state: word },
});

describe('the preview feature', () => {
  test('is read, registered and unregistered', async () => {
    const fake = new FakeArm({
      [`GET ${feature}`]: json(200, state('NotRegistered')),
      [`POST ${feature}/register`]: json(200, state('Registering')),
      [`POST ${feature}/unregister`]: json(200, state('Unregistering')),
    });
    const { registration } = rig(fake.handle).azure;
    expect(await registration.feature(subscription)).toEqual({ known: true, state: 'NotRegistered' });
    expect(await registration.registerFeature(subscription)).toEqual({ known: true, state: 'Registering' });
    expect(await registration.unregisterFeature(subscription)).toEqual({ known: true, state: 'Unregistering' });
    expect(new URL(fake.requests[0]?.url ?? '').searchParams.get('api-version')).toBe('2021-07-01');
    expect(fake.requests[1]?.body).toBeUndefined();
  });

  test.each([
    [404, { error: { code: 'FeatureNotFound', message: "The feature 'LocalDNSPreview' could not be found." } }],
    [404, { error: { code: 'NotFound', message: 'no' } }],
    [400, { error: { code: 'InvalidFeatureName', message: 'no' } }],
  ])('may be unknown to Azure: %i %j', async (status, body) => {
    const fake = new FakeArm({
      [`GET ${feature}`]: json(status, body),
      [`POST ${feature}/register`]: json(status, body),
    });
    const { registration } = rig(fake.handle).azure;
    expect(await registration.feature(subscription)).toEqual({ known: false });
    expect(await registration.registerFeature(subscription)).toEqual({ known: false });
  });

  test.each([
    [404, { error: { code: 'SubscriptionNotFound', message: 'no' } }, 'not-found'],
    [403, { error: { code: 'AuthorizationFailed', message: 'no' } }, 'not-permitted'],
  ])('is not unknown because of %i %j', async (status, body, expected) => {
    const fake = new FakeArm({ [`GET ${feature}`]: json(status, body) });
    await expect(rig(fake.handle).azure.registration.feature(subscription)).rejects.toMatchObject({ class: expected });
  });

  test('is registered again after an answer that was lost: that changes nothing', async () => {
    const fake = new FakeArm({ [`POST ${feature}/register`]: [json(500, {}), json(200, state('Registered'))] });
    expect(await rig(fake.handle).azure.registration.registerFeature(subscription)).toEqual({
      known: true,
      state: 'Registered',
    });
  });
});

describe('the provider', () => {
  test('is read and registered', async () => {
    const fake = new FakeArm({
      [`GET ${provider}`]: json(200, { registrationState: 'NotRegistered', resourceTypes: [] }),
      [`POST ${provider}/register`]: json(200, { registrationState: 'Registering' }),
    });
    const { registration } = rig(fake.handle).azure;
    expect(await registration.provider(subscription)).toEqual({ state: 'NotRegistered' });
    expect(await registration.registerProvider(subscription)).toEqual({ state: 'Registering' });
    expect(fake.requests.every((request) => request.url.endsWith('api-version=2021-04-01'))).toBe(true);
  });

  test('is an error if Azure returns no state', async () => {
    const fake = new FakeArm({ [`GET ${provider}`]: json(200, {}) });
    await expect(rig(fake.handle).azure.registration.provider(subscription)).rejects.toMatchObject({
      class: 'unexpected',
    });
  });
});
