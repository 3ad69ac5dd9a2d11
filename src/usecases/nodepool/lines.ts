import { shellLine } from '../../core/text.ts';
import { refArguments, type ClusterRef, type PoolRef } from '../../model/ids.ts';

export type WaitFor = 'created' | 'updated' | 'deleted' | 'exists';

/** The line that continues a wait: for hints, ready to be typed. */
export function waitLine(ref: PoolRef, condition: WaitFor | undefined): string {
  return poolLine(['wait'], ref, condition === undefined ? [] : [`--${condition}`]);
}

/** `aks-localdns nodepool VERB -g … --cluster-name … -n … --subscription … …` */
export function poolLine(
  verb: readonly string[],
  ref: ClusterRef & { readonly pool?: string },
  rest: readonly string[] = [],
): string {
  return shellLine(['aks-localdns', 'nodepool', ...verb, ...refArguments(ref), ...rest]);
}

/** `group/cluster/pool`, as reports name a pool. */
export function poolName(ref: PoolRef): string {
  return `${ref.resourceGroup}/${ref.cluster}/${ref.pool}`;
}
