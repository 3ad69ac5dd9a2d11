import { expect, test } from 'vitest';
import { judge } from '../../../../src/domain/checks/judge.ts';
import type { PoolFacts } from '../../../../src/domain/checks/facts.ts';
import { known, notKnown } from '../../../../src/model/known.ts';
import { clusterWith, facts, poolWith } from '../facts.ts';

const none = undefined;

/** The fix without what names the cluster and the pool. */
function fixFor(
  pool: string | undefined,
  cluster: string | undefined,
  changes: Partial<PoolFacts> = {},
): string | undefined {
  const [row] = judge(
    facts({
      pool: poolWith({ currentOrchestratorVersion: pool, orchestratorVersion: pool }),
      cluster:
        cluster === undefined
          ? notKnown('No right.')
          : known(clusterWith({ kubernetesVersion: cluster, currentKubernetesVersion: cluster })),
      ...changes,
    }),
    { ruleset: 'ga', only: ['kubernetes-version'] },
  );
  expect(row?.status).toBe('fail');
  return row?.fix?.replace(/ -g \S+| --cluster-name \S+| -n \S+| --subscription \S+/g, '');
}

const plane = (version: string): string => `az aks upgrade --control-plane-only --kubernetes-version ${version}`;
const pool = (version: string): string => `az aks nodepool upgrade --kubernetes-version ${version}`;

test.each([
  [
    'both are two minor versions behind',
    '1.29.9',
    '1.29.9',
    `${plane('1.30')} && ${pool('1.30')}  # then again, until 1.31`,
  ],
  ['both are one behind', '1.30.9', '1.30.9', `${plane('1.31')} && ${pool('1.31')}`],
  ['the pool alone is two behind', '1.29.9', '1.33.2', `${pool('1.30')}  # then again, until 1.31`],
  ['the pool alone is one behind', '1.30.9', '1.33.2', pool('1.31')],
  ['the control plane has the very version, whose latest patch may be a later one', '1.30.9', '1.31.4', pool('1.31.4')],
  [
    'the control plane is one step ahead, and not there either',
    '1.29.9',
    '1.30.3',
    `${pool('1.30.3')}  # then again, until 1.31`,
  ],
  ['nobody knows the control plane', '1.30.9', none, `${plane('1.31')} && ${pool('1.31')}`],
])('the fix is the next step alone where %s', (_, own, cluster, expected) => {
  expect(fixFor(own, cluster)).toBe(expected);
});

test.each([
  ['an older version than its cluster has', '1.30', '1.33.2', 'aks-localdns nodepool add --kubernetes-version 1.33.2'],
  [
    'the version of its cluster, which is one behind',
    none,
    '1.30.9',
    `${plane('1.31')} && aks-localdns nodepool add --kubernetes-version 1.31`,
  ],
  [
    'the version of its cluster, which is further behind',
    none,
    '1.28.9',
    `${plane('1.29')}  # then again, until 1.31; then add the pool`,
  ],
])('a new pool needs no step of its own: it was to have %s', (_, own, cluster, expected) => {
  expect(fixFor(own, cluster, { isNew: true })).toBe(expected);
});
