import { oneLine, shellLine } from '../../core/text.ts';
import type { Verdict } from '../../model/check.ts';
import { placeOf } from '../../model/ids.ts';
import type { ScopeProblem } from '../../model/inventory.ts';
import { rowOf, type JudgedRow, type RowOptions, type Target } from './row.ts';
import { scopeReadable } from './rules/scope-readable.ts';
import { shown } from './verdict-parts.ts';

type Kind = ScopeProblem['kind'];

/** Azure names the action that is missing late in its sentences. */
const longestReason = 600;

const read = 'Microsoft.ContainerService/managedClusters/read';

/** The row for each kind of problem. */
const kinds: Readonly<
  Record<Kind, Pick<Verdict, 'status' | 'observed' | 'required'> & { readonly fix: (problem: ScopeProblem) => string }>
> = {
  'subscription-disabled': {
    status: 'skip',
    observed: 'disabled',
    required: 'an enabled subscription',
    fix: () =>
      'Reactivate the subscription (its billing owner can, in the Azure portal), or leave it out of the scope.',
  },
  'subscription-not-readable': {
    status: 'unknown',
    observed: 'not readable',
    required: `the right ${read}`,
    fix: () =>
      `Ask for the role Reader on the subscription (it holds ${read}), or sign in as somebody who has it: az login.`,
  },
  'cluster-not-readable': {
    status: 'unknown',
    observed: 'not readable',
    required: `the right ${read}`,
    fix: () => `Ask for the role Reader on the cluster or its group (it holds ${read}).`,
  },
  'cluster-gone': {
    status: 'unknown',
    observed: 'gone',
    required: 'a cluster that is there',
    fix: ({ subscriptionId }) =>
      shellLine(['az', 'aks', 'list', '--subscription', oneLine(subscriptionId), '-o', 'table']),
  },
  'pool-gone': {
    status: 'unknown',
    observed: 'gone',
    required: 'a node pool that is there',
    fix: ({ subscriptionId, resourceId }) => {
      const { resourceGroup, cluster } = placeOf(oneLine(resourceId));
      return shellLine([
        'az',
        'aks',
        'nodepool',
        'list',
        '-g',
        resourceGroup,
        '--cluster-name',
        cluster,
        '--subscription',
        oneLine(subscriptionId),
        '-o',
        'table',
      ]);
    },
  },
  'page-failed': {
    status: 'unknown',
    observed: 'read in part',
    required: 'all clusters of the subscription',
    fix: () => 'Run the check again; where that fails the same way, with --source arm.',
  },
  truncated: {
    status: 'unknown',
    observed: 'read in part',
    required: 'all clusters of the subscription',
    fix: () => 'Run the check again with --source arm, or with a narrower scope.',
  },
};

function targetOf({ subscriptionId, resourceId }: ScopeProblem): Target {
  const id = oneLine(resourceId);
  const { resourceGroup: group, cluster, pool } = placeOf(id);
  if (pool !== '') return { level: 'pool', target: `${group}/${cluster}/${pool}`, resourceId: id };
  if (cluster !== '') return { level: 'cluster', target: `${group}/${cluster}`, resourceId: id };
  // What is no id can be of no subscription.
  return {
    level: 'subscription',
    target: oneLine(subscriptionId === '' ? resourceId : subscriptionId),
    resourceId: id,
  };
}

/**
 * The row that tells of a part of the scope that could not be read. There is one whatever --only names: silence would
 * look like health.
 */
export function problemRow(problem: ScopeProblem, options: RowOptions): JudgedRow {
  const { fix, ...rest } = kinds[problem.kind];
  return rowOf(
    scopeReadable,
    targetOf(problem),
    { ...rest, reason: shown(problem.why, 'Azure does not say why.', longestReason), fix: fix(problem) },
    options,
  );
}
