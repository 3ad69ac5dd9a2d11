import type { CheckLevel, Ruleset } from '../../model/check.ts';
import type { Check, Severity } from './check.ts';
import { catalogue } from './rules/index.ts';
import { findCheck } from './check-ids.ts';

/** A row of `check list`; `check explain` adds the texts. */
export interface CheckSummary {
  readonly id: string;
  readonly title: string;
  readonly level: CheckLevel;
  readonly severity: Readonly<Record<Ruleset, Severity>>;
  readonly since: string;
  readonly until?: string;
}

export interface CheckExplanation extends CheckSummary {
  readonly explanation: string;
  readonly howToFix: string;
  /** The check runs only with this option; absent if it always runs. */
  readonly onlyWith?: string;
  readonly howToIgnore: string;
  readonly source: { readonly document: string; readonly link: string };
}

function summary(check: Check): CheckSummary {
  const { id, title, level, severity, since, until } = check;
  return { id, title, level, severity, since, ...(until === undefined ? {} : { until }) };
}

export function checkList(): readonly CheckSummary[] {
  return catalogue.map((check) => summary(check));
}

/** @throws UsageError for an unknown id, with the most similar one as a suggestion. */
export function explain(id: string): CheckExplanation {
  const check = findCheck(id, 'check explain');
  return {
    ...summary(check),
    explanation: check.explanation,
    howToFix: check.howToFix,
    ...(check.onlyWith === undefined ? {} : { onlyWith: check.onlyWith }),
    howToIgnore: `--ignore ${check.id}: the row stays in the report, marked as ignored, and is not counted.`,
    source: check.source,
  };
}
