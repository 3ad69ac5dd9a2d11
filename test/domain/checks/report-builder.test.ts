import { describe, expect, test } from 'vitest';
import { poolId } from '../../../src/model/ids.ts';
import type { ScopeProblem } from '../../../src/model/inventory.ts';
import { IgnoreRules, ReportBuilder, type IgnoreEntry, type PoolFacts } from '../../../src/domain/checks/index.ts';
import type { ReportOptions } from '../../../src/domain/checks/report-builder.ts';
import { known, notKnown } from '../../../src/model/known.ts';
import { clusterRef, clusterWith, facts, poolWith } from './facts.ts';

const id = clusterRef.subscriptionId;
const problem = (kind: ScopeProblem['kind']): ScopeProblem => ({
  kind,
  subscriptionId: id.toUpperCase(),
  resourceId: `/subscriptions/${id}`,
  why: `It is ${kind}.`,
});
const fleet = (options: Partial<ReportOptions> = {}): ReportBuilder =>
  new ReportBuilder('all subscriptions', { ruleset: 'ga', detail: 'findings', ...options });

function named(cluster: string, changes: Partial<PoolFacts> = {}): PoolFacts {
  const ref = { ...clusterRef, cluster };
  return {
    ...facts(changes),
    clusterRef: ref,
    cluster: known({ ...clusterWith(), ref }),
    pool: { ...poolWith(), id: poolId({ ...ref, pool: 'userpool' }), ref: { ...ref, pool: 'userpool' } },
  };
}

describe('how a subscription was read', () => {
  const readUntil = (partial: string | undefined, steps: readonly (ScopeProblem['kind'] | 'cluster')[]) => {
    const builder = fleet();
    builder.subscription({ id, name: 'Shop' });
    for (const step of steps) {
      if (step === 'cluster') builder.add(facts(), [facts()]);
      else builder.problem(problem(step));
    }
    return builder.finish(partial).subscriptions;
  };

  test.each([
    ['read', []],
    ['read', ['cluster']],
    ['disabled', ['subscription-disabled']],
    ['not-readable', ['subscription-not-readable']],
    ['partial', ['cluster-gone']],
    ['partial', ['pool-gone', 'cluster']],
    ['partial', ['page-failed', 'cluster', 'truncated']],
    ['not-readable', ['subscription-not-readable', 'page-failed']],
    ['partial', ['cluster', 'subscription-not-readable']],
  ] as const)('is %s after %j, in any spelling of its ID', (expected, steps) => {
    expect(readUntil(undefined, steps)).toMatchObject([
      {
        subscriptionId: id,
        name: 'Shop',
        reading: expected,
        clusters: steps.filter((step) => step === 'cluster').length,
      },
    ]);
  });

  test.each([
    ['not-checked', []],
    ['partial', ['cluster']],
    ['disabled', ['subscription-disabled']],
    ['not-readable', ['subscription-not-readable']],
    ['partial', ['cluster-gone']],
  ] as const)('is %s after %j where the report ended before all of its scope', (expected, steps) => {
    expect(readUntil('Interrupted.', steps)).toMatchObject([{ reading: expected }]);
  });
});

describe('a cluster with an invalid ID', () => {
  test('has its own row without a subscription', () => {
    const builder = fleet();
    builder.subscription({ id, name: 'Shop' });
    for (const resourceId of ['/nonsense', '/more'])
      builder.problem({ kind: 'cluster-not-readable', subscriptionId: '', resourceId, why: 'It cannot be one.' });
    const { rows, subscriptions } = builder.finish();
    expect(rows.map(({ target }) => target).sort()).toEqual(['/more', '/nonsense']);
    expect(subscriptions).toMatchObject([{ subscriptionId: id, reading: 'read' }]);
  });
});

describe('rows that clusters share', () => {
  test('become a single row, the most severe one, and count once', () => {
    const builder = fleet({ only: ['provider-registered'] });
    const ways: readonly Partial<PoolFacts>[] = [
      {},
      {
        subscription: {
          id,
          name: undefined,
          feature: known({ known: false }),
          provider: notKnown('The right is missing.'),
        },
      },
      {},
    ];
    for (const [index, changes] of ways.entries()) builder.add(named(`aks-${String(index)}`, changes), []);
    const report = builder.finish();
    expect(report.rows).toMatchObject([{ id: 'provider-registered', status: 'unknown', target: id }]);
    expect(report.counts).toEqual({ fail: 0, unknown: 1, warn: 0, skip: 0, pass: 0 });
    expect(report.clusters).toBe(3);
  });
});

describe('a report with --only', () => {
  test('names the selected checks, and always includes what could not be read', () => {
    const { only, checks } = fleet({ only: ['vm-vcpus', 'feature-registered', 'regional-vcpus'] }).finish();
    expect(only).toEqual(expect.arrayContaining(['vm-vcpus', 'feature-registered', 'regional-vcpus']));
    expect([...(checks ?? [])].sort()).toEqual(['feature-registered', 'scope-readable', 'vm-vcpus']);
    for (const all of [fleet(), fleet({ only: [] })]) expect(all.finish()).not.toHaveProperty('only');
  });
});

describe('entries of an ignore file', () => {
  const entry = (number: number, check: string, scope: string, expires = '2027-01-31'): IgnoreEntry => ({
    number,
    id: check,
    scope,
    owner: 'o',
    reason: 'r',
    expires,
  });
  const entries = [
    entry(1, 'spot', '**/managedClusters/aks-shop'),
    entry(2, 'vm-vcpus', '**/managedClusters/aks-shop'),
    entry(3, 'vm-vcpus', '**/managedClusters/aks-shop/**'),
    entry(4, 'surge', '**', '2026-01-31'),
    entry(5, 'regional-vcpus', '**'),
  ];

  test('are listed even if they match nothing, unless they expired or their check did not run', () => {
    const builder = fleet({ ignores: new IgnoreRules(entries, '2026-11-25') });
    const small = facts({ pool: poolWith({ vmSize: 'Standard_D2s_v5' }) });
    builder.add(small, [small]);
    expect(builder.finish().ignored.map(({ id: check, rows, scope }) => [check, rows, scope])).toEqual([
      ['spot', 0, '**/managedClusters/aks-shop'],
      ['vm-vcpus', 0, '**/managedClusters/aks-shop'],
      ['vm-vcpus', 1, '**/managedClusters/aks-shop/**'],
    ]);
    expect(
      fleet({ only: ['vm-vcpus'], ignores: new IgnoreRules(entries, '2026-11-25') })
        .finish()
        .ignored.map(({ id: check }) => check),
    ).toEqual(['vm-vcpus', 'vm-vcpus']);
  });
});

describe('a report of findings', () => {
  test('lists findings and what could not be read, and counts all rows', () => {
    const builder = fleet();
    builder.add(named('aks-b'), [named('aks-b')]);
    builder.add(named('aks-a'), [named('aks-a')]);
    builder.problem(problem('subscription-disabled'));
    const report = builder.finish('Interrupted.');
    expect(report.rows.map(({ id: check, status }) => [check, status])).toEqual([['scope-readable', 'skip']]);
    expect(report.counts.pass).toBeGreaterThan(10);
    expect(report.pools.map(({ cluster }) => cluster)).toEqual(['aks-a', 'aks-b']);
    expect(report).toMatchObject({ detail: 'findings', partial: 'Interrupted.' });
  });
});
