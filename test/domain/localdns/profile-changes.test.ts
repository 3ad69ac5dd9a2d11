import { describe, expect, test } from 'vitest';
import {
  documentedDefault,
  effectiveProfile,
  profileChanges,
  sameProfile,
} from '../../../src/domain/localdns/index.ts';
import type { LocalDnsOverrides } from '../../../src/model/profile.ts';

const withZones = (zones: LocalDnsOverrides) =>
  effectiveProfile({ mode: 'Required', kubeDNSOverrides: { '.': {}, 'cluster.local': {}, ...zones } }, undefined);

describe('comparing profiles', () => {
  test('ignores the order of keys', () => {
    const left = withZones({ 'a.com': { protocol: 'ForceTCP', maxConcurrent: 3 }, 'b.com': {} });
    const right = withZones({ 'b.com': {}, 'a.com': { maxConcurrent: 3, protocol: 'ForceTCP' } });
    expect(sameProfile(left, right)).toBe(true);
  });

  test('ignores a trailing dot of a zone but not its case, like CoreDNS', () => {
    expect(sameProfile(withZones({ 'example.com.': {} }), withZones({ 'example.com': {} }))).toBe(true);
    expect(sameProfile(withZones({ 'Example.com': {} }), withZones({ 'example.com': {} }))).toBe(false);
  });

  test('distinguishes zones that the suffix rule of the node distinguishes', () => {
    expect(sameProfile(withZones({ 'svc.Cluster.Local': {} }), withZones({ 'svc.cluster.local': {} }))).toBe(false);
  });

  test('finds differences in the mode, a setting and a zone', () => {
    expect(sameProfile(documentedDefault(), documentedDefault('Preferred'))).toBe(false);
    expect(sameProfile(documentedDefault(), withZones({ '.': { queryLogging: 'Log' } }))).toBe(false);
    expect(sameProfile(documentedDefault(), withZones({ 'a.com': {} }))).toBe(false);
  });
});

describe('the changes', () => {
  test('are empty between equal profiles, and everything if there was no profile', () => {
    expect(profileChanges(documentedDefault(), documentedDefault())).toEqual([]);
    expect(profileChanges(undefined, documentedDefault()).map(({ path, before }) => [path, before])).toEqual([
      ['mode', undefined],
      ['vnetDNSOverrides["."]', undefined],
      ['vnetDNSOverrides["cluster.local"]', undefined],
      ['kubeDNSOverrides["."]', undefined],
      ['kubeDNSOverrides["cluster.local"]', undefined],
    ]);
  });

  test('list each setting that differs, and added and removed zones as a whole', () => {
    const before = withZones({ 'gone.com': {}, 'kept.com': { maxConcurrent: 1, serveStale: 'Verify' } });
    const after = { ...withZones({ 'come.com': {}, 'kept.com': { maxConcurrent: 2 } }), mode: 'Disabled' as const };
    const changes = profileChanges(before, after);
    expect(changes.map(({ path }) => path)).toEqual([
      'mode',
      'kubeDNSOverrides["come.com"]',
      'kubeDNSOverrides["gone.com"]',
      'kubeDNSOverrides["kept.com"].maxConcurrent',
      'kubeDNSOverrides["kept.com"].serveStale',
    ]);
    expect(changes[1]).toMatchObject({ before: undefined, after: { protocol: 'PreferUDP' } });
    expect(changes[2]?.after).toBeUndefined();
    expect(changes[3]).toEqual({ path: 'kubeDNSOverrides["kept.com"].maxConcurrent', before: 1, after: 2 });
  });
});
