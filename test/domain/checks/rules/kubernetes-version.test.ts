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

const whole = (version: string): string => `az aks upgrade --kubernetes-version ${version}`;
const pool = (version: string): string => `az aks nodepool upgrade --kubernetes-version ${version}`;
const longTerm = (version: string): Partial<PoolFacts> => ({
  cluster: known(
    clusterWith({ kubernetesVersion: version, currentKubernetesVersion: version, supportPlan: 'AKSLongTermSupport' }),
  ),
});

test.each([
  ['the whole cluster, out of support, may skip versions', '1.29.9', '1.29.9', whole('1.35')],
  ['so may one that is one version behind', '1.30.9', '1.30.9', whole('1.35')],
  ['with long-term support older versions are offered', '1.28.9', '1.28.9', whole('1.32'), longTerm('1.28.9')],
  ['the pool alone is behind, and goes to the very version of its control plane', '1.29.9', '1.33.2', pool('1.33.2')],
  ['the control plane is newer, and not there either', '1.29.9', '1.30.3', whole('1.35')],
  ['nobody knows the control plane, so what is offered is looked up', '1.30.9', none, 'az aks get-upgrades -o table'],
])('the fix is one step that Azure takes: %s', (_, own, cluster, expected, changes = {}) => {
  expect(fixFor(own, cluster, changes)).toBe(expected);
});

test.each([
  ['an older version than its cluster has', '1.30', '1.33.2', 'aks-localdns nodepool add --kubernetes-version 1.33.2'],
  [
    'the version of its cluster, which is behind',
    none,
    '1.30.9',
    `${whole('1.35')} && aks-localdns nodepool add --kubernetes-version 1.35`,
  ],
])('a new pool needs no step of its own: it was to have %s', (_, own, cluster, expected) => {
  expect(fixFor(own, cluster, { isNew: true })).toBe(expected);
});

test('a new pool is asked for again as it was, but for the version', () => {
  const given = [
    ['--node-count', '5'],
    ['--kubernetes-version', '1.30'],
    ['--labels', 'a=b', 'c=d e'],
    ['--set', 'orchestratorVersion=1.29', 'osDiskSizeGB=64'],
  ];
  expect(fixFor('1.30', '1.33.2', { isNew: true, given })).toBe(
    "aks-localdns nodepool add --node-count 5 --labels a=b 'c=d e' --set osDiskSizeGB=64 --kubernetes-version 1.33.2",
  );
});
