import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckRow, CheckStatus } from '../../src/model/check.ts';
import type { PoolSummary, PrerequisiteReport, SubscriptionSummary } from '../../src/model/report.ts';
import { diffReports, maskIds, renderDiffMarkdown, renderDiffTable } from '../../src/report/index.ts';
import type { ReportDiff } from '../../src/report/diff.ts';
import { fleet } from './support/fleet.ts';
import { hostileReports } from './support/hostile.ts';

const subscriptionId = '11111111-2222-3333-4444-555555555555';
const clusterId = `/subscriptions/${subscriptionId}/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks`;

function pool(name: string, eligibility: PoolSummary['eligibility'] = 'eligible'): PoolSummary {
  return {
    resourceId: `${clusterId}/agentPools/${name}`,
    subscriptionId,
    resourceGroup: 'rg',
    cluster: 'aks',
    pool: name,
    eligibility,
    localDnsMode: '-',
    localDnsState: '-',
    nodes: 3,
    blockedBy: [],
  };
}

function row(name: string, id: string, status: CheckStatus, ignored = false): CheckRow {
  return {
    id,
    level: 'pool',
    title: `The title of ${id}`,
    target: `rg/aks/${name}`,
    resourceId: `${clusterId}/agentPools/${name}`,
    link: 'https://example.com/',
    status,
    observed: 'o',
    required: 'r',
    reason: `Because of ${id}.`,
    fix: 'az fix',
    ignored,
  };
}

function made(
  rows: readonly CheckRow[],
  pools: readonly PoolSummary[] = [pool('a'), pool('b')],
  more: Partial<PrerequisiteReport> = {},
): PrerequisiteReport {
  const counts = { fail: 0, unknown: 0, warn: 0, skip: 0, pass: 0 };
  for (const { status, ignored } of rows) if (!ignored) counts[status] += 1;
  return {
    schemaVersion: '1.0',
    ruleset: 'ga',
    scope: 'cluster rg/aks',
    pools,
    rows,
    counts,
    ignored: [],
    detail: 'findings',
    ...more,
  };
}

const lists = ['new', 'worse', 'better', 'fixed', 'ignored', 'notChecked'] as const;

function filled(diff: ReportDiff): Record<string, readonly string[]> {
  return Object.fromEntries(
    lists
      .filter((list) => diff[list].length > 0)
      .map((list) => [list, diff[list].map(({ id, target }) => `${id}@${target.split('/').at(-1) ?? ''}`)]),
  );
}

describe('comparing two reports', () => {
  test.each<readonly [string, readonly CheckRow[], readonly CheckRow[], Record<string, readonly string[]>]>([
    ['a finding that was not there is new', [], [row('a', 'x', 'fail')], { new: ['x@a'] }],
    ['so is one that passed before', [row('a', 'x', 'pass')], [row('a', 'x', 'warn')], { new: ['x@a'] }],
    ['and one that was set aside before', [row('a', 'x', 'fail', true)], [row('a', 'x', 'fail')], { new: ['x@a'] }],
    ['a finding that is not there any more is fixed', [row('a', 'x', 'fail')], [], { fixed: ['x@a'] }],
    ['so is one that passes now', [row('a', 'x', 'unknown')], [row('a', 'x', 'pass')], { fixed: ['x@a'] }],
    [
      'one that is set aside now is not fixed',
      [row('a', 'x', 'fail')],
      [row('a', 'x', 'fail', true)],
      { ignored: ['x@a'] },
    ],
    ['a finding whose pool no longer exists is not checked', [row('c', 'x', 'fail')], [], { notChecked: ['x@c'] }],
    ['a warning that fails is worse', [row('a', 'x', 'warn')], [row('a', 'x', 'fail')], { worse: ['x@a'] }],
    [
      'so is a warning that cannot be evaluated',
      [row('a', 'x', 'warn')],
      [row('a', 'x', 'unknown')],
      { worse: ['x@a'] },
    ],
    ['a failure that warns is better', [row('a', 'x', 'fail')], [row('a', 'x', 'warn')], { better: ['x@a'] }],
    [
      'the same is the same, however its id is spelt',
      [row('a', 'x', 'fail')],
      [{ ...row('a', 'x', 'fail'), resourceId: `${clusterId}/agentpools/A`.toUpperCase() }],
      {},
    ],
    ['what is no finding in either does not count', [row('a', 'x', 'pass')], [row('a', 'x', 'skip')], {}],
  ])('%s', (_, before, after, expected) => {
    const diff = diffReports(made(before), made(after));
    expect(filled(diff)).toEqual(expected);
    expect(diff.changed).toBe(Object.keys(expected).length > 0);
  });

  test('lists pools that were added, removed or changed their eligibility', () => {
    const diff = diffReports(
      made([], [pool('a', 'blocked'), pool('b'), pool('c')]),
      made([], [pool('a'), pool('b'), pool('d')]),
    );
    const names = (changes: ReportDiff['pools']['changed']): readonly string[] =>
      changes.map((change) => `${change.pool} ${change.before ?? ''}>${change.after ?? ''}`);
    expect([
      names(diff.pools.changed),
      names(diff.pools.added),
      names(diff.pools.removed),
      diff.pools.unchanged,
    ]).toEqual([['a blocked>eligible'], ['d >eligible'], ['c eligible>'], 1]);
    expect(diff.changed).toBe(true);
  });

  test('a finding of a region or subscription is fixed only if the new report judged it, otherwise it is not checked', () => {
    const region: CheckRow = {
      ...row('a', 'regional-vcpus', 'warn'),
      level: 'subscription',
      target: `${subscriptionId}/eastus`,
      resourceId: `/subscriptions/${subscriptionId}/providers/Microsoft.Compute/locations/eastus`,
    };
    const before = made([region]);
    const looked = {
      subscriptions: [{ subscriptionId, name: 'Shop', reading: 'read', clusters: 1, pools: 2 }],
      checks: ['regional-vcpus'],
    } as const;
    expect(filled(diffReports(before, made([], undefined, looked)))).toEqual({ fixed: ['regional-vcpus@eastus'] });
    const blind = diffReports(
      before,
      made([], [], { ...looked, subscriptions: [{ ...looked.subscriptions[0], reading: 'not-readable' }] }),
    );
    expect(filled(blind)).toEqual({ notChecked: ['regional-vcpus@eastus'] });
    const other = diffReports(before, made([], undefined, { ...looked, checks: ['vm-vcpus'] }));
    expect(filled(other)).toEqual({ notChecked: ['regional-vcpus@eastus'] });
    expect(other.notes).toContain(
      'The new report does not judge regional-vcpus: findings of the old report are listed as not checked.',
    );
  });

  const ofSubscription = (id: string, below = '', status: CheckStatus = 'warn'): CheckRow => ({
    ...row('a', id, status),
    level: 'subscription',
    target: `${subscriptionId}${below}`,
    resourceId: `/subscriptions/${subscriptionId}${below}`,
  });
  const reading = (how: SubscriptionSummary['reading'], clusters = 1): Partial<PrerequisiteReport> => ({
    subscriptions: [{ subscriptionId, name: 'Shop', reading: how, clusters, pools: clusters * 2 }],
  });
  const region = '/providers/Microsoft.Compute/locations/eastus';
  const checks = [
    'feature-registered',
    'regional-vcpus',
    'family-vcpus',
    'subnet-addresses',
    'scope-readable',
    'vm-vcpus',
  ];

  test.each<readonly [string, CheckRow, PrerequisiteReport, 'fixed' | 'notChecked']>([
    [
      'its state, where its pools were judged',
      ofSubscription('feature-registered', '', 'fail'),
      made([], undefined, { checks }),
      'fixed',
    ],
    [
      'its state, where its pools were judged before an interrupt',
      ofSubscription('feature-registered', '', 'fail'),
      made([], undefined, { checks, partial: 'Interrupted.', ...reading('partial') }),
      'fixed',
    ],
    [
      'its state, where it was read in full and has no cluster any more',
      ofSubscription('feature-registered', '', 'fail'),
      made([], [], { checks, ...reading('read', 0) }),
      'fixed',
    ],
    [
      'its state, where the report ended before it',
      ofSubscription('feature-registered', '', 'fail'),
      made([], [], { checks, partial: 'Interrupted.', ...reading('read', 0) }),
      'notChecked',
    ],
    [
      'its state, where another scope has none of its clusters',
      ofSubscription('feature-registered', '', 'fail'),
      made([], [], { checks, scope: 'all, tag team=shop', ...reading('read', 0) }),
      'notChecked',
    ],
    [
      'its state, where it could not be read',
      ofSubscription('feature-registered', '', 'fail'),
      made([ofSubscription('scope-readable', '', 'unknown')], [], { checks, ...reading('not-readable', 0) }),
      'notChecked',
    ],
    [
      'a region, where the whole of the same scope was read',
      ofSubscription('regional-vcpus', region),
      made([], undefined, { checks, ...reading('read') }),
      'fixed',
    ],
    [
      'a region, where it passes by its own row',
      ofSubscription('regional-vcpus', region),
      made([ofSubscription('regional-vcpus', region, 'pass')], [], { checks, ...reading('partial') }),
      'fixed',
    ],
    [
      'a region, in another scope',
      ofSubscription('regional-vcpus', region),
      made([], undefined, { checks, scope: 'all, location westus', ...reading('read') }),
      'notChecked',
    ],
    [
      'a region, in a report of which a part is missing',
      ofSubscription('regional-vcpus', region),
      made([], undefined, { checks, partial: 'Interrupted.', ...reading('partial') }),
      'notChecked',
    ],
    [
      'a region, where a part of the subscription could not be read',
      ofSubscription('regional-vcpus', region),
      made([], undefined, { checks, ...reading('partial') }),
      'notChecked',
    ],
    [
      'a region of which another sum is told, in another scope',
      ofSubscription('regional-vcpus', region),
      made([ofSubscription('family-vcpus', region, 'unknown')], undefined, {
        checks,
        scope: 'another',
        ...reading('read'),
      }),
      'notChecked',
    ],
    [
      'a family, in another scope',
      ofSubscription('family-vcpus', `${region}/usages/standardDSv5Family`),
      made([], undefined, { checks, scope: 'another', ...reading('read') }),
      'notChecked',
    ],
    [
      'a subnet, in another scope',
      ofSubscription('subnet-addresses', '/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s'),
      made([], undefined, { checks, scope: 'another', ...reading('read') }),
      'notChecked',
    ],
    [
      'what could not be read of it, before an interrupt',
      ofSubscription('scope-readable', '', 'unknown'),
      made([], undefined, { checks, partial: 'Interrupted.', ...reading('partial') }),
      'notChecked',
    ],
    [
      'what could not be read of it, once it was',
      ofSubscription('scope-readable', '', 'unknown'),
      made([], undefined, { checks, ...reading('read') }),
      'fixed',
    ],
  ])('of a subscription: %s', (_, found, after, expected) => {
    expect(filled(diffReports(made([found]), after))[expected]).toHaveLength(1);
  });

  test('in a partial report only findings on judged resources are fixed', () => {
    const old = made([row('a', 'x', 'fail'), row('c', 'x', 'fail')], [pool('a'), pool('c')]);
    expect(filled(diffReports(old, made([], [pool('a')], { partial: 'Interrupted.' })))).toEqual({
      fixed: ['x@a'],
      notChecked: ['x@c'],
    });
    const unread = {
      ...row('a', 'scope-readable', 'unknown'),
      level: 'cluster',
      target: 'rg/aks',
      resourceId: clusterId,
    } as const;
    expect(
      filled(
        diffReports(
          made([{ ...row('a', 'cluster-state', 'fail'), level: 'cluster', target: 'rg/aks', resourceId: clusterId }]),
          made([unread], []),
        ),
      ),
    ).toMatchObject({ notChecked: ['cluster-state@aks'] });
  });

  test('notes checks that only one of the reports judges', () => {
    const [plain, more] = [
      made([row('a', 'x', 'fail')], undefined, { checks: ['x'] }),
      made([row('a', 'y', 'warn')], undefined, { checks: ['y'] }),
    ];
    expect(diffReports(plain, more).notes).toEqual([
      'The new report does not judge x: findings of the old report are listed as not checked.',
      'The old report does not judge y: findings of the new report are listed as new, but may have existed before.',
    ]);
  });

  test('notes reports in the wrong order', () => {
    const at = (gatheredAt: string): PrerequisiteReport => made([], undefined, { gatheredAt });
    const [monday, friday] = [at('2026-11-23T08:00:00Z'), at('2026-11-27T08:00:00Z')];
    expect(diffReports(friday, monday).notes).toEqual([
      'The new report was read on 2026-11-23 08:00 UTC, before the old one (2026-11-27 08:00 UTC): they may be in the wrong order.',
    ]);
    for (const [before, after] of [
      [monday, friday],
      [monday, monday],
      [monday, made([])],
      [made([]), monday],
    ] as const)
      expect(diffReports(before, after).notes).toEqual([]);
    expect(diffReports(monday, friday)).toMatchObject({
      before: { gatheredAt: monday.gatheredAt },
      after: { gatheredAt: friday.gatheredAt },
    });
  });

  test('notes why its lists may mislead', () => {
    const old = made([], [pool('a')], { partial: 'Interrupted.', ruleset: 'preview', scope: 'another' });
    const dark = { subscriptionId, name: 'one', reading: 'not-readable', clusters: 0, pools: 0 } as const;
    const { notes } = diffReports(old, made([], [], { partial: 'Interrupted.', subscriptions: [dark] }));
    expect(notes).toEqual([
      'The old report is partial: new findings and added pools may have existed before.',
      'The new report is partial: removed pools and findings that were not checked may still exist.',
      expect.stringContaining('could not read all subscriptions'),
      'The rule sets differ: preview before, ga now.',
      'The scopes differ, which may be the only reason for added or removed pools.',
    ]);
    expect(diffReports(made([]), maskIds(made([]))).notes).toEqual([expect.stringContaining('masked')]);
    expect(diffReports(made([]), made([])).notes).toEqual([]);
  });

  test('of a report with itself finds nothing, and has the same findings in both directions', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), (one, other) => {
        const [before, after] = [fleet({ clusters: 4, seed: one }).report, fleet({ clusters: 4, seed: other }).report];
        expect(diffReports(before, before)).toMatchObject({ changed: false, notes: [] });
        const [there, back] = [diffReports(before, after), diffReports(after, before)];
        expect(there.new.length).toBe(back.fixed.length + back.notChecked.length + back.ignored.length);
        expect(there.worse.length).toBe(back.better.length);
        expect(there.pools.added.length).toBe(back.pools.removed.length);
        expect(there.new.length + there.worse.length + there.better.length + there.unchanged).toBe(
          after.counts.fail + after.counts.unknown + after.counts.warn,
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe('the comparison as text', () => {
  const diff = diffReports(
    made(
      [row('a', 'x', 'warn'), row('b', 'y', 'fail'), row('c', 'z', 'fail')],
      [pool('a'), pool('b', 'blocked'), pool('c')],
    ),
    made([row('a', 'x', 'fail'), row('a', 'new|one', 'unknown')], [pool('a', 'blocked'), pool('b')]),
  );

  test('for a terminal', () => {
    expect(renderDiffTable(diff)).toBe(`New (1)
  unknown  new|one  rg/aks/a: Because of new|one.
    Fix: az fix

Worse (1)
  warn -> fail  x  rg/aks/a: Because of x.
    Fix: az fix

Fixed (1)
  fail  y  rg/aks/b: Because of y.

Not checked by the new report (1)
  fail  z  rg/aks/c: Because of z.

Pools whose eligibility changed (2)
  rg/aks/a  eligible -> blocked
  rg/aks/b  blocked -> eligible

Pools removed (1)
  rg/aks/c  eligible

Findings: 1 new, 1 worse, 0 better, 1 fixed, 0 ignored, 1 not checked, 0 unchanged.
Node pools: 2 changed, 0 added, 1 removed, 0 unchanged.
`);
  });

  test('for a change request', () => {
    const markdown = renderDiffMarkdown(diff);
    expect(markdown).toContain('| new | 1 |');
    expect(markdown).toContain(
      '## Worse (1 finding)\n\n| Target | Status | Check | Reason | Fix |\n| --- | --- | --- | --- | --- |\n| `rg/aks/a` | warn -\\> fail | x | Because of x. | `az fix` |'.replace(
        '\\>',
        '>',
      ),
    );
    expect(markdown).toContain(String.raw`new\|one`);
  });

  test('of hostile reports keeps its format', () => {
    fc.assert(
      fc.property(hostileReports, hostileReports, (before, after) => {
        const found = diffReports(before, after);
        for (const text of [renderDiffTable(found), renderDiffMarkdown(found)])
          expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
        expect(renderDiffMarkdown(found)).not.toMatch(/<script|<img/);
      }),
      { numRuns: 40 },
    );
  });
});
