import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckRow, CheckStatus } from '../../src/model/check.ts';
import type { PoolSummary, PrerequisiteReport, SubscriptionSummary } from '../../src/model/report.ts';
import { diffReports, maskIds, renderDiffMarkdown, renderDiffTable, type ReportDiff } from '../../src/report/index.ts';
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

const lists = ['new', 'worse', 'better', 'fixed', 'ignored', 'gone'] as const;

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
    ['one whose pool is not there any more is gone', [row('c', 'x', 'fail')], [], { gone: ['x@c'] }],
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

  test('tells pools that appeared, vanished, and became something else', () => {
    const diff = diffReports(
      made([], [pool('a', 'blocked'), pool('b'), pool('c')]),
      made([], [pool('a'), pool('b'), pool('d')]),
    );
    const names = (changes: ReportDiff['pools']['changed']): readonly string[] =>
      changes.map((change) => `${change.pool} ${change.before ?? ''}>${change.after ?? ''}`);
    expect([
      names(diff.pools.changed),
      names(diff.pools.appeared),
      names(diff.pools.vanished),
      diff.pools.unchanged,
    ]).toEqual([['a blocked>eligible'], ['d >eligible'], ['c eligible>'], 1]);
    expect(diff.changed).toBe(true);
  });

  test('what a region or a subscription lacked is fixed where the new report looked at it, and gone where it could not or did not', () => {
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
    expect(filled(blind)).toEqual({ gone: ['regional-vcpus@eastus'] });
    const other = diffReports(before, made([], undefined, { ...looked, checks: ['vm-vcpus'] }));
    expect(filled(other)).toEqual({ gone: ['regional-vcpus@eastus'] });
    expect(other.notes).toContain(
      'The new report does not judge regional-vcpus: what the old one found by that is listed as gone.',
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

  test.each<readonly [string, CheckRow, PrerequisiteReport, 'fixed' | 'gone']>([
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
      'gone',
    ],
    [
      'its state, where another scope has none of its clusters',
      ofSubscription('feature-registered', '', 'fail'),
      made([], [], { checks, scope: 'all, tag team=shop', ...reading('read', 0) }),
      'gone',
    ],
    [
      'its state, where it could not be read',
      ofSubscription('feature-registered', '', 'fail'),
      made([ofSubscription('scope-readable', '', 'unknown')], [], { checks, ...reading('not-readable', 0) }),
      'gone',
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
      'gone',
    ],
    [
      'a region, in a report of which a part is missing',
      ofSubscription('regional-vcpus', region),
      made([], undefined, { checks, partial: 'Interrupted.', ...reading('partial') }),
      'gone',
    ],
    [
      'a region, where a part of the subscription could not be read',
      ofSubscription('regional-vcpus', region),
      made([], undefined, { checks, ...reading('partial') }),
      'gone',
    ],
    [
      'a region of which another sum is told, in another scope',
      ofSubscription('regional-vcpus', region),
      made([ofSubscription('family-vcpus', region, 'unknown')], undefined, {
        checks,
        scope: 'another',
        ...reading('read'),
      }),
      'gone',
    ],
    [
      'a family, in another scope',
      ofSubscription('family-vcpus', `${region}/usages/standardDSv5Family`),
      made([], undefined, { checks, scope: 'another', ...reading('read') }),
      'gone',
    ],
    [
      'a subnet, in another scope',
      ofSubscription('subnet-addresses', '/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s'),
      made([], undefined, { checks, scope: 'another', ...reading('read') }),
      'gone',
    ],
    [
      'what could not be read of it, before an interrupt',
      ofSubscription('scope-readable', '', 'unknown'),
      made([], undefined, { checks, partial: 'Interrupted.', ...reading('partial') }),
      'gone',
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

  test('in a partial report fixed is only what it has a word of', () => {
    const old = made([row('a', 'x', 'fail'), row('c', 'x', 'fail')], [pool('a'), pool('c')]);
    expect(filled(diffReports(old, made([], [pool('a')], { partial: 'Interrupted.' })))).toEqual({
      fixed: ['x@a'],
      gone: ['x@c'],
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
    ).toMatchObject({ gone: ['cluster-state@aks'] });
  });

  test('tells of checks that only one of both judges, whichever it is', () => {
    const [plain, more] = [
      made([row('a', 'x', 'fail')], undefined, { checks: ['x'] }),
      made([row('a', 'y', 'warn')], undefined, { checks: ['y'] }),
    ];
    expect(diffReports(plain, more).notes).toEqual([
      'The new report does not judge x: what the old one found by that is listed as gone.',
      'The old report does not judge y: what the new one found by that is listed as new, and may have been there before.',
    ]);
  });

  test('tells of reports that are given the wrong way round', () => {
    const at = (gatheredAt: string): PrerequisiteReport => made([], undefined, { gatheredAt });
    const [monday, friday] = [at('2026-11-23T08:00:00Z'), at('2026-11-27T08:00:00Z')];
    expect(diffReports(friday, monday).notes).toEqual([
      'The new report was read on 2026-11-23 08:00 UTC, before the old one (2026-11-27 08:00 UTC): they may be the wrong way round.',
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

  test('says what keeps its lists from being trusted', () => {
    const old = made([], [pool('a')], { partial: 'Interrupted.', ruleset: 'preview', scope: 'another' });
    const dark = { subscriptionId, name: 'one', reading: 'not-readable', clusters: 0, pools: 0 } as const;
    const { notes } = diffReports(old, made([], [], { partial: 'Interrupted.', subscriptions: [dark] }));
    expect(notes).toEqual([
      'The old report is partial: what is new may only have been missing there.',
      'The new report is partial: what is gone or vanished may only be missing there.',
      expect.stringContaining('could not read every subscription'),
      'The rule sets differ: preview before, ga now.',
      'The scopes differ: pools may have appeared or vanished because of that alone.',
    ]);
    expect(diffReports(made([]), maskIds(made([]))).notes).toEqual([expect.stringContaining('masked')]);
    expect(diffReports(made([]), made([])).notes).toEqual([]);
  });

  test('of a report with itself finds nothing, and both ways round the same findings', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), (one, other) => {
        const [before, after] = [fleet({ clusters: 4, seed: one }).report, fleet({ clusters: 4, seed: other }).report];
        expect(diffReports(before, before)).toMatchObject({ changed: false, notes: [] });
        const [there, back] = [diffReports(before, after), diffReports(after, before)];
        expect(there.new.length).toBe(back.fixed.length + back.gone.length + back.ignored.length);
        expect(there.worse.length).toBe(back.better.length);
        expect(there.pools.appeared.length).toBe(back.pools.vanished.length);
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

Gone: the new report does not look there (1)
  fail  z  rg/aks/c: Because of z.

Pools whose eligibility changed (2)
  rg/aks/a  eligible -> blocked
  rg/aks/b  blocked -> eligible

Pools that vanished (1)
  rg/aks/c  eligible

Findings: 1 new, 1 worse, 0 better, 1 fixed, 0 ignored, 1 gone, 0 unchanged.
Node pools: 2 changed, 0 appeared, 1 vanished, 0 unchanged.
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

  test('of hostile reports keeps to its form', () => {
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
