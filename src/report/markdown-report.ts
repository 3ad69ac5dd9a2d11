import { count } from '../core/text.ts';
import { checkStatuses, type ReportRow } from '../model/check.ts';
import type { Report } from '../model/report.ts';
import type { Renderer } from './format.ts';
import {
  markdownCell,
  markdownCode,
  markdownFix,
  markdownLink,
  markdownTable,
  md,
  type MarkdownLine,
} from './markdown.ts';
import { worstFirst } from './places.ts';
import {
  matchCount,
  bannersOf,
  extentLine,
  findingsOnly,
  ignoredInOrder,
  ignoredTerms,
  originLine,
} from './statements.ts';
import { blockers, capital, checksSection, subscriptionsSection, totalsOf, type Totals } from './totals.ts';
import type { ReportView, Section } from './view.ts';

/** Returns no lines if there is nothing to report. */
type Lines = readonly MarkdownLine[];

/** A longer list is unreadable on a page. */
const maxListed = 50;
/** Limits that keep a wiki page or pull request usable, whatever the size of the fleet. */
const most = { targets: 25, subjects: 300, rows: 500 };

export function more(hidden: number, noun: string, plural?: string): Lines {
  return hidden <= 0
    ? []
    : [md``, md`… and ${count(hidden, `more ${noun}`, plural === undefined ? undefined : `more ${plural}`)}.`];
}

export function opening(view: ReportView): Lines {
  const { report, title, facts } = view;
  const origin = originLine(report);
  return [
    md`# ${title}`,
    md``,
    md`Scope: ${report.scope}.${md.join(facts.map(({ label, value }) => md` ${label}: ${value}.`))}`,
    md``,
    ...(origin === undefined ? [] : [md`${origin}.`, md``]),
    ...bannersOf(view).flatMap(({ text }) => [md`> [!WARNING]`, md`> ${text}`, md``]),
  ];
}

export function summary(view: ReportView, totals: Totals): Lines {
  const { states } = totals;
  const { report, subjects, extent } = view;
  const isFleet =
    extent.some(({ amount }, index) => index > 0 && amount > 1) || (report.subscriptions ?? []).length > 0;
  const sentence = isFleet ? extentLine(view) : undefined;
  const found = (subjects?.states ?? []).filter(({ name }) => (states.get(name) ?? 0) > 0);
  return [
    md`## Summary`,
    md``,
    ...markdownTable(
      ['Status', 'Rows'],
      checkStatuses.map((status) => [status, report.counts[status]]),
    ),
    md``,
    ...(report.detail === 'findings' ? [md`${findingsOnly}`, md``] : []),
    ...(subjects === undefined || found.length === 0
      ? []
      : [
          ...markdownTable(
            [`${capital(subjects.noun)}s`, 'Count', 'Meaning'],
            found.map(({ name, meaning }) => [name, states.get(name) ?? 0, meaning]),
          ),
          md``,
        ]),
    ...(sentence === undefined ? [] : [md`${sentence}.`, md``]),
    ...blockedBy(view, totals),
    ...ignored(report),
  ];
}

/** `Kubernetes older than 1.31: 34` */
function blockedBy({ subjects }: ReportView, totals: Totals): Lines {
  const found = blockers(totals);
  if (subjects === undefined || found.length === 0) return [];
  return [
    md`${subjects.cause} (${subjects.noun}s):`,
    md``,
    ...found.slice(0, maxListed).map(({ problem, id, blocked }) => md`- ${problem}: ${blocked} (${markdownCode(id)})`),
    ...more(found.length - maxListed, 'check'),
    md``,
  ];
}

function ignored(report: Report): Lines {
  const entries = ignoredInOrder(report);
  if (entries.length === 0) return [];
  const items = entries.map((entry) => {
    const terms = ignoredTerms(entry);
    return md`${md.join([entry.id])} (${matchCount(entry)})${terms === '' ? '' : md`, ${terms}`}${entry.reason === undefined ? '' : md`: ${entry.reason}`}`;
  });
  if (entries.every((entry) => entry.reason === undefined && ignoredTerms(entry) === ''))
    return [md`Ignored: ${md.join(items, ', ')}`, md``];
  return [
    md`Ignored:`,
    md``,
    ...items.slice(0, maxListed).map((item) => md`- ${item}`),
    ...more(items.length - maxListed, 'entry', 'entries'),
    md``,
  ];
}

function section({ heading, columns, rows, noun }: Section): Lines {
  if (rows.length === 0) return [];
  return [
    md`## ${heading}`,
    md``,
    ...markdownTable(
      columns.map(({ header }) => header),
      rows.slice(0, maxListed).map((cells) => cells.map(markdownCell)),
    ),
    ...more(rows.length - maxListed, noun),
    md``,
  ];
}

/** One row per check: how many subjects it blocks, and the fix. */
export function checks(view: ReportView, totals: Totals): Lines {
  return section(checksSection(view, totals));
}

/** The sections of the report kind, in an order that puts predictions last. */
export function kindSections(view: ReportView): Lines {
  return view.sections().toReversed().flatMap(section);
}

/** Subscriptions that were read and have no clusters are only counted in the summary. */
export function subscriptions(report: Report): Lines {
  const telling = report.subscriptions?.filter(({ reading, clusters }) => reading !== 'read' || clusters > 0) ?? [];
  return section(subscriptionsSection({ ...report, subscriptions: telling }));
}

function reasonItem(row: ReportRow): Lines {
  return [
    md`- ${markdownCode(row.target)}: ${row.reason}`,
    ...(row.fix === undefined ? [] : [md`  - Fix: ${markdownFix(row.fix)}`]),
    ...(row.rulesetNote === undefined ? [] : [md`  - ${row.rulesetNote}`]),
  ];
}

/** The rows of one status by check, most frequent first, with at most `most` targets each. */
export function reasons({ rows }: Report, status: ReportRow['status'], heading: string, most: number): Lines {
  const groups = new Map<string, ReportRow[]>();
  for (const row of rows) {
    if (row.status !== status || row.ignored) continue;
    const group = groups.get(row.id);
    if (group === undefined) groups.set(row.id, [row]);
    else group.push(row);
  }
  if (groups.size === 0) return [];
  return [
    md`## ${heading}`,
    md``,
    ...[...groups]
      .sort(([, left], [, right]) => right.length - left.length)
      .flatMap(([id, found]) => [
        md`### ${id}: ${(status === 'unknown' ? undefined : found[0]?.problem) ?? found[0]?.title ?? ''} (${count(found.length, 'target')})`,
        md``,
        ...found.slice(0, most).flatMap((row) => reasonItem(row)),
        ...more(found.length - most, 'target'),
        md``,
      ]),
  ];
}

/** The most urgent subjects, with a note on how many are omitted. */
export function subjects(view: ReportView, most: number): Lines {
  const { subjects: found } = view;
  if (found === undefined || found.items.length === 0) return [];
  const sorted = worstFirst(view);
  const cut = sorted.length - most;
  return [
    md`## ${capital(found.noun)}s`,
    md``,
    ...(cut > 0
      ? [
          md`The ${most} that most urgent of ${sorted.length}. The HTML, CSV and JSON forms of this report are complete.`,
          md``,
        ]
      : []),
    ...markdownTable(
      [capital(found.noun), found.state, 'By', ...found.columns.page.map(({ header }) => header)],
      sorted
        .slice(0, most)
        .map((subject) => [
          markdownCode(`${subject.at.resourceGroup}/${subject.at.cluster}/${subject.at.pool}`),
          subject.state,
          md.join(subject.causes, ', '),
          ...subject.cells('page').map(markdownCell),
        ]),
    ),
    md``,
  ];
}

/** Every row as a line. If there are too many for a page, findings come first. */
function everything({ rows, detail }: Report, most: number): Lines {
  const cut = rows.length - most;
  const rank = (row: ReportRow): number => (row.ignored ? checkStatuses.length : checkStatuses.indexOf(row.status));
  const shown = cut > 0 ? [...rows].sort((left, right) => rank(left) - rank(right)).slice(0, most) : rows;
  return [
    detail === 'findings' ? md`## All findings` : md`## All checks`,
    md``,
    ...markdownTable(
      ['Target', 'Status', 'Check', 'Observed', 'Required', 'Reason'],
      shown.map((row) => [
        markdownCode(row.target),
        row.ignored ? `${row.status} (ignored)` : row.status,
        markdownLink(row.id, row.link ?? ''),
        row.observed,
        row.required,
        row.reason,
      ]),
    ),
    ...(cut > 0
      ? [md``, md`The worst ${most} of ${rows.length} rows. The HTML, CSV and JSON forms of this report are complete.`]
      : []),
  ];
}

/**
 * For change requests, pull requests and wikis: the summary, the blocking findings with their fixes, then subjects and
 * rows.
 */
export const renderMarkdown: Renderer = (view) => {
  const { report, failures } = view;
  const totals = totalsOf(view);
  const lines = [
    ...opening(view),
    ...summary(view, totals),
    ...(report.rows.length > most.rows ? checks(view, totals) : []),
    ...kindSections(view),
    ...subscriptions(report),
    ...reasons(report, 'fail', failures.heading, most.targets),
    ...reasons(report, 'unknown', 'Could not be evaluated', most.targets),
    ...reasons(report, 'warn', 'Warnings', most.targets),
    ...subjects(view, most.subjects),
    ...everything(report, most.rows),
  ];
  return `${md.join(lines, '\n').text}\n`;
};
