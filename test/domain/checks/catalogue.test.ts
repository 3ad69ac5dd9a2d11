import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { UsageError } from '../../../src/core/errors.ts';
import { rulesets, type CheckStatus } from '../../../src/model/check.ts';
import { catalogue, checkList, explain, requireCheckIds, type PoolFacts } from '../../../src/domain/checks/index.ts';
import { checkIds } from '../../../src/domain/checks/check-ids.ts';
import { judge } from '../../../src/domain/checks/judge.ts';
import { known, notKnown } from '../../../src/model/known.ts';
import { clusterWith, facts, poolWith } from './facts.ts';

const promised = [
  'feature-registered',
  'provider-registered',
  'cluster-running',
  'cluster-state',
  'kubernetes-version',
  'node-autoprovisioning',
  'network-plugin',
  'pool-type',
  'vm-vcpus',
  'os-sku',
  'node-image',
  'known-bad-image',
  'pool-state',
  'pool-power',
  'spot',
  'single-node',
  'surge',
  'owner',
  'current-localdns',
  'config-valid',
  'regional-vcpus',
  'family-vcpus',
  'subnet-addresses',
  'instance-limit',
  'vnet-dns-servers',
  'dns-tcp-53',
  'ignore-expired',
  'scope-readable',
];

const words = [
  'Succeeded',
  'Failed',
  'Canceled',
  'Updating',
  'Deleting',
  'Running',
  'Stopped',
  'Auto',
  'Manual',
  'none',
  'azure',
  'cilium',
  'calico',
  'Windows',
  'Linux',
  'Ubuntu',
  'Ubuntu2204',
  'AzureLinux',
  'AzureLinux3',
  'CBLMariner',
  'Flatcar',
  'Gateway',
  'System',
  'Spot',
  '0',
  '10%',
  '1.31',
  '1.30.4',
  'Standard_D2s_v5',
  'Standard_D4s_v5',
  'Required',
  'Enabled',
  'Disabled',
  'VirtualMachines',
  'AvailabilitySet',
  'Registered',
  'NotRegistered',
  'AKSUbuntu-2004gen2fipscontainerd-202401.02.0',
  'AKSAzureLinux-V2gen2-202512.06.0',
  'AKSWindows-2022-containerd-20348.3207.250214',
  'terraform',
  '\u001b[31mred\u0007',
  'x'.repeat(500),
  '',
];
const word = fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 30 }));
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const oddValue = fc.oneof(
  word,
  fc.integer({ min: -2, max: 2000 }),
  fc.boolean(),
  fc.constant(null),
  fc.constant({}),
  fc.constant([]),
);

const poolProperties = fc.record(
  Object.fromEntries(
    [
      'count',
      'vmSize',
      'osType',
      'osSKU',
      'type',
      'mode',
      'provisioningState',
      'orchestratorVersion',
      'currentOrchestratorVersion',
      'nodeImageVersion',
      'enableFIPS',
      'scaleSetPriority',
      'enableAutoScaling',
      'maxCount',
    ]
      .map((key) => [key, oddValue] as const)
      .concat([
        ['powerState', fc.record({ code: word })],
        ['upgradeSettings', fc.record({ maxSurge: oddValue, maxUnavailable: oddValue }, { requiredKeys: [] })],
        ['localDNSProfile', fc.record({ mode: word, state: word }, { requiredKeys: [] })],
        ['tags', fc.dictionary(word, word, { maxKeys: 3 })],
        ['status', fc.record({ provisioningError: fc.record({ code: word, message: word }) })],
        ['virtualMachinesProfile', fc.record({ scale: fc.record({ manual: fc.array(fc.record({ size: word })) }) })],
      ] as [string, fc.Arbitrary<never>][]),
  ) as Record<string, fc.Arbitrary<unknown>>,
  { requiredKeys: [] },
);

const clusterProperties = fc.record(
  {
    provisioningState: oddValue,
    powerState: fc.record({ code: word }),
    kubernetesVersion: word,
    nodeProvisioningProfile: fc.record({ mode: word }),
    networkProfile: fc.record(
      { networkPlugin: oddValue, networkPolicy: word, networkDataplane: word },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

const subnetId = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/s';
const securityRules = fc.array(
  fc.record({
    name: word,
    direction: fc.constant('Outbound'),
    access: fc.constantFrom('Allow', 'Deny', 'x'),
    priority: fc.integer({ min: 100, max: 4096 }),
    protocol: fc.constant('*'),
    destinations: fc.array(word),
    ports: fc.constant(['53']),
  }),
  { maxLength: 3 },
);
/** What --capacity and --network read. */
const networkFacts: fc.Arbitrary<Pick<PoolFacts, 'usages' | 'network'>> = fc
  .record({ read: fc.boolean(), group: word, servers: fc.array(word, { maxLength: 3 }), rules: securityRules })
  .map(({ read, group, servers, rules }) => {
    const why = notKnown('no right');
    return {
      usages: read ? known([]) : why,
      network: {
        subnets: new Map([
          [
            subnetId.toLowerCase(),
            read ? known({ id: subnetId, prefixes: [group], used: 0, networkSecurityGroupId: group }) : why,
          ],
        ]),
        dns: {
          virtualNetworks: new Map([
            [subnetId.toLowerCase().replace('/subnets/s', ''), known({ id: '', dnsServers: servers })],
          ]),
          securityRules: new Map([[group.toLowerCase(), known(rules)]]),
        },
      },
    };
  });

const randomFacts: fc.Arbitrary<PoolFacts> = fc
  .record({
    network: maybe(networkFacts),
    pool: poolProperties,
    cluster: maybe(clusterProperties),
    bare: fc.boolean(),
    feature: maybe(maybe(word)),
    provider: maybe(word),
    named: fc.boolean(),
    isNew: fc.boolean(),
    sizesKnown: fc.boolean(),
    errors: maybe(fc.array(word)),
    name: word,
    managedBy: word,
  })
  .map((random) => {
    const whole = facts();
    const pool = poolWith(
      {
        vnetSubnetID: subnetId,
        ...(random.bare ? Object.fromEntries(Object.keys(poolWith().properties).map((key) => [key, undefined])) : {}),
        ...(random.pool as JsonObject),
      },
      random.name,
    );
    return {
      ...whole,
      ...random.network,
      pool,
      cluster:
        random.cluster === undefined
          ? notKnown('no right')
          : known(clusterWith(random.cluster as JsonObject, { managedBy: random.managedBy })),
      subscription: {
        ...whole.subscription,
        feature:
          random.feature === undefined
            ? known({ known: false } as const)
            : known({ known: true, state: random.feature } as const),
        provider: random.provider === undefined ? notKnown('no right') : known({ state: random.provider }),
      },
      named: random.named,
      isNew: random.isNew,
      vmSizes: random.sizesKnown ? whole.vmSizes : notKnown('no list'),
      ...(random.errors === undefined
        ? {}
        : { config: { file: 'x.json', errors: random.errors, warnings: random.errors } }),
    };
  });

const rank: Readonly<Record<CheckStatus, number>> = { fail: 3, unknown: 0, warn: 2, skip: 1, pass: 1 };
const ceiling = { fail: 3, warn: 2, off: 1 } as const;

describe('the catalogue of prerequisites', () => {
  test('has every expected check exactly once', () => {
    expect(new Set(checkIds).size).toBe(checkIds.length);
    expect(checkIds).toEqual(expect.arrayContaining(promised));
  });

  test.each(catalogue)(
    '$id has a title, a start date, a source, an explanation, and how to fix and ignore it',
    (check) => {
      expect(check.id).toMatch(/^[a-z]+(?:-[a-z0-9]+)*$/);
      expect(check.title).toMatch(/^[A-Z].*[^.]$/);
      expect(check.since).toMatch(/^20\d{2}-\d{2}(?:-\d{2})?$/);
      expect((check.until ?? '9999') > check.since).toBe(true);
      expect(check.source.document).not.toBe('');
      expect(check.source.link).toMatch(/^https:\/\/(?:learn\.microsoft\.com|github\.com)\//);
      expect(check.explanation.length).toBeGreaterThan(100);
      expect(check.howToFix).toMatch(/\.$/);
      const explained = explain(check.id);
      expect(explained).toMatchObject({ id: check.id, explanation: check.explanation });
      expect(explained.howToIgnore).toContain(`--ignore ${check.id}`);
      for (const ruleset of rulesets) expect(['fail', 'warn', 'off']).toContain(check.severity[ruleset]);
    },
  );

  test.each(
    catalogue.filter(({ id }) => ['regional-vcpus', 'family-vcpus', 'subnet-addresses', 'instance-limit'].includes(id)),
  )('$id only warns, and states its assumption', ({ severity, explanation }) => {
    expect(severity).toEqual({ preview: 'warn', ga: 'warn' });
    expect(explanation).toContain('is an assumption');
  });

  test('has different severities by rule set only for requirements with an end date', () => {
    const changed = catalogue.filter(({ severity }) => severity.preview !== severity.ga);
    // pool-type fails under both: the newer rules only warn for virtual machines, but fail for availability sets.
    expect(changed.map(({ id }) => id)).toEqual(['feature-registered', 'node-autoprovisioning']);
    expect(changed.every(({ until }) => until !== undefined)).toBe(true);
  });

  test('is listed in the same order, without the long texts', () => {
    expect(checkList().map(({ id }) => id)).toEqual(checkIds);
  });

  test('suggests the most similar check for an unknown id', () => {
    expect(() => explain('vm-vcpu')).toThrow(UsageError);
    expect(() => requireCheckIds(['spot', 'pool-typ'], '--only')).toThrow("--only: there is no check 'pool-typ'.");
    expect(() => explain('vm-vcpu')).toThrow(
      expect.objectContaining({ hints: expect.arrayContaining(["Did you mean 'vm-vcpus'?"]) }),
    );
  });
});

describe('judging arbitrary facts', () => {
  test('never throws, gives printable texts, a fix for every failure, and no more than the severity of the check', () => {
    fc.assert(
      fc.property(
        randomFacts,
        fc.constantFrom(...rulesets),
        fc.constantFrom('report', 'enable', 'disable' as const),
        (given, ruleset, purpose) => {
          for (const row of judge(given, { ruleset, purpose })) {
            for (const text of [
              row.observed,
              row.required,
              row.reason,
              row.fix ?? '-',
              row.target,
              row.resourceId,
              row.rulesetNote ?? '-',
            ]) {
              expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
              expect(text).not.toBe('');
            }
            const check = catalogue.find(({ id }) => id === row.id);
            expect(check).toBeDefined();
            if (check === undefined) continue;
            expect(rank[row.status]).toBeLessThanOrEqual(ceiling[check.severity[ruleset]]);
            expect(row.status === 'fail' && row.fix === undefined).toBe(false);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('never passes a check whose facts could not be read', () => {
    const why = 'the right is missing';
    const blind = facts({
      subscription: { id: 'x', name: undefined, feature: notKnown(why), provider: notKnown(why) },
      cluster: notKnown(why),
      vmSizes: notKnown(why),
      pool: poolWith(Object.fromEntries(Object.keys(poolWith().properties).map((key) => [key, undefined]))),
    });
    const rows = judge(blind, { ruleset: 'preview' });
    const unread = rows.filter(({ id }) => !['pool-mode', 'spot', 'surge', 'current-localdns'].includes(id));
    expect(unread.map(({ id, status }) => [id, status])).toEqual(unread.map(({ id }) => [id, 'unknown']));
    expect(unread).toHaveLength(15);
    expect(unread.filter(({ reason }) => reason.includes(why)).map(({ id }) => id)).toEqual([
      'feature-registered',
      'provider-registered',
      'cluster-running',
      'cluster-state',
      'node-autoprovisioning',
      'network-plugin',
      'owner',
    ]);
  });

  test('fails a pool that does not meet the guide, with a fix that names the pool', () => {
    const bad = facts({
      pool: poolWith({
        vmSize: 'Standard_D2s_v5',
        nodeImageVersion: 'AKSUbuntu-1804-2020.03.05',
        currentOrchestratorVersion: '1.29.1',
        type: 'VirtualMachines',
        powerState: { code: 'Stopped' },
      }),
    });
    const failed = judge(bad, { ruleset: 'preview' }).filter(({ status }) => status === 'fail');
    expect(failed.map(({ id }) => id).sort()).toEqual([
      'kubernetes-version',
      'node-image',
      'os-sku',
      'pool-power',
      'pool-type',
      'vm-vcpus',
    ]);
    for (const row of failed) expect(row.fix).toMatch(/^(?:az|aks-localdns) .*rg-shop.*aks-shop.*userpool/);
  });
});
