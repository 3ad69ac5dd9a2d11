import { expect, test } from 'vitest';
import { judge } from '../../../../src/domain/checks/judge.ts';
import type { PoolFacts } from '../../../../src/domain/checks/facts.ts';
import { known, notKnown } from '../../../../src/model/known.ts';
import { clusterWith, facts, poolWith } from '../facts.ts';

const none = undefined;

/** The fix without the options that name the cluster and the pool. */
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
  ['a whole cluster that is out of support may skip versions', '1.29.9', '1.29.9', whole('1.35')],
  ['also if it is only one version behind', '1.30.9', '1.30.9', whole('1.35')],
  ['older versions are offered with long-term support', '1.28.9', '1.28.9', whole('1.32'), longTerm('1.28.9')],
  ['only the pool is too old and is upgraded to the version of its control plane', '1.29.9', '1.33.2', pool('1.33.2')],
  ['the control plane is newer than the pool, but too old as well', '1.29.9', '1.30.3', whole('1.35')],
  [
    'the version of the control plane is unknown, so the command lists the versions offered',
    '1.30.9',
    none,
    'az aks get-upgrades -o table',
  ],
])('the fix is a single step that Azure accepts: %s', (_, own, cluster, expected, changes = {}) => {
  expect(fixFor(own, cluster, changes)).toBe(expected);
});

test.each([
  ['an older version than its cluster has', '1.30', '1.33.2', 'aks-localdns nodepool add --kubernetes-version 1.33.2'],
  [
    'the version of its cluster, which is too old',
    none,
    '1.30.9',
    `${whole('1.35')} && aks-localdns nodepool add --kubernetes-version 1.35`,
  ],
])('the fix for a new pool is one command if it was requested with %s', (_, own, cluster, expected) => {
  expect(fixFor(own, cluster, { isNew: true })).toBe(expected);
});

test('the fix for a new pool repeats the given options with another version', () => {
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
