import { oneLine } from '../../core/text.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { inState, isRunning } from '../../model/pool-state.ts';
import { carries, changesThatMatter, droppedSettings, hasProfile } from './compare.ts';
import { plannedPool, plannedProfile, plannedSettings, type PoolPlan } from './plan.ts';
import { settingChanges } from './upgrade-settings.ts';

/**
 * Why what was agreed to no longer holds; empty if it does. `now`: the pool as read, undefined if it is not there.
 * `unknowns`: checks that could not be evaluated just now, as a fresh judgement gives them.
 */
export function staleBecause(
  plan: PoolPlan,
  now: NodePool | undefined,
  unknowns: readonly string[] = [],
): readonly string[] {
  const fresh = unknowns.filter((reason) => !plan.unknowns.includes(reason)).map(oneLine);
  if (plan.change.kind === 'create') return now === undefined ? fresh : ['a pool of that name exists', ...fresh];
  if (now === undefined) return ['the pool is gone', ...fresh];
  return [...changesThatMatter(plannedPool(plan), now).map(oneLine), ...fresh];
}

/** Whether the pool has, or is getting, all that the plan asks for. A new node image never counts as there already. */
export function carriesPlan(plan: PoolPlan, pool: NodePool): boolean {
  const wanted = plannedProfile(plan);
  if (wanted === undefined || !hasProfile(pool, wanted)) return false;
  if (plan.change.kind === 'profile' && droppedSettings(pool.properties, plan.change.profile).length > 0) return false;
  return plan.change.kind === 'create'
    ? carries(pool, plan.change.properties)
    : settingChanges(pool, plannedSettings(plan)).length === 0;
}

/** The pool is as planned, and its last operation succeeded. */
export function isSettled(plan: PoolPlan, pool: NodePool): boolean {
  return inState(pool, 'Succeeded') && carriesPlan(plan, pool);
}

/**
 * Azure is carrying out the very request of the plan: it shows what is wanted, and the operation that brings it. Other
 * words (Scaling, Upgrading) are other operations. Source: Azure CLI recordings; AKS REST API, provisioningState.
 */
export function isBeingCarriedOut(plan: PoolPlan, pool: NodePool): boolean {
  const state = pool.provisioningState?.toLowerCase();
  if (plan.change.kind === 'node-image') return state === 'upgradingnodeimageversion';
  if (plan.change.kind === 'create') return isRunning(pool) && carriesPlan(plan, pool);
  return state === 'updating' && carriesPlan(plan, pool);
}
