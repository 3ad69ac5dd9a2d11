import { describe, expect, test } from 'vitest';
import { asArray, at, isJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { planOf, noFindings, isSettled } from '../../../src/domain/change/index.ts';
import { comparison } from '../../../src/domain/localdns/consequences/index.ts';
import {
  effectiveProfile,
  profileFromStored,
  readProfile,
  unknownSettings,
} from '../../../src/domain/localdns/index.ts';
import { poolId } from '../../../src/model/ids.ts';
import { readNodePool } from '../../../src/model/node-pool.ts';
import { fieldBytes, fieldMissing } from './files.ts';

const added = ['vnetDNSOverrides["."].failfastAllUnhealthyUpstreams', 'vnetDNSOverrides["."].healthCheck'];

describe.skipIf(fieldMissing !== undefined)(`f09: settings that only a newer version has ${fieldMissing ?? ''}`, () => {
  test('are a difference to the file, and the plan says that they go', () => {
    const ref = {
      subscriptionId: '0a000000-0000-4000-8000-000000000001',
      resourceGroup: 'rg-a',
      cluster: 'aks-knobs',
      pool: 'onnew',
    };
    const rows = JSON.parse(new TextDecoder().decode(fieldBytes('f09-stored-unknown-settings.json'))) as JsonObject[];
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
    expect(comparison(...sides).map(({ path }) => path)).toEqual(added);
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
    expect(plan.profileChanges.map(({ path }) => path)).toEqual(added);
    expect(isSettled(plan, readNodePool(ref, poolId(ref), before))).toBe(false);
  });
});

describe.skipIf(fieldMissing !== undefined)(`f21: a file with them ${fieldMissing ?? ''}`, () => {
  test('is read, and each is told with the version that has it', () => {
    const { profile, findings } = readProfile(fieldBytes('f21-new-api-settings.json'), 'update');
    expect(findings.map(({ rule, severity, path }) => `${rule} ${severity} ${path}`)).toEqual([
      ...added.map((path) => `L002 warn ${path}`),
      'R008 warn vnetDNSOverrides["."].healthCheck.noRec',
    ]);
    expect(profile?.vnetDNSOverrides?.['.']).toMatchObject({
      failfastAllUnhealthyUpstreams: true,
      healthCheck: { duration: '1s', noRecursion: true },
    });
  });
});
