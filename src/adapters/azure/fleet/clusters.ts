import type { Fleet } from '../../../model/ports.ts';
import type { ArmClusters } from './arm-clusters.ts';
import { byId, page, Run } from './run.ts';
import { disabled, isDisabled } from './troubles.ts';

export interface ClustersTools {
  readonly arm: ArmClusters;
  readonly signal: AbortSignal;
}

export function createClusters({ arm, signal }: ClustersTools): Fleet['clusters'] {
  return async function* clusters(scope, options) {
    const run = new Run(scope, AbortSignal.any([signal, ...(options.signal === undefined ? [] : [options.signal])]));
    const subscriptions = [...scope.subscriptions].sort(byId);
    const off = subscriptions.filter(isDisabled);
    if (off.length > 0) yield page([], off.map(disabled));
    yield* arm.pages(subscriptions.filter((subscription) => !isDisabled(subscription)), run);
  };
}
