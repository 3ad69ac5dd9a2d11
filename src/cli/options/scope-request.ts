import { UsageError } from '../../core/errors.ts';
import { list } from '../../core/text.ts';
import { checkName } from '../../model/ids.ts';
import type { ScopeRequest, ScopeRoot } from '../../usecases/scope/index.ts';
import { readLocation, readManagementGroup, readPattern, readTag } from './scope-words.ts';
import type { ScopeArguments } from './scope.ts';

/** For commands that can also name one cluster. */
export interface ClusterArgument {
  readonly clusterName?: string | undefined;
}

function readRoot({ subscription, allSubscriptions, managementGroup, from }: ScopeArguments): ScopeRoot {
  const given = [
    ...(subscription.length > 0 ? ['--subscription'] : []),
    ...(allSubscriptions ? ['--all-subscriptions'] : []),
    ...(managementGroup === undefined ? [] : ['--management-group']),
    ...(from === undefined ? [] : ['--from']),
  ];
  if (given.length > 1)
    throw new UsageError(`${list(given)} are mutually exclusive.`, [
      'Each selects where to look for clusters; -g, --location, --tag and --cluster-pattern narrow the selection.',
    ]);
  if (subscription.length > 0) return { kind: 'named', names: subscription };
  if (allSubscriptions) return { kind: 'all' };
  if (managementGroup !== undefined) return { kind: 'management-group', id: readManagementGroup(managementGroup) };
  return from === undefined ? { kind: 'active' } : { kind: 'file', file: from };
}

/**
 * The scope options as entered, validated; nothing is read or requested.
 * @throws UsageError
 */
export function readScope(args: ScopeArguments & ClusterArgument, defaultGroup: string | undefined): ScopeRequest {
  const root = readRoot(args);
  const { clusterName, clusterPattern } = args;
  // The Azure CLI's default group locates a named cluster. As a filter, it would silently hide clusters from a report.
  const resourceGroup = args.resourceGroup ?? (clusterName === undefined ? undefined : defaultGroup);
  if (clusterName !== undefined && resourceGroup === undefined)
    throw new UsageError('the following arguments are required with --cluster-name: --resource-group/-g');
  return {
    root,
    conditions: {
      resourceGroup:
        resourceGroup === undefined ? undefined : checkName('resourceGroup', resourceGroup, '--resource-group/-g'),
      clusterName: clusterName === undefined ? undefined : checkName('cluster', clusterName, '--cluster-name'),
      locations: [...new Set(args.location.map(readLocation))],
      tags: args.tag.map(readTag),
      clusterPattern: clusterPattern === undefined ? undefined : readPattern(clusterPattern),
    },
  };
}
