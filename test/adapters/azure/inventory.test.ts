import { describe, expect, test } from 'vitest';
import { arm, rig, subscription } from './support/azure.ts';
import { FakeArm, json } from './support/fake-arm.ts';

const skus = `/subscriptions/${subscription}/providers/Microsoft.Compute/skus`;
const sku = (
  name: string,
  capabilities: Readonly<Record<string, string>>,
  resourceType = 'virtualMachines',
): object => ({
  resourceType,
  name,
  family: 'f',
  locations: ['eastus2'],
  restrictions: [{ type: 'Location' }],
  capabilities: Object.entries(capabilities).map(([key, value]) => ({ name: key, value })),
});
const answer = json(200, {
  value: [
    sku('Standard_D4ds_v5', { vCPUs: '4' }),
    sku('Standard_M8-2ms', { vCPUs: '8', vCPUsAvailable: '2' }),
    sku('Standard_Odd', { vCPUs: 'many' }),
    sku('Premium_LRS', { vCPUs: '4' }, 'disks'),
  ],
  nextLink: `${arm}${skus}?api-version=2021-07-01&$skiptoken=2`,
});
const last = json(200, { value: [sku('Standard_D2ds_v5', { vCPUs: '2' })] });
const file = '/cache/vm-sizes-azurecloud-eastus2.json';
const week = 7 * 24 * 3_600_000;

describe('the VM sizes of a region', () => {
  test('are reduced to machines with usable vCPUs, over all pages', async () => {
    const fake = new FakeArm({ [`GET ${skus}`]: [answer, last] });
    const sizes = await rig(fake.handle).azure.inventory.vmSizes(subscription, 'East US 2');
    expect([...sizes.entries()].map(([key, size]) => [key, size.vCpus])).toEqual([
      ['standard_d4ds_v5', 4],
      ['standard_m8-2ms', 2],
      ['standard_d2ds_v5', 2],
    ]);
    expect(new URL(fake.requests[0]?.url ?? '').searchParams.get('$filter')).toBe("location eq 'eastus2'");
  });

  test('are requested once, however many callers there are', async () => {
    const fake = new FakeArm({ [`GET ${skus}`]: last });
    const { inventory } = rig(fake.handle).azure;
    await Promise.all([
      inventory.vmSizes(subscription, 'eastus2'),
      inventory.vmSizes(subscription, 'EastUS2'),
      inventory.vmSizes(subscription, 'eastus2'),
    ]);
    expect(fake.requests).toHaveLength(1);
  });

  test('that are denied to one subscription are requested through the others, each once, until one may read them', async () => {
    const subscriptions = ['1', '2', '3', '4'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-000000000000`);
    const path = (id: string): string => `GET /subscriptions/${id}/providers/Microsoft.Compute/skus`;
    const denied = json(403, { error: { code: 'AuthorizationFailed', message: 'no' } });
    const fake = new FakeArm(
      Object.fromEntries(subscriptions.map((id, index) => [path(id), index === 2 ? last : denied])),
    );
    const { inventory } = rig(fake.handle).azure;
    const found = await Promise.allSettled(subscriptions.map(async (id) => inventory.vmSizes(id, 'eastus2')));
    expect(found.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled']);
    expect(fake.requests).toHaveLength(3);
  });

  test('are cached on disk for a week', async () => {
    const fake = new FakeArm({ [`GET ${skus}`]: last });
    const first = rig(fake.handle);
    await first.azure.inventory.vmSizes(subscription, 'eastus2');
    const second = rig(new FakeArm({}).handle, { files: first.files });
    expect((await second.azure.inventory.vmSizes(subscription, 'eastus2')).get('standard_d2ds_v5')).toEqual({
      name: 'Standard_D2ds_v5',
      vCpus: 2,
      family: 'f',
    });
    const third = rig(fake.handle, { files: first.files });
    third.clock.advance(week + 1);
    await third.azure.inventory.vmSizes(subscription, 'eastus2');
    expect(fake.requests).toHaveLength(2);
  });

  test('are read again on request, once, and then cached', async () => {
    const fake = new FakeArm({ [`GET ${skus}`]: last });
    const {
      azure: { inventory },
      files,
    } = rig(fake.handle);
    await inventory.vmSizes(subscription, 'eastus2');
    files.contents.set(file, 'changed');
    await Promise.all([
      inventory.vmSizes(subscription, 'eastus2', { refresh: true }),
      inventory.vmSizes(subscription, 'East US 2', { refresh: true }),
    ]);
    await inventory.vmSizes(subscription, 'eastus2');
    expect(fake.requests).toHaveLength(2);
    expect(files.contents.get(file)).toContain('Standard_D2ds_v5');
  });

  test.each([
    ['no JSON', '{"schemaVersion":1'],
    [
      'another version',
      JSON.stringify({
        schemaVersion: 99,
        cloud: 'AzureCloud',
        region: 'eastus2',
        fetchedAt: '2026-11-25T07:00:00Z',
        sizes: [{ name: 'a', vCpus: 1 }],
      }),
    ],
    [
      'a broken entry',
      JSON.stringify({
        schemaVersion: 1,
        cloud: 'AzureCloud',
        region: 'eastus2',
        fetchedAt: '2026-11-25T07:00:00Z',
        sizes: [{ name: 'a', vCpus: '1' }],
      }),
    ],
    [
      'another cloud',
      JSON.stringify({
        schemaVersion: 1,
        cloud: 'AzureChinaCloud',
        region: 'eastus2',
        fetchedAt: '2026-11-25T07:00:00Z',
        sizes: [{ name: 'a', vCpus: 1 }],
      }),
    ],
    [
      'a time to come',
      JSON.stringify({
        schemaVersion: 1,
        cloud: 'AzureCloud',
        region: 'eastus2',
        fetchedAt: '2036-11-25T07:00:00Z',
        sizes: [{ name: 'a', vCpus: 1 }],
      }),
    ],
    ['far too much', 'x'.repeat(3_000_000)],
  ])('a cache file with %s is dropped, never fatal', async (_, text) => {
    const fake = new FakeArm({ [`GET ${skus}`]: last });
    const { azure, files } = rig(fake.handle);
    files.contents.set(file, text);
    expect((await azure.inventory.vmSizes(subscription, 'eastus2')).size).toBe(1);
    expect(files.contents.get(file)).toContain('Standard_D2ds_v5');
  });

  test('can be read without a writable cache', async () => {
    const { azure, files } = rig(new FakeArm({ [`GET ${skus}`]: last }).handle);
    files.refuseWrites = true;
    expect((await azure.inventory.vmSizes(subscription, 'eastus2')).size).toBe(1);
  });

  test('are requested again after a failure, and an empty list is not cached', async () => {
    const fake = new FakeArm({
      [`GET ${skus}`]: [json(403, { error: { code: 'AuthorizationFailed', message: 'no' } }), json(200, { value: [] })],
    });
    const { azure, files } = rig(fake.handle);
    await expect(azure.inventory.vmSizes(subscription, 'eastus2')).rejects.toMatchObject({ class: 'not-permitted' });
    expect((await azure.inventory.vmSizes(subscription, 'eastus2')).size).toBe(0);
    expect(files.contents.size).toBe(0);
  });

  test('of another endpoint are cached separately', async () => {
    const { azure, files } = rig(new FakeArm({ [`GET ${skus}`]: last }).handle, { endpoint: 'https://localhost:8443' });
    await azure.inventory.vmSizes(subscription, 'eastus2');
    expect([...files.contents.keys()]).toEqual(['/cache/vm-sizes-azurecloud-localhost-8443-eastus2.json']);
  });
});
