import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageOwners } from '../arch/architecture.ts';
import { bundledPackages, readMetafile, root } from './bundle.ts';
import { readSections } from './dependencies-page.ts';

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<
  string,
  Record<string, string>
>;
const development = manifest['devDependencies'] ?? {};
const bundled = bundledPackages(readMetafile());
const sections = readSections();
const direct = sections.get('Bundled packages') ?? [];
const indirect = sections.get('Bundled transitive packages') ?? [];
const tools = sections.get('Development only') ?? [];
const names = (rows: typeof direct): readonly string[] => rows.map((row) => row['Package'] ?? '').sort();

const permissive = ['MIT', 'MIT-0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0'];

/** Licences beyond the permissive ones, each with the reason why it may be bundled. */
const otherLicences: Readonly<Record<string, { readonly license: string; readonly reason: string }>> = {
  '@jmespath-community/jmespath': {
    license: 'MPL-2.0',
    reason:
      'Copyleft of its own files only. They are bundled unmodified, and the notices say where their source is (MPL-2.0 3.2).',
  },
};

describe('the page of dependencies', () => {
  test('names every bundled package, and no other', () => {
    expect([...names(direct), ...names(indirect)].sort()).toEqual([...new Set(bundled.map(({ name }) => name))].sort());
  });

  test('names every development dependency that is not bundled, and no other', () => {
    const chosen = new Set(names(direct));
    expect(names(tools)).toEqual(
      Object.keys(development)
        .filter((name) => !chosen.has(name))
        .sort(),
    );
  });

  test('what it calls chosen by us is in package.json, and what it calls brought along is not', () => {
    for (const name of names(direct)) expect(Object.keys(development)).toContain(name);
    for (const name of names(indirect)) expect(Object.keys(development)).not.toContain(name);
  });

  test('gives the version of package.json', () => {
    for (const { Package, Version } of [...direct, ...tools])
      expect(`${Package ?? ''} ${Version ?? ''}`).toBe(`${Package ?? ''} ${development[Package ?? ''] ?? ''}`);
  });

  test('gives the licence of each bundled package', () => {
    const licences = new Map(bundled.map(({ name, license }) => [name, license]));
    for (const { Package, Licence } of [...direct, ...indirect])
      expect(`${Package ?? ''} ${Licence ?? ''}`).toBe(`${Package ?? ''} ${licences.get(Package ?? '') ?? ''}`);
  });

  test.each([...direct, ...tools])('$Package has a reason', (row) => {
    expect(row['Why'] ?? '').toMatch(/\w+ \w+/);
  });

  test.each(direct)('$Package has a reason for its version', (row) => {
    expect(row['Why that version'] ?? '').toMatch(/^Newest|Node 20/);
  });

  test('names the folder that uses each package, as in the architecture test', () => {
    for (const row of direct) {
      const name = row['Package'] ?? '';
      expect(`${name} ${row['Used in'] ?? ''}`).toBe(
        `${name} ${packageOwners[name] ?? packageOwners[name.replace(/\/.*/, '/*')] ?? ''}`,
      );
    }
  });

  test('each transitive package names the package that needs it, which is on the page too', () => {
    const known = new Set([...names(direct), ...names(indirect), ...names(tools)]);
    for (const row of indirect) {
      const owners = (row['Required by'] ?? '').split(', ');
      expect(
        owners.filter((owner) => !known.has(owner)),
        row['Package'],
      ).toEqual([]);
    }
  });
});

describe('dependencies', () => {
  test('an installation adds no other package', () => {
    expect(Object.keys(manifest['dependencies'] ?? {})).toEqual([]);
    expect(Object.keys(manifest['optionalDependencies'] ?? {})).toEqual([]);
    expect(Object.keys(manifest['peerDependencies'] ?? {})).toEqual([]);
  });

  test('each is pinned to one version', () => {
    for (const [name, version] of Object.entries(development)) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test.each([...bundled])('$name $version may be bundled: $license', ({ name, license }) => {
    if (permissive.includes(license)) return;
    expect(license).toBe(otherLicences[name]?.license);
  });

  test('no licence is excepted that is not in the bundle', () => {
    const known = new Set(bundled.map(({ name, license }) => `${name} ${license}`));
    for (const [name, { license }] of Object.entries(otherLicences)) expect(known).toContain(`${name} ${license}`);
  });

  test('every bundled package runs on the oldest Node that we support', () => {
    const wanting = bundled.filter((item) => {
      const { engines } = item as { readonly engines?: { readonly node?: string } };
      // The least major of each alternative: `^20.17 || >=22`, `10.* || >=12.*`.
      const majors = (engines?.node ?? '>=0').split('||').map((range) => Number(/\d+/.exec(range)?.[0]));
      return Math.min(...majors) > 20;
    });
    expect(wanting.map(({ name, version }) => `${name}@${version}`)).toEqual([]);
  });
});
