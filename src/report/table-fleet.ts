import { clip, count, wrapWords } from '../core/text.ts';
import type { CheckStatus } from '../model/check.ts';
import type { PrerequisiteReport } from '../model/report.ts';
import type { Style } from './format.ts';
import { poolsWorstFirst } from './places.ts';
import { totalsOf, type CheckTotals, type Totals } from './totals.ts';
import { closingLines } from './table-lines.ts';
import {
  clean,
  eligibilityMeanings,
  forecastMeanings,
  isCommand,
  poolCounts,
  readingLine,
  readingMeanings,
} from './words.ts';

/** More than these in one list scroll away; the forms for files hold all. */
const most = { checks: 15, pools: 25, groups: 20, subscriptions: 15 };
const longest = 300;

export interface Page {
  readonly style: Style;
  readonly width: number;
}

/** Above this many pools a terminal gets totals and the worst, instead of every row. */
export const manyPools = 40;

function text(value: string, length = longest): string {
  return clip(clean(value), length);
}

function aligned(rows: readonly (readonly [name: string, amount: number, rest: string])[]): readonly string[] {
  const name = Math.max(0, ...rows.map(([word]) => word.length));
  const amount = Math.max(0, ...rows.map(([, number]) => String(number).length));
  return rows.map(([word, number, rest]) =>
    `  ${word.padEnd(name)}  ${String(number).padStart(amount)}  ${rest}`.trimEnd(),
  );
}

function more(hidden: number, what: string): readonly string[] {
  return hidden > 0 ? [`  … and ${count(hidden, `more ${what}`)}`] : [];
}

function section(heading: string, lines: readonly string[], { style }: Page): readonly string[] {
  return lines.length === 0 ? [] : [style('heading', heading), ...lines, ''];
}

function checkLines(
  checks: readonly CheckTotals[],
  amountOf: (check: CheckTotals) => number,
  status: CheckStatus,
  page: Page,
): readonly string[] {
  const found = checks.filter((check) => amountOf(check) > 0).sort((left, right) => amountOf(right) - amountOf(left));
  const heads = aligned(
    found.slice(0, most.checks).map((check) => [text(check.id), amountOf(check), text(check.title)]),
  );
  return [
    ...heads.flatMap((head, index) => {
      const first = found[index]?.fixes[status];
      const fix = text(first?.fix ?? '');
      const label = first?.oneFix === true ? 'Fix' : 'Fix, for the first';
      if (fix === '') return [head];
      return [
        head,
        ...(isCommand(fix)
          ? [`    ${label}: ${page.style('command', fix)}`]
          : wrapWords(`${label}: ${fix}`, page.width - 4).map((line) => `    ${line}`)),
      ];
    }),
    ...more(found.length - most.checks, 'check'),
  ];
}

function worst(report: PrerequisiteReport): readonly string[] {
  const telling = poolsWorstFirst(report).filter(
    ({ eligibility }) => eligibility === 'blocked' || eligibility === 'unknown',
  );
  const shown = telling
    .slice(0, most.pools)
    .map((pool) => ({ pool, name: text(`${pool.resourceGroup}/${pool.cluster}/${pool.pool}`) }));
  const width = Math.max(0, ...shown.map(({ name }) => name.length));
  return [
    ...shown.map(
      ({ pool, name }) => `  ${name.padEnd(width)}  ${pool.eligibility}: ${text(pool.blockedBy.join(', '))}`,
    ),
    ...more(telling.length - shown.length, 'node pool'),
  ];
}

/** Those that were not read in full, a line each. */
export function subscriptionLines({ subscriptions = [] }: PrerequisiteReport): readonly string[] {
  const dark = subscriptions.filter(({ reading }) => reading !== 'read');
  return [
    ...dark
      .slice(0, most.subscriptions)
      .map(
        ({ name, subscriptionId, reading }) => `  ${text(name)} (${text(subscriptionId)}): ${readingMeanings[reading]}`,
      ),
    ...more(dark.length - most.subscriptions, 'subscription'),
  ];
}

function groupLines({ groups }: Totals): readonly string[] {
  const rows = groups
    .slice(0, most.groups)
    .map(
      ({ group, total, pools }) =>
        [
          text(group ?? '(none)'),
          total,
          `${String(pools.blocked)} blocked, ${String(pools.unknown)} unknown, ${String(pools.eligible)} eligible, ${String(pools.enabled)} enabled`,
        ] as const,
    );
  return [...aligned(rows), ...more(groups.length - most.groups, 'group')];
}

/** Totals first, then what stands in the way, then the worst pools; where the rest is to be found. */
export function fleetLines(report: PrerequisiteReport, page: Page): readonly string[] {
  const totals = totalsOf(report);
  const { subscriptions = [] } = report;
  const of =
    subscriptions.length === 0 ? '' : ` of ${count(subscriptions.length, 'subscription')} (${readingLine(report)})`;
  return [
    `${count(report.pools.length, 'node pool')} in ${count(totals.clusters, 'cluster')}${of}`,
    '',
    ...section(
      'Node pools',
      aligned(
        poolCounts(report).map(({ eligibility, pools }) => [eligibility, pools, eligibilityMeanings[eligibility]]),
      ),
      page,
    ),
    ...section(
      'Blocked by (node pools)',
      checkLines(totals.checks, ({ blocked }) => blocked, 'fail', page),
      page,
    ),
    ...section(
      'Could not be evaluated (rows)',
      checkLines(totals.checks, ({ rows }) => rows.unknown, 'unknown', page),
      page,
    ),
    ...section(
      'Warnings (rows)',
      checkLines(totals.checks, ({ rows }) => rows.warn, 'warn', page),
      page,
    ),
    ...section(
      `Forecast for Kubernetes ${text(totals.forecastVersion ?? '')} (node pools)`,
      aligned(totals.forecast.map(({ outcome, pools }) => [outcome, pools, forecastMeanings[outcome]])),
      page,
    ),
    ...section(`By ${text(report.groupBy ?? '')} (node pools)`, groupLines(totals), page),
    ...section('Subscriptions that were not read in full', subscriptionLines(report), page),
    ...section('Node pools that need a look first', worst(report), page),
    ...closingLines(report, page.width),
    'Every pool and row: --report html=report.html, or -o json.',
  ];
}
