import { UsageError } from '../core/errors.ts';
import { oneLine } from '../core/text.ts';

export interface ClusterRef {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly cluster: string;
}

export interface PoolRef extends ClusterRef {
  readonly pool: string;
}

/** ARM ids are compared without case; the resource provider answers with `resourcegroups` in lower case. */
export function clusterId(ref: ClusterRef): string {
  return `/subscriptions/${ref.subscriptionId}/resourceGroups/${ref.resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${ref.cluster}`;
}

export function poolId(ref: PoolRef): string {
  return `${clusterId(ref)}/agentPools/${ref.pool}`;
}

/** The arguments that name a cluster or a pool on our command line, and on az's. */
export function refArguments(ref: ClusterRef & { readonly pool?: string }): readonly string[] {
  return [
    '-g',
    ref.resourceGroup,
    '--cluster-name',
    ref.cluster,
    ...(ref.pool === undefined ? [] : ['-n', ref.pool]),
    '--subscription',
    ref.subscriptionId,
  ];
}

export function sameId(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

export const namePatterns = {
  /** Source: AKS API, agent pool name; Windows pools at most 6. */
  pool: /^[a-z][a-z0-9]{0,11}$/,
  /** Source: AKS API, managed cluster name. */
  cluster: /^[a-zA-Z0-9](?:[-_a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/,
  /** Source: ARM, naming rules of resource groups: letters and digits are those of Unicode; no final dot. */
  resourceGroup: /^[-\p{L}\p{Nd}_.()]{0,89}[-\p{L}\p{Nd}_()]$/u,
  guid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
} as const;

/** @throws UsageError where a name could not be one, so that nothing odd ever becomes part of a URL. */
export function checkName(kind: 'pool' | 'cluster' | 'resourceGroup', name: string, option: string): string {
  if (namePatterns[kind].test(name)) return name;
  const words = { pool: 'node pool', cluster: 'cluster', resourceGroup: 'resource group' } as const;
  const rule = {
    pool: 'A node pool name has 1 to 12 lower-case letters and digits and begins with a letter.',
    cluster: 'A cluster name has 1 to 63 letters, digits, - and _, and begins and ends with a letter or digit.',
    resourceGroup: 'A resource group name has 1 to 90 letters, digits, - _ . ( ), and does not end with a dot.',
  } as const;
  throw new UsageError(`${option}: '${oneLine(name)}' cannot be the name of a ${words[kind]}.`, [rule[kind]]);
}
