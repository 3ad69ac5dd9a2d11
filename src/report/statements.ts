import { count } from '../core/text.ts';
import { checkStatuses } from '../model/check.ts';
import type { IgnoredSummary, Report, SubscriptionSummary } from '../model/report.ts';
import { clean } from './clean-text.ts';
import type { ReportView } from './view.ts';

/** What a report says of itself, in sentences that all formats share. Texts from outside are on one line, not escaped. */

export const readingMeanings: Readonly<Record<SubscriptionSummary['reading'], string>> = {
  read: 'read in full',
  partial: 'read in part: rows say what is missing, or the report ended before the rest',
  'not-readable': 'not readable: nothing of it is in this report',
  disabled: 'disabled: nothing of it is in this report',
  'not-looked-at': 'not looked at: the report ended before',
};

/** Where only findings are listed, so that nobody takes a missing row for a missing check. */
export const findingsOnly = 'Rows that pass or are skipped are counted, but not listed.';

/** `1 fail, 0 unknown, 2 warn, 0 skip, 14 pass` */
export function countLine({ counts }: Report): string {
  return checkStatuses.map((status) => `${String(counts[status])} ${status}`).join(', ');
}

/** `3 rows`, or that there was none: the slip in a scope is seen by that. */
export function asideWords({ rows }: IgnoredSummary): string {
  return rows === 0 ? 'set nothing aside' : count(rows, 'row');
}

/** Those that set something aside first. */
export function ignoredInOrder({ ignored }: Report): readonly IgnoredSummary[] {
  return [...ignored.filter(({ rows }) => rows > 0), ...ignored.filter(({ rows }) => rows === 0)];
}

/** What an entry of an ignore file says beyond its id: scope, owner, expiry. */
export function ignoredTerms({ scope, owner, expires }: IgnoredSummary): string {
  return [
    ...(scope === undefined ? [] : [`in ${scope}`]),
    ...(owner === undefined ? [] : [`owner ${owner}`]),
    ...(expires === undefined ? [] : [`until ${expires}`]),
  ].join(', ');
}

/** Undefined if the report holds all of its scope. One sentence without a full stop of the cause's own. */
export function partialLine({ partial }: Report): string | undefined {
  return partial === undefined
    ? undefined
    : `This report is partial: ${clean(partial).replace(/\.$/, '')}. What is missing is in none of the numbers.`;
}

/** What to know before any number of the report is believed. */
export function bannersOf({ report, banners }: ReportView): ReportView['banners'] {
  const partial = partialLine(report);
  return [...(partial === undefined ? [] : [{ heading: 'Partial report.', text: partial }]), ...banners];
}

const sources: Readonly<Record<NonNullable<Report['source']>, string>> = {
  graph: 'Resource Graph, which may lag',
  arm: 'Azure Resource Manager',
  both: 'Resource Graph, which may lag, and Azure Resource Manager',
};

/** `2026-11-25T09:31:00Z` as `2026-11-25 09:31 UTC` */
export function momentWords(moment: string): string {
  return clean(moment).replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):\d{2}Z$/, '$1 $2 UTC');
}

/**
 * `Read on 2026-11-25 09:31 UTC from Resource Graph, which may lag; aks-localdns 0.3.0`; undefined if the report
 * says nothing of it.
 */
export function originLine({ gatheredAt, source, generator }: Report): string | undefined {
  const read = [
    ...(gatheredAt === undefined ? [] : [`on ${momentWords(gatheredAt)}`]),
    ...(source === undefined ? [] : [`from ${sources[source]}`]),
  ];
  const parts = [
    ...(read.length === 0 ? [] : [`Read ${read.join(' ')}`]),
    ...(generator === undefined ? [] : [clean(`${generator.name} ${generator.version}`)]),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}

const readings = {
  read: 'read',
  partial: 'in part',
  'not-readable': 'not readable',
  disabled: 'disabled',
  'not-looked-at': 'not looked at',
} as const;

/** `10 read, 2 disabled` */
export function readingLine(subscriptions: readonly SubscriptionSummary[]): string {
  return (Object.keys(readings) as (keyof typeof readings)[])
    .map((reading) => ({
      reading,
      amount: subscriptions.filter((subscription) => subscription.reading === reading).length,
    }))
    .filter(({ amount }) => amount > 0)
    .map(({ reading, amount }) => `${String(amount)} ${readings[reading]}`)
    .join(', ');
}

/** `30 node pools in 10 clusters of 2 subscriptions (2 read)`; undefined if the kind names no extent. */
export function extentLine({ report: { subscriptions = [] }, extent }: ReportView): string | undefined {
  if (extent.length === 0) return undefined;
  const all = `${count(subscriptions.length, 'subscription')} (${readingLine(subscriptions)})`;
  const parts = extent.map(({ amount, noun }) => count(amount, noun)).join(' in ');
  return subscriptions.length === 0 ? parts : `${parts} of ${all}`;
}
