import { describe, expect, test } from 'vitest';
import { documentedDefault, type ProfileFinding } from '../../../../src/domain/localdns/index.ts';
import { profileRules } from '../../../../src/domain/localdns/rules/index.ts';
import { allRules, explainRule, lintProfile } from '../../../../src/domain/localdns/lint/index.ts';
import { lintRules } from '../../../../src/domain/localdns/lint/rules/index.ts';
import { examples, withZones, type Example } from './examples.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function findingsOf({ file, facts }: Example): readonly ProfileFinding[] {
  return lintProfile(bytes(file), 'update', facts).findings;
}

const idsOf = (example: Example): readonly string[] => findingsOf(example).map(({ rule }) => rule);

describe('the table of lint rules', () => {
  test('has unique ids in order, each with a trigger, a reason and a source', () => {
    const ids = allRules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(profileRules.length + lintRules.length);
    expect(ids).toHaveLength(profileRules.length + lintRules.length);
    expect([...ids].sort()).toEqual(ids);
    for (const rule of lintRules) {
      expect(rule.id).toMatch(/^L0(?:1[2-9]|[2-8]\d)$/);
      for (const text of [rule.trigger, rule.reason, rule.source]) expect(text, rule.id).toMatch(/^\S[^\n]*[^.\s]$/);
    }
  });

  test('has a pair of examples for each rule, and no others', () => {
    expect(Object.keys(examples)).toEqual(lintRules.map(({ id }) => id));
  });

  test.each(lintRules)('$id is violated by the first example and not by the second', (rule) => {
    const pair = examples[rule.id];
    const broken = pair === undefined ? [] : findingsOf(pair.breaks).filter((finding) => finding.rule === rule.id);
    expect(broken.length).toBeGreaterThan(0);
    for (const finding of broken) {
      expect(finding).toMatchObject({ severity: pair?.breaks.severity ?? rule.severity, source: rule.source });
      expect(finding.message).toMatch(/^[A-Za-z'][^\n]+[^.]\.$/);
    }
    expect(pair === undefined ? [] : idsOf(pair.keeps)).not.toContain(rule.id);
  });

  test.each(lintRules.filter(({ needs }) => needs !== undefined))(
    '$id has no findings if the facts that it needs are unknown',
    (rule) => {
      const pair = examples[rule.id];
      expect(pair === undefined ? [] : idsOf({ file: pair.breaks.file })).not.toContain(rule.id);
      expect(Object.keys(pair?.breaks.facts ?? {})).toEqual(rule.needs);
    },
  );
});

describe('a suggestion', () => {
  /** The file with a setting changed; undefined if the path is not that of a setting. */
  function changed(file: string, path: string, value: string): string | undefined {
    const [, map, zone, setting] = /^(\w+)\["([^"]+)"\]\.(\w+)$/.exec(path) ?? [];
    if (map === undefined || zone === undefined || setting === undefined) return undefined;
    const profile = JSON.parse(file) as Record<string, Record<string, Record<string, unknown>>>;
    const settings = profile[map]?.[zone];
    if (settings === undefined) return undefined;
    settings[setting] = /^\d+$/.test(value) ? Number(value) : value;
    return JSON.stringify(profile);
  }

  test('never leads to a warning of another rule', () => {
    const wrong = [
      withZones({ '.': { maxConcurrent: -1, cacheDurationInSeconds: 0, serveStaleDurationInSeconds: -1 } }),
      withZones({ 'a.privatelink.net': { serveStaleDurationInSeconds: 90_000 } }),
      withZones({ '.': { maxConcurrent: 2_147_483_648, serveStaleDurationInSeconds: 2_147_483_648 } }),
    ];
    const files = [...Object.values(examples).map(({ breaks }) => breaks), ...wrong.map((file): Example => ({ file }))];
    let tried = 0;
    for (const example of files) {
      const before = new Set(findingsOf(example).map(({ rule, path }) => `${rule} ${path}`));
      for (const { path, instead, rule } of findingsOf(example)) {
        const file = instead === undefined || !/^\w+$/.test(instead) ? undefined : changed(example.file, path, instead);
        if (file === undefined) continue;
        tried += 1;
        const after = findingsOf({ ...example, file }).filter(({ severity }) => severity !== 'info');
        expect(after.map((finding) => `${finding.rule} ${finding.path}`).filter((line) => !before.has(line))).toEqual(
          [],
        );
        expect(
          after.some((finding) => finding.rule === rule && finding.path === path),
          `${rule} ${path}`,
        ).toBe(false);
      }
    }
    expect(tried).toBeGreaterThan(15);
  });

  test('is never a name that the map already has, and zones with invalid names are skipped', () => {
    const empty = findingsOf({ file: withZones({}, { '': {}, '10.0.0.4': {}, '4.0.0.10.in-addr.arpa': {} }) });
    const ofName = empty.filter(({ rule }) => rule === 'L011');
    expect(ofName.map(({ message, instead }) => [message.split(':')[0], instead])).toEqual([
      ['A zone has an empty name', undefined],
      ["The zone '10.0.0.4' is an IP address", undefined],
    ]);
    expect(empty.filter(({ rule, message }) => rule !== 'L011' && message.includes("''"))).toEqual([]);
  });
});

describe('lint', () => {
  test('has only info findings for the documented default', () => {
    const { findings, profile } = lintProfile(bytes(JSON.stringify(documentedDefault())), 'add');
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
      'L041 info',
      'L040 info',
      'L032 info',
    ]);
    expect(profile).toEqual(documentedDefault());
  });

  test('has no findings for only a mode', () => {
    expect(idsOf({ file: '{"mode":"Required"}' })).toEqual([]);
  });

  test('lists errors and risks together, by position', () => {
    const file = withZones({ '.': { forwardDestination: 'ClusterCoreDNS', queryLogging: 'Log', maxConcurrent: 1 } });
    expect(findingsOf({ file }).map(({ rule, line, path }) => `${rule} ${String(line)} ${path}`)).toEqual([
      'L060 5 vnetDNSOverrides["."].queryLogging',
      'L005 7 vnetDNSOverrides["."].forwardDestination',
      'L051 9 vnetDNSOverrides["."].maxConcurrent',
      'L041 12 vnetDNSOverrides["."].serveStale',
      'L040 22 vnetDNSOverrides["cluster.local"].serveStale',
      'L032 32 kubeDNSOverrides["."].cacheDurationInSeconds',
    ]);
  });

  test('does not report a risk for an invalid value', () => {
    const ids = idsOf({
      file: withZones({ '.': { serveStale: 'Never', maxConcurrent: '0', cacheDurationInSeconds: null } }),
    });
    expect(ids).toEqual(
      ['R007', 'R007', 'L003', 'L040', 'L032', 'L041'].sort((left, right) => ids.indexOf(left) - ids.indexOf(right)),
    );
  });

  test('names some zones of a finding that covers many, and counts the rest', () => {
    const file = withZones(
      {},
      { 'a.example': { forwardDestination: 'ClusterCoreDNS' }, 'b.example': { forwardDestination: 'ClusterCoreDNS' } },
    );
    const messages = findingsOf({ file })
      .filter(({ rule }) => rule === 'L032')
      .map(({ message }) => message);
    expect(messages).toEqual([
      expect.stringContaining(
        "for '.' of kubeDNSOverrides, 'cluster.local' of kubeDNSOverrides, 'a.example' of kubeDNSOverrides and 1 more:",
      ),
    ]);
  });

  test('mentions reverse lookups if the root zone bypasses the cluster', () => {
    const whole = findingsOf({ file: withZones({}, { '.': { forwardDestination: 'VnetDNS' } }) }).find(
      ({ rule }) => rule === 'L026',
    );
    expect(whole?.message).toContain('reverse lookups');
    const guarded = withZones(
      {},
      { '.': { forwardDestination: 'VnetDNS' }, 'in-addr.arpa': { forwardDestination: 'ClusterCoreDNS' } },
    );
    expect(findingsOf({ file: guarded }).find(({ rule }) => rule === 'L026')?.message).not.toContain('reverse lookups');
  });

  test('fails for more DNS servers than CoreDNS accepts', () => {
    const vnetDnsServers = Array.from({ length: 16 }, (_, index) => `10.0.0.${String(index)}`);
    expect(
      findingsOf({ file: '{"mode":"Required"}', facts: { vnetDnsServers } }).map(
        ({ rule, severity }) => `${rule} ${severity}`,
      ),
    ).toEqual(['L080 fail']);
  });

  test('fails for an old Kubernetes version only if the mode is Required', () => {
    const severity = (mode: string): unknown =>
      findingsOf({ file: `{"mode":"${mode}"}`, facts: { kubernetesVersion: '1.30' } }).find(
        ({ rule }) => rule === 'L072',
      )?.severity;
    expect([severity('Required'), severity('Preferred'), severity('Disabled')]).toEqual(['fail', 'warn', 'warn']);
  });

  test('is only info for many zones, but a warning for high limits', () => {
    const severities = (file: string): readonly string[] =>
      findingsOf({ file })
        .filter(({ rule }) => rule === 'L052')
        .map(({ severity }) => severity);
    expect(severities(withZones({ 'example.com': {} }))).toEqual(['info']);
    expect(severities(withZones({ '.': { maxConcurrent: 100_000 } }))).toEqual(['warn']);
  });

  test('lists a thousand findings of a rule in a file of another kind, and counts the rest', () => {
    const zones = Array.from({ length: 60_000 }, (_, index) => `"z${String(index)}":1`);
    const findings = findingsOf({ file: `{"mode":"Required","vnetDNSOverrides":{${zones.join(',')}}}` });
    const wrongType = findings.filter(({ rule }) => rule === 'R007');
    expect(wrongType).toHaveLength(1000);
    expect(wrongType.at(-1)?.message).toMatch(/ 59000 further findings of this rule are not listed\.$/);
    expect(wrongType[0]?.message).not.toContain('further');
  });
});

describe('explaining a rule', () => {
  test('returns all texts of the rule, for an id in any case', () => {
    expect(explainRule(' l012')).toMatchObject({
      id: 'L012',
      severity: 'warn',
      fix: 'the documented default of each setting',
    });
    expect(explainRule('R008').fix).toBe('the documented spelling of the key');
    expect(explainRule('L080').needs).toEqual(['vnetDnsServers']);
  });

  test('suggests the most similar id for an unknown one', () => {
    expect(() => explainRule('L08')).toThrow("config rules explain: there is no rule 'L08'.");
    expect(() => explainRule('\u001b[31m'.repeat(1000))).toThrow(
      /^config rules explain: there is no rule '\\u001b\[31m/,
    );
  });
});
