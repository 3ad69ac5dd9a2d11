import { describe, expect, test } from 'vitest';
import type { CheckStatus } from '../../../src/model/check.ts';
import { clusterId } from '../../../src/model/ids.ts';
import type { ScopeProblem } from '../../../src/model/inventory.ts';
import { problemRow } from '../../../src/domain/checks/scope-problem.ts';
import { IgnoreRules } from '../../../src/domain/checks/ignore/index.ts';
import { clusterRef } from './facts.ts';

const { subscriptionId } = clusterRef;
const problem = (kind: ScopeProblem['kind'], resourceId = `/subscriptions/${subscriptionId}`): ScopeProblem => ({
  kind,
  subscriptionId,
  resourceId,
  why: 'The reader role is\nmissing.',
});

describe('the row for what could not be read', () => {
  const kinds: readonly (readonly [ScopeProblem['kind'], CheckStatus, string])[] = [
    ['subscription-disabled', 'skip', 'reactivate'],
    ['subscription-not-readable', 'unknown', 'Reader'],
    ['cluster-not-readable', 'unknown', 'Reader'],
    ['cluster-gone', 'unknown', 'az aks list'],
    ['pool-gone', 'unknown', 'az aks nodepool list'],
    ['page-failed', 'unknown', 'again'],
    ['truncated', 'unknown', '--source arm'],
  ];

  test.each(kinds)('%s is %s and has a fix', (kind, status, fix) => {
    const row = problemRow(problem(kind), {});
    expect(row).toMatchObject({
      id: 'scope-readable',
      status,
      level: 'subscription',
      target: subscriptionId,
      reason: 'The reader role is missing.',
      ignored: false,
    });
    expect(row.fix).toContain(fix);
  });

  test('is listed with the other rows of its cluster or node pool', () => {
    const row = problemRow(problem('pool-gone', `${clusterId(clusterRef)}/agentPools/blue`), {});
    expect(row).toMatchObject({
      level: 'pool',
      target: 'rg-shop/aks-shop/blue',
      fix: `az aks nodepool list -g rg-shop --cluster-name aks-shop --subscription ${subscriptionId} -o table`,
    });
    expect(problemRow(problem('cluster-gone', clusterId(clusterRef)), {})).toMatchObject({
      level: 'cluster',
      target: 'rg-shop/aks-shop',
      resourceId: clusterId(clusterRef),
    });
  });

  test('is there regardless of --only, and can be ignored', () => {
    expect(problemRow(problem('truncated'), { only: ['surge'] }).ignored).toBe(false);
    expect(problemRow(problem('truncated'), { ignore: ['scope-readable'] }).ignored).toBe(true);
    const entry = {
      number: 1,
      id: 'scope-readable',
      scope: `/subscriptions/${subscriptionId}/**`,
      owner: 'o',
      reason: 'r',
      expires: '2027-01-31',
    };
    expect(problemRow(problem('truncated'), { ignores: new IgnoreRules([entry], '2026-11-25') }).ignored).toBe(true);
  });
});
