import { describe, expect, test } from 'vitest';
import { asArray, asString, own, type JsonObject } from '../../src/core/json.ts';
import { sample } from '../../src/simulator/index.ts';
import { vmSizes } from '../../src/simulator/arm/compute-sizes.ts';
import { wire } from './client.ts';

const byName = new Map(vmSizes.map((size) => [size.name.replace('Standard_', ''), size]));
const skus = (region: string): string =>
  `/subscriptions/${sample.subscriptionId}/providers/Microsoft.Compute/skus?api-version=2021-07-01&$filter=location eq '${region}'`;

describe('VM sizes', () => {
  test.each([
    ['D4as_v5', 4, 16, 'x64'],
    ['D64ps_v5', 64, 208, 'Arm64'],
    ['D96ps_v6', 96, 384, 'Arm64'],
    ['D128ds_v6', 128, 512, 'x64'],
    ['E96s_v5', 96, 672, 'x64'],
    ['E96s_v6', 96, 768, 'x64'],
    ['E32pds_v5', 32, 208, 'Arm64'],
    ['E64s_v3', 64, 432, 'x64'],
    ['F8als_v6', 8, 16, 'x64'],
    ['DC4as_v5', 4, 16, 'x64'],
    ['EC96ads_v5', 96, 672, 'x64'],
    ['ND96isr_H100_v5', 96, 1900, 'x64'],
    ['NV18ads_A10_v5', 18, 220, 'x64'],
  ])('%s has %d vCPUs, %d GiB, and is %s', (name, vcpus, memoryGb, architecture) => {
    expect(byName.get(name)).toMatchObject({ vcpus, memoryGb, architecture });
  });

  test('are listed once each, and a constrained one with its parent size', () => {
    expect(byName.size).toBe(vmSizes.length);
    for (const { name, parent, vcpus, vcpusAvailable, memoryGb } of vmSizes) {
      expect(vcpusAvailable < vcpus, name).toBe(parent !== undefined);
      const whole = byName.get((parent ?? name).replace('Standard_', ''));
      expect(whole, name).toMatchObject({ vcpus, memoryGb });
      expect(memoryGb, name).toBeGreaterThan(0);
    }
  });

  test('that were loaded replace the same ones in every list', async () => {
    const loaded = (name: string, locations: readonly string[]): JsonObject => ({
      resourceType: 'virtualMachines',
      name,
      family: 'standardOwnFamily',
      locations,
      capabilities: [
        { name: 'vCPUs', value: '6' },
        { name: 'MemoryGB', value: '12.5' },
      ],
    });
    const on = wire({
      load: [
        { id: `/subscriptions/${sample.subscriptionId}`, displayName: 'Loaded' },
        loaded('Standard_D4s_v5', ['West Europe']),
        loaded('Standard_Anywhere', []),
      ],
    });
    const named = async (region: string, name: string): Promise<readonly (string | undefined)[]> =>
      asArray((await on.get(skus(region))).body['value'])
        .filter((sku) => own(sku, 'name') === name)
        .map((sku) => asString(own(sku, 'family')));
    expect(await named('westeurope', 'Standard_D4s_v5')).toEqual(['standardOwnFamily']);
    expect(await named('northeurope', 'Standard_D4s_v5')).toEqual(['standardDSv5Family']);
    expect(await named('northeurope', 'Standard_Anywhere')).toEqual(['standardOwnFamily']);
    const place = `/subscriptions/${sample.subscriptionId}/providers/Microsoft.Compute/locations/westeurope`;
    const sizes = await on.get(`${place}/vmSizes?api-version=2021-07-01`);
    expect(asArray(sizes.body['value'])).toContainEqual(
      expect.objectContaining({ name: 'Standard_D4s_v5', numberOfCores: 6, memoryInMB: 12_800 }),
    );
    expect((await on.get(`${place}/usages?api-version=2021-07-01`)).text).toContain('"standardOwnFamily"');
  });
});
