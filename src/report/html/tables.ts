import type { PrerequisiteReport } from '../../model/report.ts';
import { worstFix, type Totals } from '../totals.ts';
import {
  asideWords,
  eligibilities,
  forecastMeanings,
  ignoredInOrder,
  ignoredTerms,
  readingMeanings,
} from '../words.ts';
import { badge, htmlFix, htmlLink, htmlNumber, htmlTable, htmlText } from './text.ts';

export interface Part {
  readonly id: string;
  readonly heading: string;
  /** Empty where there is nothing to say. */
  readonly body: string;
}

function checks({ checks: found }: Totals): Part {
  const rows = found
    .map((check, index) => [check, worstFix(check), index] as const)
    .map(
      ([
        {
          id,
          title,
          link,
          blocked,
          rows: { fail, unknown, warn },
        },
        worst,
        index,
      ]) => [
        `<span id="k${String(index)}">${htmlLink(id, link)}</span>`,
        htmlText(title),
        htmlNumber(blocked),
        ...[fail, unknown, warn].map((amount) => htmlNumber(amount)),
        worst === undefined
          ? ''
          : `${worst.oneFix ? '' : '<span class="muted">For the first:</span> '}${htmlFix(worst.fix)}`,
      ],
    );
  const columns = [
    { header: 'Check' },
    { header: 'What it asks', wide: true },
    { header: 'Pools blocked', number: true },
    { header: 'Fail', number: true },
    { header: 'Unknown', number: true },
    { header: 'Warn', number: true },
    { header: 'Fix', wide: true },
  ];
  return {
    id: 'checks',
    heading: 'Findings by check',
    body:
      rows.length === 0
        ? ''
        : htmlTable('checks-table', 'Each check that found something, the most blocking first', columns, rows),
  };
}

function forecast({ forecast: found, forecastVersion = '' }: Totals): Part {
  const rows = found.map(({ outcome, pools, reason, reasonPools }) => [
    badge(`f-${outcome}`, outcome),
    htmlNumber(pools),
    forecastMeanings[outcome],
    `${htmlText(reason)}${reasonPools < pools ? ` <span class="muted">(${htmlNumber(reasonPools)} of them)</span>` : ''}`,
  ]);
  const columns = [
    { header: 'Forecast' },
    { header: 'Node pools', number: true },
    { header: 'Meaning' },
    { header: 'Why', wide: true },
  ];
  return {
    id: 'forecast',
    heading: `Forecast for Kubernetes ${htmlText(forecastVersion)}`,
    body:
      rows.length === 0
        ? ''
        : htmlTable(
            'forecast-table',
            'Pools that turn LocalDNS on by themselves at this upgrade, and pools that do not',
            columns,
            rows,
          ),
  };
}

function groups({ groupBy }: PrerequisiteReport, { groups: found }: Totals): Part {
  const name = htmlText(groupBy ?? '');
  const rows = found.map(({ group, pools, total }) => [
    group === undefined ? '(none)' : htmlText(group),
    htmlNumber(total),
    ...eligibilities.map((eligibility) => htmlNumber(pools[eligibility])),
  ]);
  const columns = [{ header: name }, ...['Node pools', ...eligibilities].map((header) => ({ header, number: true }))];
  return {
    id: 'groups',
    heading: `By ${name}`,
    body:
      rows.length === 0
        ? ''
        : htmlTable('groups-table', `Node pools by ${name}, the most blocked first`, columns, rows),
  };
}

function subscriptions({ subscriptions: all = [] }: PrerequisiteReport): Part {
  const sorted = [
    ...all.filter(({ reading }) => reading !== 'read'),
    ...all.filter(({ reading }) => reading === 'read'),
  ];
  const rows = sorted.map(({ name, subscriptionId, reading, clusters, pools }) => [
    htmlText(name),
    `<code>${htmlText(subscriptionId)}</code>`,
    reading === 'read' ? readingMeanings.read : `${badge('unknown', reading)} ${readingMeanings[reading]}`,
    htmlNumber(clusters),
    htmlNumber(pools),
  ]);
  const columns = [
    { header: 'Subscription' },
    { header: 'Id' },
    { header: 'Reading' },
    { header: 'Clusters', number: true },
    { header: 'Node pools', number: true },
  ];
  return {
    id: 'subscriptions',
    heading: 'Subscriptions',
    body:
      rows.length === 0
        ? ''
        : htmlTable(
            'subscriptions-table',
            'Subscriptions of the scope, those that were not read in full first',
            columns,
            rows,
          ),
  };
}

function ignored(report: PrerequisiteReport): Part {
  const rows = ignoredInOrder(report).map((entry) => [
    htmlText(entry.id),
    entry.rows === 0 ? asideWords(entry) : htmlNumber(entry.rows),
    htmlText(ignoredTerms(entry)),
    htmlText(entry.reason ?? ''),
  ]);
  const columns = [
    { header: 'Check' },
    { header: 'Rows set aside', number: true },
    { header: 'Scope, owner, expiry' },
    { header: 'Reason', wide: true },
  ];
  return {
    id: 'ignored',
    heading: 'Ignored',
    body:
      rows.length === 0
        ? ''
        : htmlTable('ignored-table', 'What was set aside; it counts in none of the numbers', columns, rows),
  };
}

export function parts(report: PrerequisiteReport, totals: Totals): readonly Part[] {
  return [checks(totals), forecast(totals), groups(report, totals), subscriptions(report), ignored(report)].filter(
    ({ body }) => body !== '',
  );
}
