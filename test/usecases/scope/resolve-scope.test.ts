import { describe, expect, test } from 'vitest';
import { CliError } from '../../../src/core/errors.ts';
import { resolveScope, type ResolvedScope, type ScopeDeps, type ScopeRoot } from '../../../src/usecases/scope/index.ts';
import type { ScopeConditions } from '../../../src/usecases/scope/scope-request.ts';
import { aksId, fakeAzure, production, retired, staging, subscription } from '../../cli/commands/support/azure.ts';

const nowhere: ScopeConditions = {
  resourceGroup: undefined,
  clusterName: undefined,
  locations: [],
  tags: [],
  clusterPattern: undefined,
};

async function resolve(
  azure: ScopeDeps['azure'],
  root: ScopeRoot,
  conditions: Partial<ScopeConditions> = {},
  files: Readonly<Record<string, string>> = {},
): Promise<ResolvedScope> {
  const { signal } = new AbortController();
  const input = async (file: string) => Promise.resolve(new TextEncoder().encode(files[file] ?? ''));
  const deps = { azure, signal, input, emit: () => undefined };
  return resolveScope(deps, { root, conditions: { ...nowhere, ...conditions } });
}

describe('the scope', () => {
  test('defaults to the active subscription', async () => {
    const { azure } = fakeAzure();
    expect(await resolve(azure, { kind: 'active' })).toEqual({
      scope: { subscriptions: [production] },
      description: 'subscription Production',
      pools: new Map(),
    });
  });

  test('contains each named subscription once, and keeps an unknown id', async () => {
    const { azure } = fakeAzure();
    const missing = subscription('9', 'x').id;
    const { scope, description } = await resolve(azure, {
      kind: 'named',
      names: ['Production', staging.id, 'production', missing],
    });
    expect(scope.subscriptions.map(({ id }) => id)).toEqual([production.id, staging.id, missing]);
    expect(description).toBe(`subscriptions Production, Staging and ${missing}`);
  });

  test('with an unknown name is an error', async () => {
    const { azure } = fakeAzure();
    await expect(resolve(azure, { kind: 'named', names: ['Nowhere'] })).rejects.toMatchObject({
      code: 'subscription-not-found',
    });
  });

  test('names only as many subscriptions as fit a title', async () => {
    const { azure } = fakeAzure({ all: Array.from('123456789', (digit) => subscription(digit, `S${digit}`)) });
    const { description } = await resolve(azure, {
      kind: 'named',
      names: Array.from('1234567', (digit) => `S${digit}`),
    });
    expect(description).toBe('subscriptions S1, S2, S3, S4, S5 and 2 more');
  });

  test('of all subscriptions includes disabled ones, so that they become rows', async () => {
    const { azure } = fakeAzure();
    const { scope, description } = await resolve(
      azure,
      { kind: 'all' },
      {
        locations: ['westeurope'],
        tags: [
          { key: 'team', value: 'shop' },
          { key: 'pci', value: undefined },
        ],
        clusterPattern: 'prod-*',
      },
    );
    expect(scope).toEqual({
      subscriptions: [production, staging, retired],
      locations: ['westeurope'],
      tags: [
        { key: 'team', value: 'shop' },
        { key: 'pci', value: undefined },
      ],
      clusterPattern: 'prod-*',
    });
    expect(description).toBe('all subscriptions, location westeurope, tags team=shop and pci, clusters named prod-*');
  });

  test('of a management group contains the subscriptions in it', async () => {
    const { azure } = fakeAzure({ under: { 'mg-shop': [staging] } });
    const { scope, description } = await resolve(
      azure,
      { kind: 'management-group', id: 'mg-shop' },
      { resourceGroup: 'rg-demo', locations: ['westeurope', 'northeurope'] },
    );
    expect(scope).toEqual({
      subscriptions: [staging],
      resourceGroup: 'rg-demo',
      locations: ['westeurope', 'northeurope'],
    });
    expect(description).toBe('management group mg-shop, resource group rg-demo, locations westeurope or northeurope');
  });

  test('of a file is its clusters, in the subscriptions of their ids', async () => {
    const { azure, asked } = fakeAzure();
    const ids = [aksId(staging, 'a', 'one'), aksId(production), aksId(staging, 'a', 'two'), aksId(staging, 'b')].join(
      '\n',
    );
    const { scope, description, pools } = await resolve(
      azure,
      { kind: 'file', file: 'ids.txt' },
      {},
      { 'ids.txt': ids },
    );
    expect(scope).toEqual({
      subscriptions: [staging, production],
      clusterIds: [aksId(staging, 'a'), aksId(production), aksId(staging, 'b')],
    });
    expect(pools).toEqual(new Map([[aksId(staging, 'a').toLowerCase(), new Set(['one', 'two'])]]));
    expect(description).toBe('2 clusters and 2 node pools of ids.txt');
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
    const files = { 'ids.txt': named.map((each) => aksId(each)).join('\n') };
    const asksFor = (fails: boolean) => {
      const fake = fakeAzure();
      const subscriptions = async () => {
        fake.asked.push('all subscriptions');
        if (fails) throw new CliError({ code: 'unexpected', message: 'x' });
        return Promise.resolve([...named].reverse());
      };
      return { asked: fake.asked, azure: { ...fake.azure, fleet: { ...fake.azure.fleet, subscriptions } } };
    };

    test.each<[ScopeRoot]>([[{ kind: 'file', file: 'ids.txt' }], [{ kind: 'named', names: ids }]])(
      'has the names that the account sees, by one request (%j)',
      async (root) => {
        const { azure, asked } = asksFor(false);
        const { scope } = await resolve(azure, root, {}, files);
        expect(scope.subscriptions).toEqual(named);
        expect(asked.filter((line) => line === 'all subscriptions')).toHaveLength(1);
      },
    );

    test('keeps the ids if that fails', async () => {
      const { azure } = asksFor(true);
      expect(
        (await resolve(azure, { kind: 'file', file: 'ids.txt' }, {}, files)).scope.subscriptions.map(
          ({ name }) => name,
        ),
      ).toEqual(ids);
    });

    test('requests no list for a single named subscription', async () => {
      const { azure, asked } = asksFor(false);
      await resolve(azure, { kind: 'named', names: ids.slice(0, 1) });
      expect(asked).not.toContain('all subscriptions');
    });
  });

  test('sends no request if the file names no cluster', async () => {
    const { azure, asked } = fakeAzure();
    await expect(resolve(azure, { kind: 'file', file: '-' }, {}, { '-': 'nonsense' })).rejects.toMatchObject({
      message: expect.stringContaining('standard input, line 1') as unknown,
    });
    expect(asked).toEqual([]);
  });
});
