import { count, oneLine } from '../core/text.ts';
import type { CheckRow } from '../model/check.ts';
import type { PoolSummary, PrerequisiteReport } from '../model/report.ts';
import { markdownCode, markdownFix, markdownLink, markdownTable, markdownText } from './markdown-text.ts';
import { more } from './markdown-summary.ts';
import { poolsWorstFirst } from './places.ts';
import { byCheck } from './words.ts';

type Section = readonly string[];

function reasonItem(row: CheckRow): Section {
  return [
    `- ${markdownCode(row.target)}: ${markdownText(row.reason)}`,
    ...(row.fix === undefined ? [] : [`  - Fix: ${markdownFix(row.fix)}`]),
    ...(row.rulesetNote === undefined ? [] : [`  - ${markdownText(row.rulesetNote)}`]),
  ];
}

/** The rows of one status by check, the commonest first; at most `most` targets of each. */
export function reasons(
  report: PrerequisiteReport,
  status: CheckRow['status'],
  heading: string,
  most: number,
): Section {
  const groups = [...byCheck(report, status)].sort(([, left], [, right]) => right.length - left.length);
  if (groups.length === 0) return [];
  return [
    `## ${heading}`,
    '',
    ...groups.flatMap(([id, rows]) => [
      `### ${markdownText(id)}: ${markdownText(rows[0]?.title ?? '')} (${count(rows.length, 'target')})`,
      '',
      ...rows.slice(0, most).flatMap((row) => reasonItem(row)),
      ...more(rows.length - most, 'target'),
      '',
    ]),
  ];
}

function localDns({ localDnsMode, localDnsState }: PoolSummary): string {
  return localDnsMode === '-' ? '-' : `${markdownText(localDnsMode)} / ${markdownText(localDnsState)}`;
}

export function poolHeaders(report: PrerequisiteReport): readonly string[] {
  return [
    'Node pool',
    'Eligibility',
    'By',
    'LocalDNS',
    'Nodes',
    ...(report.groupBy === undefined ? [] : [markdownText(report.groupBy)]),
    ...(report.pools.some((pool) => pool.forecast !== undefined) ? ['Forecast', 'Pin'] : []),
  ];
}

export function poolCells(report: PrerequisiteReport, withForecast: boolean): (pool: PoolSummary) => readonly string[] {
  return (pool) => [
    markdownCode(`${pool.resourceGroup}/${pool.cluster}/${pool.pool}`),
    pool.eligibility,
    pool.blockedBy.map((id) => markdownText(oneLine(id))).join(', '),
    localDns(pool),
    pool.nodes === undefined ? '' : String(pool.nodes),
    ...(report.groupBy === undefined ? [] : [markdownText(pool.group ?? '')]),
    ...(withForecast
      ? [
          pool.forecast === undefined ? '' : `${pool.forecast.outcome}: ${markdownText(pool.forecast.reason)}`,
          markdownFix(pool.forecast?.pin ?? ''),
        ]
      : []),
  ];
}

/** The pools that need a look first; what is left out is said. */
export function pools(report: PrerequisiteReport, most: number): Section {
  if (report.pools.length === 0) return [];
  const headers = poolHeaders(report);
  const cells = poolCells(report, headers.includes('Forecast'));
  const sorted = poolsWorstFirst(report);
  const cut = sorted.length - most;
  return [
    '## Node pools',
    '',
    ...(cut > 0
      ? [
          `The ${String(most)} that need a look first, of ${String(sorted.length)}. The HTML, CSV and JSON forms of this report list all.`,
          '',
        ]
      : []),
    ...markdownTable(headers, sorted.slice(0, most).map(cells)),
    '',
  ];
}

/** Every row as a line, findings first where there are too many for a page. */
export function everything(report: PrerequisiteReport, most: number): Section {
  const heading = report.detail === 'findings' ? '## All findings' : '## All checks';
  const cut = report.rows.length - most;
  const order = ['fail', 'unknown', 'warn', 'skip', 'pass'];
  const rank = (row: CheckRow): number => (row.ignored ? order.length : order.indexOf(row.status));
  const shown = cut > 0 ? [...report.rows].sort((left, right) => rank(left) - rank(right)).slice(0, most) : report.rows;
  const rows = shown.map((row) => [
    markdownCode(row.target),
    row.ignored ? `${row.status} (ignored)` : row.status,
    markdownLink(row.id, row.link),
    markdownText(row.observed),
    markdownText(row.required),
    markdownText(row.reason),
  ]);
  return [
    heading,
    '',
    ...markdownTable(['Target', 'Status', 'Check', 'Observed', 'Required', 'Reason'], rows),
    ...(cut > 0
      ? [
          '',
          `The worst ${String(most)} of ${String(report.rows.length)} rows. The HTML, CSV and JSON forms of this report list all.`,
        ]
      : []),
  ];
}
