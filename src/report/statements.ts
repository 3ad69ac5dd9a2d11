import { count } from '../core/text.ts';
import { checkStatuses } from '../model/check.ts';
import type { IgnoredSummary, Report, SubscriptionSummary } from '../model/report.ts';
import { clean } from './clean-text.ts';
import type { ReportView } from './view.ts';

/** Statements about a report that all formats share. Untrusted texts are on one line, not escaped. */

export const readingMeanings: Readonly<Record<SubscriptionSummary['reading'], string>> = {
  read: 'read in full',
  partial: 'partly read: rows list what is missing, or the report ended early',
  'not-readable': 'not readable: not included in this report',
  disabled: 'disabled: not included in this report',
  'not-checked': 'not checked: the report ended early',
};

/** Explains rows that are missing because only findings are listed. */
export const findingsOnly = 'Rows that pass or are skipped are counted but not listed.';

/** `1 fail, 0 unknown, 2 warn, 0 skip, 14 pass` */
export function countLine({ counts }: Report): string {
  return checkStatuses.map((status) => `${String(counts[status])} ${status}`).join(', ');
}

/** `3 rows`, or that nothing matched, which may reveal a mistake in the scope. */
export function matchCount({ rows }: IgnoredSummary): string {
  return rows === 0 ? 'matched nothing' : count(rows, 'row');
}

/** Entries that matched rows come first. */
export function ignoredInOrder({ ignored }: Report): readonly IgnoredSummary[] {
  return [...ignored.filter(({ rows }) => rows > 0), ...ignored.filter(({ rows }) => rows === 0)];
}

/** The scope, owner and expiry of an entry of an ignore file. */
export function ignoredTerms({ scope, owner, expires }: IgnoredSummary): string {
  return [
    ...(scope === undefined ? [] : [`in ${scope}`]),
    ...(owner === undefined ? [] : [`owner ${owner}`]),
    ...(expires === undefined ? [] : [`until ${expires}`]),
  ].join(', ');
}

/** Why the report is partial; undefined if it covers its whole scope. */
export function partialLine({ partial }: Report): string | undefined {
  return partial === undefined
    ? undefined
    : `This report is partial: ${clean(partial).replace(/\.$/, '')}. No number includes what is missing.`;
}

/** What to know before relying on any number of the report. */
export function bannersOf({ report, banners }: ReportView): ReportView['banners'] {
  const partial = partialLine(report);
  return [...(partial === undefined ? [] : [{ heading: 'Partial report.', text: partial }]), ...banners];
}

const sources: Readonly<Record<NonNullable<Report['source']>, string>> = {
  graph: 'Resource Graph, which may be out of date',
  arm: 'Azure Resource Manager',
  both: 'Resource Graph, which may be out of date, and Azure Resource Manager',
};

/** `2026-11-25T09:31:00Z` as `2026-11-25 09:31 UTC` */
export function timeText(moment: string): string {
  return clean(moment).replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):\d{2}Z$/, '$1 $2 UTC');
}

/**
 * `Read on 2026-11-25 09:31 UTC from Resource Graph, which may be out of date; aks-localdns 0.3.0`; undefined if the
 * report lacks this information.
 */
export function originLine({ gatheredAt, source, generator }: Report): string | undefined {
  const read = [
    ...(gatheredAt === undefined ? [] : [`on ${timeText(gatheredAt)}`]),
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
  partial: 'partly read',
  'not-readable': 'not readable',
  disabled: 'disabled',
  'not-checked': 'not checked',
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
