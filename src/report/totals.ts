import { checkStatuses, type CheckStatus, type ReportRow } from '../model/check.ts';
import type { Report } from '../model/report.ts';
import { column, type ReportView, type Section, type Tone } from './view.ts';

/** One check summed over all targets. */
export interface CheckTotals {
  readonly id: string;
  /** The requirement. */
  readonly title: string;
  /** The common condition of its findings, or the requirement if the report has none. */
  readonly problem: string;
  readonly link: string;
  /** Listed rows that are not ignored, by status. */
  readonly rows: Readonly<Record<CheckStatus, number>>;
  /** Subjects whose state it decides. */
  readonly blocked: number;
  readonly unknown: number;
  /** The fix of the first finding of each status, and whether all findings of that status have the same fix. */
  readonly fixes: Readonly<Partial<Record<CheckStatus, { readonly fix: string; readonly oneFix: boolean }>>>;
}

export interface Totals {
  /** The number of subjects by state, for each state of the kind. */
  readonly states: ReadonlyMap<string, number>;
  /** Checks with findings, worst first: by the subjects that they block, then by rows. */
  readonly checks: readonly CheckTotals[];
}

function noRows(): Record<CheckStatus, number> {
  return { fail: 0, unknown: 0, warn: 0, skip: 0, pass: 0 };
}

interface CheckDraft {
  first: ReportRow | undefined;
  problem: string | undefined;
  readonly rows: Record<CheckStatus, number>;
  blocked: number;
  unknown: number;
  readonly fixes: { -readonly [S in CheckStatus]?: CheckTotals['fixes'][S] };
}

function countRow(draft: CheckDraft, row: ReportRow): void {
  draft.first ??= row;
  draft.problem ??= row.problem;
  draft.rows[row.status] += 1;
  const { fix, status } = row;
  if (fix === undefined || status === 'pass' || status === 'skip') return;
  const first = draft.fixes[status];
  if (first === undefined) draft.fixes[status] = { fix, oneFix: true };
  else if (first.fix !== fix) draft.fixes[status] = { fix: first.fix, oneFix: false };
}

function checkTotals({ report, subjects }: ReportView): readonly CheckTotals[] {
  const drafts = new Map<string, CheckDraft>();
  const draftOf = (id: string): CheckDraft => {
    const found = drafts.get(id) ?? {
      first: undefined,
      problem: undefined,
      rows: noRows(),
      blocked: 0,
      unknown: 0,
      fixes: {},
    };
    drafts.set(id, found);
    return found;
  };
  for (const row of report.rows) if (!row.ignored) countRow(draftOf(row.id), row);
  const toneOf = new Map<string, Tone>(subjects?.states.map(({ name, tone }) => [name, tone]));
  for (const { state, causes } of subjects?.items ?? []) {
    const tone = toneOf.get(state);
    if (tone === 'blocked' || tone === 'unknown') for (const id of causes) draftOf(id)[tone] += 1;
  }
  const found = [...drafts].map(([id, { first, problem, ...rest }]) => ({
    id,
    title: first?.title ?? '',
    problem: problem ?? first?.title ?? id,
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

/** The totals that all formats show, counted once. */
export function totalsOf(view: ReportView): Totals {
  const states = new Map(view.subjects?.states.map(({ name }) => [name, 0]));
  for (const { state } of view.subjects?.items ?? []) states.set(state, (states.get(state) ?? 0) + 1);
  return { states, checks: checkTotals(view) };
}

/** The checks that block subjects, with the number of subjects, most first. */
export function blockers({ checks }: Totals): readonly CheckTotals[] {
  return checks.filter(({ blocked }) => blocked > 0);
}

/** One row per check: how many subjects it blocks, and the fix. */
export function checksSection({ subjects }: ReportView, { checks }: Totals): Section {
  const blocked = subjects === undefined ? [] : [column(`${capital(subjects.short)}s blocked`, 'number')];
  return {
    id: 'checks',
    heading: 'Findings by check',
    caption: `Checks with findings, most ${subjects === undefined ? 'failing' : 'blocking'} first`,
    noun: 'check',
    columns: [
      column('Check'),
      column('Problem', 'wide'),
      ...blocked,
      ...['Fail', 'Unknown', 'Warn'].map((header) => column(header, 'number')),
      column('Fix', 'wide'),
    ],
    rows: checks.map((check, index) => {
      const { id, problem, link, rows, fixes } = check;
      const worst = fixes.fail ?? fixes.unknown ?? fixes.warn;
      return [
        { text: id, link, anchor: `k${String(index)}` },
        problem,
        ...blocked.map(() => check.blocked),
        rows.fail,
        rows.unknown,
        rows.warn,
        worst === undefined ? '' : [...(worst.oneFix ? [] : [{ muted: 'Fix for the first:' }]), { fix: worst.fix }],
      ];
    }),
  };
}

/** The subscriptions of the scope, incompletely read ones first. */
export function subscriptionsSection({ subscriptions: all = [] }: Report): Section {
  return {
    id: 'subscriptions',
    heading: 'Subscriptions',
    caption: 'Subscriptions of the scope, incompletely read ones first',
    noun: 'subscription',
    columns: [
      ...['Subscription', 'Id', 'Reading'].map((header) => column(header)),
      ...['Clusters', 'Node pools'].map((header) => column(header, 'number')),
    ],
    rows: [...all]
      .sort((left, right) => Number(left.reading === 'read') - Number(right.reading === 'read'))
      .map(({ name, subscriptionId, reading, clusters, pools }) => [
        name,
        { code: subscriptionId },
        { reading },
        clusters,
        pools,
      ]),
  };
}

/** Capitalizes the first letter. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** Listed rows by status, without ignored ones. */
export function listedCounts(report: Report): Readonly<Record<CheckStatus, number>> {
  const found = noRows();
  for (const row of report.rows) if (!row.ignored && checkStatuses.includes(row.status)) found[row.status] += 1;
  return found;
}
