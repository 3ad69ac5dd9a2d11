import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentedDefault, effectiveProfile, profileChanges } from '../../../../src/domain/localdns/index.ts';
import { consequences } from '../../../../src/domain/localdns/consequences/index.ts';
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

const told = (left: EffectiveProfile, right: EffectiveProfile): readonly string[] =>
  consequences(left, right).map(({ path, consequence }) => `${path}: ${consequence}`);
const kube = (zone: string, settings: LocalDnsOverride): readonly string[] =>
  told(before, withZone('kubeDNSOverrides', zone, settings));
const vnet = (zone: string, settings: LocalDnsOverride): readonly string[] =>
  told(before, withZone('vnetDNSOverrides', zone, settings));

describe('the consequence of a setting', () => {
  test('says what goes elsewhere', () => {
    expect(kube('.', { forwardDestination: 'VnetDNS' })).toEqual([
      'kubeDNSOverrides["."].forwardDestination: Names of no other zone (asked by pods with dnsPolicy ClusterFirst) go to the VNet\'s DNS servers instead of the cluster\'s CoreDNS: rules of coredns-custom no longer apply to them, answers live for up to 3600 s instead of 30 s, and the addresses of the cluster have no names in reverse lookups unless a zone of its own sends those back.',
    ]);
    expect(kube('cluster.local', { forwardDestination: 'VnetDNS' })[0]).toContain(
      "go to the cluster's CoreDNS as before, because the node sends this zone there whatever the setting says",
    );
  });

  test('says what lives longer, and what does not although it looks so', () => {
    expect(vnet('.', { cacheDurationInSeconds: 60 })).toEqual([
      'vnetDNSOverrides["."].cacheDurationInSeconds: Names of no other zone (asked by the node and by pods with dnsPolicy Default) live for up to 60 s instead of 3600 s: changed records are seen sooner, and upstream is asked more often; served stale, an answer may be 3660 s old.',
    ]);
    expect(kube('.', { cacheDurationInSeconds: 600 })[0]).toContain(
      "live for at most 30 s as before, because the cluster's CoreDNS gives out no longer TTLs",
    );
    expect(vnet('.', { cacheDurationInSeconds: 7200 })[0]).toContain(
      'live for at most 3600 s as before, because CoreDNS on the node keeps nothing longer',
    );
  });

  test('says what becomes stale, and how old it may be', () => {
    expect(kube('.', { serveStale: 'Verify' })[0]).toContain(
      'are asked of upstream first after their TTL; the old answer, up to 3630 s old, is given only where that fails',
    );
    expect(kube('.', { serveStale: 'Disable' })[0]).toContain('fail with SERVFAIL once their TTL is over');
    expect(kube('.', { serveStaleDurationInSeconds: 600 })[0]).toContain(
      'may be served stale for 600 s after their TTL instead of 3600 s: the first answer after a pause may be 630 s old, and only shorter outages',
    );
    expect(kube('.', { serveStaleDurationInSeconds: 0 })[0]).toContain('are no longer served stale');
    const off = withZone('kubeDNSOverrides', '.', { serveStale: 'Disable' });
    expect(told(off, withZone('kubeDNSOverrides', '.', { serveStaleDurationInSeconds: 60 }, off))[0]).toContain(
      'nothing changes while serveStale is Disable',
    );
    expect(told(off, before)[0]).toContain('get the old answer at once after their TTL, up to 3630 s old');
  });

  test('says how upstream is asked, and what is refused', () => {
    expect(vnet('.', { protocol: 'ForceTCP' })[0]).toContain(
      "are asked of the VNet's DNS servers over TCP only: the network must let TCP 53 through",
    );
    expect(kube('cluster.local', { protocol: 'PreferUDP' })[0]).toContain(
      "are asked of the cluster's CoreDNS over UDP",
    );
    expect(vnet('.', { forwardPolicy: 'RoundRobin' })[0]).toContain('in turn');
    expect(kube('.', { forwardPolicy: 'RoundRobin' })[0]).toContain('there is nothing to choose');
    expect(kube('.', { maxConcurrent: 100 })[0]).toContain(
      'answered REFUSED where more than 100 wait for upstream at once (before: 1000)',
    );
    expect(kube('.', { maxConcurrent: 2000 })[0]).toContain('may wait for upstream 2000 at once instead of 1000');
    expect(kube('.', { maxConcurrent: 0 })[0]).toContain('in any number at once');
    expect(kube('.', { queryLogging: 'Log' })[0]).toContain("every query written to the node's journal");
  });
});

describe('the consequence of a zone', () => {
  test('that comes, is a block of its own beside the one that served its names', () => {
    expect(vnet('corp.example.com', {})).toEqual([
      "vnetDNSOverrides[\"corp.example.com\"]: Names in 'corp.example.com' (asked by the node and by pods with dnsPolicy Default) get a block of their own instead of that of '.', which they inherit nothing from: they go to the VNet's DNS servers over UDP where it fits, live for at most 3600 s and may be served stale for 3600 s more (Immediate).",
    ]);
    const parent = withZone('vnetDNSOverrides', 'example.com', {});
    expect(told(parent, withZone('vnetDNSOverrides', 'corp.example.com', {}, parent))[0]).toContain(
      "instead of that of 'example.com'",
    );
  });

  test('that goes, is the block that serves its names from then on', () => {
    const after = withZone('kubeDNSOverrides', 'example.com', { serveStale: 'Disable' });
    expect(told(withZone('kubeDNSOverrides', 'a.example.com', {}, after), after)[0]).toContain(
      "lose their block and are served by that of 'example.com': they go to the cluster's CoreDNS over UDP where it fits, live for at most 30 s and are never served stale.",
    );
    const { '.': _, ...rest } = before.kubeDNSOverrides;
    expect(told(before, { ...before, kubeDNSOverrides: rest })[0]).toContain('are no longer answered');
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

  test('Disabled makes other changes mere storage', () => {
    const [, change] = consequences(before, {
      ...withZone('kubeDNSOverrides', '.', { maxConcurrent: 1 }),
      mode: 'Disabled',
    });
    expect(change?.consequence).toMatch(/ It is only stored while the mode is Disabled\.$/);
  });

  test('that is unknown, is said to be so', () => {
    expect(told(before, { ...before, mode: 'Constructor' as 'Required' })).toEqual([
      'mode: What this mode does is not known to this program.',
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

describe('whatever the profiles', () => {
  test('every change has its consequence, in sentences that a terminal can show, and nothing else has one', () => {
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
