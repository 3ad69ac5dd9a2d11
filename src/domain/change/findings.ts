import type { CheckRow } from '../../model/check.ts';
import type { PoolJudgement } from '../../model/judgement.ts';
import type { IgnoredSummary } from '../../model/report.ts';
import type { Remark } from './remarks.ts';

/** The results of the prerequisites for a plan, without ignored findings. */
export interface PlanFindings {
  /** Another tool that may undo the change, if tags show one. */
  readonly owner: string | undefined;
  readonly warnings: readonly Remark[];
  /** Why a check could not be evaluated, one line each. */
  readonly unknowns: readonly string[];
  /** Prerequisites that are not met, but are not enforced for this write (turning LocalDNS off). */
  readonly notEnforced: readonly string[];
  /** The checks to ignore, with the number of ignored findings. */
  readonly ignored: readonly IgnoredSummary[];
  /** Whether it is an AKS Automatic cluster. */
  readonly automatic: boolean;
}

/** For a pool whose prerequisites were not checked. */
export const noFindings: PlanFindings = {
  owner: undefined,
  warnings: [],
  unknowns: [],
  notEnforced: [],
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
    notEnforced: reasons('fail'),
    ignored: report.ignored,
    automatic: cluster?.skuName?.toLowerCase() === 'automatic',
  };
}
