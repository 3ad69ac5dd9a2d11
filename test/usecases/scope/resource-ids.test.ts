import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxIds, readResourceIds } from '../../../src/usecases/scope/resource-ids.ts';
import { UsageError } from '../../../src/core/errors.ts';
import { clusterId } from '../../../src/model/ids.ts';
import { aksId, production, staging } from '../../cli/commands/support/azure.ts';

function read(text: string): readonly string[] {
  return readResourceIds(new TextEncoder().encode(text), 'ids.txt').map(
    ({ pools, ...ref }) => `${clusterId(ref)}${pools === undefined ? '' : ` ${[...pools].join(',')}`}`,
  );
}

describe('a list of resource ids', () => {
  test('has one per line; blank lines, comments and any line endings are accepted', () => {
    const text = `\ufeff# the fleet of the shop\r\n\r\n  ${aksId(production)}  \r\n${aksId(staging)} # until spring\n\t# ${aksId(staging, 'aks-old')}\n`;
    expect(read(text)).toEqual([aksId(production), aksId(staging)]);
  });

  test('contains a cluster once, however often and in whatever case it is listed', () => {
    expect(read([aksId(production), aksId(production).toUpperCase(), `${aksId(production)}/`].join('\n'))).toEqual([
      aksId(production),
    ]);
  });

  test('accepts the letters of any language in the name of a resource group, as ARM does', () => {
    const id = aksId(production).replace('rg-demo', 'Prüfung_(東京).2');
    expect(read(id)).toEqual([id]);
    expect(() => read(id.replace('.2', '.'))).toThrow(/line 1: /);
  });

  test('keeps the named pools, and all pools if their cluster is also named', () => {
    expect(
      read([aksId(production, 'a', 'one'), aksId(production, 'a', 'TWO'), aksId(production, 'a', 'one')].join('\n')),
    ).toEqual([`${aksId(production, 'a')} one,two`]);
    expect(read([aksId(production, 'a', 'one'), aksId(production, 'a')].join('\n'))).toEqual([aksId(production, 'a')]);
  });

  test.each([
    ['ids', JSON.stringify([aksId(production), aksId(staging)])],
    [
      'resources, as az aks list prints them',
      JSON.stringify([{ name: 'x', id: aksId(production) }, { id: aksId(staging) }], null, 2),
    ],
    [
      'the answer of az graph query',
      JSON.stringify({ count: 2, data: [{ id: aksId(production) }, { id: aksId(staging) }], skip_token: null }),
    ],
    ['the answer of az rest', JSON.stringify({ value: [{ id: aksId(production) }, { id: aksId(staging) }] })],
  ])('may be JSON: %s', (_, text) => {
    expect(read(text)).toEqual([aksId(production), aksId(staging)]);
  });

  test('may be one resource, as az aks show prints it, or one id', () => {
    expect(read(JSON.stringify({ id: aksId(production), properties: {} }))).toEqual([aksId(production)]);
    expect(read(JSON.stringify(aksId(production)))).toEqual([aksId(production)]);
  });

  test.each([
    ['a word', 'aks-demo', /ids\.txt, line 1: 'aks-demo' is not the resource id/],
    [
      'another kind of resource, at its line',
      `${aksId(production)}\n# vm\n${aksId(production).replace('ContainerService/managedClusters', 'Compute/virtualMachines')}`,
      /line 3: /,
    ],
    ['an id whose subscription is none', aksId(production).replace(production.id, 'Production'), /line 1: /],
    ['an id with something odd in a name', aksId(production, 'aks%2fdemo'), /line 1: /],
    ['a part of a cluster that is no pool', `${aksId(production)}/maintenanceConfigurations/default`, /line 1: /],
    ['control characters, which show as escapes', '\u001b[31mred', /'\\u001b\[31mred'/],
    ['an item without an id', JSON.stringify([{ id: aksId(production) }, { name: 'x' }]), /item 2: it has no id/],
    ['an item that is no id', JSON.stringify([aksId(production), 'x']), /item 2: 'x' is not the resource id/],
    ['text that looks like JSON but is invalid', '[', /looks like JSON/],
    ['nothing', '\n# nobody\n', /names no cluster/],
    ['an empty list', '[]', /names no cluster/],
  ])('is refused for %s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test('is rejected if it is not text', () => {
    expect(() => readResourceIds(Uint8Array.of(0xff, 0xfe, 0x2f), 'ids.txt')).toThrow(/not UTF-8/);
  });

  test('may have a hundred thousand ids, without duplicates, and no more', () => {
    const lines = Array.from({ length: maxIds }, (_, index) => aksId(production, `aks-${String(index)}`));
    expect(read([...lines, lines[0] ?? ''].join('\n'))).toHaveLength(maxIds);
    expect(() => read([...lines, aksId(staging)].join('\n'))).toThrow(/more than 100000 ids/);
  });

  test('with any content gives clusters or a usage error', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(aksId(production), aksId(staging, 'b', 'p'), '# x', ''),
      fc.json(),
    );
    const ending = (text: string): unknown => {
      try {
        return read(text).length > 0;
      } catch (error) {
        return error instanceof UsageError && !/[\u0000-\u0008\u001b]/.test(error.message);
      }
    };
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        expect(ending(lines.join('\n'))).toBe(true);
      }),
    );
  });
});
