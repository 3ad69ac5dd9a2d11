import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defineCommand } from '../../../src/cli/framework/definition.ts';
import { parse } from '../../../src/cli/framework/parse.ts';
import { createRegistry } from '../../../src/cli/framework/registry.ts';
import { UsageError } from '../../../src/core/errors.ts';
import { sampleRegistry } from '../../support/cli.ts';

const registry = sampleRegistry();
const show = registry.command(['pool', 'show']);
const explain = registry.command(['check', 'explain']);
if (show === undefined || explain === undefined) throw new Error('The sample has these commands.');

const full = ['-g', 'rg', '--cluster-name', 'aks', '-n', 'p'];

async function message(words: readonly string[], command = show): Promise<string> {
  if (command === undefined) throw new Error('The sample has this command.');
  return parse(command, words).then(
    ({ args }) => `no error: ${JSON.stringify(args)}`,
    (error: unknown) => {
      expect(error).toBeInstanceOf(UsageError);
      return error instanceof Error ? error.message : '';
    },
  );
}

describe('a command line that can be read', () => {
  const cases: readonly (readonly [string, readonly string[], Record<string, unknown>])[] = [
    [
      'long options',
      ['--resource-group', 'rg', '--cluster-name', 'aks', '--name', 'p'],
      { resourceGroup: 'rg', clusterName: 'aks', name: 'p' },
    ],
    ['an alias', ['-g', 'rg', '--cluster-name', 'aks', '--nodepool-name', 'p'], { name: 'p' }],
    [
      'values after =',
      ['--resource-group=rg', '--cluster-name=a=b', '-n=p'],
      { resourceGroup: 'rg', clusterName: 'a=b', name: 'p' },
    ],
    ['a value glued to a letter', ['-grg', '--cluster-name', 'aks', '-np'], { resourceGroup: 'rg', name: 'p' }],
    ['letters together', ['-g', 'rg', '--cluster-name', 'aks', '-yn', 'p'], { yes: true, name: 'p' }],
    [
      'values that look like numbers',
      ['-g', '007', '--cluster-name', '1e3', '-n', '0x10'],
      { resourceGroup: '007', clusterName: '1e3', name: '0x10' },
    ],
    ['a negative number', [...full, '-c', '-3'], { count: -3 }],
    ['standard input as -', ['-g', 'rg', '--cluster-name', '-', '-n', 'p'], { clusterName: '-' }],
    [
      'a value that begins with a dash, after =',
      ['-g', 'rg', '--cluster-name=--aks', '-n', 'p'],
      { clusterName: '--aks' },
    ],
    [
      'quotes that the shell left',
      ['--resource-group="r"', '--cluster-name', "'a'", '-n"'],
      { resourceGroup: '"r"', clusterName: "'a'", name: '"' },
    ],
    [
      'quotes in a list',
      [...full, '--subscription', '"k=v"', '""', '--subscription=\'"x"\''],
      { subscription: ['"k=v"', '""', '\'"x"\''] },
    ],
    [
      'several words for one option',
      [...full, '--subscription', 'a', 'b', '--yes'],
      { subscription: ['a', 'b'], yes: true },
    ],
    [
      'an option given several times',
      [...full, '--subscription', 'a', '--subscription', 'b', 'c'],
      { subscription: ['a', 'b', 'c'] },
    ],
    ['a flag twice', [...full, '--yes', '-y'], { yes: true }],
    ['a flag with true or false', [...full, '--yes=false', '--no-wait=true'], { yes: false, noWait: true }],
    ['a choice in another case', [...full, '--mode', 'system'], { mode: 'System' }],
    ['flags and lists that are absent', full, { yes: false, noWait: false, subscription: [] }],
    ['no value where none was given', full, { count: undefined, mode: undefined }],
    [
      'text beyond ASCII',
      ['-g', 'räg', '--cluster-name', '日本', '-n', 'p'],
      { resourceGroup: 'räg', clusterName: '日本' },
    ],
    [
      'words that name members of every object',
      ['-g', '__proto__', '--cluster-name', 'constructor', '-n', 'p'],
      { resourceGroup: '__proto__', clusterName: 'constructor' },
    ],
  ];
  test.each(cases)('reads %s', async (_, words, expected) => {
    const { args } = await parse(show, words);
    expect(args).toMatchObject(expected);
  });

  test('reads arguments without a name, before and after --', async () => {
    expect((await parse(explain, ['vm-vcpus'])).args).toEqual({ _: ['vm-vcpus'] });
    expect((await parse(explain, ['--', '--vm', '-x'])).args).toEqual({ _: ['--vm', '-x'] });
  });

  test('takes an option that needs no value with one and without', async () => {
    const patient = defineCommand({
      path: ['patient'],
      summary: 'Wait',
      options: {
        wait: { type: 'string', valueless: '60m', summary: 'Wait' },
        yes: { type: 'boolean', short: 'y', summary: 'Yes' },
      },
      examples: [{ title: 'Wait', command: 'aks-localdns patient --wait' }],
      effect: 'none',
      permissions: [],
      run: async () => ({}),
    });
    for (const [words, wait] of [
      [['--wait', '5m'], '5m'],
      [['--wait=5m'], '5m'],
      [['--wait'], '60m'],
      [['--wait', '-y'], '60m'],
      [[], undefined],
    ] as const) {
      expect((await parse(patient, words)).args).toMatchObject({ wait });
    }
    await expect(parse(patient, ['--wait='])).rejects.toThrow('empty');
  });

  test('reads the global options and those of the command', async () => {
    const { globals } = await parse(show, [
      ...full,
      '-o',
      'JSON',
      '--query',
      '[0]',
      '--debug',
      '--sign-in',
      'cli',
      '--events=ndjson',
      '--no-color',
    ]);
    expect(globals).toEqual({
      output: 'json',
      query: '[0]',
      onlyShowErrors: false,
      verbose: false,
      debug: true,
      noColor: true,
      events: 'ndjson',
      signIn: 'cli',
      help: false,
    });
  });

  test('takes the resource group from the settings if none is given', async () => {
    const without = ['--cluster-name', 'aks', '-n', 'p'];
    expect((await parse(show, without, { defaultGroup: 'rg-default' })).args).toMatchObject({
      resourceGroup: 'rg-default',
    });
    expect((await parse(show, full, { defaultGroup: 'rg-default' })).args).toMatchObject({ resourceGroup: 'rg' });
  });
});

describe('a command line that cannot be read', () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    [
      'what is missing, as az does',
      [],
      'the following arguments are required: --resource-group/-g, --cluster-name, --name/-n',
    ],
    [
      'an unknown option with the nearest',
      [...full, '--resorce-group', 'x'],
      "'--resorce-group' is not an option of 'pool show'. Did you mean '--resource-group'?",
    ],
    [
      'an unknown option by its beginning',
      [...full, '--out', 'json'],
      "'--out' is not an option of 'pool show'. Did you mean '--output'?",
    ],
    [
      'an unknown option like nothing else',
      [...full, '--zebra=1'],
      "'--zebra' is not an option of 'pool show'. See 'aks-localdns pool show --help'.",
    ],
    [
      'an unknown letter',
      [...full, '-x'],
      "'-x' is not an option of 'pool show'. See 'aks-localdns pool show --help'.",
    ],
    [
      'an unknown letter among known ones',
      [...full, '-yx'],
      "'-x' is not an option of 'pool show'. See 'aks-localdns pool show --help'.",
    ],
    [
      'a negated flag',
      [...full, '--no-yes'],
      "'--no-yes' is not an option of 'pool show'. See 'aks-localdns pool show --help'.",
    ],
    [
      '__proto__ as an option',
      [...full, '--__proto__=1'],
      "'--__proto__' is not an option of 'pool show'. See 'aks-localdns pool show --help'.",
    ],
    [
      'a single value given twice',
      [...full, '-n', 'q'],
      'argument --name/-n: given more than once, but accepts only one value.',
    ],
    [
      'a single value given twice by its alias',
      [...full, '--nodepool-name', 'q'],
      'argument --name/-n: given more than once, but accepts only one value.',
    ],
    ['a value that is missing at the end', ['-g', 'rg', '-n'], 'argument --name/-n: expected one argument.'],
    [
      'a value that is missing before an option',
      ['-g', '--name', 'p'],
      'argument --resource-group/-g: expected one argument.',
    ],
    ['a list without a value', [...full, '--subscription'], 'argument --subscription: expected at least one argument.'],
    [
      'an empty value',
      ['-g', '', '--cluster-name', 'aks', '-n', 'p'],
      'argument --resource-group/-g: expected a value, got an empty string.',
    ],
    [
      'an empty value after =',
      [...full, '--subscription='],
      'argument --subscription: expected a value, got an empty string.',
    ],
    [
      'an empty value further on',
      [...full, '--subscription', 'a', ''],
      'argument --subscription: expected a value, got an empty string.',
    ],
    ['a number that is none', [...full, '-c', 'NaN'], "argument --count/-c: invalid int value: 'NaN'"],
    ['a number with a fraction', [...full, '-c', '1.5'], "argument --count/-c: invalid int value: '1.5'"],
    ['a number in another notation', [...full, '-c', '1e2'], "argument --count/-c: invalid int value: '1e2'"],
    [
      'a number too large for anything',
      [...full, '-c', '99999999999999999999'],
      "argument --count/-c: invalid int value: '99999999999999999999'",
    ],
    [
      'a number out of range',
      [...full, '-c', '1001'],
      'argument --count/-c: 1001 is out of range; it must be from -5 to 1000.',
    ],
    [
      'a choice that there is not',
      [...full, '--mode', 'Systen'],
      "argument --mode: invalid choice: 'Systen' (choose from System, User); did you mean 'System'?",
    ],
    [
      'an output format that there is not',
      [...full, '-o', 'jsn'],
      "argument --output/-o: invalid choice: 'jsn' (choose from json, jsonc, yaml, yamlc, table, tsv, none, md); did you mean 'json'?",
    ],
    ['a flag with a word', [...full, '--yes=maybe'], "argument --yes/-y: takes no value, got 'maybe'."],
    ['words too many', [...full, 'one', 'two'], 'unrecognized arguments: one two'],
    ['a control character, shown as an escape', [...full, 'a\u001b[31m\nb'], 'unrecognized arguments: a\\u001b[31m b'],
  ];
  test.each(cases)('names %s', async (_, words, expected) => {
    expect(await message(words)).toBe(expected);
  });

  test('names a missing argument without a name, and an empty one', async () => {
    expect(await message([], explain)).toBe('the following arguments are required: ID');
    expect(await message([''], explain)).toBe('argument ID: expected a value, got an empty string.');
  });

  test('rejects --sign-in for offline commands', async () => {
    expect(await message(['id', '--sign-in', 'cli'], explain)).toContain("'--sign-in' is not an option");
  });

  test('never ends in anything but arguments or a usage error of one line', async () => {
    const word = fc.oneof(
      fc.constantFrom(
        '-g',
        '-n',
        '--',
        '-',
        '--yes',
        '--count',
        '-c',
        '--mode=User',
        '--subscription',
        '-5',
        '-yn',
        '=',
        '--=',
        '-=',
      ),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 8 }), async (words) => {
        const text = await message(words);
        expect(text).not.toContain('\n');
      }),
      { numRuns: 300 },
    );
  });
});

describe('an argument with several values', () => {
  const command = defineCommand({
    path: ['files'],
    summary: 'Take files',
    positionals: [{ name: 'FILE', summary: 'Files', required: true, repeatable: true }],
    options: {},
    examples: [],
    effect: 'none',
    permissions: [],
    run: async () => ({}),
  });

  test('takes all of them, needs one, and no empty one', async () => {
    expect((await parse(command, ['a', '-', 'c'])).args._).toEqual(['a', '-', 'c']);
    await expect(parse(command, [])).rejects.toThrow('the following arguments are required: FILE');
    await expect(parse(command, ['a', ''])).rejects.toThrow('argument FILE: expected a value, got an empty string.');
  });

  test('can only be the last', () => {
    const positionals = [
      { name: 'A', summary: 'a', required: true, repeatable: true },
      { name: 'B', summary: 'b', required: true },
    ];
    expect(() => createRegistry([{ ...command, positionals }])).toThrow('only the last argument');
  });
});
