import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.ts';
import { parseYaml, parseYamlDocuments } from '../../src/core/yaml.ts';

function errorOf(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}

const refused: readonly (readonly [what: string, text: string, says: string])[] = [
  ['a key that is there twice', 'a: 1\nb: 2\na: 3\n', "line 3, column 1: The key 'a' is duplicated"],
  ['a key that is no word', '? [1, 2]\n: x\n', 'A key must be a scalar'],
  ['an alias', 'a: &x [1]\nb: *x\n', 'line 2, column 4: Aliases are not supported'],
  [
    'a billion laughs',
    `a: &a [l]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n`,
    'Aliases are not supported',
  ],
  ['a tag of its own', 'a: !!js/function "x"\n', 'line 1'],
  ['an open bracket', 'a: [1, 2\n', 'line '],
  ['two documents', 'a: 1\n---\nb: 2\n', 'line 2'],
  ['a tab as indent', 'a:\n\t- b\n', 'line 2'],
  ['one mistake after another', 'a: [}\n'.repeat(10_000), 'line 1'],
  ['a control character in what is wrong', 'a: [\u001b[31m\n', 'line '],
];

describe('reading YAML that people write', () => {
  test('gives data, with dates as strings and all keys as own properties', () => {
    expect(parseYaml('a: 2027-01-31\nb: [1, yes, true, ~]\n', 'x.yaml')).toEqual({
      a: '2027-01-31',
      b: [1, 'yes', true, null],
    });
    expect(parseYaml('', 'x.yaml')).toBeNull();
    expect(Object.keys(parseYaml('__proto__: {polluted: 1}\n', 'x.yaml') as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test.each(refused)('rejects %s with its position', (_, text, says) => {
    const error = errorOf(() => parseYaml(text, 'x.yaml'));
    expect(error).toBeInstanceOf(UsageError);
    const { message } = error as UsageError;
    expect(message).toContain('x.yaml');
    expect(message).toContain(says);
    expect(message).not.toMatch(/[\u0000-\u001f]/);
  });

  test.each([
    ['brackets', '['.repeat(1_000_000)],
    ['braces', '{a: '.repeat(250_000)],
    ['dashes', '- '.repeat(500_000)],
    ['keys', Array.from({ length: 100_000 }, (_, index) => `k${String(index)}: 1`).join('\n')],
    ['comments', '# x\n'.repeat(250_000)],
    ['quotes', "'".repeat(1_000_001)],
  ])(
    'ends with a MiB of %s',
    (_, text) => {
      const error = errorOf(() => parseYaml(text, 'x.yaml'));
      expect(error === undefined || error instanceof UsageError).toBe(true);
    },
    60_000,
  );
});

describe('YAML of several documents', () => {
  test('is read document by document, empty ones included', () => {
    expect(parseYamlDocuments('---\n# head\n---\na: 1\n---\n- 2\n...\n---\nb: 3', 'all.yaml')).toEqual([
      null,
      { a: 1 },
      [2],
      { b: 3 },
    ]);
    for (const text of ['', '\n', '# nothing\n'])
      expect(parseYamlDocuments(text, 'all.yaml').filter((document) => document !== null)).toEqual([]);
  });

  test('reports the position of an error, counted from the first line', () => {
    expect(errorOf(() => parseYamlDocuments('a: 1\n---\nb: 1\nb: 2\n', 'all.yaml'))).toMatchObject({
      message: "all.yaml, line 4, column 1: The key 'b' is duplicated.",
    });
  });

  test('has one limit for all documents together', () => {
    expect(errorOf(() => parseYamlDocuments('---\n'.repeat(600_000), 'all.yaml'))).toMatchObject({
      message: 'all.yaml is too large to read.',
    });
  });
});
