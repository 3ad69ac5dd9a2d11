import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseJson, type JsonValue } from '../../../src/core/json.ts';
import { readFacts, checkClusters } from '../../../src/usecases/check/index.ts';
import { readResourceIds } from '../../../src/usecases/scope/resource-ids.ts';
import { apiVersion, wire } from '../../simulator/client.ts';

const folder = fileURLToPath(new URL('../../../../shared/field/', import.meta.url));
const missing = existsSync(folder) ? '' : ` (skipped: there are no field files at ${folder})`;
const text = (name: string): string => readFileSync(`${folder}${name}`, 'utf8');

async function* lines(name: string): AsyncGenerator<string> {
  yield* text(name).split('\n');
}

describe.skipIf(missing !== '')(`inputs that the field has${missing}`, () => {
  test.each(['f24-az-aks-show.json', 'f25-sizes-not-listed.json'])(
    '%s: facts, ids and resources alike',
    async (name) => {
      const report = await checkClusters(await readFacts(name, lines(name)), { ruleset: 'ga' }, () => undefined);
      expect(new Set(report.pools.map(({ cluster }) => cluster)).size).toBe(1);
      const on = wire({ load: parseJson(text(name)) as JsonValue });
      const [cluster] = name.startsWith('f24') ? readResourceIds(new TextEncoder().encode(text(name)), name) : [];
      if (cluster === undefined) return;
      const id = `/subscriptions/${cluster.subscriptionId}/resourceGroups/rg-a/providers/Microsoft.ContainerService/managedClusters/aks-a`;
      const pool = await on.get(`${id}/agentPools/nodepool1?api-version=${apiVersion}`);
      expect(pool).toMatchObject({ status: 200, body: { properties: { osSKU: 'Ubuntu', enableFIPS: false } } });
    },
  );

  test('f25: sizes of today are listed', async () => {
    const on = wire({ load: parseJson(text('f25-sizes-not-listed.json')) as JsonValue });
    const skus = await on.get(
      "/subscriptions/0a000000-0000-4000-8000-000000000001/providers/Microsoft.Compute/skus?api-version=2021-07-01&$filter=location eq 'westeurope'",
    );
    for (const size of ['D4as_v5', 'D4ps_v5', 'DC4as_v5', 'ND96isr_H100_v5'])
      expect(JSON.stringify(skus.body)).toContain(`"Standard_${size}"`);
  });
});
