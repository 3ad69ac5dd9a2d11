import { count } from '../core/text.ts';
import { checkStatuses, type CheckRow } from '../model/check.ts';
import type { Eligibility, PrerequisiteReport } from '../model/report.ts';

export const eligibilities: readonly Eligibility[] = ['eligible', 'enabled', 'blocked', 'unknown', 'skipped'];

export const eligibilityMeanings: Readonly<Record<Eligibility, string>> = {
  eligible: 'can have LocalDNS',
  enabled: 'has LocalDNS already',
  blocked: 'cannot have LocalDNS as things are',
  unknown: 'could not be evaluated in full',
  skipped: 'can never have LocalDNS',
};

/** `1 fail, 0 unknown, 2 warn, 0 skip, 14 pass` */
export function countLine({ counts }: PrerequisiteReport): string {
  return checkStatuses.map((status) => `${String(counts[status])} ${status}`).join(', ');
}

export function poolCounts(report: PrerequisiteReport): readonly { readonly eligibility: Eligibility; readonly pools: number }[] {
  return eligibilities
    .map((eligibility) => ({ eligibility, pools: report.pools.filter((pool) => pool.eligibility === eligibility).length }))
    .filter(({ pools }) => pools > 0);
}

/** `spot (3 rows), surge (0 rows)` */
export function ignoredLine(report: PrerequisiteReport): string {
  return report.ignored.map(({ id, rows }) => `${id} (${count(rows, 'row')})`).join(', ');
}

/** Whether a fix is a line to type, or a sentence. */
export function isCommand(fix: string): boolean {
  return /^(?:az|aks-localdns|kubectl) /.test(fix);
}

/** The rows that count, of one status, by check id. */
export function byCheck(report: PrerequisiteReport, status: CheckRow['status']): ReadonlyMap<string, readonly CheckRow[]> {
  const groups = new Map<string, CheckRow[]>();
  for (const row of report.rows) {
    if (row.status !== status || row.ignored) continue;
    const group = groups.get(row.id);
    if (group === undefined) groups.set(row.id, [row]);
    else group.push(row);
  }
  return groups;
}
