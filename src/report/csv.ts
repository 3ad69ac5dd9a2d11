import { checkStatuses, type CheckRow } from '../model/check.ts';
import type { IgnoredSummary, PoolSummary, PrerequisiteReport, SubscriptionSummary } from '../model/report.ts';
import type { Renderer } from './format.ts';
import { placeOf } from '../model/ids.ts';
import { totalsOf } from './totals.ts';
import { bannerLines, clean, eligibilities, readingMeanings } from './words.ts';

/** One shape for all lines, so that a spreadsheet filters and pivots them by `Record`. */
export const csvColumns = [
  'Record',
  'Status',
  'Count',
  'SubscriptionId',
  'Subscription',
  'ResourceGroup',
  'Cluster',
  'NodePool',
  'Check',
  'Level',
  'Title',
  'Observed',
  'Required',
  'Reason',
  'Fix',
  'RulesetNote',
  'Ignored',
  'BlockedBy',
  'LocalDnsMode',
  'LocalDnsState',
  'Nodes',
  'Location',
  'KubernetesVersion',
  'Group',
  'Forecast',
  'ForecastVersion',
  'ForecastReason',
  'Pin',
  'Owner',
  'Expires',
  'Link',
  'ResourceId',
] as const;

type Column = (typeof csvColumns)[number];
type Line = Readonly<Partial<Record<Column, string | number | boolean | undefined>>>;

/**
 * What a spreadsheet would take for a formula gets an apostrophe in front: at the start of a cell, and behind a
 * semicolon, which separates cells where the comma is the decimal sign. Source: OWASP, CSV Injection. Letters of full
 * width count as their narrow twins.
 */
function harmless(text: string): string {
  return text.replace(
    /^(?=[\s"']*[=+\-@＝＋－＠])|(;[\s"']*)(?=[=+\-@＝＋－＠])/g,
    (_, before?: string) => `${before ?? ''}'`,
  );
}

/**
 * RFC 4180: quoted where the text has a comma, a quote, a semicolon or an outer blank; quotes doubled. Line ends never
 * stand in a cell.
 */
export function csvCell(value: string | number | boolean | undefined): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const text = harmless(clean(value));
  return /[",;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function lineOf(line: Line): string {
  return csvColumns.map((column) => csvCell(line[column])).join(',');
}

function opening(report: PrerequisiteReport): readonly Line[] {
  const { pools } = totalsOf(report);
  return [
    {
      Record: 'report',
      Status: report.partial === undefined ? 'complete' : 'partial',
      Title: report.scope,
      Required: `rule set ${report.ruleset}`,
      Reason: bannerLines(report).join(' '),
    },
    ...eligibilities.map((eligibility) => ({ Record: 'pools', Status: eligibility, Count: pools[eligibility] })),
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

function subscriptionLine({ subscriptionId, name, reading, clusters, pools }: SubscriptionSummary): Line {
  return {
    Record: 'subscription',
    Status: reading,
    Count: pools,
    SubscriptionId: subscriptionId,
    Subscription: name,
    Reason: readingMeanings[reading],
    Observed: `${String(clusters)} clusters`,
  };
}

/** `-` stands for nothing in the model; a cell is simply empty. */
function stored(value: string): string | undefined {
  return value === '-' ? undefined : value;
}

function poolLine(pool: PoolSummary, subscription: string | undefined): Line {
  const { forecast } = pool;
  return {
    Record: 'pool',
    Status: pool.eligibility,
    SubscriptionId: pool.subscriptionId,
    Subscription: subscription,
    ResourceGroup: pool.resourceGroup,
    Cluster: pool.cluster,
    NodePool: pool.pool,
    BlockedBy: pool.blockedBy.join(' '),
    LocalDnsMode: stored(pool.localDnsMode),
    LocalDnsState: stored(pool.localDnsState),
    Nodes: pool.nodes,
    Location: pool.location,
    KubernetesVersion: pool.kubernetesVersion,
    Group: pool.group,
    Forecast: forecast?.outcome,
    ForecastVersion: forecast?.version,
    ForecastReason: forecast?.reason,
    Pin: forecast?.pin,
    ResourceId: pool.resourceId,
  };
}

function checkLine(row: CheckRow, names: ReadonlyMap<string, string>): Line {
  const place = placeOf(row.resourceId);
  return {
    Record: 'check',
    Status: row.status,
    SubscriptionId: place.subscriptionId,
    Subscription: names.get(place.subscriptionId.toLowerCase()),
    ResourceGroup: place.resourceGroup,
    Cluster: place.cluster,
    NodePool: place.pool,
    Check: row.id,
    Level: row.level,
    Title: row.title,
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

/**
 * For spreadsheets: totals, subscriptions, pools and rows as lines of one table (RFC 4180, UTF-8 without a byte order
 * mark).
 */
export const renderCsv: Renderer = (report) => {
  const names = new Map(
    (report.subscriptions ?? []).map(({ subscriptionId, name }) => [subscriptionId.toLowerCase(), name]),
  );
  const lines = [csvColumns.join(',')];
  for (const line of opening(report)) lines.push(lineOf(line));
  for (const entry of report.ignored) lines.push(lineOf(ignoredLine(entry)));
  for (const subscription of report.subscriptions ?? []) lines.push(lineOf(subscriptionLine(subscription)));
  for (const pool of report.pools) lines.push(lineOf(poolLine(pool, names.get(pool.subscriptionId.toLowerCase()))));
  for (const row of report.rows) lines.push(lineOf(checkLine(row, names)));
  return `${lines.join('\r\n')}\r\n`;
};
