import type { Ruleset } from '../../model/check.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { requireCheckIds, type ConfigFacts, type JudgeOptions, type Purpose } from '../../domain/checks/index.ts';

export interface SurveyOptions {
  readonly ruleset: Ruleset;
  /** Check ids; all where absent or empty. */
  readonly only?: readonly string[] | undefined;
  readonly ignore?: readonly string[] | undefined;
  /** `report` where absent. */
  readonly purpose?: Purpose | undefined;
  readonly config?: ConfigFacts | undefined;
  /** For reports; the id alone where absent. */
  readonly subscriptionName?: string | undefined;
}

export interface PoolSurveyOptions extends SurveyOptions {
  /** A pool that does not exist yet, as it is wanted: judged in place of a stored one. */
  readonly wantedPool?: NodePool | undefined;
  /** Whether the pool was asked for by name; true where absent. */
  readonly named?: boolean | undefined;
}

/** @throws UsageError where --only or --ignore names no check. */
export function judgeOptions(options: SurveyOptions): JudgeOptions {
  const { ruleset, only, ignore, purpose } = options;
  requireCheckIds(only ?? [], '--only');
  requireCheckIds(ignore ?? [], '--ignore');
  return { ruleset, only, ignore, purpose };
}

/** Whether a check is judged, so that what it needs is read. */
export function judged(options: SurveyOptions, id: string): boolean {
  return options.only === undefined || options.only.length === 0 || options.only.includes(id);
}
