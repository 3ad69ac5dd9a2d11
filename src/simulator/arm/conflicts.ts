import { at, isWord } from '../../core/json.ts';
import type { Cluster, Operation, Pool, World } from '../world.ts';
import { providerError, type Reply } from './reply.ts';

const rest =
  'is in progress, please wait for it to finish before starting a new operation. See https://aka.ms/aks-pending-operation for more details';

function clusterBusy(operation: Operation): Reply {
  const started = new Date(operation.start).toISOString().replace(/\.\d+Z$/, 'Z');
  const message =
    `Operation is not allowed because there's an in progress ${operation.kind === 'Updating' ? 'update' : operation.kind.toLowerCase()} managed cluster operation (operation ID: ${operation.id}) on the managed cluster started on UTC ${started}. ` +
    "Please wait for it to finish before starting a new operation. You can also use 'az aks operation-abort ...' to abort the ongoing operation.";
  return providerError(409, 'OperationNotAllowed', message);
}

/**
 * One active operation for each pool, and one on the cluster blocks all of them. Source: AKS docs, upgrade node pools;
 * texts as users report them.
 */
export function checkConflict(world: World, cluster: Cluster, pool: Pool | undefined): Reply | undefined {
  if (cluster.operation !== undefined) return clusterBusy(cluster.operation);
  if (pool?.operation !== undefined) {
    return providerError(
      409,
      'OperationNotAllowed',
      `Operation is not allowed: Another operation (${pool.name} - ${pool.operation.kind}) ${rest}`,
    );
  }
  if (!world.settings.strictSiblings) return undefined;
  const sibling = [...cluster.pools.values()].find((other) => other.operation !== undefined);
  if (sibling?.operation === undefined) return undefined;
  return providerError(
    409,
    'OperationNotAllowed',
    `Operation is not allowed: Another agentpool operation (${sibling.name} - ${sibling.operation.kind}) ${rest}`,
  );
}

/** For what changes the cluster itself: an operation on any of its pools blocks it. */
export function checkClusterConflict(world: World, cluster: Cluster): Reply | undefined {
  const busy = [...cluster.pools.values()].find((pool) => pool.operation !== undefined);
  return checkConflict(world, cluster, busy);
}

export function isStopped(cluster: Cluster): boolean {
  return isWord(at(cluster.resource, 'properties', 'powerState', 'code'), 'Stopped');
}

/** Source: 400 as users report it; of start and delete, AKS docs. */
export function checkRunning(cluster: Cluster): Reply | undefined {
  if (!isStopped(cluster)) return undefined;
  return providerError(
    400,
    'OperationNotAllowed',
    `An error has occurred in subscription ${cluster.subscriptionId}, resourceGroup: ${cluster.resourceGroup} request: Managed Cluster is in stopped state, no operations except for start are allowed.`,
  );
}
