import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effectiveProfile, readProfile, sameProfile } from '../../../../src/domain/localdns/index.ts';
import { fixProfile, leftUnfixed } from '../../../../src/domain/localdns/lint/index.ts';
import { localDnsModes, overrideEnums } from '../../../../src/model/profile.ts';
import { goodZones } from '../support.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
const fixed = (text: string): string => decode(fixProfile(encode(text)).bytes);
const rulesOf = (text: string): readonly string[] => fixProfile(encode(text)).applied.map(({ rule }) => rule);

/** A zone with all settings except one, on one line. */
const nearlyFull =
  '"queryLogging": "Error", "protocol": "PreferUDP", "forwardPolicy": "Random", "maxConcurrent": 1e3, "cacheDurationInSeconds": 60, "serveStaleDurationInSeconds": 60, "serveStale": "Verify"';

describe('--fix', () => {
  test('corrects keys to the documented spelling', () => {
    const { applied, bytes } = fixProfile(
      encode(`{"mode":"Required","KUBEDNSOVERRIDES":{".":{"serve_stale":"Immediate"},"cluster.local":{}}}`),
    );
    expect(applied.slice(0, 2)).toEqual([
      { rule: 'R008', path: 'KUBEDNSOVERRIDES', what: "'KUBEDNSOVERRIDES' is now 'kubeDNSOverrides'" },
      { rule: 'R008', path: 'KUBEDNSOVERRIDES["."].serve_stale', what: "'serve_stale' is now 'serveStale'" },
    ]);
    expect(readProfile(bytes, 'update').findings).toEqual([]);
  });

  test('corrects values to the documented ones, and their case', () => {
    const text = `{"mode":"required","kubeDNSOverrides":{".":{"serveStale":"Disabled","protocol":"forcetcp"},"cluster.local":{"forwardPolicy":"sequential"}}}`;
    expect(fixed(text)).toContain('"mode":"Required"');
    expect(fixed(text)).toContain('"serveStale":"Disable","protocol":"ForceTCP"');
    expect(rulesOf(text)).toEqual(['L001', 'L003', 'L003', 'L003', 'L012', 'L012']);
  });

  test.each([
    ['{ "mode": "Required", "state": "Enabled" }', '{ "mode": "Required" }'],
    ['{\r\n  "state": null,\r\n  "mode": "Required"\r\n}\r\n', '{\r\n  "mode": "Required"\r\n}\r\n'],
    ['{\n\t"mode" : "Required" ,\n\t"state" : {} \n}', '{\n\t"mode" : "Required" \n}'],
  ])("removes the read-only 'state' with its comma and line: %j", (before, after) => {
    expect(fixed(before)).toBe(after);
  });

  test('adds missing settings, in the style of the existing ones', () => {
    const text = `{"mode":"Required",\n "kubeDNSOverrides": { ".": { ${nearlyFull} },\r\n  "cluster.local": {\r\n\t"protocol" :"ForceTCP"}}}`;
    const result = fixed(text);
    expect(result).toContain(`{ ${nearlyFull}, "forwardDestination": "ClusterCoreDNS" },\r\n`);
    expect(result).toContain(
      '{\r\n\t"protocol" :"ForceTCP",\r\n\t"queryLogging" :"Error",\r\n\t"forwardDestination" :"ClusterCoreDNS",',
    );
    expect(result).toMatch(/"serveStale" :"Immediate"\}\}\}$/);
  });

  test('fills zones without settings, one level deeper than their key', () => {
    const text =
      '{\r\n    "mode": "Required",\r\n    "vnetDNSOverrides": {\r\n        ".": {},\r\n        "cluster.local": {\r\n        }\r\n    }\r\n}\r\n';
    const lines = fixed(text).split('\r\n');
    expect(lines.join('')).not.toContain('\n');
    expect(lines.slice(3, 7)).toEqual([
      '        ".": {',
      '            "queryLogging": "Error",',
      '            "protocol": "PreferUDP",',
      '            "forwardDestination": "VnetDNS",',
    ]);
    expect(lines.slice(11, 15)).toEqual([
      '            "serveStale": "Immediate"',
      '        },',
      '        "cluster.local": {',
      '            "queryLogging": "Error",',
    ]);
    expect(fixed('{"mode":"Required","kubeDNSOverrides":{".":{},"cluster.local":{}}}')).toContain(
      '".":{"queryLogging":"Error","protocol":"PreferUDP",',
    );
  });

  test('keeps the encoding and the byte order mark', () => {
    const text = `{"mode":"Required","state":0}`;
    const utf16 = (littleEndian: boolean, content: string): Uint8Array => {
      const bytes = new Uint8Array(content.length * 2);
      for (let at = 0; at < content.length; at += 1)
        new DataView(bytes.buffer).setUint16(at * 2, content.charCodeAt(at), littleEndian);
      return bytes;
    };
    const after = '{"mode":"Required"}';
    expect(fixProfile(encode(`\ufeff${text}`)).bytes).toEqual(encode(`\ufeff${after}`));
    for (const littleEndian of [true, false]) {
      for (const mark of ['', '\ufeff'])
        expect(fixProfile(utf16(littleEndian, mark + text)).bytes).toEqual(utf16(littleEndian, mark + after));
    }
  });
});

describe('a file that --fix leaves unchanged', () => {
  test.each([
    ['a file that is not JSON', '{"mode":"required",}'],
    ['a comment', '{"mode":"required" /* soon */}'],
    ['a key that stands twice', '{"mode":"required","mode":"Required"}'],
    [
      'a setting in two spellings',
      '{"mode":"Required","kubeDNSOverrides":{".":{"serve_stale":"Disabled","serveStale":"Verify"},"cluster.local":{}}}',
    ],
    ['a profile inside an object that holds more', '{"id":"x","localDNSProfile":{"mode":"required"}}'],
    ['a word that is far from any', '{"mode":"Enabled"}'],
    ['a key that az would drop', '{"Mode":"Required"}'],
    ['a map without a zone that it must have', '{"mode":"Required","kubeDNSOverrides":{".":{}}}'],
    [
      'a combination that the service rejects',
      '{"mode":"Required","kubeDNSOverrides":{".":{},"cluster.local":{"serveStale":"Verify"}}}',
    ],
    ['nothing at all', ''],
  ])('is %s', (_, text) => {
    const bytes = encode(text);
    expect(fixProfile(bytes)).toEqual({ bytes, applied: [] });
    expect(fixProfile(bytes).bytes).toBe(bytes);
  });

  test('is one whose bytes are not text', () => {
    const bytes = new Uint8Array([0xff, 0xff, 0x7b]);
    expect(fixProfile(bytes).bytes).toBe(bytes);
  });
});

const caseOf = (word: string): fc.Arbitrary<string> => fc.mixedCase(fc.constant(word));
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const setting = (name: keyof typeof overrideEnums): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(...overrideEnums[name]),
    fc.constantFrom(...overrideEnums[name]).chain((word) => caseOf(word)),
  );
const zone = fc
  .record(
    {
      queryLogging: setting('queryLogging'),
      forwardPolicy: setting('forwardPolicy'),
      serveStale: fc.constantFrom('Immediate', 'Disabled', 'disable'),
      maxConcurrent: fc.nat(),
    },
    { requiredKeys: [] },
  )
  .chain((settings) =>
    fc
      .array(fc.boolean(), { minLength: 8, maxLength: 8 })
      .map((flips) =>
        Object.fromEntries(
          Object.entries(settings).map(([name, value], index) => [flips[index] === true ? snake(name) : name, value]),
        ),
      ),
  );
const map = fc
  .tuple(zone, zone, zone)
  .map(([root, cluster, own]) => ({ '.': root, 'cluster.local': cluster, 'example.com': own }));
const slips = fc
  .record(
    {
      mode: fc.constantFrom(...localDnsModes).chain((mode) => caseOf(mode)),
      state: fc.jsonValue({ maxDepth: 2 }),
      vnet: map,
      kube: map,
      vnetKey: caseOf('vnetDNSOverrides'),
      kubeKey: caseOf('kubeDNSOverrides'),
    },
    { requiredKeys: ['mode', 'vnetKey', 'kubeKey'] },
  )
  .map(({ mode, state, vnet, kube, vnetKey, kubeKey }) => ({
    ...(state === undefined ? {} : { state }),
    mode,
    ...(vnet === undefined ? {} : { [vnetKey]: vnet }),
    ...(kube === undefined ? {} : { [kubeKey]: kube }),
  }));

describe('fixing any file', () => {
  test('leaves no known errors, and keeps the meaning of the profile', () => {
    fc.assert(
      fc.property(
        slips,
        fc.constantFrom(undefined, 1, '\t', 4),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom('', '\ufeff'),
        (value, indent, lineEnd, mark) => {
          const text = mark + JSON.stringify(value, undefined, indent).replaceAll('\n', lineEnd);
          const { bytes } = fixProfile(encode(text));
          expect(fixProfile(bytes)).toEqual({ bytes, applied: [] });
          const after = readProfile(bytes, 'update');
          expect(after.findings).toEqual([]);
          const before = readProfile(encode(text), 'update').profile;
          expect(
            before === undefined ||
              after.profile === undefined ||
              sameProfile(effectiveProfile(before, undefined), effectiveProfile(after.profile, undefined)),
          ).toBe(true);
          const [given, result] = [lineEndsOf(text), lineEndsOf(decode(bytes))];
          expect([...result].every((end) => given.has(end))).toBe(true);
          expect(decode(bytes).startsWith('\ufeff')).toBe(mark !== '');
        },
      ),
    );
  });

  test('changes only what it reports, and keeps everything else byte for byte and in order', () => {
    fc.assert(
      fc.property(slips, fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const { bytes, applied } = fixProfile(encode(text));
        const [before, after] = [plain(text), plain(decode(bytes))];
        const rules = new Set(applied.map(({ rule }) => rule));
        expect(rules.has('R010') || isSubsequence(before, after)).toBe(true);
        expect(rules.has('L012') || isSubsequence(after, before)).toBe(true);
        expect(applied.length > 0 || decode(bytes) === text).toBe(true);
      }),
    );
  });

  test('changes nothing the second time, for random text around a valid file', () => {
    const good = JSON.stringify(
      { mode: 'Required', vnetDNSOverrides: goodZones, kubeDNSOverrides: goodZones },
      undefined,
      2,
    );
    fc.assert(
      fc.property(fc.nat(good.length), fc.nat(4), fc.string({ maxLength: 3 }), (at, remove, insert) => {
        const once = fixProfile(encode(good.slice(0, at) + insert + good.slice(at + remove)));
        expect(fixProfile(once.bytes)).toEqual({ bytes: once.bytes, applied: [] });
      }),
    );
  });
});

function lineEndsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(/\r\n|\r|\n/g) ?? []);
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll('_', '').replaceAll('disabled', 'disable');
}

function isSubsequence(part: string, whole: string): boolean {
  let at = 0;
  for (const character of part) {
    at = whole.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

describe('a profile inside another object', () => {
  test('is unwrapped and unindented, and fixed like any other', () => {
    const text = '{\r\n  "localDNSProfile": {\r\n    "mode": "required",\r\n    "state": "Enabled"\r\n  }\r\n}\r\n';
    expect(fixed(text)).toBe('{\r\n  "mode": "Required"\r\n}\r\n');
    expect(rulesOf(text)).toEqual(['R009', 'L001', 'R010']);
    expect(fixed('{"properties":{"localDNSProfile":{"mode":"Disabled"}}}')).toBe('{"mode":"Disabled"}');
  });

  test.each([
    ['{"mode":"Required",}', /^its structure is ambiguous \(R003\)/],
    [
      '{"name":"x","properties":{"localDNSProfile":{"mode":"Required"}}}',
      /extract it with aks-localdns config import$/,
    ],
    ['{"mode":"Enabled"}', /^L001 must be fixed by hand;/],
    ['{"mode":"Required"}', /^undefined$/],
  ])('%s: has a reason for what is left', (text, why) => {
    expect(String(leftUnfixed(fixProfile(encode(text)).bytes))).toMatch(why);
  });
});
