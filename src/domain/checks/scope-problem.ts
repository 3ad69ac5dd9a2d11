import { oneLine, shellLine } from '../../core/text.ts';
import type { Verdict } from '../../model/check.ts';
import { placeOf } from '../../model/ids.ts';
import type { ScopeProblem } from '../../model/inventory.ts';
import { rowOf, type JudgedRow, type RowOptions, type Target } from './row.ts';
import { scopeReadable } from './rules/scope-readable.ts';
import { shown } from './verdict-parts.ts';

type Kind = ScopeProblem['kind'];

/** Azure names the missing permission at the end of long messages. */
const maxReasonLength = 600;

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
      'Ask the billing owner to reactivate the subscription in the Azure portal, or leave it out of the scope.',
  },
  'subscription-not-readable': {
    status: 'unknown',
    observed: 'not readable',
    required: `the permission ${read}`,
    fix: () =>
      `Request the Reader role on the subscription (it includes ${read}), or sign in as someone who has it: az login`,
  },
  'cluster-not-readable': {
    status: 'unknown',
    observed: 'not readable',
    required: `the permission ${read}`,
    fix: () => `Request the Reader role on the cluster or its resource group (it includes ${read}).`,
  },
  'cluster-gone': {
    status: 'unknown',
    observed: 'not found',
    required: 'an existing cluster',
    fix: ({ subscriptionId }) =>
      shellLine(['az', 'aks', 'list', '--subscription', oneLine(subscriptionId), '-o', 'table']),
  },
  'pool-gone': {
    status: 'unknown',
    observed: 'not found',
    required: 'an existing node pool',
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
    observed: 'partially read',
    required: 'all clusters of the subscription',
    fix: () => 'Run the check again. If it fails again, add --source arm.',
  },
  truncated: {
    status: 'unknown',
    observed: 'partially read',
    required: 'all clusters of the subscription',
    fix: () => 'Run the check again with --source arm or a narrower scope.',
  },
};

function targetOf({ subscriptionId, resourceId }: ScopeProblem): Target {
  const id = oneLine(resourceId);
  const { resourceGroup: group, cluster, pool } = placeOf(id);
  if (pool !== '') return { level: 'pool', target: `${group}/${cluster}/${pool}`, resourceId: id };
  if (cluster !== '') return { level: 'cluster', target: `${group}/${cluster}`, resourceId: id };
  // Without a resource ID, the subscription is the target.
  return {
    level: 'subscription',
    target: oneLine(subscriptionId === '' ? resourceId : subscriptionId),
    resourceId: id,
  };
}

/**
 * The row for a part of the scope that could not be read. It is there regardless of --only, because a gap must not look
 * like a pass.
 */
export function problemRow(problem: ScopeProblem, options: RowOptions): JudgedRow {
  const { fix, ...rest } = kinds[problem.kind];
  return rowOf(
    scopeReadable,
    targetOf(problem),
    { ...rest, reason: shown(problem.why, 'Azure gave no reason.', maxReasonLength), fix: fix(problem) },
    options,
  );
}
