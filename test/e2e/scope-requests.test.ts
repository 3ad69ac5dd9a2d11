import { describe, expect, test } from 'vitest';
import { fleetTruth } from '../support/fleet-truth.ts';
import { withAzure, type Rig } from '../support/e2e.ts';

const size = { clusters: 60, seed: 7 } as const;

const subscriptions = 'GET /subscriptions';
const feature =
  'GET /subscriptions/ID/providers/Microsoft.Features/providers/Microsoft.ContainerService/features/LocalDNSPreview';
const provider = 'GET /subscriptions/ID/providers/Microsoft.ContainerService';
const sizes = 'GET /subscriptions/ID/providers/Microsoft.Compute/skus';
const clusters = 'POST /providers/Microsoft.ResourceGraph/resources';
const oneCluster = 'GET managedClusters';

/** The requests of a command to Azure, with their counts. */
async function requestsOf(azure: Rig, words: readonly string[], code = 0): Promise<Readonly<Record<string, number>>> {
  const before = azure.seen.length;
  const ran = await azure.run(words);
  expect(ran.code, ran.stderr).toBe(code);
  const counts: Record<string, number> = {};
  for (const { method, path } of azure.seen.slice(before)) {
    const what = `${method} ${path.replace(/^(\/subscriptions\/)[^/]+/, '$1ID').replace(/^.*\/(managedClusters)\/.*$/, '$1')}`;
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}

describe('a scope is read once', () => {
  test.concurrent(
    'by check, together with the subscriptions and the VM sizes, for any number of named pools',
    withAzure(size, async (azure) => {
      const named = fleetTruth(azure.simulator).details;
      const regions = (pools: typeof named): number => new Set(pools.map(({ location }) => location)).size;
      const holding = (pools: typeof named): number => new Set(pools.map(({ subscriptionId }) => subscriptionId)).size;
      // A few clusters are read one by one.
      for (const [pools, reads, code] of [
        [named.slice(0, 2), { [oneCluster]: 1 }, 0],
        [named.slice(0, 40), { [clusters]: 1 }, 10],
        [named, { [clusters]: 1 }, 10],
      ] as const) {
        const ids = pools.map(
          ({ subscriptionId, resourceGroup, cluster, pool }) =>
            `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${cluster}/agentPools/${pool}`,
        );
        const words = ['check', '--from', azure.file('ids.txt', ids.join('\n')), '--refresh'];
        const asked = await requestsOf(azure, words, code);
        expect(asked, `${String(pools.length)} pools`).toEqual({
          [subscriptions]: 1,
          ...reads,
          [feature]: holding(pools),
          [provider]: holding(pools),
          [sizes]: regions(pools),
        });
      }
    }),
  );

  test.concurrent(
    'by a change of several pools, which reads each pool twice',
    withAzure({}, async (azure) => {
      const cluster = ['-g', 'rg-demo', '--cluster-name', 'aks-demo'];
      const shared = { [feature]: 1, [provider]: 1 };
      const all = ['nodepool', 'disable', ...cluster, '--all-pools', '--dry-run'];
      expect(await requestsOf(azure, all)).toMatchObject({ ...shared, [sizes]: 1 });
      // From here on, the sizes are cached on disk.
      const some = ['nodepool', 'enable', ...cluster, '-n', 'userpool', 'systempool'];
      expect(await requestsOf(azure, [...some, '--dry-run'])).toMatchObject(shared);
      expect(await requestsOf(azure, [...some, '--yes'])).toMatchObject(shared);
    }),
  );

  test.concurrent(
    'by the commands on subscriptions, for any scope',
    withAzure(size, async (azure) => {
      const wide = { [subscriptions]: 1, [clusters]: 1 };
      expect(await requestsOf(azure, ['feature', 'show', '--all-subscriptions'])).toEqual({ ...wide, [feature]: 2 });
      expect(await requestsOf(azure, ['provider', 'show', '--management-group', 'contoso-dev'])).toEqual({
        'GET /providers/Microsoft.Management/managementGroups/contoso-dev/descendants': 1,
        ...wide,
        [provider]: 1,
      });
      expect(await requestsOf(azure, ['setup', '--all-subscriptions', '--yes'])).toEqual({
        ...wide,
        [feature]: 2,
        [provider]: 2,
        'POST /subscriptions/ID/providers/Microsoft.ContainerService/register': 2,
      });
      const names = [...new Set(fleetTruth(azure.simulator).details.map(({ subscriptionId }) => subscriptionId))];
      expect(await requestsOf(azure, ['feature', 'show', '--subscription', ...names])).toEqual({
        'GET /subscriptions/ID': names.length,
        [feature]: names.length,
      });
    }),
  );
});
