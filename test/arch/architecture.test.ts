import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  cycle,
  importsOf,
  packageOwners,
  folders,
  foldersBelow,
  violations,
  worldlyElsewhere,
} from './architecture.ts';

const root = new URL('../../src/', import.meta.url).pathname;
const files = new Map(
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file.split(path.sep).join('/'), readFileSync(path.join(root, file), 'utf8')]),
);

describe('the architecture', () => {
  test('every import obeys the table, and every package is used by its owner alone', () => {
    expect(violations(files)).toEqual([]);
  });

  test('folders import each other in one direction only', () => {
    const below = new Map(folders.map((folder) => [folder.folder, foldersBelow(folder)]));
    const under = (folder: string, seen: ReadonlySet<string> = new Set()): ReadonlySet<string> =>
      (below.get(folder) ?? []).reduce(
        (found, next) => (found.has(next) ? found : under(next, new Set([...found, next]))),
        seen,
      );
    expect(folders.map(({ folder }) => folder).filter((folder) => under(folder).has(folder))).toEqual([]);
  });

  test('no imports go in a circle', () => {
    expect(cycle(files)).toBeUndefined();
  });

  test('process and console are used only in their folders', () => {
    expect(worldlyElsewhere(files)).toEqual([]);
  });

  test('every package of the owner list is in use', () => {
    const used = importsOf(files).map(({ specifier }) => specifier);
    for (const name of Object.keys(packageOwners)) {
      const prefix = name.replace('*', '');
      expect(
        used.some((specifier) => specifier.startsWith(prefix)),
        name,
      ).toBe(true);
    }
  });

  test('files are small: none over 450 lines, half of them under 100', () => {
    const sizes = [...files]
      .map(([file, text]) => ({ file, lines: text.split('\n').length }))
      .sort((a, b) => a.lines - b.lines);
    expect(sizes.filter(({ lines }) => lines > 450)).toEqual([]);
    expect(sizes[Math.floor(sizes.length / 2)]?.lines).toBeLessThan(100);
  });
});

describe('what the architecture test catches', () => {
  const planted = (...entries: readonly (readonly [string, string])[]): ReadonlyMap<string, string> => new Map(entries);

  test.each([
    ['core importing model', 'core/a.ts', "import { x } from '../model/ids.ts';"],
    ['a use case importing another', 'usecases/nodepool/a.ts', "import type { x } from '../check/index.ts';"],
    ['a use case importing an adapter', 'usecases/check/a.ts', "import { x } from '../../adapters/azure/index.ts';"],
    ['the simulator importing the domain', 'simulator/a.ts', "import { x } from '../domain/localdns/index.ts';"],
    [
      'a route of the simulator importing scenarios',
      'simulator/arm/a.ts',
      "import type { x } from '../scenarios/a.ts';",
    ],
    ['an adapter importing another', 'adapters/azure/a.ts', "import { x } from '../system/index.ts';"],
    ['report importing a value of the domain', 'report/a.ts', "import { x } from '../domain/checks/index.ts';"],
    ['the command line loading Azure at once', 'cli/a.ts', "import { x } from '../adapters/azure/index.ts';"],
    ['a command loading its use case at once', 'cli/commands/a.ts', "import { x } from '../../usecases/check/a.ts';"],
    ['output knowing the framework', 'cli/io/a.ts', "import type { x } from '../framework/definition.ts';"],
    ['output knowing prompts', 'cli/io/a.ts', "import type { x } from '../prompts/confirm.ts';"],
    ['the framework knowing a command', 'cli/framework/a.ts', "const x = await import('../commands/check.ts');"],
    ['a multi-line import', 'core/a.ts', "import {\n  x,\n} from '../model/ids.ts';"],
    ['a re-export', 'model/a.ts', "export { x } from '../domain/localdns/index.ts';"],
    ['a file outside every folder', 'stray/a.ts', "import { x } from '../core/json.ts';"],
  ])('%s', (_, file, text) => {
    expect(violations(planted([file, text]))).toHaveLength(1);
  });

  test.each([
    ['the SDK outside its adapter', 'usecases/nodepool/a.ts', "import { x } from '@azure/identity';"],
    ['yargs in a command', 'cli/commands/check.ts', "import yargs from 'yargs';"],
    ['ora by a lazy import elsewhere', 'cli/prompts/a.ts', "const ora = await import('ora');"],
    ['a package that nobody owns', 'core/a.ts', "import leftPad from 'left-pad';"],
  ])('%s', (_, file, text) => {
    expect(violations(planted([file, text]))).toHaveLength(1);
  });

  test('what is allowed is not reported', () => {
    expect(
      violations(
        planted(
          [
            'cli/a.ts',
            "import type { x } from '../adapters/azure/index.ts';\nconst y = await import('../simulator/index.ts');",
          ],
          ['report/a.ts', "import type { x } from '../domain/checks/index.ts';"],
          ['domain/checks/a.ts', "import { x } from '../localdns/index.ts';\nimport path from 'node:path';"],
        ),
      ),
    ).toEqual([]);
  });

  test('a cycle, with its path', () => {
    const files = planted(
      ['core/a.ts', "import { b } from './b.ts';"],
      ['core/b.ts', "import { c } from './c.ts';"],
      ['core/c.ts', "import { b } from './b.ts';"],
    );
    expect(cycle(files)).toEqual(['core/b.ts', 'core/c.ts', 'core/b.ts']);
    expect(
      cycle(planted(['core/a.ts', "import type { b } from './b.ts';"], ['core/b.ts', "import { a } from './a.ts';"])),
    ).toBeUndefined();
  });

  test.each([
    ['a type', "import type { a } from './a.ts';"],
    ['the type of a parameter', "function b(a: import('./a.ts').A): void {}"],
    ['a lazy import', "const { a } = await import('./a.ts');"],
  ])('a cycle of the command line or the simulator that closes by %s', (_, back) => {
    for (const folder of ['cli', 'simulator']) {
      const [a, b] = [`${folder}/a.ts`, `${folder}/b.ts`];
      expect(cycle(planted([a, "import { b } from './b.ts';"], [b, back]))).toEqual([a, b, a]);
    }
  });

  test('process and console elsewhere', () => {
    expect(worldlyElsewhere(planted(['core/a.ts', 'console.log(1)'], ['model/b.ts', 'x = process.env']))).toEqual([
      'core/a.ts',
      'model/b.ts',
    ]);
    expect(
      worldlyElsewhere(
        planted(['cli/main.ts', 'process.exitCode = 1'], ['core/a.ts', '// process.env\nvalue.process.x']),
      ),
    ).toEqual([]);
  });
});
