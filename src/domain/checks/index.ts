export { CapacityLedger } from './capacity/ledger.ts';
export type { Check, Severity } from './check.ts';
export { exclusionOf } from './exclusion.ts';
export { checkList, explain, type CheckExplanation } from './check-explanation.ts';
export { requireForecastVersion } from './forecast/index.ts';
export {
  type ClusterFacts,
  type ConfigFacts,
  type ForeignFile,
  type NetworkFacts,
  type PoolFacts,
  type SubscriptionFacts,
} from './facts.ts';
export {
  dayOf,
  expiredRows,
  ignoreFileTooLarge,
  IgnoreRules,
  maxIgnoreBytes,
  type IgnoreEntry,
} from './ignore/index.ts';
export { type JudgeOptions, type Purpose } from './judge.ts';
export { refused } from './refusal.ts';
export { catalogue } from './rules/index.ts';
export { requireCheckIds } from './check-ids.ts';
export { ReportBuilder } from './report-builder.ts';
export { verdictOf } from './summary.ts';
export type { Version as KubernetesVersion } from '../../model/kubernetes-version.ts';
