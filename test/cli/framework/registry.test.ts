import { describe, expect, test } from 'vitest';
import {
  defineCommand,
  type AnyCommand,
  type CommandGroup,
  type Options,
  type Positional,
} from '../../../src/cli/framework/definition.ts';
import { createRegistry } from '../../../src/cli/framework/registry.ts';

function command(path: readonly string[], options: Options = {}, positionals: readonly Positional[] = []): AnyCommand {
  return defineCommand({
    path,
    summary: 'Do it',
    options,
    positionals,
    examples: [],
    effect: 'none',
    permissions: [],
    run: async () => ({}),
  });
}

const text = { type: 'string', summary: 'Text' } as const;

describe('the registry', () => {
  const refused: readonly (readonly [string, readonly AnyCommand[], readonly CommandGroup[]])[] = [
    ['a path that is taken', [command(['a']), command(['a'])], []],
    [
      'a group that is taken',
      [command(['a'])],
      [
        { path: ['g'], summary: 'G' },
        { path: ['g'], summary: 'G' },
      ],
    ],
    ['a command in no group', [command(['g', 'a'])], []],
    ['a path that is not in lower case', [command(['Show'])], []],
    ['a command without a path', [command([])], []],
    ['an alias that is an option', [command(['a'], { one: text, two: { ...text, aliases: ['one'] } })], []],
    ['an option that every command has', [command(['a'], { output: text })], []],
    ['an alias that every command has', [command(['a'], { format: { ...text, aliases: ['output'] } })], []],
    ['a letter that is taken', [command(['a'], { one: { ...text, short: 'x' }, two: { ...text, short: 'x' } })], []],
    ['a letter that every command has', [command(['a'], { host: { ...text, short: 'h' } })], []],
    ['a letter that is none', [command(['a'], { one: { ...text, short: 'no' } })], []],
    ['an option in camel case', [command(['a'], { clusterName: text })], []],
    ['a range on text', [command(['a'], { one: { ...text, min: 1 } })], []],
    ['a default that is no choice', [command(['a'], { one: { ...text, choices: ['x'], default: 'y' } })], []],
    ['a required flag', [command(['a'], { one: { type: 'boolean', summary: 'Flag', required: true } })], []],
    [
      'a required argument behind an optional one',
      [
        command(['a'], {}, [
          { name: 'X', summary: 'x', required: false },
          { name: 'Y', summary: 'y', required: true },
        ]),
      ],
      [],
    ],
    [
      'an argument named twice',
      [
        command(['a'], {}, [
          { name: 'X', summary: 'x', required: true },
          { name: 'X', summary: 'x', required: true },
        ]),
      ],
      [],
    ],
  ];
  test.each(refused)('refuses %s', (_, commands, groups) => {
    expect(() => createRegistry(commands, groups)).toThrow(/^Invalid command definition: /);
  });

  test('finds commands, and what may follow a path', () => {
    const registry = createRegistry(
      [command(['check']), command(['check', 'list']), command(['g', 'a'])],
      [{ path: ['g'], summary: 'Group' }],
    );
    expect(registry.command(['check', 'list'])?.path).toEqual(['check', 'list']);
    expect(registry.command(['g'])).toBeUndefined();
    expect(registry.group(['g'])?.summary).toBe('Group');
    expect(registry.children([])).toEqual([
      { word: 'g', summary: 'Group', isGroup: true },
      { word: 'check', summary: 'Do it', isGroup: true },
    ]);
    expect(registry.children(['check'])).toEqual([{ word: 'list', summary: 'Do it', isGroup: false }]);
  });
});
