import type { CheckRow } from '../../model/check.ts';
import type { PoolJudgement } from '../../model/judgement.ts';
import type { IgnoredSummary } from '../../model/report.ts';
import type { Remark } from './remarks.ts';

/** What the prerequisites say of a pool, as a plan tells it. Findings that are ignored are left out. */
export interface PlanFindings {
  /** Who else may undo the change, if tags tell. */
  readonly owner: string | undefined;
  readonly warnings: readonly Remark[];
  /** Why a check could not be evaluated, a line each. */
  readonly unknowns: readonly string[];
  /** Prerequisites that do not hold and do not stop this write (turning LocalDNS off). */
  readonly setAside: readonly string[];
  /** What was named to be ignored, with how many findings it set aside. */
  readonly ignored: readonly IgnoredSummary[];
  /** A cluster of the kind Automatic. */
  readonly automatic: boolean;
}

/** Of a pool that nobody judged. */
export const noFindings: PlanFindings = {
  owner: undefined,
  warnings: [],
  unknowns: [],
  setAside: [],
  ignored: [],
  automatic: false,
};

export function findingsOf({ report, cluster }: PoolJudgement): PlanFindings {
  const rows = report.rows.filter((row) => !row.ignored);
  const reasons = (status: CheckRow['status']): readonly string[] =>
    rows.filter((row) => row.status === status).map((row) => `${row.id}: ${row.reason}`);
  const warnings = rows.filter((row) => row.status === 'warn');
  return {
    owner: warnings.find(({ id }) => id === 'owner')?.reason,
    warnings: warnings
      .filter(({ id }) => id !== 'owner')
      .map(({ id, reason }): Remark => ({ id, level: 'warning', text: reason })),
    unknowns: reasons('unknown'),
    setAside: reasons('fail'),
    ignored: report.ignored,
    automatic: cluster?.skuName?.toLowerCase() === 'automatic',
  };
}
