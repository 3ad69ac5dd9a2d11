import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMetafile, root } from './bundle.ts';

interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { readonly version: string };
const folder = mkdtempSync(path.join(tmpdir(), 'aks-localdns-pack-'));
const installed = path.join(folder, 'installed');

function npm(args: readonly string[]): string {
  // Scripts are off: prepack would build dist/ anew under the other tests.
  const { status, stdout, stderr } = spawnSync('npm', [...args, '--ignore-scripts', '--offline'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  expect(status, stderr).toBe(0);
  return stdout;
}

let packed: Packed;
beforeAll(() => {
  const [first] = JSON.parse(npm(['pack', '--json', '--pack-destination', folder])) as readonly Packed[];
  if (first === undefined) throw new Error('npm pack named no package');
  packed = first;
  npm(['install', '--prefix', installed, '--no-audit', '--no-fund', path.join(folder, packed.filename)]);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the published package', () => {
  test('contains the program, its documentation, and no other file', () => {
    const built = [...Object.keys(readMetafile().outputs), 'dist/THIRD-PARTY-NOTICES.txt'];
    const expected = ['CHANGELOG.md', 'LICENSE', 'README.md', 'bin/aks-localdns.js', 'package.json', ...built];
    expect(packed.files.map((file) => file.path).sort()).toEqual(expected.sort());
  });

  test('is small', () => {
    // The libraries installed unbundled are 63 MB.
    expect(packed.unpackedSize).toBeLessThan(4_000_000);
  });

  test('has no dependencies', () => {
    expect(readdirSync(path.join(installed, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'aks-localdns',
    ]);
    expect(existsSync(path.join(installed, 'node_modules/aks-localdns/node_modules'))).toBe(false);
  });

  const run = (...args: readonly string[]): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, [path.join(installed, 'node_modules/aks-localdns/bin/aks-localdns.js'), ...args], {
      cwd: folder,
      encoding: 'utf8',
    });

  test('runs without other packages', () => {
    expect(run('--version')).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect(run('check', 'list', '-o', 'json')).toMatchObject({ status: 0, stderr: '' });
  });

  test.skipIf(process.platform === 'win32')('is found by its name', () => {
    const { status, stdout } = spawnSync(path.join(installed, 'node_modules/.bin/aks-localdns'), ['--version'], {
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${version}\n` });
  });

  test('can load every one of its files', () => {
    const dist = path.join(installed, 'node_modules/aks-localdns/dist');
    const files = readdirSync(dist).filter((file) => file.endsWith('.js'));
    const script = path.join(folder, 'load-all.mjs');
    writeFileSync(
      script,
      `for (const file of ${JSON.stringify(files)}) await import(${JSON.stringify(`${dist}/`)} + file);\n`,
    );
    expect(spawnSync(process.execPath, [script], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});
