import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../src/core/json.ts';
import { profileRules } from '../../../src/domain/localdns/rules/index.ts';
import { file, goodZones, read, rulesOf } from './support.ts';

const zone = (map: 'vnetDNSOverrides' | 'kubeDNSOverrides', name: string, settings: JsonValue = {}): string =>
  file(map, { [name]: settings });
const manyZones = Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`z${String(index)}.example.com`, {}]));

/** For each rule, a file that violates only that rule. R001 and R002 are about bytes and have their own tests. */
const breaking: Readonly<Record<string, string>> = {
  R003: '{"mode":"Required",}',
  R004: '"Required"',
  R005: '['.repeat(40),
  R006: '{"mode":"Required","mode":"Required"}',
  R007: zone('kubeDNSOverrides', '.', { cacheDurationInSeconds: 0.5 }),
  R008: zone('kubeDNSOverrides', '.', { query_logging: 'Log' }),
  R009: '{"localDNSProfile":{"mode":"Required"}}',
  R010: '{"mode":"Required","state":"Disabled"}',
  R011: JSON.stringify({ mode: 'Required', vnetDNSOverrides: goodZones }),
  L001: '{"mode":null}',
  L002: '{"mode":"Required","vnetDNSOverride":{}}',
  L003: zone('kubeDNSOverrides', '.', { forwardPolicy: 'sequential' }),
  L013: zone('vnetDNSOverrides', 'my-cluster.local', { forwardDestination: 'ClusterCoreDNS' }),
  L004: '{"mode":"Required","vnetDNSOverrides":{".":{}},"kubeDNSOverrides":{".":{},"cluster.local":{}}}',
  L005: zone('vnetDNSOverrides', '.', { forwardDestination: 'ClusterCoreDNS' }),
  L006: zone('vnetDNSOverrides', 'example.com', { forwardDestination: 'ClusterCoreDNS' }),
  L007: zone('kubeDNSOverrides', 'svc.cluster.local', { forwardDestination: 'VnetDNS' }),
  L008: zone('kubeDNSOverrides', '.', { protocol: 'ForceTCP', serveStale: 'Verify' }),
  L009: zone('kubeDNSOverrides', '.', { maxConcurrent: -1 }),
  L010: zone('kubeDNSOverrides', 'health-check.localdns.local.'),
  L011: zone('vnetDNSOverrides', '-example.com'),
};

describe('the table of rules', () => {
  test('has unique ids of the documented form, each with a reason and a source', () => {
    const ids = profileRules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    for (const rule of profileRules) {
      expect(rule.id).toMatch(/^[LR]\d{3}$/);
      expect(['fail', 'warn', 'info']).toContain(rule.severity);
      for (const text of [rule.trigger, rule.reason, rule.source]) expect(text).toMatch(/^\S.*[^.]$|"$/);
    }
  });

  test.each(profileRules.filter(({ id }) => !['R001', 'R002'].includes(id)))(
    '$id is the only rule that its example violates',
    (rule) => {
      const { findings, profile } = read(breaking[rule.id] ?? '', 'add');
      expect([...new Set(findings.map((finding) => finding.rule))]).toEqual([rule.id]);
      for (const finding of findings) {
        expect(finding).toMatchObject({ severity: rule.severity, source: rule.source });
        expect(finding.message).toMatch(/^[^\n]+\.$/);
      }
      expect(profile === undefined).toBe(rule.severity === 'fail');
    },
  );
});

describe('forbidden combinations', () => {
  test('uses the default of a missing setting', () => {
    expect(rulesOf(zone('kubeDNSOverrides', 'cluster.local', { serveStale: 'Verify' }))).toEqual(['L008 fail']);
    expect(rulesOf(zone('kubeDNSOverrides', '.', { serveStale: 'Verify' }))).toEqual([]);
    expect(rulesOf(zone('vnetDNSOverrides', 'svc.cluster.local'))).toEqual([]);
  });

  test('does not report an invalid setting again', () => {
    expect(rulesOf(zone('kubeDNSOverrides', 'cluster.local', { protocol: 'tcp', serveStale: 'Verify' }))).toEqual([
      'L003 fail',
    ]);
  });

  test('recognizes cluster zones by the end of their key, like the service and the node', () => {
    expect(rulesOf(zone('kubeDNSOverrides', 'my-cluster.local', { forwardDestination: 'ClusterCoreDNS' }))).toEqual([]);
    // Either value is wrong: one is rejected, and with the other, queries loop.
    expect(rulesOf(zone('vnetDNSOverrides', 'my-cluster.local', { forwardDestination: 'ClusterCoreDNS' }))).toEqual([
      'L013 warn',
    ]);
    expect(rulesOf(zone('vnetDNSOverrides', 'my-cluster.local', { forwardDestination: 'VnetDNS' }))).toEqual([
      'L013 warn',
      'L007 fail',
    ]);
    expect(rulesOf(zone('vnetDNSOverrides', 'svc.Cluster.Local', { forwardDestination: 'ClusterCoreDNS' }))).toEqual([
      'L006 fail',
    ]);
    expect(rulesOf(zone('kubeDNSOverrides', 'example.com', { forwardDestination: 'ClusterCoreDNS' }))).toEqual([]);
    expect(rulesOf(zone('vnetDNSOverrides', 'cluster.local', { forwardDestination: 'VnetDNS' }))).toEqual([
      'L007 fail',
    ]);
  });
});

describe('numbers', () => {
  test.each([
    ['cacheDurationInSeconds', 0, '3600'],
    ['serveStaleDurationInSeconds', -1, '300'],
    ['maxConcurrent', 2_147_483_648, '1000'],
  ])('%s %d is out of range', (name, value, instead) => {
    expect(read(zone('kubeDNSOverrides', '.', { [name]: value })).findings).toMatchObject([{ rule: 'L009', instead }]);
  });

  test.each([
    ['"3600"', '3600'],
    ['"60s"', '60'],
    ['3600.5', '3601'],
    ['null', undefined],
    ['true', undefined],
    ['"1h"', undefined],
  ])('%s is not a whole number', (value, instead) => {
    const [finding] = read(
      `{"mode":"Required","kubeDNSOverrides":{".":{"maxConcurrent":${value}},"cluster.local":{}}}`,
    ).findings;
    expect(finding?.rule).toBe('R007');
    expect(finding?.instead).toBe(instead);
  });

  test('reports a number that JSON cannot represent as out of range', () => {
    expect(rulesOf('{"mode":"Required","kubeDNSOverrides":{".":{"maxConcurrent":1e400},"cluster.local":{}}}')).toEqual([
      'L009 fail',
    ]);
  });
});

describe('names of zones', () => {
  test.each([
    'example.com',
    'example.com.',
    'a',
    '10.in-addr.arpa',
    'xn--bcher-kva.example',
    'A-1.b',
    `${'a'.repeat(63)}.b`,
  ])('accepts %s', (name) => {
    expect(rulesOf(zone('kubeDNSOverrides', name))).toEqual([]);
  });

  test.each([
    ['', 'L011', undefined],
    ['..', 'L011', undefined],
    ['.example.com', 'L011', 'example.com'],
    ['*.example.com', 'L011', 'example.com'],
    ['a..b', 'L011', 'a.b'],
    ['a-.b', 'L011', undefined],
    ['_a.b', 'L011', undefined],
    ['bücher.example', 'L011', undefined],
    ['10.0.0.1', 'L011', '1.0.0.10.in-addr.arpa'],
    [`${'a'.repeat(64)}.b`, 'L011', undefined],
    [Array.from({ length: 128 }, () => 'a').join('.'), 'L011', undefined],
    ['10.1.0.0/16', 'L010', '1.10.in-addr.arpa'],
    ['10.1.0.0/12', 'L010', undefined],
    ['2001:db8::/32', 'L010', undefined],
    ['example.com:5353', 'L010', 'example.com'],
    ['https://example.com/path', 'L010', 'example.com'],
    ['example.com ', 'L010', 'example.com'],
  ])('rejects %j', (name, rule, instead) => {
    const { findings } = read(zone('kubeDNSOverrides', name));
    expect(findings.map((finding) => [finding.rule, finding.severity, finding.instead])).toEqual([
      [rule, 'fail', instead],
    ]);
  });

  test('warns about an underscore inside a label', () => {
    expect(rulesOf(zone('kubeDNSOverrides', 'my_zone.example'))).toEqual(['L011 warn']);
  });

  test('finds zones in the same map that differ only in a trailing dot', () => {
    expect(rulesOf(file('kubeDNSOverrides', { 'example.com': {}, 'example.com.': {} }))).toEqual(['L010 fail']);
    expect(rulesOf(file('kubeDNSOverrides', { 'Example.com': {}, 'example.com.': {} }))).toEqual([]);
    expect(
      rulesOf(
        JSON.stringify({
          mode: 'Required',
          kubeDNSOverrides: { ...goodZones, 'a.b': {} },
          vnetDNSOverrides: { ...goodZones, 'A.b': {} },
        }),
      ),
    ).toEqual([]);
  });

  test('accepts a required zone only in its exact spelling', () => {
    const text = '{"mode":"Required","kubeDNSOverrides":{".":{},"Cluster.Local.":{}}}';
    expect(read(text).findings).toMatchObject([{ rule: 'L004', instead: 'cluster.local' }]);
  });

  test('allows at most a hundred zones in a map', () => {
    const { z0: _none, ...rest } = manyZones;
    const fewer = Object.fromEntries(Object.entries(rest).slice(0, 98));
    expect(rulesOf(file('kubeDNSOverrides', fewer))).toEqual([]);
    expect(rulesOf(file('kubeDNSOverrides', manyZones))).toEqual(['L011 fail']);
  });
});
