import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { filesOfOutputs, packagesOfOutputs, readMetafile, root, staticClosure } from './bundle.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'aks-localdns-loads-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

// A module hook writes the files that Node loads to standard error.
const hook = path.join(folder, 'hook.mjs');
const load =
  "import fs from 'node:fs'; export async function load(url, context, next) { fs.writeSync(2, `LOADS ${url}\\n`); return next(url, context); }";
writeFileSync(
  hook,
  `import { register } from 'node:module';\nregister('data:text/javascript,' + encodeURIComponent(${JSON.stringify(load)}));\n`,
);

function outputsLoadedBy(args: readonly string[]): readonly string[] {
  const { stderr } = spawnSync(
    process.execPath,
    ['--import', pathToFileURL(hook).href, path.join(root, 'bin/aks-localdns.js'), ...args],
    { encoding: 'utf8' },
  );
  const dist = pathToFileURL(path.join(root, 'dist')).href;
  const urls = stderr
    .split('\n')
    .filter((line) => line.startsWith('LOADS '))
    .map((line) => line.slice('LOADS '.length));
  return urls.filter((url) => url.startsWith(dist)).map((url) => `dist${url.slice(dist.length)}`);
}

describe('what a run loads', () => {
  const metafile = readMetafile();

  test.each([[['--help']], [['--version']], [['nodepool', '--help']], [['check', '--help']]])(
    '%j: what every start needs, and nothing of Azure',
    (args) => {
      const loaded = outputsLoadedBy(args);
      expect(loaded).toContain('dist/main.js');
      const atStart = staticClosure(metafile, 'dist/main.js');
      expect(loaded.filter((output) => !atStart.has(output))).toEqual([]);
    },
  );

  test.each([
    [['check', 'list', '-o', 'json']],
    [['no-such-command']],
    [['check', '--no-such-option']],
    [['simulator', 'start', '--list-scenarios']],
  ])('%j: nothing of Azure', (args) => {
    const packages = packagesOfOutputs(metafile, outputsLoadedBy(args));
    expect(packages.filter((name) => name.startsWith('@azure/') || name.startsWith('@typespec/'))).toEqual([]);
  });

  test.each([
    [['config', 'validate', 'docs/recipes/README.md']],
    [['config', 'render', 'docs/recipes/README.md']],
    [['config', 'explain', 'www.example.com']],
  ])('%j: no check of clusters, no use case, and no YAML', (args) => {
    const files = filesOfOutputs(metafile, outputsLoadedBy(args));
    expect(files.some((file) => file.startsWith('src/domain/localdns/'))).toBe(true);
    expect(
      files.filter((file) =>
        /^(?:src\/(?:domain\/checks\/rules|usecases|adapters\/azure)|node_modules\/yaml)\//.test(file),
      ),
    ).toEqual([]);
  });

  test('a check without an ignore file needs no YAML', () => {
    expect(packagesOfOutputs(metafile, outputsLoadedBy(['check', 'list', '-o', 'json']))).not.toContain('yaml');
    const checkModule = Object.entries(metafile.outputs).find(
      ([, { entryPoint }]) => entryPoint === 'src/usecases/check/index.ts',
    );
    expect(checkModule).toBeDefined();
    expect(packagesOfOutputs(metafile, staticClosure(metafile, checkModule?.[0] ?? ''))).not.toContain('yaml');
  });

  test('no prompt before there is a question', () => {
    const isPrompt = (name: string): boolean => name.startsWith('@inquirer/');
    expect(packagesOfOutputs(metafile, staticClosure(metafile, 'dist/main.js')).filter(isPrompt)).toEqual([]);
    for (const args of [
      ['setup', '--subscription', 'x'],
      ['nodepool', 'enable', '-g', 'rg'],
    ])
      expect(packagesOfOutputs(metafile, outputsLoadedBy(args)).filter(isPrompt)).toEqual([]);
    expect(packagesOfOutputs(metafile, Object.keys(metafile.outputs)).filter(isPrompt)).not.toEqual([]);
  });

  test('the hook sees what is loaded lazily', () => {
    expect(packagesOfOutputs(metafile, outputsLoadedBy(['check', 'list', '-o', 'yaml']))).toContain('yaml');
  });
});
