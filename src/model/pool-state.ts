import type { NodePool } from './node-pool.ts';

/**
 * Exactly these are terminal; any other word from Azure means that an operation is running. Source: AKS REST API,
 * provisioningState (an open set).
 */
const terminal = new Set(['succeeded', 'failed', 'canceled']);

/** False if Azure reports no state. */
export function isRunningState(state: string | undefined): boolean {
  return state !== undefined && state !== '' && !terminal.has(state.toLowerCase());
}

export function isRunning(pool: NodePool): boolean {
  return isRunningState(pool.provisioningState);
}

export function inState(pool: NodePool, ...states: readonly ('Succeeded' | 'Failed' | 'Canceled')[]): boolean {
  return states.some((state) => state.toLowerCase() === pool.provisioningState?.toLowerCase());
}

export function isStopped(pool: NodePool): boolean {
  return pool.powerState?.toLowerCase() === 'stopped';
}
