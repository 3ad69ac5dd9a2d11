import type { CheckRow, CheckStatus } from '../model/check.ts';
import { placeOf } from '../model/ids.ts';
import type { Eligibility, PoolSummary, PrerequisiteReport } from '../model/report.ts';
import { isJudged, reachOf } from './diff-reach.ts';
import { isMasked } from './mask.ts';
import { momentWords } from './statements.ts';

const diffSchemaVersion = '1.0';

/** A finding that is not as it was. */
interface FindingChange {
  readonly id: string;
  readonly title: string;
  readonly target: string;
  readonly resourceId: string;
  /** Absent if it was no finding before. */
  readonly before?: CheckStatus;
  /** Absent if it is no finding any more. */
  readonly after?: CheckStatus;
  /** Of the new report, or of the old one where it is gone from there. */
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
  /** What to know before trusting the lists: a partial report, other rules, another scope. */
  readonly notes: readonly string[];
  /** Any list below holds something. */
  readonly changed: boolean;
  /** Findings of the new report that the old one does not have. */
  readonly new: readonly FindingChange[];
  /** warn became unknown or fail, unknown became fail. */
  readonly worse: readonly FindingChange[];
  readonly better: readonly FindingChange[];
  /** No finding any more, and the new report would show it if it still were one. */
  readonly fixed: readonly FindingChange[];
  /** Still there, but the new report sets it aside. */
  readonly ignored: readonly FindingChange[];
  /** The new report does not look there: its target is not in it, or was not judged by that check. */
  readonly gone: readonly FindingChange[];
  readonly unchanged: number;
  readonly pools: {
    readonly appeared: readonly PoolChange[];
    readonly vanished: readonly PoolChange[];
    /** Those whose eligibility is another. */
    readonly changed: readonly PoolChange[];
    readonly unchanged: number;
  };
}

const severity: Readonly<Record<CheckStatus, number>> = { fail: 3, unknown: 2, warn: 1, skip: 0, pass: 0 };

function keyOf(row: CheckRow): string {
  // A configuration's rows have the id of a cluster that it was judged for.
  return `${row.id}\n${row.level === 'config' ? row.target : row.resourceId.toLowerCase()}`;
}

function rowsByKey(report: PrerequisiteReport): ReadonlyMap<string, CheckRow> {
  return new Map(report.rows.map((row) => [keyOf(row), row]));
}

/** The row where it is a finding that counts. */
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

type Lists = Record<'new' | 'worse' | 'better' | 'fixed' | 'ignored' | 'gone', FindingChange[]>;

function compareFindings(
  before: PrerequisiteReport,
  after: PrerequisiteReport,
): Lists & { readonly unchanged: number } {
  const [olds, news] = [rowsByKey(before), rowsByKey(after)];
  const wouldShow = reachOf(before, after);
  const lists: Lists = { new: [], worse: [], better: [], fixed: [], ignored: [], gone: [] };
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
    // The very row is there, and no finding any more.
    else if (row !== undefined || wouldShow(old)) lists.fixed.push(change(old, old, undefined));
    else lists.gone.push(change(old, old, undefined));
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
  const [appeared, vanished, changed]: [PoolChange[], PoolChange[], PoolChange[]] = [[], [], []];
  let unchanged = 0;
  for (const [id, pool] of news) {
    const old = olds.get(id);
    if (old === undefined) appeared.push(poolChange(pool, undefined, pool));
    else if (old.eligibility !== pool.eligibility) changed.push(poolChange(pool, old, pool));
    else unchanged += 1;
  }
  for (const [id, pool] of olds) if (!news.has(id)) vanished.push(poolChange(pool, pool, undefined));
  return { appeared, vanished, changed, unchanged };
}

function isEarlier(one: PrerequisiteReport, other: PrerequisiteReport): boolean {
  return one.gatheredAt !== undefined && other.gatheredAt !== undefined && one.gatheredAt < other.gatheredAt;
}

/** Checks by which one report found something, and that the other does not judge. */
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
          `The new report was read on ${momentWords(after.gatheredAt ?? '')}, before the old one (${momentWords(before.gatheredAt ?? '')}): they may be the wrong way round.`,
        ]
      : []),
    ...(lacking.length === 0
      ? []
      : [`The new report does not judge ${lacking.join(', ')}: what the old one found by that is listed as gone.`]),
    ...(added.length === 0
      ? []
      : [
          `The old report does not judge ${added.join(', ')}: what the new one found by that is listed as new, and may have been there before.`,
        ]),
    ...(before.partial === undefined
      ? []
      : ['The old report is partial: what is new may only have been missing there.']),
    ...(after.partial === undefined
      ? []
      : ['The new report is partial: what is gone or vanished may only be missing there.']),
    ...(lost
      ? [
          'The new report could not read every subscription that the old one has pools of: what is gone or vanished there may still exist.',
        ]
      : []),
    ...(before.ruleset === after.ruleset
      ? []
      : [`The rule sets differ: ${before.ruleset} before, ${after.ruleset} now.`]),
    ...(before.scope === after.scope
      ? []
      : ['The scopes differ: pools may have appeared or vanished because of that alone.']),
    ...(before.pools.length === 0 || after.pools.length === 0 || isMasked(before) === isMasked(after)
      ? []
      : ['The ids of one report are masked and those of the other are not: nothing in them can be matched.']),
  ];
}

function compared({ scope, ruleset, gatheredAt }: PrerequisiteReport): ComparedReport {
  return { scope, ruleset, ...(gatheredAt === undefined ? {} : { gatheredAt }) };
}

/** What became of each finding, by resource id and check id. Pure; the lists keep the order of the reports. */
export function diffReports(before: PrerequisiteReport, after: PrerequisiteReport): ReportDiff {
  const { unchanged, ...lists } = compareFindings(before, after);
  const pools = comparePools(before, after);
  const changed = [...Object.values(lists), pools.appeared, pools.vanished, pools.changed].some(
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
