import { describe, expect, test } from 'vitest';
import type { ScopeArguments } from '../../../src/cli/options/scope.ts';
import { resolveScope } from '../../../src/cli/scope/resolve.ts';
import { CliError } from '../../../src/core/errors.ts';
import type { Context } from '../../../src/cli/framework/context.ts';
import { noSettings } from '../../support/cli.ts';
import { aksId, fakeAzure, production, retired, staging, subscription } from '../commands/support/azure.ts';

const nothing: ScopeArguments = {
  subscription: [],
  allSubscriptions: false,
  managementGroup: undefined,
  from: undefined,
  resourceGroup: undefined,
  location: [],
  tag: [],
  clusterPattern: undefined,
};

function contextWith(files: Readonly<Record<string, string>> = {}): Context {
  return {
    settings: noSettings,
    input: (file: string) => Promise.resolve(new TextEncoder().encode(files[file] ?? '')),
  } as unknown as Context;
}

describe('the scope', () => {
  test('is the active subscription where nothing is said', async () => {
    const { azure } = fakeAzure();
    expect(await resolveScope(contextWith(), azure, nothing)).toEqual({
      scope: { subscriptions: [production] },
      words: 'subscription Production',
      pools: new Map(),
    });
  });

  test('of named subscriptions holds each once, and takes an id that is not there as it is', async () => {
    const { azure } = fakeAzure();
    const missing = subscription('9', 'x').id;
    const { scope, words } = await resolveScope(contextWith(), azure, {
      ...nothing,
      subscription: ['Production', staging.id, 'production', missing],
    });
    expect(scope.subscriptions.map(({ id }) => id)).toEqual([production.id, staging.id, missing]);
    expect(words).toBe(`subscriptions Production, Staging and ${missing}`);
  });

  test('of a name that is not there is an error', async () => {
    const { azure } = fakeAzure();
    await expect(resolveScope(contextWith(), azure, { ...nothing, subscription: ['Nowhere'] })).rejects.toMatchObject({
      code: 'subscription-not-found',
    });
  });

  test('names no more subscriptions than a headline holds', async () => {
    const { azure } = fakeAzure({ all: Array.from('123456789', (digit) => subscription(digit, `S${digit}`)) });
    const { words } = await resolveScope(contextWith(), azure, {
      ...nothing,
      subscription: Array.from('1234567', (digit) => `S${digit}`),
    });
    expect(words).toBe('subscriptions S1, S2, S3, S4, S5 and 2 more');
  });

  test('of all subscriptions holds the disabled ones too, so that they become rows', async () => {
    const { azure } = fakeAzure();
    const { scope, words } = await resolveScope(contextWith(), azure, {
      ...nothing,
      allSubscriptions: true,
      location: ['West Europe'],
      tag: ['team=shop', 'pci'],
      clusterPattern: 'prod-*',
    });
    expect(scope).toEqual({
      subscriptions: [production, staging, retired],
      locations: ['westeurope'],
      tags: [
        { key: 'team', value: 'shop' },
        { key: 'pci', value: undefined },
      ],
      clusterPattern: 'prod-*',
    });
    expect(words).toBe('all subscriptions, location westeurope, tags team=shop and pci, clusters named prod-*');
  });

  test('of a management group is what lies below it', async () => {
    const { azure } = fakeAzure({ under: { 'mg-shop': [staging] } });
    const { scope, words } = await resolveScope(contextWith(), azure, {
      ...nothing,
      managementGroup: 'mg-shop',
      resourceGroup: 'rg-demo',
      location: ['westeurope', 'northeurope'],
    });
    expect(scope).toEqual({
      subscriptions: [staging],
      resourceGroup: 'rg-demo',
      locations: ['westeurope', 'northeurope'],
    });
    expect(words).toBe('management group mg-shop, resource group rg-demo, locations westeurope or northeurope');
  });

  test('of a file is its clusters, in the subscriptions of their ids', async () => {
    const { azure, asked } = fakeAzure();
    const ids = [aksId(staging, 'a', 'one'), aksId(production), aksId(staging, 'a', 'two'), aksId(staging, 'b')].join(
      '\n',
    );
    const { scope, words, pools } = await resolveScope(contextWith({ 'ids.txt': ids }), azure, {
      ...nothing,
      from: 'ids.txt',
    });
    expect(scope).toEqual({
      subscriptions: [staging, production],
      clusterIds: [aksId(staging, 'a'), aksId(production), aksId(staging, 'b')],
    });
    expect(pools).toEqual(new Map([[aksId(staging, 'a').toLowerCase(), new Set(['one', 'two'])]]));
    expect(words).toBe('2 clusters and 2 node pools of ids.txt');
    expect(asked).toHaveLength(2);
  });

  describe('of ids that the Azure CLI does not know', () => {
    const ids = [subscription('8', 'x').id, subscription('9', 'x').id];
    const named = ids.map((id, index) => ({
      id,
      name: `Shop ${String(index)}`,
      tenantId: undefined,
      state: 'Enabled',
    }));
    const file = contextWith({ 'ids.txt': named.map((each) => aksId(each)).join('\n') });
    const asksFor = (fails: boolean) => {
      const fake = fakeAzure();
      const subscriptions = async () => {
        fake.asked.push('all subscriptions');
        if (fails) throw new CliError({ code: 'x', message: 'x' });
        return Promise.resolve([...named].reverse());
      };
      return { asked: fake.asked, azure: { ...fake.azure, fleet: { ...fake.azure.fleet, subscriptions } } };
    };

    test.each([[{ from: 'ids.txt' }], [{ subscription: ids }]])(
      'has the names that the account sees, by one request (%j)',
      async (more) => {
        const { azure, asked } = asksFor(false);
        const { scope } = await resolveScope(file, azure, { ...nothing, ...more });
        expect(scope.subscriptions).toEqual(named);
        expect(asked.filter((line) => line === 'all subscriptions')).toHaveLength(1);
      },
    );

    test('has the ids where that fails', async () => {
      const { azure } = asksFor(true);
      expect(
        (await resolveScope(file, azure, { ...nothing, from: 'ids.txt' })).scope.subscriptions.map(({ name }) => name),
      ).toEqual(ids);
    });

    test('asks for no list for the sake of one that is named', async () => {
      const { azure, asked } = asksFor(false);
      await resolveScope(file, azure, { ...nothing, subscription: ids.slice(0, 1) });
      expect(asked).not.toContain('all subscriptions');
    });
  });

  test('asks Azure nothing where a word is wrong', async () => {
    const { azure, asked } = fakeAzure();
    await expect(
      resolveScope(contextWith(), azure, { ...nothing, allSubscriptions: true, tag: ['='] }),
    ).rejects.toMatchObject({ exit: 'usage' });
    await expect(
      resolveScope(contextWith({ '-': 'nonsense' }), azure, { ...nothing, from: '-' }),
    ).rejects.toMatchObject({ message: expect.stringContaining('standard input, line 1') as unknown });
    expect(asked).toEqual([]);
  });
});
