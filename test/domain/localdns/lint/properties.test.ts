import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readProfile } from '../../../../src/domain/localdns/index.ts';
import { fixProfile, lintProfile, type LintFacts } from '../../../../src/domain/localdns/lint/index.ts';

const facts: LintFacts = {
  kubernetesVersion: '1.30',
  vnetDnsServers: ['10.0.0.4', '169.254.10.10'],
  nodeCount: 3,
  nodeImageDate: '2026-01',
  coreDnsCustomDomains: ['example.com', '.'],
  clusterDomain: 'corp.local',
};
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The violated promises for a file; empty if there are none. */
function broken(bytes: Uint8Array): readonly string[] {
  const read = readProfile(bytes, 'add');
  const lint = lintProfile(bytes, 'add', facts);
  const all = new Set(lint.findings.map((finding) => JSON.stringify(finding)));
  fixProfile(bytes);
  return [
    ...read.findings
      .filter((finding) => !all.has(JSON.stringify(finding)))
      .map(({ rule }) => `${rule} is missing from lint`),
    ...lint.findings
      .filter(({ message }) => !/^[^\n]+\.$/.test(message))
      .map(({ message }) => `no sentence: ${message}`),
    ...lint.findings
      .filter(
        ({ line, column }, index) =>
          line < (lint.findings[index - 1]?.line ?? 0) ||
          (line === lint.findings[index - 1]?.line && column < (lint.findings[index - 1]?.column ?? 0)),
      )
      .map(({ rule }) => `${rule} is not in order`),
  ];
}

const word = fc.oneof(
  fc.constantFrom(
    'mode',
    'state',
    'kubeDNSOverrides',
    'VnetDnsOverrides',
    '.',
    'cluster.local',
    'x.Cluster.Local',
    'microsoft.com',
    'a.privatelink.net',
    'serveStale',
    'serve_stale',
    'maxConcurrent',
    '__proto__',
    'constructor',
    'toString',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const value = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom('Required', 'Preferred', 'Verify', 'Immediate', 'Log', 0, -1, 1.5, 1e300, null, true),
    fc.string(),
    tie('object'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  object: fc.array(fc.tuple(word, tie('value')), { maxLength: 6 }).map((entries) => Object.fromEntries(entries)),
})).object;

describe('lint, for any bytes', () => {
  test('includes all findings of the validator, in order, and never throws', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      value.map((json) => encode(JSON.stringify(json))),
    );
    fc.assert(
      fc.property(bytes, (given) => {
        expect(broken(given)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test('handles maps with many unusual zones', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, value), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 90, max: 130 }),
        (odd, amount) => {
          const many = Array.from(
            { length: amount },
            (_, index) =>
              [
                `Z${String(index)}.example.com.`,
                { maxConcurrent: index === 0 ? 1e300 : index, cacheDurationInSeconds: index === 1 ? -1.5 : index },
              ] as const,
          );
          const zones = Object.fromEntries([['.', {}], ['cluster.local', {}], ...many, ...odd]) as unknown;
          expect(
            broken(
              encode(
                JSON.stringify({
                  mode: 'Required',
                  kubeDNSOverrides: zones,
                  vnetDNSOverrides: Object.fromEntries(many),
                }),
              ),
            ),
          ).toEqual([]);
        },
      ),
      { numRuns: 50 },
    );
  });
});
