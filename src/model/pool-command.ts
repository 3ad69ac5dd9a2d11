import { shellLine } from '../core/text.ts';
import { refArguments, type ClusterRef, type PoolRef } from './ids.ts';

/** `group/cluster/pool`, the name of a pool in messages. */
export function poolName(ref: PoolRef): string {
  return `${ref.resourceGroup}/${ref.cluster}/${ref.pool}`;
}

/** `aks-localdns nodepool VERB -g … --cluster-name … -n … --subscription … …`: a command for hints, ready to run. */
export function poolLine(
  verb: string,
  ref: ClusterRef & { readonly pool?: string },
  rest: readonly string[] = [],
): string {
  return shellLine(['aks-localdns', 'nodepool', verb, ...refArguments(ref), ...rest]);
}
