import { describe, expect, test } from 'vitest';
import { jwt, rig, subscription, tenant } from './support/azure.ts';
import { FakeArm, json } from './support/fake-arm.ts';

const other = '33333333-3333-3333-3333-333333333333';
const listed = (id: string, name: string): object => ({
  id: `/subscriptions/${id}`,
  subscriptionId: id,
  displayName: name,
  state: 'Enabled',
  tenantId: tenant,
});
const token = (claims: object) => () => ({ token: jwt(claims), expiresOn: Number.MAX_SAFE_INTEGER });

describe('a subscription', () => {
  test("is the Azure CLI's active one without a request", async () => {
    const { accounts } = rig(new FakeArm({}).handle).azure;
    expect(await accounts.subscription(undefined)).toEqual({
      id: subscription,
      name: 'Contoso Demo',
      tenantId: tenant,
      state: 'Enabled',
    });
    expect(await accounts.subscription('contoso demo')).toMatchObject({ id: subscription });
    expect(await accounts.subscription(subscription.toUpperCase())).toMatchObject({ id: subscription });
  });

  test('is looked up in Azure if the profile does not contain it', async () => {
    const fake = new FakeArm({
      [`GET /subscriptions/${other}`]: json(200, listed(other, 'Other')),
      'GET /subscriptions': json(200, { value: [listed(other, 'Other'), listed(subscription, 'Contoso Demo')] }),
    });
    const { accounts } = rig(fake.handle).azure;
    expect(await accounts.subscription(other)).toEqual({
      id: other,
      name: 'Other',
      tenantId: tenant,
      state: 'Enabled',
    });
    expect(await accounts.subscription('OTHER')).toMatchObject({ id: other });
    expect(new URL(fake.requests[0]?.url ?? '').searchParams.get('api-version')).toBe('2022-12-01');
  });

  test('is used by its id, without a request, if nothing else is needed', async () => {
    const { accounts } = rig(new FakeArm({}).handle).azure;
    expect(await accounts.subscription(other.toUpperCase(), { unread: true })).toEqual({
      id: other,
      name: other,
      tenantId: undefined,
      state: undefined,
    });
    expect(await accounts.subscription(subscription, { unread: true })).toMatchObject({ name: 'Contoso Demo' });
  });

  test('is not found, or ambiguous, with what to do', async () => {
    const fake = new FakeArm({
      [`GET /subscriptions/${other}`]: json(404, { error: { code: 'SubscriptionNotFound', message: 'no' } }),
      'GET /subscriptions': json(200, { value: [listed(other, 'Twin'), listed(subscription, 'Twin')] }),
    });
    const { accounts } = rig(fake.handle).azure;
    await expect(accounts.subscription(other)).rejects.toMatchObject({
      code: 'subscription-not-found',
      exit: 'not-found',
    });
    await expect(accounts.subscription('nobody')).rejects.toMatchObject({ code: 'subscription-not-found' });
    await expect(accounts.subscription('twin')).rejects.toMatchObject({
      code: 'subscription-ambiguous',
      hints: [expect.stringContaining(other) as string, expect.stringContaining(subscription) as string],
    });
  });

  test('is the active one of a cloud that was registered under another name', async () => {
    const text = JSON.stringify({
      subscriptions: [
        { id: subscription, name: 'Public', tenantId: tenant, isDefault: true, environmentName: 'AzureCloud' },
        { id: other, name: 'Mine', tenantId: tenant, isDefault: true, environmentName: 'MyCloud' },
      ],
    });
    const { accounts } = rig(new FakeArm({}).handle, { profileText: text, profileCloud: 'MyCloud' }).azure;
    expect(await accounts.subscription(undefined)).toMatchObject({ id: other, name: 'Mine' });
  });

  test('is the only accessible one if the Azure CLI has none', async () => {
    const one = new FakeArm({ 'GET /subscriptions': json(200, { value: [listed(other, 'Other')] }) });
    expect(await rig(one.handle, { profileText: undefined }).azure.accounts.subscription(undefined)).toMatchObject({
      id: other,
    });
    const two = new FakeArm({
      'GET /subscriptions': json(200, { value: [listed(other, 'Other'), listed(subscription, 'X')] }),
    });
    await expect(
      rig(two.handle, { profileText: 'not JSON' }).azure.accounts.subscription(undefined),
    ).rejects.toMatchObject({ code: 'no-subscription', exit: 'usage' });
  });

  test('of another cloud in the profile is not used', async () => {
    const fake = new FakeArm({ 'GET /subscriptions': json(200, { value: [] }) });
    await expect(
      rig(fake.handle, { cloud: 'azurechinacloud' }).azure.accounts.subscription(undefined),
    ).rejects.toMatchObject({ code: 'no-subscription' });
    expect(fake.requests[0]?.url).toContain('https://management.chinacloudapi.cn/');
  });

  test("in another tenant is read with a token of that tenant, as ARM's refusal names it", async () => {
    const wrong = json(401, {
      error: {
        code: 'InvalidAuthenticationTokenTenant',
        message:
          "wrong issuer. Please use the authority (URL) 'https://login.windows.net/44444444-4444-4444-4444-444444444444' to get the token.",
      },
    });
    const fake = new FakeArm({ [`GET /subscriptions/${other}`]: [wrong, json(200, listed(other, 'Other'))] });
    const { azure, tokens } = rig(fake.handle);
    expect(await azure.accounts.subscription(other)).toMatchObject({ id: other });
    expect(tokens()).toBe(2);
  });
});

describe('the principal', () => {
  test.each([
    ['a user', { upn: 'a@contoso.com', oid: 'o', tid: tenant, idtyp: 'user' }, { kind: 'user', name: 'a@contoso.com' }],
    ['a guest', { unique_name: 'live.com#a@b.com', oid: 'o', tid: tenant }, { kind: 'user', name: 'live.com#a@b.com' }],
    [
      'an application',
      { appid: 'app-1', oid: 'o', tid: tenant, idtyp: 'app' },
      { kind: 'service-principal', name: 'app-1' },
    ],
    [
      'a managed identity',
      {
        appid: 'app-1',
        oid: 'o',
        tid: tenant,
        idtyp: 'app',
        xms_mirid: '/subscriptions/s/resourcegroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/ci',
      },
      { kind: 'managed-identity', name: 'ci' },
    ],
    ['somebody', { oid: 'o', tid: tenant, scp: 'x' }, { kind: 'unknown', name: 'o' }],
  ])('is %s by the claims of the token', async (_, claims, expected) => {
    const { azure } = rig(new FakeArm({}).handle, { credential: token(claims) });
    expect(await azure.accounts.principal(subscription)).toEqual({ ...expected, objectId: 'o', tenantId: tenant });
  });

  test('is unknown if the token is not a JWT', async () => {
    const { azure } = rig(new FakeArm({}).handle, {
      credential: () => ({ token: 'opaque', expiresOn: Number.MAX_SAFE_INTEGER }),
    });
    expect(await azure.accounts.principal(subscription)).toEqual({
      kind: 'unknown',
      name: 'unknown',
      objectId: undefined,
      tenantId: '',
    });
  });
});

describe('the endpoint', () => {
  const make =
    (more: object): (() => unknown) =>
    () =>
      rig(new FakeArm({}).handle, more);

  test.each([
    ['http', { endpoint: 'http://localhost:8443' }, /must start with https/],
    ['another machine', { endpoint: 'https://10.0.0.1' }, /another machine \(10\.0\.0\.1\)/],
    ['a name that only begins like loopback', { endpoint: 'https://localhost.evil.example' }, /another machine/],
    ['no URL', { endpoint: 'localhost' }, /not a URL/],
    ['an unknown cloud', { cloud: 'AzureMoon' }, /is unknown/],
    ['an unknown way to sign in', { signIn: 'clii' }, /Did you mean cli\?/],
  ])('refuses %s as wrong usage', (_, more, message) => {
    expect(make(more)).toThrow(
      expect.objectContaining({ exit: 'usage', message: expect.stringMatching(message) as string }) as Error,
    );
  });

  test('may be loopback, or another machine with leave', () => {
    for (const more of [
      { endpoint: 'https://127.0.0.1:8443/' },
      { endpoint: 'https://[::1]:8443' },
      { endpoint: 'https://sim.example', allowEndpoint: true },
    ]) {
      expect(make(more)).not.toThrow();
    }
  });
});
