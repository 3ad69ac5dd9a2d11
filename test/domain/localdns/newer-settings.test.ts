import { describe, expect, test } from 'vitest';
import { consequences } from '../../../src/domain/localdns/consequences/consequences.ts';
import { exportProfile } from '../../../src/domain/localdns/export/index.ts';
import {
  effectiveProfile,
  hasNewerSettings,
  profileForRequest,
  profileFromStored,
  sameProfile,
  unknownSettings,
} from '../../../src/domain/localdns/index.ts';
import { fixProfile, lintProfile } from '../../../src/domain/localdns/lint/index.ts';
import { renderCorefile } from '../../../src/domain/localdns/render/index.ts';
import { explainLookup } from '../../../src/domain/localdns/resolve/index.ts';
import type { LocalDnsProfile } from '../../../src/model/profile.ts';
import { file, findingsOf, read } from './support.ts';

const watched = {
  failfastAllUnhealthyUpstreams: true,
  healthCheck: { duration: '1s', noRecursion: true, domain: 'probe.example' },
};
const text = file('kubeDNSOverrides', { 'corp.example': watched });
const at = 'kubeDNSOverrides["corp.example"]';

function profile(given = text): LocalDnsProfile {
  const found = read(given).profile;
  if (found === undefined) throw new Error(findingsOf(given).join('\n'));
  return found;
}

describe('settings of newer API versions in a file', () => {
  test('get a warning with the required version, and are not reported as unknown', () => {
    const { findings } = read(text);
    expect(findings.map(({ rule, severity, path }) => `${rule} ${severity} ${path}`)).toEqual([
      `L002 warn ${at}.failfastAllUnhealthyUpstreams`,
      `L002 warn ${at}.healthCheck`,
    ]);
    for (const { message } of findings) expect(message).toContain('needs API version 2026-09-01 or later');
    expect(findingsOf(file('kubeDNSOverrides', { a: { failfastAllUnhealthyUpstream: true } }))[0]).toContain(
      'L002 fail',
    );
    expect(findingsOf(file('kubeDNSOverrides', { a: { helthCheck: {} } }))[0]).toContain('-> healthCheck');
  });

  test.each([
    [{ failfastAllUnhealthyUpstreams: 'true' }, 'R007 fail'],
    [{ healthCheck: '1s' }, 'R007 fail'],
    [{ healthCheck: { duration: 1 } }, 'R007 fail'],
    [{ healthCheck: { duration: '5' } }, 'L003 fail'],
    [{ healthCheck: { duration: '1s\n}' } }, 'L003 fail'],
    [{ healthCheck: { duration: '1s', domain: 'a b' } }, 'L003 fail'],
    [{ healthCheck: { duration: '1s', domain: '' } }, 'L003 fail'],
    [{ healthCheck: { durations: '1s' } }, 'L002 fail'],
    [{ healthCheck: { noRec: true, noRecursion: true } }, 'R006 fail'],
    [{ healthCheck: { duration: '1s', noRec: true } }, 'R008 warn'],
  ])('%j is %s', (settings, finding) => {
    const found = findingsOf(file('vnetDNSOverrides', { 'a.example': settings }));
    expect(
      found.some((line) => line.startsWith(finding)),
      found.join('\n'),
    ).toBe(true);
  });

  test('the draft name of noRecursion is corrected by --fix, and a health check without a duration is a risk', () => {
    const draft = file('vnetDNSOverrides', { 'a.example': { healthCheck: { noRec: true } } });
    const fixed = new TextDecoder().decode(fixProfile(new TextEncoder().encode(draft)).bytes);
    expect(fixed).toContain('"noRecursion":true');
    const { findings } = lintProfile(new TextEncoder().encode(fixed), 'update');
    expect(findings.find(({ rule }) => rule === 'L046')).toMatchObject({ severity: 'warn' });
  });
});

describe('settings of newer API versions in a profile', () => {
  test('are sent, stored and compared', () => {
    const given = profile();
    expect(hasNewerSettings(given)).toBe(true);
    const sent = profileForRequest(given);
    expect(profileFromStored(sent)).toEqual({ ...given, ...profileFromStored(sent) });
    const effect = effectiveProfile(given, undefined);
    expect(sameProfile(effectiveProfile(profileFromStored(sent), undefined), effect)).toBe(true);
    const without = effectiveProfile(profile(file('kubeDNSOverrides', { 'corp.example': {} })), undefined);
    expect(sameProfile(without, effect)).toBe(false);
    expect(consequences(without, effect).map(({ path }) => path)).toEqual([
      `${at}.failfastAllUnhealthyUpstreams`,
      `${at}.healthCheck`,
    ]);
    const off = file('kubeDNSOverrides', { 'corp.example': { failfastAllUnhealthyUpstreams: false } });
    expect(sameProfile(effectiveProfile(profile(off), undefined), without)).toBe(true);
  });

  test('are written to the Corefile if the template generation supports them', () => {
    const effect = effectiveProfile(profile(), undefined);
    const lines = [
      '        max_concurrent 1000',
      '        health_check 1s no_rec domain probe.example',
      '        failfast_all_unhealthy_upstreams',
      '    }',
    ].join('\n');
    expect(renderCorefile(effect)).toContain(lines);
    expect(renderCorefile(effect, { template: '2026-08' })).toContain(lines);
    expect(renderCorefile(effect, { template: 'pre-2026-08' })).not.toContain('health_check');
  });

  test('are part of the explanation', () => {
    const { candidates } = explainLookup(effectiveProfile(profile(), undefined), { name: 'a.corp.example.' });
    expect(candidates[0]).toMatchObject({
      forward: { healthCheckEffect: expect.stringContaining('probe.example every 1s') },
      upstreamDown: { newName: expect.stringContaining('immediately later') },
    });
  });

  test('are exported with an API version that supports them, and rejected by formats that do not', () => {
    for (const form of ['arm', 'bicep', 'terraform'] as const) {
      const written = exportProfile(profile(), form);
      expect(written).toContain('@2026-09-01'.slice(form === 'arm' ? 1 : 0));
      expect(written).toContain('noRecursion');
    }
    expect(exportProfile(profile(), 'terraform')).toContain('schema_validation_enabled = false');
    for (const form of ['aso', 'aksnodeclass'] as const)
      expect(() => exportProfile(profile(), form)).toThrow(/does not support/);
  });
});

test('terraform uses the first API version with the property, and says why', () => {
  const written = exportProfile({ mode: 'Required' }, 'terraform');
  expect(written).toContain('agentPools@2025-09-01"');
  expect(written).toContain('azapi rejects one that it does not know');
});

test('unknown settings of a stored profile are found at every depth', () => {
  const stored = {
    mode: 'Required',
    state: 'Enabled',
    cpuLimit: 2,
    vnetDNSOverrides: {
      '.': { serveStale: 'Immediate', serveStalePolicy: 'PreferPositive', healthCheck: { duration: '1s', probes: 3 } },
      'cluster.local': { healthCheck: { noRec: true }, nothing: null },
    },
  };
  expect(unknownSettings(stored)).toEqual([
    { map: undefined, path: 'cpuLimit', value: 2 },
    { map: 'vnetDNSOverrides', path: 'vnetDNSOverrides["."].serveStalePolicy', value: 'PreferPositive' },
    { map: 'vnetDNSOverrides', path: 'vnetDNSOverrides["."].healthCheck.probes', value: 3 },
  ]);
});
