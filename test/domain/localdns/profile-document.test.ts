import { describe, expect, test } from 'vitest';
import { maxFileBytes, readProfile } from '../../../src/domain/localdns/index.ts';
import { writtenOut } from '../../../src/domain/localdns/defaults.ts';
import { file, findingsOf, read, rulesOf } from './support.ts';

const vnetZone = (zone: string): string => `"${zone}": {${writtenOut('vnetDNSOverrides', zone)}}`;
const kubeZone = (zone: string): string => `"${zone}": {${writtenOut('kubeDNSOverrides', zone)}}`;

describe('reading a valid file', () => {
  test('accepts only a mode', () => {
    expect(read('{"mode":"Required"}', 'add')).toEqual({ profile: { mode: 'Required' }, findings: [] });
    expect(read('{"mode":"Preferred"}', 'update').profile).toEqual({ mode: 'Preferred' });
  });

  test('keeps the given settings and adds nothing', () => {
    const profile = read(
      file('kubeDNSOverrides', { 'example.com': { protocol: 'ForceTCP', maxConcurrent: 0 } }),
    ).profile;
    expect(profile?.kubeDNSOverrides).toEqual({
      '.': {},
      'cluster.local': {},
      'example.com': { protocol: 'ForceTCP', maxConcurrent: 0 },
    });
  });

  test('ignores $schema, whatever its value', () => {
    expect(findingsOf('{"$schema":["x"],"mode":"Disabled"}')).toEqual([]);
  });

  test('accepts a single map for an update, but not for a new pool', () => {
    const text = '{"mode":"Required","kubeDNSOverrides":{".":{},"cluster.local":{}}}';
    expect(findingsOf(text, 'update')).toEqual([]);
    expect(findingsOf(text, 'add')).toEqual([
      `R011 fail 1:1 $ -> "vnetDNSOverrides": {${vnetZone('.')}, ${vnetZone('cluster.local')}}`,
    ]);
  });

  test('accepts whole numbers in any JSON notation', () => {
    const profile = read(
      '{"mode":"Required","kubeDNSOverrides":{".":{"maxConcurrent":1e3,"cacheDurationInSeconds":60.0,"serveStaleDurationInSeconds":-0},"cluster.local":{}}}',
    ).profile;
    expect(profile?.kubeDNSOverrides?.['.']).toEqual({
      maxConcurrent: 1000,
      cacheDurationInSeconds: 60,
      serveStaleDurationInSeconds: 0,
    });
  });
});

describe('other spellings', () => {
  test('accepts a map in any case, with a warning that names the documented spelling', () => {
    const text = '{"mode":"Required","VNETDNSOVERRIDES":{".":{},"cluster.local":{}}}';
    expect(findingsOf(text)).toEqual(['R008 warn 1:20 VNETDNSOVERRIDES -> vnetDNSOverrides']);
    expect(read(text).profile?.vnetDNSOverrides).toEqual({ '.': {}, 'cluster.local': {} });
  });

  test('accepts settings in snake_case with a warning, but no other spelling', () => {
    const text = file('kubeDNSOverrides', { '.': { serve_stale: 'Verify', ServeStaleDurationInSeconds: 5 } });
    expect(findingsOf(text)).toEqual([
      'R008 warn 1:92 kubeDNSOverrides["."].serve_stale -> serveStale',
      'L002 fail 1:115 kubeDNSOverrides["."].ServeStaleDurationInSeconds -> serveStaleDurationInSeconds',
    ]);
  });

  test('rejects two spellings of the same map or setting', () => {
    expect(
      rulesOf(
        '{"mode":"Required","kubeDNSOverrides":{".":{},"cluster.local":{}},"kubednsoverrides":{".":{},"cluster.local":{}}}',
      ),
    ).toEqual(['R006 fail', 'R008 warn']);
    expect(rulesOf(file('kubeDNSOverrides', { '.': { serveStale: 'Verify', serve_stale: 'Verify' } }))).toEqual([
      'R006 fail',
      'R008 warn',
    ]);
  });

  test('reads Disabled from the guide as Disable, with a warning', () => {
    const { profile, findings } = read(file('kubeDNSOverrides', { '.': { serveStale: 'Disabled' } }));
    expect(profile?.kubeDNSOverrides?.['.']?.serveStale).toBe('Disable');
    expect(findings).toMatchObject([{ rule: 'L003', severity: 'warn', instead: 'Disable' }]);
  });

  test('warns about a state copied from Azure, and leaves it out', () => {
    expect(read('{"mode":"Required","state":"Enabled"}')).toMatchObject({
      profile: { mode: 'Required' },
      findings: [{ rule: 'R010', severity: 'warn' }],
    });
  });
});

describe('all findings of a file, with their positions', () => {
  test('reports all errors of a file in the order of the text', () => {
    const text = `{
  "mode": "required",
  "extra": 1,
  "kubeDNSOverrides": {
    ".": { "protocl": "ForceTCP", "maxConcurrent": "10", "serveStale": "verify" },
    "example.com": {}, "example.com.": null
  },
}`;
    expect(findingsOf(text)).toEqual([
      'L001 fail 2:11 mode -> Required',
      'L002 fail 3:3 extra',
      `L004 fail 4:3 kubeDNSOverrides -> ${kubeZone('cluster.local')}`,
      'L002 fail 5:12 kubeDNSOverrides["."].protocl -> protocol',
      'R007 fail 5:52 kubeDNSOverrides["."].maxConcurrent -> 10',
      'L003 fail 5:72 kubeDNSOverrides["."].serveStale -> Verify',
      'L010 fail 6:24 kubeDNSOverrides["example.com."] -> keep one of them, \'example.com\'',
      'R007 fail 6:40 kubeDNSOverrides["example.com."]',
      'R003 fail 7:4 $',
    ]);
  });

  test('counts characters, not UTF-16 units, and accepts CR LF and CR as line ends', () => {
    expect(findingsOf('{"😀":1,"w":1,\r\n"x":1,\r"mode":"Required","y":1}')).toEqual([
      'L002 fail 1:2 $["😀"]',
      'L002 fail 1:8 w',
      'L002 fail 2:1 x',
      'L002 fail 3:19 y',
    ]);
  });

  test('finds duplicate keys at every level, including below unknown keys', () => {
    const text =
      '{"mode":"Required","mode":"Disabled","x":[{"a":1,"a":2}],"kubeDNSOverrides":{".":{"protocol":"ForceTCP","protocol":"PreferUDP"},".":{},"cluster.local":{}}}';
    expect(findingsOf(text).filter((line) => line.startsWith('R006'))).toEqual([
      'R006 fail 1:20 mode',
      'R006 fail 1:50 x[0].a',
      'R006 fail 1:105 kubeDNSOverrides["."].protocol',
      'R006 fail 1:129 kubeDNSOverrides["."]',
    ]);
  });

  test('reports what is wrong if the file is not a profile at all', () => {
    expect(findingsOf('')).toEqual(['R003 fail 1:1 $']);
    expect(findingsOf('null')).toEqual(['R004 fail 1:1 $']);
    expect(findingsOf('[1]')).toEqual(['R004 fail 1:1 $']);
    expect(findingsOf('{}')).toEqual(['L001 fail 1:1 $ -> "mode": "Required"']);
  });

  test('reports a wrapper, and validates the profile inside', () => {
    const text = '{"id":"x","properties":{"mode":"User","localDnsProfile":{"mode":"On","kubeDNSOverrides":{}}}}';
    expect(findingsOf(text)).toEqual([
      'R009 fail 1:11 properties -> only the profile',
      'R009 fail 1:39 properties.localDnsProfile -> only the profile',
      'L001 fail 1:65 properties.localDnsProfile.mode -> Required',
      `L004 fail 1:70 properties.localDnsProfile.kubeDNSOverrides -> ${kubeZone('.')}`,
      `L004 fail 1:70 properties.localDnsProfile.kubeDNSOverrides -> ${kubeZone('cluster.local')}`,
    ]);
  });

  test('suggests the right place for a zone setting at the top level', () => {
    expect(findingsOf('{"mode":"Required","serveStale":"Verify"}')).toEqual([
      'L002 fail 1:20 serveStale -> serveStale, inside a zone of vnetDNSOverrides or kubeDNSOverrides',
    ]);
  });

  test('reports a mode key in the wrong case only once', () => {
    expect(findingsOf('{"Mode":"Required"}')).toEqual(['L002 fail 1:2 Mode -> mode']);
  });
});

describe('syntax', () => {
  test('reports comments, trailing commas and missing commas, and continues', () => {
    expect(findingsOf('// why\n{"mode":"off" /* x */ "state":1,}')).toEqual([
      'R003 fail 1:1 $',
      'L001 fail 2:9 mode -> Disabled',
      'R003 fail 2:15 $',
      'R003 fail 2:23 $ -> ,',
      'R010 warn 2:23 state',
      'R003 fail 2:32 $',
    ]);
  });

  test('reports other syntax errors once, without guesses about the rest', () => {
    expect(findingsOf("{'mode':'Required'}")).toEqual(['R003 fail 1:2 $']);
    expect(findingsOf('{"mode":Required,"x":1}')).toEqual(['R003 fail 1:9 $']);
    expect(findingsOf('{"mode":"Required"')).toEqual(['R003 fail 1:19 $']);
    expect(findingsOf('{"mode":"Required"} {}')).toEqual(['R003 fail 1:21 $']);
  });
});

describe('hostile files', () => {
  const withinSeconds = (text: string, purpose: 'add' | 'update' = 'update'): readonly string[] =>
    rulesOf(text.slice(0, maxFileBytes), purpose);

  test('rejects more than 1 MiB without reading it', () => {
    expect(readProfile(new Uint8Array(maxFileBytes + 1), 'add').findings).toMatchObject([
      { rule: 'R001', severity: 'fail', line: 1, column: 1 },
    ]);
  });

  test('rejects a mebibyte of brackets without a stack overflow', () => {
    expect(withinSeconds('['.repeat(maxFileBytes))).toEqual(['R005 fail']);
    expect(withinSeconds('{"a":'.repeat(maxFileBytes))).toEqual(['R005 fail']);
  });

  test('does not count brackets inside a string as nesting', () => {
    expect(findingsOf(JSON.stringify({ $schema: `"${'['.repeat(100)}`, mode: 'Required' }))).toEqual([]);
  });

  test('is not slowed down by long keys, strings, white space or many entries', () => {
    expect(withinSeconds(`{"mode":"${'a'.repeat(1_048_000)}"}`)).toEqual(['L001 fail']);
    expect(
      withinSeconds(
        `{"mode":"Required","kubeDNSOverrides":{".":{"maxConcurrent":"3${' '.repeat(1_048_000)}x"},"cluster.local":{}}}`,
      ),
    ).toEqual(['R007 fail']);
    expect(withinSeconds(`{${'"kubeDNSOverrides":1,'.repeat(20_000)}"mode":"Required"}`)).toHaveLength(2000);
    expect(
      withinSeconds(`{"mode":"Required","kubeDNSOverrides":{"${'a:'.repeat(520_000)}":{},".":{},"cluster.local":{}}}`),
    ).toEqual(['L010 fail']);
  });

  test('keeps control characters and very long words out of messages and paths', () => {
    const [finding] = read(`{"mode":"Required","a\\u001b[31m\\n\\u202e${'x'.repeat(500)}":1}`).findings;
    expect(`${finding?.message ?? ''}${finding?.path ?? ''}`).not.toMatch(/[\u0000-\u001f\u202e]/);
    expect(finding?.path.length).toBeLessThan(120);
  });

  test('treats __proto__ and similar keys as ordinary keys', () => {
    expect(findingsOf('{"mode":"Required","__proto__":{"mode":"Disabled"},"constructor":{"prototype":1}}')).toEqual([
      'L002 fail 1:20 __proto__',
      'L002 fail 1:52 constructor',
    ]);
    expect(
      rulesOf(
        '{"mode":"Required","kubeDNSOverrides":{".":{"__proto__":1,"toString":1},"cluster.local":{},"__proto__":{}}}',
      ),
    ).toEqual(['L002 fail', 'L002 fail', 'L011 fail']);
    expect(
      read(file('kubeDNSOverrides', { constructor: { protocol: 'ForceTCP' }, toString: {} })).profile?.kubeDNSOverrides,
    ).toEqual({
      '.': {},
      'cluster.local': {},
      constructor: { protocol: 'ForceTCP' },
      toString: {},
    });
    expect(Object.hasOwn(Object.prototype, 'mode')).toBe(false);
  });
});
