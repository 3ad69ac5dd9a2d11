import { oneLine } from '../../core/text.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { inState, isRunning } from '../../model/pool-state.ts';
import { hasSentProperties, relevantChanges, droppedSettings, hasProfile } from './pool-comparison.ts';
import { plannedPool, plannedProfile, plannedSettings, type PoolPlan } from './plan.ts';
import { settingChanges } from './upgrade-settings.ts';

/**
 * Why a confirmed plan is no longer valid; empty if it is valid. `now`: the current pool, undefined if there is none.
 * `unknowns`: the checks that could not be evaluated in a new judgement.
 */
export function staleBecause(
  plan: PoolPlan,
  now: NodePool | undefined,
  unknowns: readonly string[] = [],
): readonly string[] {
  const fresh = unknowns.filter((reason) => !plan.unknowns.includes(reason)).map(oneLine);
  if (plan.change.kind === 'create') return now === undefined ? fresh : ['a pool with that name exists', ...fresh];
  if (now === undefined) return ['the pool no longer exists', ...fresh];
  return [...relevantChanges(plannedPool(plan), now).map(oneLine), ...fresh];
}

/** Whether the pool has, or will have, everything in the plan. Always false for a new node image. */
export function matchesPlan(plan: PoolPlan, pool: NodePool): boolean {
  const profile = plannedProfile(plan);
  if (profile === undefined || !hasProfile(pool, profile)) return false;
  if (plan.change.kind === 'profile' && droppedSettings(pool.properties, plan.change.profile).length > 0) return false;
  return plan.change.kind === 'create'
    ? hasSentProperties(pool, plan.change.properties)
    : settingChanges(pool, plannedSettings(plan)).length === 0;
}

/** Whether the pool is as planned and its last operation succeeded. */
export function isSettled(plan: PoolPlan, pool: NodePool): boolean {
  return inState(pool, 'Succeeded') && matchesPlan(plan, pool);
}

/**
 * Whether Azure is applying the request of the plan: the pool shows the planned properties and a matching state. Other
 * states (Scaling, Upgrading) belong to other operations. Source: Azure CLI recordings; AKS REST API,
 * provisioningState.
 */
export function isBeingApplied(plan: PoolPlan, pool: NodePool): boolean {
  const state = pool.provisioningState?.toLowerCase();
  if (plan.change.kind === 'node-image') return state === 'upgradingnodeimageversion';
  if (plan.change.kind === 'create') return isRunning(pool) && matchesPlan(plan, pool);
  return state === 'updating' && matchesPlan(plan, pool);
}
