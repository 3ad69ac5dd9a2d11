import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { compileQuery } from '../../../src/cli/io/query.ts';
import { renderResult, type RenderOptions } from '../../../src/cli/io/render.ts';
import { canonical, type JsonValue } from '../../../src/core/json.ts';
import { unpainted } from '../../support/cli.ts';

const anyone = { width: undefined, ascii: false } as const;

async function render(
  value: JsonValue,
  format: string,
  query?: string,
  more: Partial<RenderOptions> = {},
): Promise<string> {
  const compiled = query === undefined ? undefined : await compileQuery(query);
  return renderResult(
    { value },
    {
      format,
      formatGiven: true,
      query: compiled,
      columns: undefined,
      colour: false,
      terminal: false,
      reader: anyone,
      ...more,
    },
  );
}

const mixed: JsonValue = [
  { b: 1, a: 'x', id: 'i', type: 't', l: [1], o: {} },
  { a: true, c: 1.5, n: null },
];

// What knack 0.14 prints for the same values, tried with it.
describe('table, as the Azure CLI prints it', () => {
  const cases: readonly (readonly [string, JsonValue, string | undefined, string])[] = [
    [
      'objects: sorted keys, plain values only, without id, type and etag',
      mixed,
      undefined,
      'A     B    C\n----  ---  ---\nx     1\nTrue       1.5\n',
    ],
    ['objects under a query: keys as they come', mixed, '@', 'B    A     C\n---  ----  ---\n1    x\n     True  1.5\n'],
    [
      'columns in the order of the query',
      mixed,
      '[].{Zone: a, mode: b}',
      'Zone    Mode\n------  ------\nx       1\nTrue\n',
    ],
    ['plain values', ['x', 'y', null, true, 1], undefined, 'Result\n--------\nx\ny\n\nTrue\n1\n'],
    ['one plain value', 's', undefined, 'Result\n--------\ns\n'],
    [
      'lists',
      [[1, 'a', null, [1]], [2]],
      undefined,
      'Column1    Column2    Column3    Column4\n---------  ---------  ---------  ---------\n1          a                     [1]\n2\n',
    ],
    [
      'text over several lines',
      [{ name: 'x', v: 'a\nbb' }],
      undefined,
      'Name    V\n------  ---\nx       a\n        bb\n',
    ],
    ['spaces around a cell', [{ a: '  sp ' }, { a: 'b' }], undefined, 'A\n---\nsp\nb\n'],
    ['no rows', [], undefined, '\n'],
    ['rows without plain values', [{}], undefined, '\n'],
  ];
  test.each(cases)('%s', async (_, value, query, expected) => {
    expect(await render(value, 'table', query)).toBe(expected);
  });

  test('keeps wide characters in line', async () => {
    const lines = (
      await render(
        [
          { name: '日本語テキスト', v: 'x' },
          { name: 'a', v: 'y' },
        ],
        'table',
      )
    ).split('\n');
    expect(lines).toEqual(['Name            V', '--------------  ---', '日本語テキスト  x', 'a               y', '']);
  });

  test('shows the first sentence of a long text, and every other format the full text', async () => {
    const columns = [
      { header: 'Name', path: 'name' },
      { header: 'Error', path: 'error', brief: true },
    ];
    const value = [
      { name: 'a', error: `It may not be read. ${'More of it. '.repeat(40)}` },
      { name: 'b', error: null },
    ];
    expect(await render(value, 'table', undefined, { columns })).toBe(
      'Name    Error\n------  -------------------\na       It may not be read.\nb\n',
    );
    expect(await render(value, 'json', undefined, { columns })).toContain('More of it.');
    expect(await render(value, 'table', '[].{n: name, e: error}', { columns })).toContain('More of it.');
  });

  test('uses the columns of the definition, unless there is a query', async () => {
    const columns = [
      { header: 'Name', path: 'name' },
      { header: 'Mode', path: 'profile.mode' },
      { header: 'Gone', path: 'nothing' },
    ];
    const value = [{ name: 'a', profile: { mode: 'Required' }, id: 'i' }, { name: 'b' }];
    expect(await render(value, 'table', undefined, { columns })).toBe(
      'Name    Mode\n------  --------\na       Required\nb\n',
    );
    expect(await render(value, 'table', '[].{n: name}', { columns })).toBe('N\n---\na\nb\n');
  });

  test('shows control characters from outside as escapes', async () => {
    expect(await render([{ name: 'a\u001b[31mb\u202e' }], 'table')).toContain('a\\u001b[31mb\\u202e');
  });
});

describe('tsv, as the Azure CLI prints it', () => {
  const cases: readonly (readonly [string, JsonValue, string | undefined, string])[] = [
    [
      'objects: values by sorted key, lists as their length, objects empty',
      mixed,
      undefined,
      'x\t1\ti\t1\t\tt\nTrue\t1.5\tNone\n',
    ],
    ['objects of the result under a query: by sorted key', mixed, '[0]', 'x\t1\ti\t1\t\tt\n'],
    ['objects that the query builds: in its order', mixed, '[].{z: b, a: a}', '1\tx\nNone\tTrue\n'],
    ['plain values', ['x', null, true, 1], undefined, 'x\nNone\ntrue\n1\n'],
    ['one truth', true, undefined, 'true\n'],
    ['lists', [[1, 'a', null, true, [1]], [2]], undefined, '1\ta\tNone\tTrue\t1\n2\n'],
    ['no rows', [], undefined, ''],
    ['one empty object', {}, undefined, '\n'],
  ];
  test.each(cases)('%s', async (_, value, query, expected) => {
    expect(await render(value, 'tsv', query)).toBe(expected);
  });
});

describe('json', () => {
  test('sorts keys at every level, keeps text beyond ASCII, ends its line', async () => {
    expect(await render({ b: [{ z: 1, a: 'é' }], a: null }, 'json')).toBe(
      '{\n  "a": null,\n  "b": [\n    {\n      "a": "é",\n      "z": 1\n    }\n  ]\n}\n',
    );
  });

  test('sorts keys under a query too, as az does', async () => {
    expect(await render({ x: 1, y: 2 }, 'json', '{b: x, a: y}')).toBe('{\n  "a": 2,\n  "b": 1\n}\n');
  });

  test('prints nothing for null', async () => {
    expect(await render(null, 'json')).toBe('');
    expect(await render({ a: 1 }, 'json', 'b')).toBe('');
  });

  test('is the same in colour, once the colours are taken off', async () => {
    const value = { text: 'a "b" \\ 1', n: -1.5e-7, t: true, list: [null, {}, []] };
    const coloured = await render(value, 'jsonc', undefined, { colour: true });
    expect(coloured).toContain('\u001b[');
    expect(unpainted(coloured)).toBe(await render(value, 'json'));
    expect(await render(value, 'jsonc')).toBe(await render(value, 'json'));
  });
});

describe('yaml', () => {
  test('indents lists like their key, and quotes what other parsers would misread', async () => {
    const value = { e: ['x', { k: 'v', l: [] }], a: 'yes', b: '1', c: null, d: '1:30' };
    expect(await render(value, 'yaml')).toBe("a: 'yes'\nb: '1'\nc: null\nd: '1:30'\ne:\n- x\n- k: v\n  l: []\n");
  });

  test.each([
    ['abc', 'abc\n...\n'],
    [3, '3\n...\n'],
    [true, 'true\n...\n'],
    ['yes', "'yes'\n"],
    [['a'], '- a\n'],
  ])('ends a plain scalar as PyYAML does: %j', async (value, expected) => {
    expect(await render(value, 'yaml')).toBe(expected);
  });

  test('is the same in colour, once the colours are taken off', async () => {
    const value = { name: 'a: b', list: [{ k: 'v' }], deep: { er: 1 } };
    const coloured = await render(value, 'yamlc', undefined, { colour: true });
    expect(coloured).toContain('\u001b[');
    expect(unpainted(coloured)).toBe(await render(value, 'yaml'));
  });
});

describe('any value in any format', () => {
  const json = fc.jsonValue({ noUnicodeString: false }).map((value) => JSON.parse(JSON.stringify(value)) as JsonValue);
  const evil = fc.oneof(
    json,
    fc.string({ unit: 'binary' }),
    fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })),
  );

  test('reads back from json and yaml', async () => {
    await fc.assert(
      fc.asyncProperty(evil, async (value: JsonValue) => {
        fc.pre(value !== null && !JSON.stringify(value).includes('__proto__'));
        expect(JSON.parse(await render(value, 'json'))).toEqual(canonical(value));
        expect(parseYaml(await render(value, 'yaml'))).toEqual(canonical(value));
      }),
    );
  });

  test('never contains a character that a terminal interprets', async () => {
    await fc.assert(
      fc.asyncProperty(evil, fc.constantFrom('json', 'yaml', 'table', 'tsv'), async (value: JsonValue, format) => {
        expect(await render(value, format)).not.toMatch(
          /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
        );
      }),
    );
  });
});

describe('a document', () => {
  const options: RenderOptions = {
    format: 'table',
    formatGiven: false,
    query: undefined,
    columns: undefined,
    colour: false,
    terminal: false,
    reader: anyone,
  };

  test('prints as it is unless a format is given', async () => {
    const result = { document: '.:53 {\n}\n', value: { zones: 1 } };
    expect(await renderResult(result, options)).toBe('.:53 {\n}\n');
    expect(await renderResult(result, { ...options, format: 'json', formatGiven: true })).toBe('{\n  "zones": 1\n}\n');
    expect(await renderResult(result, { ...options, format: 'json', query: await compileQuery('zones') })).toBe('1\n');
  });

  test('ends its line, and keeps control characters from a terminal', async () => {
    expect(await renderResult({ document: 'a\u001b]0;title\u0007' }, { ...options, terminal: true })).toBe(
      'a\\u001b]0;title\\u0007\n',
    );
    expect(await renderResult({ document: '\u001b[31mred\u001b[39m' }, { ...options, terminal: true })).toBe(
      '\u001b[31mred\u001b[39m\n',
    );
  });

  test('has the additional formats of its result, including a table', async () => {
    const result = { value: [1], formats: { md: () => '# Report', table: () => 'mine' } };
    expect(await renderResult(result, { ...options, format: 'md' })).toBe('# Report\n');
    expect(await renderResult(result, options)).toBe('mine\n');
    expect(await renderResult(result, { ...options, query: await compileQuery('[0]') })).toBe('Result\n--------\n1\n');
  });

  test('prints nothing with none', async () => {
    expect(await renderResult({ value: 1 }, { ...options, format: 'none', formatGiven: true })).toBe('');
  });
});
