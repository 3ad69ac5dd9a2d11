import { checkStatuses, type ReportRow } from '../model/check.ts';
import { placeOf, type Place } from '../model/ids.ts';
import type { IgnoredSummary, SubscriptionSummary } from '../model/report.ts';
import { clean } from './clean-text.ts';
import type { Renderer } from './format.ts';
import { bannersOf, readingMeanings } from './statements.ts';
import { blockers, totalsOf } from './totals.ts';
import type { ReportView, Subject } from './view.ts';

type Line = Readonly<Record<string, string | number | boolean | undefined>>;

/** All lines have the same columns, so that a spreadsheet can filter and pivot them by `Record`. */
export function csvColumns({ columns }: Pick<ReportView, 'columns'>): readonly string[] {
  const [place, row] = ['SubscriptionId,Subscription,ResourceGroup,Cluster,NodePool', 'Check,Level,Title,Problem'];
  const verdict = 'Observed,Required,Reason,Fix,RulesetNote,Ignored';
  return `Record,Status,Count,${place},${row},${verdict},${columns},Owner,Expires,Link,ResourceId`.split(',');
}

/**
 * Prefixes what a spreadsheet would read as a formula with an apostrophe: at the start of a cell, and after a
 * semicolon, which separates cells in locales with a decimal comma. Full-width characters count as well. Source: OWASP,
 * CSV Injection.
 */
function harmless(text: string): string {
  return text.replace(
    /^(?=[\s"']*[=+\-@＝＋－＠])|(;[\s"']*)(?=[=+\-@＝＋－＠])/g,
    (_, before?: string) => `${before ?? ''}'`,
  );
}

/**
 * RFC 4180: quoted if the text has a comma, a quote, a semicolon or an outer space; quotes doubled. A cell never
 * contains a line end.
 */
export function csvCell(value: string | number | boolean | undefined): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const text = harmless(clean(value));
  return /[",;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function opening(view: ReportView): readonly Line[] {
  const { report, subjects, facts } = view;
  const totals = totalsOf(view);
  return [
    {
      Record: 'report',
      Status: report.partial === undefined ? 'complete' : 'partial',
      Title: report.scope,
      Required: facts.map(({ label, value }) => `${label.toLowerCase()} ${value}`).join(', '),
      Reason: bannersOf(view)
        .map(({ text }) => text)
        .join(' '),
    },
    ...(subjects?.states ?? []).map(({ name }) => ({
      Record: `${subjects?.short ?? ''}s`,
      Status: name,
      Count: totals.states.get(name),
    })),
    ...blockers(totals).map(({ id, title, problem, blocked }) => ({
      Record: 'blocked',
      Count: blocked,
      Check: id,
      Title: title,
      Problem: problem,
    })),
    ...checkStatuses.map((status) => ({ Record: 'rows', Status: status, Count: report.counts[status] })),
  ];
}

function ignoredLine({ id, rows, scope, owner, reason, expires }: IgnoredSummary): Line {
  return {
    Record: 'ignored',
    Count: rows,
    Check: id,
    ResourceId: scope,
    Owner: owner,
    Reason: reason,
    Expires: expires,
  };
}

type Names = ReadonlyMap<string, string>;

function placeCells({ subscriptionId, resourceGroup, cluster, pool }: Place, names: Names): Line {
  const name = names.get(subscriptionId.toLowerCase());
  const subscription = { SubscriptionId: subscriptionId, Subscription: name };
  return { ...subscription, ResourceGroup: resourceGroup, Cluster: cluster, NodePool: pool };
}

function subscriptionLine({ subscriptionId, name, reading, clusters, pools }: SubscriptionSummary): Line {
  const said = { Reason: readingMeanings[reading], Observed: `${String(clusters)} clusters` };
  return {
    Record: 'subscription',
    Status: reading,
    Count: pools,
    SubscriptionId: subscriptionId,
    Subscription: name,
    ...said,
  };
}

function subjectLine(subject: Subject, record: string, names: Names): Line {
  const { at, state } = subject;
  return { Record: record, Status: state, ...placeCells(at, names), ResourceId: at.resourceId, ...subject.fields() };
}

function rowLine(row: ReportRow, names: Names): Line {
  return {
    Record: 'check',
    Status: row.status,
    ...placeCells(placeOf(row.resourceId), names),
    Check: row.id,
    Level: row.level,
    Title: row.title,
    Problem: row.problem,
    Target: row.target,
    Observed: row.observed,
    Required: row.required,
    Reason: row.reason,
    Fix: row.fix,
    RulesetNote: row.rulesetNote,
    Ignored: row.ignored,
    Link: row.link,
    ResourceId: row.resourceId,
  };
}

/** For spreadsheets: totals, subscriptions, subjects and rows as lines of one table (RFC 4180, UTF-8 without a byte order mark). */
export const renderCsv: Renderer = (view) => {
  const { report, subjects } = view;
  const { subscriptions = [] } = report;
  const names: Names = new Map(subscriptions.map(({ subscriptionId, name }) => [subscriptionId.toLowerCase(), name]));
  const columns = csvColumns(view);
  const lines = [columns.map((column) => csvCell(column)).join(',')];
  // The only way to add a line, so that every cell passes through `csvCell`.
  const add = (line: Line): void => {
    lines.push(columns.map((column) => csvCell(line[column])).join(','));
  };
  for (const line of opening(view)) add(line);
  for (const entry of report.ignored) add(ignoredLine(entry));
  for (const subscription of subscriptions) add(subscriptionLine(subscription));
  for (const subject of subjects?.items ?? []) add(subjectLine(subject, subjects?.short ?? '', names));
  for (const row of report.rows) add(rowLine(row, names));
  return `${lines.join('\r\n')}\r\n`;
};
