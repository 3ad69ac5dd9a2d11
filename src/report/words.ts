import { count, oneLine } from '../core/text.ts';
import { checkStatuses, type CheckRow } from '../model/check.ts';
import type {
  Eligibility,
  Forecast,
  IgnoredSummary,
  PrerequisiteReport,
  SubscriptionSummary,
} from '../model/report.ts';

export const eligibilities: readonly Eligibility[] = ['eligible', 'enabled', 'blocked', 'unknown', 'skipped'];

export const eligibilityMeanings: Readonly<Record<Eligibility, string>> = {
  eligible: 'can have LocalDNS',
  enabled: 'has LocalDNS already',
  blocked: 'cannot have LocalDNS as things are',
  unknown: 'could not be evaluated in full',
  skipped: 'can never have LocalDNS',
};

export const forecastMeanings: Readonly<Record<Forecast['outcome'], string>> = {
  'will-enable': 'LocalDNS will turn on by itself',
  'will-not': 'LocalDNS will not turn on by itself',
  pinned: 'a stored profile keeps the pool as it is',
  'already-on': 'LocalDNS is on already',
  unknown: 'could not be foreseen',
};

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
export function countLine({ counts }: PrerequisiteReport): string {
  return checkStatuses.map((status) => `${String(counts[status])} ${status}`).join(', ');
}

export function poolCounts(
  report: PrerequisiteReport,
): readonly { readonly eligibility: Eligibility; readonly pools: number }[] {
  return eligibilities
    .map((eligibility) => ({
      eligibility,
      pools: report.pools.filter((pool) => pool.eligibility === eligibility).length,
    }))
    .filter(({ pools }) => pools > 0);
}

/** `3 rows`, or that there was none: the slip in a scope is seen by that. */
export function asideWords({ rows }: IgnoredSummary): string {
  return rows === 0 ? 'set nothing aside' : count(rows, 'row');
}

/** Those that set something aside first. */
export function ignoredInOrder({ ignored }: PrerequisiteReport): readonly IgnoredSummary[] {
  return [...ignored.filter(({ rows }) => rows > 0), ...ignored.filter(({ rows }) => rows === 0)];
}

/** `spot (3 rows), surge (1 row; owner team-a, until 2027-01-31: known), owner (set nothing aside; in /x)` */
export function ignoredLine(report: PrerequisiteReport): string {
  return ignoredInOrder(report)
    .map((entry) => {
      const terms = [ignoredTerms(entry), entry.reason ?? ''].filter((text) => text !== '').join(': ');
      return `${entry.id} (${asideWords(entry)}${terms === '' ? '' : `; ${terms}`})`;
    })
    .join(', ');
}

/** What an entry of an ignore file says beyond its id: scope, owner, expiry. */
export function ignoredTerms({ scope, owner, expires }: IgnoredSummary): string {
  return [
    ...(scope === undefined ? [] : [`in ${scope}`]),
    ...(owner === undefined ? [] : [`owner ${owner}`]),
    ...(expires === undefined ? [] : [`until ${expires}`]),
  ].join(', ');
}

/** Undefined where the report holds all of its scope. One sentence without a full stop of the cause's own. */
export function partialLine({ partial }: PrerequisiteReport): string | undefined {
  return partial === undefined
    ? undefined
    : `This report is partial: ${clean(partial).replace(/\.$/, '')}. What is missing is in none of the numbers.`;
}

/**
 * Undefined where all checks were judged: so nobody takes a pool that passed two of them for one that can have
 * LocalDNS.
 */
export function onlyLine({ only, checks }: PrerequisiteReport): string | undefined {
  if (only === undefined) return undefined;
  const judged = only.filter((id) => checks === undefined || checks.includes(id));
  return `Only these checks were judged: ${judged.length === 0 ? 'none' : clean(judged.join(', '))}; eligibility says no more than that.`;
}

const sources: Readonly<Record<NonNullable<PrerequisiteReport['source']>, string>> = {
  graph: 'Resource Graph, which may lag',
  arm: 'Azure Resource Manager',
  both: 'Resource Graph, which may lag, and Azure Resource Manager',
};

/** `2026-11-25T09:31:00Z` as `2026-11-25 09:31 UTC` */
export function momentWords(moment: string): string {
  return clean(moment).replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):\d{2}Z$/, '$1 $2 UTC');
}

/**
 * `Read on 2026-11-25 09:31 UTC from Resource Graph, which may lag; aks-localdns 0.3.0`; undefined where the report
 * says nothing of it.
 */
export function originLine({ gatheredAt, source, generator }: PrerequisiteReport): string | undefined {
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

/** What to know before any number of the report is believed, a sentence or two each. */
export function bannerLines(report: PrerequisiteReport): readonly string[] {
  return [partialLine(report), onlyLine(report)].filter((line) => line !== undefined);
}

/** `{read: 12, disabled: 1}` as `12 read, 1 disabled`; empty where the report names no subscriptions. */
export function readingLine({ subscriptions = [] }: PrerequisiteReport): string {
  const words = {
    read: 'read',
    partial: 'in part',
    'not-readable': 'not readable',
    disabled: 'disabled',
    'not-looked-at': 'not looked at',
  } as const;
  return (Object.keys(words) as (keyof typeof words)[])
    .map((reading) => ({
      reading,
      amount: subscriptions.filter((subscription) => subscription.reading === reading).length,
    }))
    .filter(({ amount }) => amount > 0)
    .map(({ reading, amount }) => `${String(amount)} ${words[reading]}`)
    .join(', ');
}

/**
 * One line of text that is in every encoding, with no control or bidirectional character. Most texts are so already,
 * and there are many.
 */
export function clean(text: string): string {
  const already = /^[ -~]*$/.test(text) && !text.includes('  ') && !text.startsWith(' ') && !text.endsWith(' ');
  return already ? text : oneLine(text).toWellFormed();
}

/** Whether a fix is a line to type, or a sentence. */
export function isCommand(fix: string): boolean {
  return /^(?:az|aks-localdns|kubectl) /.test(fix);
}

/** A link that may be followed: https, and nothing in it that a format could stumble over. */
export function safeLink(link: string): string | undefined {
  return /^https:\/\/[\w.-]+(?:\/[\w./#-]*)?$/.test(link) ? link : undefined;
}

/** The rows that count, of one status, by check id. */
export function byCheck(
  report: PrerequisiteReport,
  status: CheckRow['status'],
): ReadonlyMap<string, readonly CheckRow[]> {
  const groups = new Map<string, CheckRow[]>();
  for (const row of report.rows) {
    if (row.status !== status || row.ignored) continue;
    const group = groups.get(row.id);
    if (group === undefined) groups.set(row.id, [row]);
    else group.push(row);
  }
  return groups;
}
