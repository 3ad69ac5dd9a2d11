import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentedDefault, effectiveProfile, profileChanges } from '../../../../src/domain/localdns/index.ts';
import { consequences } from '../../../../src/domain/localdns/consequences/consequences.ts';
import {
  localDnsModes,
  overrideEnums,
  type EffectiveProfile,
  type LocalDnsOverride,
  type OverrideMap,
} from '../../../../src/model/profile.ts';

const before = documentedDefault();

function withZone(
  map: OverrideMap,
  zone: string,
  settings: LocalDnsOverride,
  base: EffectiveProfile = before,
): EffectiveProfile {
  return effectiveProfile({ ...base, [map]: { ...base[map], [zone]: { ...base[map][zone], ...settings } } }, undefined);
}

const consequencesOf = (left: EffectiveProfile, right: EffectiveProfile): readonly string[] =>
  consequences(left, right).map(({ path, consequence }) => `${path}: ${consequence}`);
const kube = (zone: string, settings: LocalDnsOverride): readonly string[] =>
  consequencesOf(before, withZone('kubeDNSOverrides', zone, settings));
const vnet = (zone: string, settings: LocalDnsOverride): readonly string[] =>
  consequencesOf(before, withZone('vnetDNSOverrides', zone, settings));

describe('the consequence of a setting', () => {
  test('explains a changed destination', () => {
    expect(kube('.', { forwardDestination: 'VnetDNS' })).toEqual([
      'kubeDNSOverrides["."].forwardDestination: Names outside all other zones (queried by pods with dnsPolicy ClusterFirst) are resolved by the VNet\'s DNS servers instead of the cluster\'s CoreDNS: coredns-custom rules no longer apply to them, answers are cached for up to 3600 s instead of 30 s, and reverse lookups of cluster addresses fail unless reverse zones are forwarded to ClusterCoreDNS.',
    ]);
    expect(kube('cluster.local', { forwardDestination: 'VnetDNS' })[0]).toContain(
      "are resolved by the cluster's CoreDNS as before, because the node sends this zone there regardless of the setting",
    );
  });

  test('explains a changed cache duration, also if it has no effect', () => {
    expect(vnet('.', { cacheDurationInSeconds: 60 })).toEqual([
      'vnetDNSOverrides["."].cacheDurationInSeconds: Names outside all other zones (queried by the node and by pods with dnsPolicy Default) are cached for up to 60 s instead of 3600 s: changed records are seen sooner, and there are more upstream queries; a stale answer can be up to 3660 s old.',
    ]);
    expect(kube('.', { cacheDurationInSeconds: 600 })[0]).toContain(
      "are cached for at most 30 s as before, because the cluster's CoreDNS returns no longer TTLs",
    );
    expect(vnet('.', { cacheDurationInSeconds: 7200 })[0]).toContain(
      'are cached for at most 3600 s as before, because CoreDNS on the node caches nothing longer',
    );
  });

  test('explains changed stale answers, and how old they can be', () => {
    expect(kube('.', { serveStale: 'Verify' })[0]).toContain(
      'are resolved upstream first after their TTL; the stale answer, up to 3630 s old, is served only after that has failed',
    );
    expect(kube('.', { serveStale: 'Disable' })[0]).toContain('lookups fail with SERVFAIL once the TTL has expired');
    expect(kube('.', { serveStaleDurationInSeconds: 600 })[0]).toContain(
      'can be served stale for 600 s after their TTL instead of 3600 s: the first answer after a pause can be up to 630 s old, and only shorter upstream outages',
    );
    expect(kube('.', { serveStaleDurationInSeconds: 0 })[0]).toContain('are no longer served stale');
    const off = withZone('kubeDNSOverrides', '.', { serveStale: 'Disable' });
    expect(
      consequencesOf(off, withZone('kubeDNSOverrides', '.', { serveStaleDurationInSeconds: 60 }, off))[0],
    ).toContain('this has no effect while serveStale is Disable');
    expect(consequencesOf(off, before)[0]).toContain(
      'get the stale answer, up to 3630 s old, immediately after their TTL',
    );
  });

  test('explains changed forwarding, limits and logging', () => {
    expect(vnet('.', { protocol: 'ForceTCP' })[0]).toContain(
      "are resolved by the VNet's DNS servers over TCP only: the network must allow TCP port 53",
    );
    expect(kube('cluster.local', { protocol: 'PreferUDP' })[0]).toContain(
      "are resolved by the cluster's CoreDNS over UDP",
    );
    expect(vnet('.', { forwardPolicy: 'RoundRobin' })[0]).toContain('in turn');
    expect(kube('.', { forwardPolicy: 'RoundRobin' })[0]).toContain('has a single address');
    expect(kube('.', { maxConcurrent: 100 })[0]).toContain(
      'answered with REFUSED if more than 100 wait for an upstream server at once (before: 1000)',
    );
    expect(kube('.', { maxConcurrent: 2000 })[0]).toContain(
      'can wait for an upstream server 2000 at once instead of 1000',
    );
    expect(kube('.', { maxConcurrent: 0 })[0]).toContain('without a limit');
    expect(kube('.', { queryLogging: 'Log' })[0]).toContain("every query logged in the node's journal");
  });
});

describe('the consequence of a zone', () => {
  test('that is added explains its own server block', () => {
    expect(vnet('corp.example.com', {})).toEqual([
      "vnetDNSOverrides[\"corp.example.com\"]: Names in 'corp.example.com' (queried by the node and by pods with dnsPolicy Default) get their own server block instead of the one of '.', and inherit nothing from it: they are resolved by the VNet's DNS servers over UDP if the answer fits, are cached for at most 3600 s and can be served stale for another 3600 s (Immediate).",
    ]);
    const parent = withZone('vnetDNSOverrides', 'example.com', {});
    expect(consequencesOf(parent, withZone('vnetDNSOverrides', 'corp.example.com', {}, parent))[0]).toContain(
      "instead of the one of 'example.com'",
    );
  });

  test('that is removed explains the server block that then serves its names', () => {
    const after = withZone('kubeDNSOverrides', 'example.com', { serveStale: 'Disable' });
    expect(consequencesOf(withZone('kubeDNSOverrides', 'a.example.com', {}, after), after)[0]).toContain(
      "lose their server block and are served by the one of 'example.com': they are resolved by the cluster's CoreDNS over UDP if the answer fits, are cached for at most 30 s and are never served stale.",
    );
    const { '.': _, ...rest } = before.kubeDNSOverrides;
    expect(consequencesOf(before, { ...before, kubeDNSOverrides: rest })[0]).toContain('are no longer resolved');
  });
});

describe('the consequence of a mode', () => {
  test.each(localDnsModes)('%s', (mode) => {
    const other = documentedDefault(mode === 'Required' ? 'Disabled' : 'Required');
    expect(consequences(other, documentedDefault(mode))).toEqual([
      {
        path: 'mode',
        before: other.mode,
        after: mode,
        consequence: expect.stringMatching(/LocalDNS.*\.$/),
        reimages: true,
      },
    ]);
  });

  test('Disabled means that other changes have no effect', () => {
    const [, change] = consequences(before, {
      ...withZone('kubeDNSOverrides', '.', { maxConcurrent: 1 }),
      mode: 'Disabled',
    });
    expect(change?.consequence).toMatch(/ While the mode is Disabled, this is stored but has no effect\.$/);
  });

  test('that is unknown says that its effect is unknown', () => {
    expect(consequencesOf(before, { ...before, mode: 'Constructor' as 'Required' })).toEqual([
      'mode: This version of the program does not know the effect of this mode.',
    ]);
  });
});

const settings: fc.Arbitrary<LocalDnsOverride> = fc.record(
  {
    queryLogging: fc.constantFrom(...overrideEnums.queryLogging),
    protocol: fc.constantFrom(...overrideEnums.protocol),
    forwardDestination: fc.constantFrom(...overrideEnums.forwardDestination),
    forwardPolicy: fc.constantFrom(...overrideEnums.forwardPolicy),
    maxConcurrent: fc.nat(2000),
    cacheDurationInSeconds: fc.integer({ min: 1, max: 7200 }),
    serveStaleDurationInSeconds: fc.nat(7200),
    serveStale: fc.constantFrom(...overrideEnums.serveStale),
  },
  { requiredKeys: [] },
);
const map = fc.dictionary(
  fc.constantFrom('.', 'cluster.local', 'example.com', 'a.example.com', 'Svc.Cluster.Local', 'svc.cluster.local'),
  settings,
);
const profile = fc
  .record({ mode: fc.constantFrom(...localDnsModes), vnetDNSOverrides: map, kubeDNSOverrides: map })
  .map((value) => effectiveProfile(value, undefined));

describe('for any profiles', () => {
  test('every change has a consequence in printable sentences, and nothing else has one', () => {
    fc.assert(
      fc.property(profile, profile, (left, right) => {
        const found = consequences(left, right);
        expect(found.map(({ path, before, after }) => ({ path, before, after }))).toEqual(profileChanges(left, right));
        for (const { consequence, reimages } of found) {
          expect(consequence).toMatch(/^[A-Z][^\n]*\.$/);
          expect(consequence).not.toMatch(/undefined|NaN|\.\./);
          expect(reimages).toBe(true);
        }
        expect(consequences(left, left)).toEqual([]);
      }),
    );
  });
});
