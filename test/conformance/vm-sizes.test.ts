import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { asArray, asString, own, parseJson, type JsonValue } from '../../src/core/json.ts';
import { sample } from '../../src/simulator/index.ts';
import { wire } from '../simulator/client.ts';

const file = fileURLToPath(new URL('../../../shared/reference/compute/skus-sample.json', import.meta.url));
const missing = existsSync(file) ? '' : ' (skipped: no recorded VM sizes beside this checkout)';

/** Without members that differ between regions or that the simulator does not have. */
const figures = [
  'vCPUs',
  'vCPUsAvailable',
  'MemoryGB',
  'CpuArchitectureType',
  'PremiumIO',
  'HyperVGenerations',
  'MaxResourceVolumeMB',
  'ParentSize',
];

function told(sku: JsonValue): Readonly<Record<string, unknown>> {
  const values = asArray(own(sku, 'capabilities')).map((each) => [asString(own(each, 'name')), own(each, 'value')]);
  const capabilities = Object.fromEntries(values) as Readonly<Record<string, unknown>>;
  return {
    ...Object.fromEntries(['resourceType', 'name', 'tier', 'size', 'family'].map((key) => [key, own(sku, key)])),
    ...Object.fromEntries(figures.map((name) => [name, capabilities[name]])),
  };
}

const recorded = missing === '' ? asArray(own(parseJson(readFileSync(file, 'utf8')), 'value')) : [];

const skus = (region: string): string =>
  `/subscriptions/${sample.subscriptionId}/providers/Microsoft.Compute/skus?api-version=2021-07-01&$filter=location eq '${region}'`;

describe.skipIf(missing !== '')(`recorded VM sizes${missing}`, () => {
  test('are listed by the simulator with the same values', async () => {
    const { body } = await wire().get(skus('westeurope'));
    const listed = new Map(asArray(body['value']).map((sku) => [own(sku, 'name'), told(sku)]));
    expect(recorded.length).toBeGreaterThan(20);
    for (const sku of recorded) expect(listed.get(own(sku, 'name'))).toEqual(told(sku));
  });

  test('are returned unchanged after loading', async () => {
    const on = wire({ load: recorded });
    for (const region of ['westcentralus', 'southcentralus']) {
      const { body } = await on.get(skus(region));
      const here = recorded.filter((sku) => asArray(own(sku, 'locations')).includes(region));
      expect(here.length).toBeGreaterThan(0);
      const listed = new Map(asArray(body['value']).map((sku) => [own(sku, 'name'), sku]));
      for (const sku of here) expect(listed.get(own(sku, 'name'))).toEqual(sku);
    }
  });
});
