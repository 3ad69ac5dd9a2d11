import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/core/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/core/json.ts';
import { findingsOf, planOf, staleBecause } from '../../../src/domain/change/index.ts';
import type { PlanInputs } from '../../../src/domain/change/plan.ts';
import { planFile, readPlan } from '../../../src/domain/change/plan-file.ts';
import { documentedDefault } from '../../../src/domain/localdns/index.ts';
import { poolId } from '../../../src/model/ids.ts';
import { readNodePool } from '../../../src/model/node-pool.ts';
import { fakeRef as ref, FakeNodePools, poolProperties } from '../../support/fake-node-pools.ts';
import { judgementOf, row, storedDefault } from '../../usecases/nodepool/rig.ts';

const findings = findingsOf(
  judgementOf(new FakeNodePools(), {
    verdict: 'blocked',
    rows: [
      row('owner', 'warn', 'Terraform may undo it.'),
      row('single-node', 'warn'),
      row('os-sku', 'unknown'),
      row('vm-vcpus', 'fail'),
    ],
  }),
);
const common = {
  ref,
  poolId: poolId(ref),
  principal: { name: 'ada@contoso.com', objectId: undefined, tenantId: 'tenant-1', kind: 'user' },
  before: { ...poolProperties, localDNSProfile: storedDefault('Disabled') },
  abortsRunning: false,
  ...findings,
} as const;
const plans: readonly (readonly [string, PlanInputs])[] = [
  [
    'update',
    {
      ...common,
      action: 'update',
      change: {
        kind: 'profile',
        profile: documentedDefault(),
        settings: { maxSurge: '33%', drainTimeoutMinutes: 45 },
      },
    },
  ],
  ['enable', { ...common, action: 'enable', change: { kind: 'profile', profile: { mode: 'Required' }, settings: {} } }],
  [
    'disable',
    {
      ...common,
      action: 'disable',
      abortsRunning: true,
      change: { kind: 'profile', profile: { mode: 'Disabled' }, settings: { maxUnavailable: '1' } },
    },
  ],
  ['upgrade', { ...common, action: 'upgrade-node-image', change: { kind: 'node-image', latest: undefined } }],
  [
    'add',
    {
      ...common,
      action: 'add',
      before: undefined,
      change: { kind: 'create', properties: { count: 1, localDNSProfile: storedDefault('Required') } },
    },
  ],
];

/** The plan as in a file. */
function written(inputs: PlanInputs): JsonObject {
  const value: unknown = JSON.parse(JSON.stringify(planFile(planOf(inputs))));
  if (!isJsonObject(value)) throw new Error('A plan is an object.');
  return value;
}

function problem(value: JsonValue): string {
  try {
    readPlan(value);
  } catch (error) {
    if (error instanceof UsageError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'none';
}

describe('a plan in a file', () => {
  test.each(plans)('%s: it is the same plan when read back', (_, inputs) => {
    expect(readPlan(written(inputs))).toEqual(planOf(inputs));
  });

  test('the same facts result in the same bytes', () => {
    for (const [, inputs] of plans)
      expect(JSON.stringify(written(inputs))).toBe(JSON.stringify(written({ ...inputs })));
  });

  test.each<readonly [string, JsonObject, string]>([
    ['another version', { schemaVersion: '2.0' }, "schemaVersion is '2.0', but this version supports only 1.0"],
    ['no action', { action: 'destroy' }, 'action must be one of'],
    ['another pool than in ref', { poolId: `${poolId(ref)}x` }, 'poolId does not match ref'],
    ['a name with a path', { ref: { ...ref, cluster: '../other' } }, "ref.cluster cannot be '../other'"],
    ['an invalid subscription', { ref: { ...ref, subscriptionId: 'all' } }, "ref.subscriptionId cannot be 'all'"],
    ['a change of another kind', { change: { kind: 'node-image' } }, 'change.kind must be one of profile'],
    [
      'a setting that this version would not send',
      { change: { kind: 'profile', profile: { mode: 'Required', newMember: true }, settings: {} } },
      'change.profile has settings',
    ],
    [
      'an invalid mode',
      { change: { kind: 'profile', profile: { mode: 'On' }, settings: {} } },
      'profile.mode must be one of',
    ],
    ['no facts', { before: null }, 'before is not an object'],
    ['warnings of the wrong type', { warnings: ['x'] }, 'warnings[0] is not an object'],
    ['unknowns of the wrong type', { unknowns: [1] }, 'unknowns is not a list of strings'],
    ['a flag of the wrong type', { abortsRunning: 'no' }, 'abortsRunning must be true or false'],
  ])('is rejected with the invalid member: %s', (_, change, words) => {
    const [, inputs] = plans[1] ?? [];
    if (inputs === undefined) throw new Error('There is a plan.');
    expect(problem({ ...written(inputs), ...change })).toContain(words);
  });

  test('anything other than a plan is rejected', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(problem(value as JsonValue)).toMatch(/^plan-not-valid: /);
      }),
    );
  });

  test('it is compared with the current state and shows why it is stale', () => {
    const [, inputs] = plans[1] ?? [];
    if (inputs === undefined) throw new Error('There is a plan.');
    const plan = readPlan(written(inputs));
    const now = (more: JsonObject) => readNodePool(ref, poolId(ref), { ...common.before, eTag: 'etag-9', ...more });
    expect(staleBecause(plan, now({}))).toEqual([]);
    expect(staleBecause(plan, now({ nodeImageVersion: 'newer' }))).toEqual([]);
    expect(staleBecause(plan, now({ count: 5, vmSize: 'Standard_D2s_v5' }))).toEqual(['count', 'vmSize']);
    expect(staleBecause(plan, undefined)).toEqual(['the pool no longer exists']);
    expect(staleBecause(plan, now({}), ['pool-type: not known.'])).toEqual(['pool-type: not known.']);
    expect(staleBecause(plan, now({}), plan.unknowns)).toEqual([]);
  });
});
