import { count } from '../core/text.ts';
import { checkStatuses } from '../model/check.ts';
import type { PrerequisiteReport } from '../model/report.ts';
import { markdownCode, markdownFix, markdownLink, markdownTable, markdownText } from './markdown-text.ts';
import { worstFix, type Totals } from './totals.ts';
import {
  asideWords,
  bannerLines,
  eligibilities,
  eligibilityMeanings,
  findingsOnly,
  forecastMeanings,
  ignoredInOrder,
  ignoredTerms,
  originLine,
  poolCounts,
  readingLine,
  readingMeanings,
} from './words.ts';

/** Sections are lines of Markdown, empty where there is nothing to say; all above the findings themselves. */
type Section = readonly string[];

/** More lines than this in one list are not read on a page. */
const mostListed = 50;

export function more(hidden: number, noun: string, plural?: string): Section {
  return hidden <= 0
    ? []
    : ['', `… and ${count(hidden, `more ${noun}`, plural === undefined ? undefined : `more ${plural}`)}.`];
}

export function opening(report: PrerequisiteReport): Section {
  const origin = originLine(report);
  return [
    '# LocalDNS prerequisites',
    '',
    `Scope: ${markdownText(report.scope)}. Rule set: ${report.ruleset}.`,
    '',
    ...(origin === undefined ? [] : [`${markdownText(origin)}.`, '']),
    ...bannerLines(report).flatMap((banner) => ['> [!WARNING]', `> ${markdownText(banner)}`, '']),
  ];
}

export function summary(report: PrerequisiteReport, totals: Totals): Section {
  const { subscriptions = [] } = report;
  const fleet = totals.clusters > 1 || subscriptions.length > 0;
  return [
    '## Summary',
    '',
    ...markdownTable(
      ['Status', 'Rows'],
      checkStatuses.map((status) => [status, String(report.counts[status])]),
    ),
    '',
    ...(report.detail === 'findings' ? [findingsOnly, ''] : []),
    ...(report.pools.length === 0
      ? []
      : [
          ...markdownTable(
            ['Node pools', 'Count', 'Meaning'],
            poolCounts(report).map(({ eligibility, pools }) => [
              eligibility,
              String(pools),
              eligibilityMeanings[eligibility],
            ]),
          ),
          '',
        ]),
    ...(fleet
      ? [
          `${count(report.pools.length, 'node pool')} in ${count(totals.clusters, 'cluster')}${subscriptions.length === 0 ? '' : ` of ${count(subscriptions.length, 'subscription')} (${readingLine(report)})`}.`,
          '',
        ]
      : []),
    ...ignored(report),
  ];
}

function ignored(report: PrerequisiteReport): Section {
  const entries = ignoredInOrder(report);
  if (entries.length === 0) return [];
  const items = entries.map((entry) => {
    const terms = ignoredTerms(entry);
    return `${markdownText(entry.id)} (${asideWords(entry)})${terms === '' ? '' : `, ${markdownText(terms)}`}${entry.reason === undefined ? '' : `: ${markdownText(entry.reason)}`}`;
  });
  if (entries.every((entry) => entry.reason === undefined && ignoredTerms(entry) === ''))
    return [`Ignored: ${items.join(', ')}`, ''];
  return [
    'Ignored:',
    '',
    ...items.slice(0, mostListed).map((item) => `- ${item}`),
    ...more(items.length - mostListed, 'entry', 'entries'),
    '',
  ];
}

/** One line a check: how many pools it blocks, and what mends it. */
export function blockers(totals: Totals): Section {
  if (totals.checks.length === 0) return [];
  return [
    '## Findings by check',
    '',
    ...markdownTable(
      ['Check', 'What it asks', 'Pools blocked', 'Fail', 'Unknown', 'Warn', 'Fix'],
      totals.checks
        .slice(0, mostListed)
        .map((check) => [check, worstFix(check)] as const)
        .map(([{ id, title, link, blocked, rows }, worst]) => [
          markdownLink(id, link),
          markdownText(title),
          String(blocked),
          String(rows.fail),
          String(rows.unknown),
          String(rows.warn),
          worst === undefined ? '' : `${worst.oneFix ? '' : 'For the first: '}${markdownFix(worst.fix)}`,
        ]),
    ),
    ...more(totals.checks.length - mostListed, 'check'),
    '',
  ];
}

export function groups({ groupBy }: PrerequisiteReport, { groups: found }: Totals): Section {
  if (groupBy === undefined || found.length === 0) return [];
  const name = markdownText(groupBy);
  return [
    `## By ${name}`,
    '',
    ...markdownTable(
      [name, 'Node pools', ...eligibilities],
      found
        .slice(0, mostListed)
        .map(({ group, pools, total }) => [
          group === undefined ? '(none)' : markdownText(group),
          String(total),
          ...eligibilities.map((eligibility) => String(pools[eligibility])),
        ]),
    ),
    ...more(found.length - mostListed, 'group'),
    '',
  ];
}

export function forecast({ forecast: found, forecastVersion }: Totals): Section {
  if (found.length === 0) return [];
  return [
    `## Forecast for Kubernetes ${markdownText(forecastVersion ?? '')}`,
    '',
    ...markdownTable(
      ['Forecast', 'Node pools', 'Meaning', 'Why'],
      found.map(({ outcome, pools, reason, reasonPools }) => [
        outcome,
        String(pools),
        forecastMeanings[outcome],
        `${markdownText(reason)}${reasonPools < pools ? ` (${String(reasonPools)} of them)` : ''}`,
      ]),
    ),
    '',
  ];
}

/** Those that could not be read first; ones without a cluster are counted in the summary alone. */
export function subscriptions({ subscriptions: all = [] }: PrerequisiteReport): Section {
  const telling = [
    ...all.filter(({ reading }) => reading !== 'read'),
    ...all.filter(({ reading, clusters }) => reading === 'read' && clusters > 0),
  ];
  if (telling.length === 0) return [];
  return [
    '## Subscriptions',
    '',
    ...markdownTable(
      ['Subscription', 'Id', 'Reading', 'Clusters', 'Node pools'],
      telling
        .slice(0, mostListed)
        .map(({ name, subscriptionId, reading, clusters, pools }) => [
          markdownText(name),
          markdownCode(subscriptionId),
          reading === 'read' ? 'read' : `**${readingMeanings[reading]}**`,
          String(clusters),
          String(pools),
        ]),
    ),
    ...more(telling.length - mostListed, 'subscription'),
    '',
  ];
}
