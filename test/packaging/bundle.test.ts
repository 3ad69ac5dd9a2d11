import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  bundledFiles,
  bundledPackages,
  packageFolder,
  packagesOfOutputs,
  readMetafile,
  root,
  staticClosure,
  type Metafile,
} from './bundle.ts';

const metafile = readMetafile();
const notices = 'THIRD-PARTY-NOTICES.txt';

describe('the bundle', () => {
  test('is the content of dist/', () => {
    expect(
      readdirSync(path.join(root, 'dist'))
        .filter((file) => file !== notices)
        .sort(),
    ).toEqual(
      Object.keys(metafile.outputs)
        .map((file) => path.posix.relative('dist', file))
        .sort(),
    );
  });

  test('contains our source and packages, and no other file', () => {
    // The build requires node:http in place of importing it.
    const other = bundledFiles(metafile).filter(
      (file) => packageFolder(file) === undefined && !file.startsWith('src/'),
    );
    expect(other.filter((file) => file !== 'required:node:http')).toEqual([]);
  });

  test("imports nothing from outside but Node's own modules", () => {
    const outside = Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.filter(({ external }) => external === true).map((item) => item.path),
    );
    // debug tries to load supports-color, and works without it.
    expect([...new Set(outside)].filter((name) => !isBuiltin(name) && name !== 'supports-color')).toEqual([]);
  });

  test('loads with --help next to no package', () => {
    expect(packagesOfOutputs(metafile, staticClosure(metafile, 'dist/main.js'))).toEqual(['fastest-levenshtein']);
  });

  test("uses neither FormData nor an ES import of node:http, which load Node's undici", () => {
    for (const file of Object.keys(metafile.outputs).filter((name) => name.endsWith('.js'))) {
      expect(readFileSync(path.join(root, file), 'utf8'), file).not.toMatch(/\bFormData\b|from\s*"(?:node:)?http"/);
    }
  });

  test('contains each package once, except for small terminal helpers in two major versions', () => {
    const majors = bundledPackages(metafile).map(({ name, version }) => `${name} ${version.split('.')[0] ?? ''}`);
    const twice = majors.filter((major, index) => majors.indexOf(major) !== index);
    expect(twice.filter((name) => !/^(?:ansi|strip|wrap|string|emoji)-/.test(name))).toEqual([]);
  });

  test('contains the notices of every package in it', () => {
    const text = readFileSync(path.join(root, 'dist', notices), 'utf8');
    for (const { name, version, license } of bundledPackages(metafile))
      expect(text).toContain(`${name} ${version} (${license})\n`);
    expect(text).toMatch(/jmespath.* \(MPL-2\.0\)\nSource, unmodified: .*github/);
  });

  test('contains no path of the machine that built it', () => {
    for (const file of readdirSync(path.join(root, 'dist')))
      expect(readFileSync(path.join(root, 'dist', file), 'utf8')).not.toContain(root);
  });
});

describe('what the bundle test catches', () => {
  const output = (inputs: readonly string[], ...imports: readonly string[]): Metafile['outputs'][string] => ({
    inputs: Object.fromEntries(inputs.map((file) => [file, { bytesInOutput: 1 }])),
    imports: imports.map((item) => ({
      path: item.replace('lazy ', ''),
      kind: item.startsWith('lazy ') ? 'dynamic-import' : 'import-statement',
    })),
  });
  const planted: Metafile = {
    inputs: {},
    outputs: {
      main: output(['src/cli/main.ts'], 'shared', 'lazy azure'),
      shared: output(['node_modules/a/node_modules/ora/index.js'], 'main'),
      azure: output(['node_modules/@azure/identity/dist/x.js']),
    },
  };

  test('a package that comes with a static import, however deep, and not one that is loaded when needed', () => {
    expect([...staticClosure(planted, 'main')]).toEqual(['main', 'shared']);
    expect(packagesOfOutputs(planted, staticClosure(planted, 'main'))).toEqual(['ora']);
    expect(packagesOfOutputs(planted, staticClosure(planted, 'azure'))).toEqual(['@azure/identity']);
  });

  test('a file that was looked at and dropped is not in the bundle', () => {
    expect(
      bundledFiles({
        inputs: {},
        outputs: {
          main: { imports: [], inputs: { 'src/a.ts': { bytesInOutput: 0 }, 'src/b.ts': { bytesInOutput: 3 } } },
        },
      }),
    ).toEqual(['src/b.ts']);
  });
});
