export { otherChanges, storedEffect, type OtherChange } from './pool-comparison.ts';
export type { DurationEstimate } from './disruption.ts';
export { findingsOf, noFindings } from './findings.ts';
export { limitViolations, type LimitViolation } from './limits.ts';
export { likePool, newPoolProperties, type NewPool } from './new-pool.ts';
export {
  plannedPool,
  plannedProfile,
  plannedSettings,
  planOf,
  replanned,
  type PoolAction,
  type PoolPlan,
} from './plan.ts';
export { requestProperties } from './request.ts';
export { matchesPlan, isBeingApplied, isSettled, staleBecause } from './staleness.ts';
export { settingChanges, withSettings, type UpgradeSettings } from './upgrade-settings.ts';
