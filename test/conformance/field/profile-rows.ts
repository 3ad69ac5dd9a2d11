import { expect } from 'vitest';
import { asArray, at, isJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { isSettled, noFindings, planOf } from '../../../src/domain/change/index.ts';
import { comparison } from '../../../src/domain/localdns/consequences/index.ts';
import { exportProfile } from '../../../src/domain/localdns/export/index.ts';
import {
  documentedDefault,
  effectiveProfile,
  profileFromStored,
  readProfile,
  unknownSettings,
} from '../../../src/domain/localdns/index.ts';
import { fixProfile, lintProfile } from '../../../src/domain/localdns/lint/index.ts';
import { renderCorefile } from '../../../src/domain/localdns/render/index.ts';
import { poolId } from '../../../src/model/ids.ts';
import { readNodePool } from '../../../src/model/node-pool.ts';
import { fieldBytes, fieldText } from './files.ts';
import type { FieldRow } from './row.ts';

const newer = ['vnetDNSOverrides["."].failfastAllUnhealthyUpstreams', 'vnetDNSOverrides["."].healthCheck'];
const findings = (name: string) => lintProfile(fieldBytes(name), 'update').findings;

function storedNewerSettings(): void {
  const ref = {
    subscriptionId: '0a000000-0000-4000-8000-000000000001',
    resourceGroup: 'rg-a',
    cluster: 'aks-knobs',
    pool: 'onnew',
  };
  const rows = JSON.parse(fieldText('f09-stored-unknown-settings.json')) as JsonObject[];
  const before = rows
    .flatMap((row) => asArray(at(row, 'properties', 'agentPoolProfiles')))
    .find((pool) => at(pool, 'name') === 'onnew');
  if (!isJsonObject(before) || !isJsonObject(before['localDNSProfile'])) throw new Error('The pool is not there.');
  const wanted = readProfile(fieldBytes('f09-wanted.json'), 'update').profile;
  if (wanted === undefined) throw new Error('The wanted profile cannot be read.');
  const stored = before['localDNSProfile'];
  const sides = [
    { profile: effectiveProfile(profileFromStored(stored), undefined), unknown: unknownSettings(stored) },
    { profile: effectiveProfile(wanted, undefined), unknown: [] },
  ] as const;
  expect(comparison(...sides).map(({ path }) => path)).toEqual(newer);
  const plan = planOf({
    ...noFindings,
    action: 'update',
    ref,
    poolId: poolId(ref),
    principal: { name: 'a', objectId: undefined, tenantId: 'b', kind: 'user' },
    before,
    change: { kind: 'profile', profile: wanted, settings: {} },
    abortsRunning: false,
  });
  expect(plan.profileChanges.map(({ path }) => path)).toEqual(newer);
  expect(isSettled(plan, readNodePool(ref, poolId(ref), before))).toBe(false);
}

/** Profiles from the field: reading, lint, export, the Corefile. */
export const profileRows: readonly FieldRow[] = [
  {
    id: 'f09',
    files: ['f09-stored-unknown-settings.json', 'f09-wanted.json'],
    shows: 'settings of a newer version are a difference from the file, and the plan shows that they are removed',
    prove: storedNewerSettings,
  },
  {
    id: 'f10',
    files: ['f10-reverse-zone-past-coredns.json'],
    shows: 'a reverse zone that bypasses CoreDNS is a risk',
    prove: () => {
      expect(findings('f10-reverse-zone-past-coredns.json').find(({ rule }) => rule === 'L028')).toMatchObject({
        severity: 'warn',
        path: 'kubeDNSOverrides["10.in-addr.arpa"].forwardDestination',
        instead: 'ClusterCoreDNS',
      });
    },
  },
  {
    id: 'f13',
    files: [],
    shows: 'Terraform uses the first API version with the property',
    prove: () => {
      const written = exportProfile(documentedDefault(), 'terraform');
      expect(written).toContain('/agentPools@2025-09-01"');
    },
  },
  {
    id: 'f18',
    files: ['f18-wrapped-lowercase.json'],
    shows: 'a profile is unwrapped and fixed',
    prove: () => {
      const { bytes, applied } = fixProfile(fieldBytes('f18-wrapped-lowercase.json'));
      expect(applied.map(({ rule }) => rule)).toEqual(['R009', 'L003', 'L003', 'L003', 'L003']);
      expect(lintProfile(bytes, 'add').findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
      expect(new TextDecoder().decode(bytes)).toMatch(/^\{\n {2}"mode": "Required",\n/);
    },
  },
  {
    id: 'f19',
    files: ['f19-empty-maps.json'],
    shows: 'the suggestion for a missing zone has all settings',
    prove: () => {
      const found = findings('f19-empty-maps.json');
      expect(found.map(({ rule }) => rule)).toEqual(['L004', 'L004', 'L004', 'L004']);
      for (const { instead } of found) expect(instead).toMatch(/"serveStale": "Immediate"\}$/);
    },
  },
  {
    id: 'f20',
    files: ['f20-empty-zone.json'],
    shows: 'a zone without a name is reported once, and no other rule reports it',
    prove: () => {
      const found = findings('f20-empty-zone.json').filter(
        ({ severity, message }) => severity === 'fail' || message.includes("''"),
      );
      expect(found.map(({ rule, instead }) => [rule, instead])).toEqual([['L011', undefined]]);
    },
  },
  {
    id: 'f21',
    files: ['f21-new-api-settings.json'],
    shows: 'settings of a newer API version are read, each with a warning about the required version',
    prove: () => {
      const { profile, findings: found } = readProfile(fieldBytes('f21-new-api-settings.json'), 'update');
      expect(found.map(({ rule, severity, path }) => `${rule} ${severity} ${path}`)).toEqual([
        ...newer.map((path) => `L002 warn ${path}`),
        'R008 warn vnetDNSOverrides["."].healthCheck.noRec',
      ]);
      expect(profile?.vnetDNSOverrides?.['.']).toMatchObject({
        failfastAllUnhealthyUpstreams: true,
        healthCheck: { duration: '1s', noRecursion: true },
      });
    },
  },
  {
    id: 'f22',
    files: [],
    shows:
      'the newest generation of the Corefile is the default, with reload and with loadbalance in every forwarding block',
    prove: () => {
      const lines = renderCorefile(documentedDefault())
        .split('\n')
        .map((line) => line.trim());
      expect(lines.filter((line) => line === 'reload')).toHaveLength(1);
      expect(lines[lines.indexOf('reload') + 1]).toBe('whoami');
      const balanced = lines.filter((line) => line === 'loadbalance').length;
      expect(balanced).toBe(lines.filter((line) => line.startsWith('forward ')).length);
      expect(renderCorefile(documentedDefault(), { template: '2026-08' })).not.toMatch(/reload|loadbalance/);
    },
  },
];
