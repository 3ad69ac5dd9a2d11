import { checkStatuses, type CheckRow, type CheckStatus } from '../model/check.ts';
import type { Eligibility, Forecast, PrerequisiteReport } from '../model/report.ts';

export type PoolTotals = Readonly<Record<Eligibility, number>>;

/** One check over all targets. */
export interface CheckTotals {
  readonly id: string;
  readonly title: string;
  readonly link: string;
  /** Listed rows that count, by status. */
  readonly rows: Readonly<Record<CheckStatus, number>>;
  /** Pools whose eligibility it decides. */
  readonly blocked: number;
  readonly unknown: number;
  /** Of the first finding of each status that has a fix. */
  readonly fixes: Readonly<Partial<Record<CheckStatus, CheckFix>>>;
}

export interface CheckFix {
  readonly fix: string;
  /** Whether it is the fix of all findings of that status. */
  readonly oneFix: boolean;
}

/** The fix of the worst findings that have one. */
export function worstFix({ fixes }: CheckTotals): CheckFix | undefined {
  return fixes.fail ?? fixes.unknown ?? fixes.warn;
}

export interface GroupTotals {
  /** Undefined: pools without the tag. */
  readonly group: string | undefined;
  readonly pools: PoolTotals;
  readonly total: number;
}

export interface ForecastTotals {
  readonly outcome: Forecast['outcome'];
  readonly pools: number;
  /** The commonest reason, and for how many of them it holds. */
  readonly reason: string;
  readonly reasonPools: number;
}

export interface Totals {
  readonly pools: PoolTotals;
  readonly clusters: number;
  /** Checks with findings, worst first: by pools that they block, then by rows. */
  readonly checks: readonly CheckTotals[];
  readonly groups: readonly GroupTotals[];
  readonly forecastVersion: string | undefined;
  readonly forecast: readonly ForecastTotals[];
}

function noPools(): Record<Eligibility, number> {
  return { eligible: 0, enabled: 0, blocked: 0, unknown: 0, skipped: 0 };
}

function noRows(): Record<CheckStatus, number> {
  return { fail: 0, unknown: 0, warn: 0, skip: 0, pass: 0 };
}

interface CheckDraft {
  first: CheckRow | undefined;
  readonly rows: Record<CheckStatus, number>;
  blocked: number;
  unknown: number;
  readonly fixes: Partial<Record<CheckStatus, CheckFix>>;
}

function countRow(draft: CheckDraft, row: CheckRow): void {
  draft.first ??= row;
  draft.rows[row.status] += 1;
  const { fix, status } = row;
  if (fix === undefined || status === 'pass' || status === 'skip') return;
  const first = draft.fixes[status];
  if (first === undefined) draft.fixes[status] = { fix, oneFix: true };
  else if (first.fix !== fix) draft.fixes[status] = { fix: first.fix, oneFix: false };
}

function checkTotals(report: PrerequisiteReport): readonly CheckTotals[] {
  const drafts = new Map<string, CheckDraft>();
  const draftOf = (id: string): CheckDraft => {
    const found = drafts.get(id) ?? { first: undefined, rows: noRows(), blocked: 0, unknown: 0, fixes: {} };
    drafts.set(id, found);
    return found;
  };
  for (const row of report.rows) if (!row.ignored) countRow(draftOf(row.id), row);
  for (const { eligibility, blockedBy } of report.pools) {
    if (eligibility !== 'blocked' && eligibility !== 'unknown') continue;
    for (const id of blockedBy) draftOf(id)[eligibility] += 1;
  }
  const found = [...drafts].map(([id, { first, ...rest }]) => ({
    id,
    title: first?.title ?? '',
    link: first?.link ?? '',
    ...rest,
  }));
  return found
    .filter(({ rows, blocked, unknown }) => rows.fail + rows.unknown + rows.warn + blocked + unknown > 0)
    .sort(
      (a, b) =>
        b.blocked - a.blocked ||
        b.rows.fail - a.rows.fail ||
        b.unknown - a.unknown ||
        b.rows.unknown - a.rows.unknown ||
        b.rows.warn - a.rows.warn ||
        (a.id < b.id ? -1 : 1),
    );
}

function groupTotals(report: PrerequisiteReport): readonly GroupTotals[] {
  if (report.groupBy === undefined) return [];
  const groups = new Map<string | undefined, Record<Eligibility, number>>();
  for (const { group, eligibility } of report.pools) {
    const pools = groups.get(group) ?? noPools();
    pools[eligibility] += 1;
    groups.set(group, pools);
  }
  return [...groups]
    .map(([group, pools]) => ({ group, pools, total: Object.values(pools).reduce((sum, amount) => sum + amount, 0) }))
    .sort(
      (a, b) =>
        b.pools.blocked - a.pools.blocked ||
        b.total - a.total ||
        ((a.group ?? '\uffff') < (b.group ?? '\uffff') ? -1 : 1),
    );
}

const outcomes: readonly Forecast['outcome'][] = ['will-enable', 'unknown', 'already-on', 'pinned', 'will-not'];

function forecastTotals(report: PrerequisiteReport): readonly ForecastTotals[] {
  const reasons = new Map<Forecast['outcome'], Map<string, number>>();
  for (const { forecast } of report.pools) {
    if (forecast === undefined) continue;
    const counts = reasons.get(forecast.outcome) ?? new Map<string, number>();
    counts.set(forecast.reason, (counts.get(forecast.reason) ?? 0) + 1);
    reasons.set(forecast.outcome, counts);
  }
  return outcomes.flatMap((outcome) => {
    const counts = [...(reasons.get(outcome) ?? [])];
    const [reason, reasonPools] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
    const pools = counts.reduce((sum, [, amount]) => sum + amount, 0);
    return pools === 0 ? [] : [{ outcome, pools, reason, reasonPools }];
  });
}

/** What all forms of the report say of the whole, counted once and in one place. */
export function totalsOf(report: PrerequisiteReport): Totals {
  const pools = noPools();
  const clusters = new Set<string>();
  for (const pool of report.pools) {
    pools[pool.eligibility] += 1;
    clusters.add(`${pool.subscriptionId}\n${pool.resourceGroup}\n${pool.cluster}`.toLowerCase());
  }
  return {
    pools,
    clusters: report.clusters ?? clusters.size,
    checks: checkTotals(report),
    groups: groupTotals(report),
    forecastVersion: report.pools.find(({ forecast }) => forecast !== undefined)?.forecast?.version,
    forecast: forecastTotals(report),
  };
}

/** Listed rows by status; ignored ones left out. */
export function listedCounts(report: PrerequisiteReport): Readonly<Record<CheckStatus, number>> {
  const found = noRows();
  for (const row of report.rows) if (!row.ignored && checkStatuses.includes(row.status)) found[row.status] += 1;
  return found;
}
