import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import type { PrerequisiteReport } from '../../src/model/report.ts';
import { value, withAzure, type Ran } from '../support/e2e.ts';

describe('facts on standard input', () => {
  test.concurrent(
    'give the same result as facts in a file',
    withAzure({ clusters: 30, seed: 3 }, async (azure) => {
      const live = await azure.run(['check', '--all-subscriptions', '--save-facts', 'facts.ndjson']);
      const input = readFileSync(path.join(azure.directory, 'facts.ndjson'), 'utf8');
      const judged = await azure.run(['check', '--from-facts', '-'], { input });
      expect([judged.code, judged.stdout], judged.stderr).toEqual([live.code, live.stdout]);
      const cut = await azure.run(['check', '--from-facts', '-'], { input: input.slice(0, 400) });
      expect([cut.code, cut.stdout]).toEqual([1, '']);
      expect(cut.stderr).toContain('standard input');
      const nothing = await azure.run(['check', '--from-facts', '-'], { input: '' });
      expect([nothing.code, nothing.stdout]).toEqual([1, '']);
      const twice = await azure.run(['check', '--from-facts', '-', '--ignore-file', '-'], { input });
      expect([twice.code, twice.stderr]).toEqual([
        2,
        expect.stringContaining('--from-facts and --ignore-file cannot both read standard input.'),
      ]);
    }),
  );
});

describe('saved facts', () => {
  interface Pools {
    readonly pools: readonly { readonly resourceId: string; readonly eligibility: string }[];
  }
  const judged = (ran: Ran): unknown =>
    (value(ran) as unknown as Pools).pools.map(({ resourceId, eligibility }) => [resourceId, eligibility]);

  test.concurrent(
    'are filtered by the same options as Azure, with the same node pools and results',
    withAzure({ clusters: 60, seed: 3 }, async (azure) => {
      await azure.run(['check', '--all-subscriptions', '--save-facts', 'facts.ndjson']);
      const all = judged(await azure.run(['check', '--from-facts', 'facts.ndjson']));
      const { subscriptions = [], pools } = value(
        await azure.run(['check', '--from-facts', 'facts.ndjson']),
      ) as unknown as PrerequisiteReport;
      const { resourceGroup = '', cluster = '', pool = '', subscriptionId = '' } = pools[0] ?? {};
      const one = ['-g', resourceGroup.toUpperCase(), '--cluster-name', cluster];
      const [first, second] = [subscriptions[0]?.name ?? '', subscriptions[1]?.subscriptionId ?? ''];
      const places: readonly (readonly string[])[] = [
        ['--subscription', first],
        ['--subscription', second],
        ['--location', 'westeurope', 'North Europe'],
        ['--tag', 'team=shop'],
        ['--cluster-pattern', 'AKS-S*'],
      ];
      for (const place of places) {
        const scope = place[0] === '--subscription' ? [] : ['--all-subscriptions'];
        const live = judged(await azure.run(['check', ...scope, ...place]));
        const saved = judged(await azure.run(['check', '--from-facts', 'facts.ndjson', ...place]));
        expect(saved, place.join(' ')).toEqual(live);
        expect(saved, place.join(' ')).not.toEqual(all);
        expect(saved, place.join(' ')).not.toEqual([]);
      }
      const before = azure.seen.length;
      const whole = value(await azure.run(['check', '--from-facts', 'facts.ndjson', ...one]));
      const single = value(await azure.run(['check', '--from-facts', 'facts.ndjson', ...one, '-n', pool]));
      expect(single).toMatchObject({ pools: [{ cluster, pool }] });
      const narrow = ['check', '--from-facts', 'facts.ndjson'];
      const codes: readonly (readonly [args: readonly string[], code: number, word: string])[] = [
        [[...one, '-n', 'pool9'], 3, "no node pool 'pool9'"],
        [['-g', 'rg-none', '--cluster-name', 'aks-none'], 3, 'no cluster rg-none/aks-none'],
        [['--location', 'mars'], 3, 'No clusters were found'],
        [['--subscription', `${first}x`], 3, `Did you mean '${first}'?`],
        [['-n', 'pool1'], 2, '--name/-n requires the cluster'],
        [['--management-group', 'mg'], 2, 'not allowed with --from-facts'],
        [['--refresh'], 2, 'not allowed with --from-facts'],
      ];
      for (const [args, code, word] of codes) {
        const ran = await azure.run([...narrow, ...args]);
        expect([ran.code, ran.stderr], args.join(' ')).toEqual([code, expect.stringContaining(word)]);
      }
      expect(azure.seen.length, 'nothing is asked of Azure').toBe(before);
      // A named cluster is shown in full, as when it is read from Azure.
      const live = value(
        await azure.run(['check', '-g', resourceGroup, ...one.slice(2), '--subscription', subscriptionId]),
      ) as JsonObject;
      expect(whole).toMatchObject({ rows: live['rows'], pools: live['pools'], counts: live['counts'] });
    }),
  );

  test.concurrent(
    'can also be the output of az',
    withAzure({}, async (azure) => {
      const id =
        '/subscriptions/0b000000-0000-4000-8000-000000000001/resourceGroups/rg-a/providers/Microsoft.ContainerService/managedClusters';
      const az = (name: string, location: string): object => ({
        id: `${id}/${name}`,
        name,
        location,
        agentPoolProfiles: ['sys', 'user'].map((pool) => ({ name: pool, vmSize: 'Standard_D4ds_v5', mode: 'System' })),
      });
      azure.file('az.json', JSON.stringify([az('aks-one', 'westeurope'), az('aks-two', 'northeurope')]));
      const run = async (...args: readonly string[]): Promise<unknown> =>
        (value(await azure.run(['check', '--from-facts', 'az.json', ...args])) as unknown as Pools).pools.map(
          ({ resourceId }) => resourceId.split('/').slice(-3).join(' '),
        );
      expect(await run('--location', 'northeurope')).toEqual(['aks-two agentPools sys', 'aks-two agentPools user']);
      expect(await run('-g', 'rg-a', '--cluster-name', 'aks-one', '-n', 'user')).toEqual(['aks-one agentPools user']);
    }),
  );
});
