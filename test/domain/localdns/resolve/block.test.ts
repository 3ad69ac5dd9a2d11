import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentedDefault } from '../../../../src/domain/localdns/index.ts';
import { blockFor } from '../../../../src/domain/localdns/resolve/block.ts';
import { overrideMaps } from '../../../../src/model/profile.ts';
import { full, kubeZones, names, profiles, vnetZones } from '../render/profiles.ts';

const three = kubeZones({ '.': full(), 'example.com': full(), 'corp.example.com': full() });

/** By comparing labels from the right, another way than the program's. */
function covers(zone: string, name: string): boolean {
  if (zone === '.') return true;
  const ofZone = zone.toLowerCase().split('.').reverse();
  const ofName = name.toLowerCase().split('.').reverse();
  return ofZone.every((label, index) => label === ofName[index]);
}

describe('blockFor', () => {
  test.each([
    ['a.b.example.com', 'example.com'],
    ['example.com', 'example.com'],
    ['EXAMPLE.com.', 'example.com'],
    ['myexample.com', '.'],
    ['x.corp.example.com', 'corp.example.com'],
    ['com', '.'],
    ['.', '.'],
    ['health-check.localdns.local', 'health-check.localdns.local'],
    ['x.health-check.localdns.local', 'health-check.localdns.local'],
  ])('%s is served by %s', (name, zone) => {
    expect(blockFor(three, 'kubeDNSOverrides', name)).toEqual({ zone });
  });

  test('does not use the other map', () => {
    expect(blockFor(three, 'vnetDNSOverrides', 'example.com')).toEqual({ zone: '.' });
  });

  test('accepts names in any case and zones with a trailing dot, and returns the zone as written', () => {
    expect(blockFor(vnetZones({ 'example.com.': full() }), 'vnetDNSOverrides', 'a.Example.COM')).toEqual({
      zone: 'example.com.',
    });
  });

  test('never matches a zone with capital letters, which CoreDNS does not find', () => {
    const profile = vnetZones({ '.': full(), com: full(), 'Example.com': full() });
    expect(blockFor(profile, 'vnetDNSOverrides', 'a.Example.com')).toEqual({ zone: 'com' });
  });

  test('is REFUSED if no zone matches the name', () => {
    expect(blockFor(vnetZones({ 'example.com': full() }), 'vnetDNSOverrides', 'example.org')).toEqual({
      refused: true,
    });
    expect(blockFor(vnetZones({}), 'vnetDNSOverrides', '.')).toEqual({ refused: true });
  });

  test.each([
    ['a.corp.example.com', 'example.com'],
    ['corp.example.com', 'example.com'],
    ['example.org', '.'],
    ['.', '.'],
  ])('a DS query for %s is served by the shortest zone other than the root: %s', (name, zone) => {
    expect(blockFor(three, 'kubeDNSOverrides', name, 'ds')).toEqual({ zone });
  });

  test('matches only zones of the profile, not properties of every object', () => {
    for (const name of ['__proto__', 'constructor', 'tostring', 'a.hasOwnProperty']) {
      expect(blockFor(documentedDefault(), 'kubeDNSOverrides', name)).toEqual({ zone: '.' });
    }
  });

  test('chooses the longest zone that is a suffix on label boundaries, for any profile and name', () => {
    fc.assert(
      fc.property(profiles, fc.constantFrom(...overrideMaps), names, fc.boolean(), (profile, map, name, upper) => {
        const asked = upper ? `${name.toUpperCase()}.` : name;
        const fitting = Object.keys(profile[map]).filter((zone) => covers(zone, name));
        const [longest] = fitting.sort((left, right) =>
          left === '.' ? 1 : right === '.' ? -1 : right.length - left.length,
        );
        expect(blockFor(profile, map, asked)).toEqual(longest === undefined ? { refused: true } : { zone: longest });
      }),
      { numRuns: 500 },
    );
  });
});
