import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, parseJson, type JsonObject } from '../../../src/core/json.ts';
import { decode } from '../../../src/domain/localdns/encoding.ts';
import {
  effectiveProfile,
  profileChanges,
  profileForRequest,
  profileFromStored,
  readProfile,
  sameProfile,
  type ProfileDocument,
} from '../../../src/domain/localdns/index.ts';
import { localDnsModes, overrideEnums, type LocalDnsProfile } from '../../../src/model/profile.ts';
import { read } from './support.ts';

const purposes = fc.constantFrom('add' as const, 'update' as const);
const proto = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];

const settings = fc.record(
  {
    queryLogging: fc.constantFrom(...overrideEnums.queryLogging),
    protocol: fc.constantFrom(...overrideEnums.protocol),
    forwardPolicy: fc.constantFrom(...overrideEnums.forwardPolicy),
    maxConcurrent: fc.nat(),
    cacheDurationInSeconds: fc.integer({ min: 1, max: 86_400 }),
    serveStaleDurationInSeconds: fc.nat(86_400),
    serveStale: fc.constantFrom('Immediate' as const, 'Disable' as const),
  },
  { requiredKeys: [] },
);
const zoneName = fc.oneof(
  fc.constantFrom('constructor', 'toString', 'Example.com', 'example.org.'),
  fc.stringMatching(/^[a-z]{1,8}\.[a-z]{2,4}$/),
);
const map = fc
  .tuple(settings, settings, fc.dictionary(zoneName, settings, { maxKeys: 4 }))
  .map(([root, cluster, zones]) => ({ ...zones, '.': root, 'cluster.local': cluster }));
const goodProfile: fc.Arbitrary<LocalDnsProfile> = fc.record(
  { mode: fc.constantFrom(...localDnsModes), vnetDNSOverrides: map, kubeDNSOverrides: map },
  { requiredKeys: ['mode'] },
);

/** JSON built from the keys of the format and from traps, so that it is often similar to a profile. */
const word = fc.oneof(
  fc.constantFrom(
    'mode',
    'state',
    '$schema',
    'kubeDNSOverrides',
    'VnetDnsOverrides',
    'localDNSProfile',
    'properties',
    '.',
    'cluster.local',
    'serveStale',
    'serve_stale',
    'maxConcurrent',
    ...proto,
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const nearlyProfile = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom('Required', 'Disabled', 'Verify', 0, -1, 1.5, null, true),
    fc.string(),
    tie('object'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  object: fc.array(fc.tuple(word, tie('value')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
})).object;

/** The violated promises for a file; empty if there are none. */
function broken(document: ProfileDocument, text: string): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/);
  const outside = document.findings.filter(
    ({ line, column }) => line < 1 || column < 1 || line > lines.length || column > (lines[line - 1] ?? '').length + 1,
  );
  const unsorted = document.findings.filter(({ line, column }, index) => {
    const before = document.findings[index - 1];
    return before !== undefined && (before.line > line || (before.line === line && before.column > column));
  });
  const unprintable = document.findings.filter(({ message, path, instead }) =>
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(message + path + (instead ?? '')),
  );
  const failed = document.findings.some(({ severity }) => severity === 'fail');
  return [
    ...outside.map((finding) => `outside the text: ${JSON.stringify(finding)}`),
    ...unsorted.map((finding) => `not in order: ${JSON.stringify(finding)}`),
    ...unprintable.map((finding) => `not printable: ${JSON.stringify(finding)}`),
    ...(failed === (document.profile === undefined) ? [] : ['a profile with a fail, or none without one']),
  ];
}

describe('reading any bytes', () => {
  test('never throws on random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), purposes, (bytes, purpose) => {
        const document = readProfile(bytes, purpose);
        expect(document.profile === undefined).toBe(document.findings.some(({ severity }) => severity === 'fail'));
      }),
      { numRuns: 1000 },
    );
  });

  test('has valid findings for random text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), purposes, (text, purpose) => {
        const clean = new TextDecoder().decode(new TextEncoder().encode(text));
        // A NUL after a letter means UTF-16; positions are those in the part that could be decoded.
        const decoded = decode(new TextEncoder().encode(clean));
        expect(broken(read(clean, purpose), 'text' in decoded ? decoded.text : decoded.prefix)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('has valid findings for random JSON', () => {
    fc.assert(
      fc.property(nearlyProfile, purposes, fc.constantFrom(undefined, 2), (value, purpose, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        expect(broken(read(text, purpose), text)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test('has valid findings for valid files with some characters changed', () => {
    const edit = fc.record({
      at: fc.nat(),
      remove: fc.nat(3),
      insert: fc.oneof(
        fc.constantFrom('{', '}', '"', ',', ':', '//', '/*', '0', '\\', '\n', '\r', '\t', '-', 'null'),
        fc.string({ maxLength: 2 }),
      ),
    });
    fc.assert(
      fc.property(goodProfile, fc.array(edit, { minLength: 1, maxLength: 3 }), purposes, (profile, edits, purpose) => {
        let text = JSON.stringify(profile, undefined, 1);
        for (const { at, remove, insert } of edits)
          text = text.slice(0, at % text.length) + insert + text.slice((at % text.length) + remove);
        const clean = new TextDecoder().decode(new TextEncoder().encode(text));
        const document = read(clean, purpose);
        expect(broken(document, clean)).toEqual([]);
        const isJson = parseJson(clean) !== undefined;
        expect(document.findings.some(({ rule }) => rule === 'R003')).toBe(!isJson);
      }),
      { numRuns: 2000 },
    );
  });

  test('does not change prototypes', () => {
    const names = Object.getOwnPropertyNames(Object.prototype);
    fc.assert(
      fc.property(nearlyProfile, (value) => {
        const profile = profileFromStored(value as JsonObject);
        effectiveProfile(profile, profile);
        profileForRequest(profile);
        read(JSON.stringify(value).replaceAll('"mode"', '"__proto__"'));
        expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(names);
      }),
    );
  });
});

describe('valid profiles', () => {
  test('are read as written', () => {
    fc.assert(
      fc.property(goodProfile, (profile) => {
        fc.pre(noCollision(profile));
        const document = read(JSON.stringify(profile));
        expect(document.profile).toEqual(profile);
      }),
    );
  });

  test('are sent as Azure will store them, map by map', () => {
    fc.assert(
      fc.property(goodProfile, fc.option(goodProfile, { nil: undefined }), (profile, stored) => {
        const effective = effectiveProfile(profile, stored);
        expect(effectiveProfile(effective, stored)).toEqual(effective);
        expect(effectiveProfile(profileFromStored(profileForRequest(effective)), undefined)).toEqual(effective);
        for (const [key, value] of Object.entries(profileForRequest(profile)))
          expect(value).toEqual(effective[key as keyof typeof effective]);
      }),
    );
  });

  test('are compared regardless of the order of keys, and differ exactly if there are changes', () => {
    fc.assert(
      fc.property(goodProfile, goodProfile, (left, right) => {
        const one = effectiveProfile(left, undefined);
        const other = effectiveProfile(right, undefined);
        expect(sameProfile(one, canonical(one) as unknown as typeof one)).toBe(true);
        expect(sameProfile(one, other)).toBe(sameProfile(other, one));
        expect(profileChanges(one, other).length === 0).toBe(sameProfile(one, other));
      }),
    );
  });
});

function noCollision(profile: LocalDnsProfile): boolean {
  return [profile.vnetDNSOverrides, profile.kubeDNSOverrides].every((zones) => {
    const names = Object.keys(zones ?? {}).map((name) => name.toLowerCase().replace(/\.$/, ''));
    return new Set(names).size === names.length;
  });
}
