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

  test('says that the command has run where only the result shows that it does not fit', async () => {
    const query = await compileQuery('length(@)');
    expect(() => query.apply(1)).toThrow(CliError);
    expect(() => query.apply(1)).toThrow(/does not fit the result/);
  });
});
