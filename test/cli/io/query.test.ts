import { describe, expect, test } from 'vitest';
import { compileQuery } from '../../../src/cli/io/query.ts';
import { CliError, UsageError } from '../../../src/core/errors.ts';

describe('--query', () => {
  test.each([
    ["[?name=='b'].size | [0]", 2],
    ['[?name==`b`] | length(@)', 1],
    ['[].name', ['a', 'b']],
    ['[-1].{n: name}', { n: 'b' }],
    ['missing', null],
    ['sort_by(@, &size)[0].name', 'a'],
  ])('%s', async (expression, expected) => {
    const query = await compileQuery(expression);
    expect(
      query.apply([
        { name: 'a', size: 1 },
        { name: 'b', size: 2 },
      ]),
    ).toEqual(expected);
  });

  test.each(['[', 'a b', '', '[?name=]', 'nope(@)', '[].{a: lenght(@)}', '{'])(
    'is refused before anything runs: %s',
    async (expression) => {
      await expect(compileQuery(expression)).rejects.toThrow(UsageError);
      await expect(compileQuery(expression)).rejects.toThrow(/^argument --query: [^\n]+$/);
    },
  );

  const pool = { osSKU: 'Ubuntu', localDNSProfile: { mode: 'Required', vnetDNSOverrides: { '.': { protocol: 'x' } } } };
  test.each([
    ['localDnsProfile.mode', 'Required'],
    ['localdnsprofile.MODE', 'Required'],
    ['localDnsProfile.vnetDnsOverrides.".".protocol', 'x'],
    ['{sku: osSku, fips: enableFips}', { sku: 'Ubuntu', fips: null }],
    ['keys(@)', ['osSKU', 'localDNSProfile']],
  ])('finds a key in any case: %s', async (expression, expected) => {
    expect((await compileQuery(expression)).apply(structuredClone(pool))).toEqual(expected);
  });

  test('prefers the key in the exact spelling', async () => {
    const value = { OSSKU: 1, osSku: 2 };
    expect((await compileQuery('osSku')).apply(value)).toBe(2);
    expect((await compileQuery('[osSKU, ossku]')).apply(value)).toEqual([1, 1]);
    expect(JSON.stringify(value)).toBe('{"OSSKU":1,"osSku":2}');
  });

  test('fails with a clear error if it only turns out to be invalid for the result', async () => {
    const query = await compileQuery('length(@)');
    expect(() => query.apply(1)).toThrow(CliError);
    expect(() => query.apply(1)).toThrow(/cannot be applied to the result/);
  });
});
