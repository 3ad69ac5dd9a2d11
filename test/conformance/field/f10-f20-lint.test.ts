import { describe, expect, test } from 'vitest';
import { fixProfile, lintProfile } from '../../../src/domain/localdns/lint/index.ts';
import { fieldBytes, fieldMissing } from './files.ts';

const lint = (name: string) => lintProfile(fieldBytes(name), 'update').findings;

describe.skipIf(fieldMissing !== undefined)(`lint of files from the field ${fieldMissing ?? ''}`, () => {
  test('f10: a reverse zone past CoreDNS is a risk', () => {
    const finding = lint('f10-reverse-zone-past-coredns.json').find(({ rule }) => rule === 'L028');
    expect(finding).toMatchObject({
      severity: 'warn',
      path: 'kubeDNSOverrides["10.in-addr.arpa"].forwardDestination',
      instead: 'ClusterCoreDNS',
    });
  });

  test('f18: the profile comes out of its wrapper and is mended', () => {
    const { bytes, applied } = fixProfile(fieldBytes('f18-wrapped-lowercase.json'));
    expect(applied.map(({ rule }) => rule)).toEqual(['R009', 'L003', 'L003', 'L003', 'L003']);
    expect(lintProfile(bytes, 'add').findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(new TextDecoder().decode(bytes)).toMatch(/^\{\n {2}"mode": "Required",\n/);
  });

  test('f19: what is advised for a missing zone has all settings', () => {
    const findings = lint('f19-empty-maps.json');
    expect(findings.map(({ rule }) => rule)).toEqual(['L004', 'L004', 'L004', 'L004']);
    for (const { instead } of findings) expect(instead).toMatch(/"serveStale": "Immediate"\}$/);
  });

  test('f20: a zone without a name is said once, and no rule speaks of it as if it were one', () => {
    const findings = lint('f20-empty-zone.json').filter(
      ({ severity, message }) => severity === 'fail' || message.includes("''"),
    );
    expect(findings.map(({ rule, instead }) => [rule, instead])).toEqual([['L011', undefined]]);
  });
});
