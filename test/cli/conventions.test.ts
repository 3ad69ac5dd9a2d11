import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { AnyCommand, CommandGroup, OptionSpec } from '../../src/cli/framework/definition.ts';
import { parse } from '../../src/cli/framework/parse.ts';
import { createRegistry } from '../../src/cli/framework/registry.ts';
import { route } from '../../src/cli/framework/route.ts';
import { shellWords } from '../support/cli.ts';

const root = fileURLToPath(new URL('../../src/cli/commands/', import.meta.url));
const index = `${root}index.ts`;

interface Commands {
  readonly commands: readonly AnyCommand[];
  readonly groups: readonly CommandGroup[];
}

const { commands, groups }: Commands = existsSync(index)
  ? ((await import(index)) as Commands)
  : { commands: [], groups: [] };
const registry = createRegistry(commands, groups);
const named = commands.map((command) => [command.path.join(' '), command] as const);

/** What the Azure CLI calls these, everywhere. */
const azShort: Readonly<Record<string, string>> = { 'resource-group': 'g', name: 'n', yes: 'y' };

/** Names that az uses with another meaning would mislead. */
const azTypes: Readonly<Record<string, OptionSpec['type']>> = {
  'no-wait': 'boolean',
  yes: 'boolean',
  'resource-group': 'string',
  'cluster-name': 'string',
  name: 'string',
};

describe('the commands', () => {
  test('exist', () => {
    expect(commands.length).toBeGreaterThan(0);
  });

  describe.each(named)('%s', (_, command) => {
    test('stands in the file of its path', async () => {
      const file = `${root}${command.path.join('/')}`;
      expect(existsSync(`${file}.ts`)).toBe(true);
      const module = (await import(`${file}.ts`)) as Record<string, unknown>;
      expect(Object.values(module)).toContain(command);
    });

    test('has a summary that is one sentence without a final dot, as its options have', () => {
      const summaries = [
        command.summary,
        ...Object.values(command.options).map((option) => option.summary),
        ...(command.positionals ?? []).map((item) => item.summary),
      ];
      for (const summary of summaries) expect(summary).toMatch(/^\S[^\n]*[^.\s]$/);
    });

    test('has examples that it understands', async () => {
      expect(command.examples.length).toBeGreaterThan(0);
      for (const example of command.examples) {
        const [program, ...argv] = shellWords(example.command);
        expect(program).toBe('aks-localdns');
        const found = route(argv, registry);
        expect(found).toMatchObject({ kind: 'command', command: { path: command.path } });
        await parse(command, found.kind === 'command' ? found.rest : []);
      }
    });

    test('lists its permissions if it calls Azure, and a change needs more than reading', () => {
      expect(command.permissions.length > 0).toBe(command.effect !== 'none');
      const changing = command.permissions.filter((permission) => /\/(write|action|delete|\*)$/.test(permission));
      expect(changing.length > 0 || command.effect !== 'write').toBe(true);
      for (const permission of command.permissions)
        expect(permission).toMatch(/^[A-Z][A-Za-z]+\.[A-Za-z]+(\/[A-Za-z*]+)+$/);
    });

    test('gives options that az has the letters and kinds that az gives them', () => {
      const slips = Object.entries(command.options).flatMap(([option, spec]) => {
        const short = azShort[option] ?? spec.short;
        const type = azTypes[option] ?? spec.type;
        const owner = Object.keys(azShort).find((long) => azShort[long] === spec.short) ?? option;
        return short === spec.short && type === spec.type && owner === option ? [] : [option];
      });
      expect(slips).toEqual([]);
    });

    test('has columns that are expressions, each header once', async () => {
      const { compileQuery } = await import('../../src/cli/io/query.ts');
      const headers = (command.columns ?? []).map((column) => column.header);
      expect(new Set(headers).size).toBe(headers.length);
      for (const column of command.columns ?? []) await compileQuery(column.path);
    });
  });

  test('have their folder to themselves', () => {
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const verbs = commands.map((command) => `${command.path.join('/')}.ts`);
    expect(files.map((file) => file.split(path.sep).join('/')).sort()).toEqual(['index.ts', ...verbs].sort());
  });

  test('have a group each, whose summary has no final dot', () => {
    for (const group of groups) {
      expect(registry.children(group.path).length).toBeGreaterThan(0);
      expect(group.summary).not.toMatch(/\.$/);
    }
  });
});
