import { describe, expect, test } from 'vitest';
import { parse } from '../../../src/cli/framework/parse.ts';
import { defineCommand } from '../../../src/cli/framework/definition.ts';
import { scopeOptions, type ScopeArguments } from '../../../src/cli/options/scope.ts';
import { readScope } from '../../../src/cli/options/scope-request.ts';
import { hasConditions } from '../../../src/usecases/scope/index.ts';

const command = defineCommand({
  path: ['fleet'],
  summary: 'x',
  options: scopeOptions,
  examples: [],
  effect: 'read',
  permissions: [],
  run: async () => ({}),
});

async function scope(
  words: readonly string[],
  more: { readonly clusterName?: string; readonly defaultGroup?: string } = {},
) {
  const { args } = await parse(command, words);
  return readScope({ ...(args as unknown as ScopeArguments), clusterName: more.clusterName }, more.defaultGroup);
}

describe('the scope options', () => {
  test.each([
    [[], { kind: 'active' }],
    [
      ['--subscription', 'Production', 'Staging', '--subscription', 'Retired'],
      { kind: 'named', names: ['Production', 'Staging', 'Retired'] },
    ],
    [['--all-subscriptions'], { kind: 'all' }],
    [['--management-group', 'mg-shop'], { kind: 'management-group', id: 'mg-shop' }],
    [
      ['--management-group', '/providers/Microsoft.Management/managementGroups/mg-shop'],
      { kind: 'management-group', id: 'mg-shop' },
    ],
    [['--from', 'ids.txt'], { kind: 'file', file: 'ids.txt' }],
    [['--from', '-'], { kind: 'file', file: '-' }],
  ])('%j gives the scope', async (words, root) => {
    expect((await scope(words)).root).toEqual(root);
  });

  test.each([
    [['--all-subscriptions', '--management-group', 'mg'], '--all-subscriptions and --management-group'],
    [['--subscription', 'A', '--all-subscriptions'], '--subscription and --all-subscriptions'],
    [
      ['--from', 'x', '--subscription', 'A', '--management-group', 'mg'],
      '--subscription, --management-group and --from',
    ],
  ])('%j exclude each other', async (words, named) => {
    await expect(scope(words)).rejects.toMatchObject({ exit: 'usage', message: `${named} are mutually exclusive.` });
  });

  test('narrow: every condition is read', async () => {
    const words = [
      '--all-subscriptions',
      '-g',
      'rg-demo',
      '-l',
      'West Europe',
      'northeurope',
      '--location',
      'westeurope',
      '--tag',
      'team=shop',
      'cost center',
      '--tag',
      'note=a=b',
      '--tag',
      'empty=',
      '--cluster-pattern',
      'prod-*',
    ];
    const { conditions } = await scope(words);
    expect(conditions).toEqual({
      resourceGroup: 'rg-demo',
      clusterName: undefined,
      locations: ['westeurope', 'northeurope'],
      tags: [
        { key: 'team', value: 'shop' },
        { key: 'cost center', value: undefined },
        { key: 'note', value: 'a=b' },
        { key: 'empty', value: '' },
      ],
      clusterPattern: 'prod-*',
    });
    expect(hasConditions(conditions)).toBe(true);
    expect(hasConditions((await scope(['--all-subscriptions'])).conditions)).toBe(false);
  });

  test.each([
    [['-g', 'rg/demo'], '--resource-group'],
    [['-g', 'rg.'], '--resource-group'],
    [['-g', 'rg\u202e'], '--resource-group'],
    [['-g', 'rg€'], '--resource-group'],
    [['--location', "west'europe"], '--location'],
    [['--location', '1'], '--location'],
    [['--management-group', 'mg shop'], '--management-group'],
    [['--management-group', 'mg.'], '--management-group'],
    [['--management-group', '../subscriptions'], '--management-group'],
    [['--management-group', 'x'.repeat(91)], '--management-group'],
    [['--tag', '=shop'], '--tag'],
    [['--tag', 'a/b=c'], '--tag'],
    [['--tag', `k=${'v'.repeat(257)}`], '--tag'],
    [['--tag', `${'k'.repeat(513)}=v`], '--tag'],
    [['--tag', 'k=a\u001bb'], '--tag'],
    [['--tag', 'k=a\nb'], '--tag'],
    [['--cluster-pattern', "prod'] | x"], '--cluster-pattern'],
    [['--cluster-pattern', '{a,b}'], '--cluster-pattern'],
    [['--cluster-pattern', 'a*'.repeat(11)], '--cluster-pattern'],
  ])('%j is refused by the name of its option', async (words, option) => {
    await expect(scope(words)).rejects.toMatchObject({
      exit: 'usage',
      message: expect.stringMatching(new RegExp(`^${option}`)) as unknown,
    });
  });

  test("use the Azure CLI's default group only for a named cluster, not as a filter", async () => {
    expect((await scope([], { defaultGroup: 'rg-default' })).conditions.resourceGroup).toBeUndefined();
    expect((await scope([], { defaultGroup: 'rg-default', clusterName: 'aks' })).conditions).toMatchObject({
      resourceGroup: 'rg-default',
      clusterName: 'aks',
    });
    await expect(scope([], { clusterName: 'aks' })).rejects.toMatchObject({
      exit: 'usage',
      message: expect.stringContaining('--resource-group/-g') as unknown,
    });
    await expect(scope(['-g', 'rg'], { clusterName: 'a/b' })).rejects.toMatchObject({ exit: 'usage' });
  });
});
