import type { CheckRow, CheckStatus } from '../model/check.ts';
import { placeOf } from '../model/ids.ts';
import type { Eligibility, PoolSummary, PrerequisiteReport } from '../model/report.ts';
import { isJudged, coverageOf } from './diff-reach.ts';
import { isMasked } from './mask.ts';
import { timeText } from './statements.ts';

const diffSchemaVersion = '1.0';

/** A finding that differs between the reports. */
interface FindingChange {
  readonly id: string;
  readonly title: string;
  readonly target: string;
  readonly resourceId: string;
  /** Absent if it was not a finding before. */
  readonly before?: CheckStatus;
  /** Absent if it is no longer a finding. */
  readonly after?: CheckStatus;
  /** From the new report, or from the old one if the new one lacks the row. */
  readonly reason: string;
  readonly fix?: string;
}

interface PoolChange {
  readonly resourceId: string;
  readonly resourceGroup: string;
  readonly cluster: string;
  readonly pool: string;
  readonly before?: Eligibility;
  readonly after?: Eligibility;
}

type ComparedReport = Pick<PrerequisiteReport, 'scope' | 'ruleset' | 'gatheredAt'>;

export interface ReportDiff {
  readonly schemaVersion: typeof diffSchemaVersion;
  readonly before: ComparedReport;
  readonly after: ComparedReport;
  /** Why the lists may mislead: a partial report, other rules, another scope. */
  readonly notes: readonly string[];
  /** Whether any list below has an entry. */
  readonly changed: boolean;
  /** Findings that only the new report has. */
  readonly new: readonly FindingChange[];
  /** warn became unknown or fail, unknown became fail. */
  readonly worse: readonly FindingChange[];
  readonly better: readonly FindingChange[];
  /** No longer a finding, although the new report would show it. */
  readonly fixed: readonly FindingChange[];
  /** Still there, but ignored in the new report. */
  readonly ignored: readonly FindingChange[];
  /** The new report lacks the target, or did not judge it by that check. */
  readonly notChecked: readonly FindingChange[];
  readonly unchanged: number;
  readonly pools: {
    readonly added: readonly PoolChange[];
    readonly removed: readonly PoolChange[];
    /** Pools whose eligibility changed. */
    readonly changed: readonly PoolChange[];
    readonly unchanged: number;
  };
}

const severity: Readonly<Record<CheckStatus, number>> = { fail: 3, unknown: 2, warn: 1, skip: 0, pass: 0 };

function keyOf(row: CheckRow): string {
  // The rows of a configuration have the id of a cluster that it was judged for.
  return `${row.id}\n${row.level === 'config' ? row.target : row.resourceId.toLowerCase()}`;
}

function rowsByKey(report: PrerequisiteReport): ReadonlyMap<string, CheckRow> {
  return new Map(report.rows.map((row) => [keyOf(row), row]));
}

/** The row, if it is a finding that is not ignored. */
function finding(row: CheckRow | undefined): CheckRow | undefined {
  return row === undefined || row.ignored || severity[row.status] === 0 ? undefined : row;
}

function change(row: CheckRow, before: CheckRow | undefined, after: CheckRow | undefined): FindingChange {
  const { id, title, target, resourceId, reason, fix } = row;
  return {
    id,
    title,
    target,
    resourceId,
    ...(before === undefined ? {} : { before: before.status }),
    ...(after === undefined ? {} : { after: after.status }),
    reason,
    ...(fix === undefined ? {} : { fix }),
  };
}

type Lists = Record<'new' | 'worse' | 'better' | 'fixed' | 'ignored' | 'notChecked', FindingChange[]>;

function compareFindings(
  before: PrerequisiteReport,
  after: PrerequisiteReport,
): Lists & { readonly unchanged: number } {
  const [olds, news] = [rowsByKey(before), rowsByKey(after)];
  const covers = coverageOf(before, after);
  const lists: Lists = { new: [], worse: [], better: [], fixed: [], ignored: [], notChecked: [] };
  let unchanged = 0;
  for (const [key, found] of news) {
    const row = finding(found);
    if (row === undefined) continue;
    const old = finding(olds.get(key));
    if (old === undefined) lists.new.push(change(row, undefined, row));
    else if (severity[row.status] > severity[old.status]) lists.worse.push(change(row, old, row));
    else if (severity[row.status] < severity[old.status]) lists.better.push(change(row, old, row));
    else unchanged += 1;
  }
  for (const [key, found] of olds) {
    const old = finding(found);
    const row = news.get(key);
    if (old === undefined || finding(row) !== undefined) continue;
    if (row?.ignored === true) lists.ignored.push(change(row, old, undefined));
    // The same row exists but is no longer a finding.
    else if (row !== undefined || covers(old)) lists.fixed.push(change(old, old, undefined));
    else lists.notChecked.push(change(old, old, undefined));
  }
  return { ...lists, unchanged };
}

function poolChange(pool: PoolSummary, before: PoolSummary | undefined, after: PoolSummary | undefined): PoolChange {
  const { resourceId, resourceGroup, cluster, pool: name } = pool;
  return {
    resourceId,
    resourceGroup,
    cluster,
    pool: name,
    ...(before === undefined ? {} : { before: before.eligibility }),
    ...(after === undefined ? {} : { after: after.eligibility }),
  };
}

function comparePools(before: PrerequisiteReport, after: PrerequisiteReport): ReportDiff['pools'] {
  const byId = (report: PrerequisiteReport): ReadonlyMap<string, PoolSummary> =>
    new Map(report.pools.map((pool) => [pool.resourceId.toLowerCase(), pool]));
  const [olds, news] = [byId(before), byId(after)];
  const [added, removed, changed]: [PoolChange[], PoolChange[], PoolChange[]] = [[], [], []];
  let unchanged = 0;
  for (const [id, pool] of news) {
    const old = olds.get(id);
    if (old === undefined) added.push(poolChange(pool, undefined, pool));
    else if (old.eligibility !== pool.eligibility) changed.push(poolChange(pool, old, pool));
    else unchanged += 1;
  }
  for (const [id, pool] of olds) if (!news.has(id)) removed.push(poolChange(pool, pool, undefined));
  return { added, removed, changed, unchanged };
}

function isEarlier(one: PrerequisiteReport, other: PrerequisiteReport): boolean {
  return one.gatheredAt !== undefined && other.gatheredAt !== undefined && one.gatheredAt < other.gatheredAt;
}

/** Checks with findings in one report that the other report does not judge. */
function unjudged(found: PrerequisiteReport, other: PrerequisiteReport): readonly string[] {
  return [
    ...new Set(found.rows.filter((row) => finding(row) !== undefined && !isJudged(other, row)).map(({ id }) => id)),
  ].sort();
}

function notes(before: PrerequisiteReport, after: PrerequisiteReport): readonly string[] {
  const unread = new Set(
    (after.subscriptions ?? [])
      .filter(({ reading }) => reading !== 'read')
      .map(({ subscriptionId }) => subscriptionId.toLowerCase()),
  );
  const lost = before.pools.some(({ subscriptionId, resourceId }) =>
    unread.has((subscriptionId || placeOf(resourceId).subscriptionId).toLowerCase()),
  );
  const [lacking, added] = [unjudged(before, after), unjudged(after, before)];
  return [
    ...(isEarlier(after, before)
      ? [
          `The new report was read on ${timeText(after.gatheredAt ?? '')}, before the old one (${timeText(before.gatheredAt ?? '')}): they may be in the wrong order.`,
        ]
      : []),
    ...(lacking.length === 0
      ? []
      : [`The new report does not judge ${lacking.join(', ')}: findings of the old report are listed as not checked.`]),
    ...(added.length === 0
      ? []
      : [
          `The old report does not judge ${added.join(', ')}: findings of the new report are listed as new, but may have existed before.`,
        ]),
    ...(before.partial === undefined
      ? []
      : ['The old report is partial: new findings and added pools may have existed before.']),
    ...(after.partial === undefined
      ? []
      : ['The new report is partial: removed pools and findings that were not checked may still exist.']),
    ...(lost
      ? [
          'The new report could not read all subscriptions of the old one: their removed pools and findings may still exist.',
        ]
      : []),
    ...(before.ruleset === after.ruleset
      ? []
      : [`The rule sets differ: ${before.ruleset} before, ${after.ruleset} now.`]),
    ...(before.scope === after.scope
      ? []
      : ['The scopes differ, which may be the only reason for added or removed pools.']),
    ...(before.pools.length === 0 || after.pools.length === 0 || isMasked(before) === isMasked(after)
      ? []
      : ['The ids are masked in only one of the reports, so nothing can be matched.']),
  ];
}

function compared({ scope, ruleset, gatheredAt }: PrerequisiteReport): ComparedReport {
  return { scope, ruleset, ...(gatheredAt === undefined ? {} : { gatheredAt }) };
}

/** Compares findings by resource id and check id. The lists keep the order of the reports. */
export function diffReports(before: PrerequisiteReport, after: PrerequisiteReport): ReportDiff {
  const { unchanged, ...lists } = compareFindings(before, after);
  const pools = comparePools(before, after);
  const changed = [...Object.values(lists), pools.added, pools.removed, pools.changed].some(
    (items) => items.length > 0,
  );
  return {
    schemaVersion: diffSchemaVersion,
    before: compared(before),
    after: compared(after),
    notes: notes(before, after),
    changed,
    ...lists,
    unchanged,
    pools,
  };
}
