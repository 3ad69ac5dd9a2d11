import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClusterScope } from '../../../../../src/model/inventory.ts';
import {
  clustersQuery,
  kqlText,
  visibleSubscriptionsQuery,
} from '../../../../../src/adapters/azure/fleet/graph/query.ts';
import { tokens } from '../../../../../src/simulator/graph/lexer.ts';
import { parseQuery } from '../../../../../src/simulator/graph/parse.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom("'", '"', '\\', '\n', '\r', '\t', '|', '/', ')', 'a', '@') }),
);

describe('a text in a query', () => {
  test('is parsed back unchanged', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(tokens(kqlText(text))).toEqual([
          { kind: 'text', value: text, position: 0 },
          expect.objectContaining({ kind: 'end' }),
        ]);
      }),
    );
  });

  test('never becomes a part of the query, whatever the scope contains', () => {
    const scope = fc.record(
      {
        subscriptions: fc.constant([]),
        resourceGroup: hostile,
        clusterName: hostile,
        locations: fc.array(hostile, { maxLength: 3 }),
        clusterPattern: hostile,
        tags: fc.array(fc.record({ key: hostile, value: fc.option(hostile, { nil: undefined }) }), { maxLength: 3 }),
      },
      { requiredKeys: ['subscriptions'] },
    );
    fc.assert(
      fc.property(scope, (given: ClusterScope) => {
        const stages = parseQuery(clustersQuery(given).text).stages.map(({ kind }) => kind);
        expect(stages.filter((kind) => kind !== 'where')).toEqual(['project', 'order']);
      }),
    );
  });
});

describe('the queries', () => {
  test('request one row per cluster, with its pools, in the order of ids', () => {
    const { text, exact } = clustersQuery({ subscriptions: [] });
    expect(exact).toBe(true);
    expect(text.split('\n')).toEqual([
      'resources',
      "| where type =~ 'microsoft.containerservice/managedclusters'",
      expect.stringMatching(
        /^\| project id, name, .*apiVersion, properties = bag_pack\(.*'agentPoolProfiles', properties\.agentPoolProfiles\)$/,
      ) as string,
      '| order by id asc',
    ]);
    expect(parseQuery(visibleSubscriptionsQuery).table).toBe('resourcecontainers');
  });

  test('contain the conditions that KQL can evaluate', () => {
    const id =
      '/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/RG/providers/Microsoft.ContainerService/managedClusters/Aks';
    const where = (scope: Partial<ClusterScope>): readonly string[] =>
      clustersQuery({ subscriptions: [], ...scope })
        .text.split('\n')
        .filter((line) => line.startsWith('| where'))
        .slice(1);
    expect(where({ resourceGroup: 'rg', clusterName: 'a', locations: ['eastus'], clusterPattern: 'a?b*' })).toEqual([
      "| where resourceGroup =~ 'rg'",
      "| where name =~ 'a'",
      "| where location in~ ('eastus')",
      "| where name matches regex '(?i)^a.b.*$'",
    ]);
    expect(where({ clusterPattern: `${'*'.repeat(100)}x**` })).toEqual(["| where name matches regex '(?i)^.*x.*$'"]);
    expect(
      where({
        tags: [
          { key: 'team', value: 'a b' },
          { key: 'x"y', value: undefined },
        ],
      }),
    ).toEqual([`| where tostring(tags) contains '"team"'`, `| where tostring(tags) contains '"a b"'`]);
    expect(where({ clusterIds: [id], locations: ['eastus'] })).toEqual([`| where id in~ ('${id.toLowerCase()}')`]);
  });
});
