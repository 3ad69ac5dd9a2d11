import { checkStatuses, type CheckRow } from '../model/check.ts';
import type { PoolSummary, PrerequisiteReport } from '../model/report.ts';
import type { Renderer } from './format.ts';
import { groupByCluster } from './places.ts';
import { totalsOf } from './totals.ts';
import {
  asideWords,
  clean,
  countLine,
  eligibilities,
  findingsOnly,
  ignoredTerms,
  onlyLine,
  partialLine,
} from './words.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for an element or an attribute of XML 1.0: no character that a parser refuses, however it is written there. */
export function xmlText(text: string): string {
  return clean(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

function tag(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content?: readonly string[],
): readonly string[] {
  const open = `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${xmlText(String(value))}"`)
    .join('')}`;
  return content === undefined || content.length === 0 ? [`${open}/>`] : [`${open}>`, ...content, `</${name}>`];
}

function property(name: string, value: string | number): string {
  return tag('property', { name, value })[0] ?? '';
}

function body(row: CheckRow): string {
  return [
    row.reason,
    `Observed: ${row.observed}. Required: ${row.required}.`,
    ...(row.fix === undefined ? [] : [`Fix: ${row.fix}`]),
    ...(row.rulesetNote === undefined ? [] : [`Note: ${row.rulesetNote}`]),
    `Resource: ${row.resourceId}`,
    `More: ${row.link}`,
  ]
    .map((text) => xmlText(text))
    .join('\n');
}

/**
 * `fail` is a failure, `unknown` an error; what is ignored or passed over is skipped; a warning passes and says what it
 * warns of.
 */
function outcome(row: CheckRow): readonly string[] {
  if (row.ignored) return tag('skipped', { message: `Ignored (${row.status}): ${row.reason}` });
  const detail = { message: row.reason, type: row.id };
  switch (row.status) {
    case 'fail':
      return [`<failure message="${xmlText(detail.message)}" type="${xmlText(detail.type)}">${body(row)}</failure>`];
    case 'unknown':
      return [`<error message="${xmlText(detail.message)}" type="${xmlText(detail.type)}">${body(row)}</error>`];
    case 'skip':
      return tag('skipped', { message: row.reason });
    case 'warn':
      return [`<system-out>WARNING: ${body(row)}</system-out>`];
    case 'pass':
      break;
  }
  return [];
}

interface Tally {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

function tally(rows: readonly CheckRow[]): Tally {
  const of = (status: CheckRow['status']): number => rows.filter((row) => row.status === status && !row.ignored).length;
  return {
    tests: rows.length,
    failures: of('fail'),
    errors: of('unknown'),
    skipped: of('skip') + rows.filter((row) => row.ignored).length,
  };
}

function poolProperty({ pool, eligibility, blockedBy, forecast, group }: PoolSummary): string {
  const parts = [
    blockedBy.length === 0 ? eligibility : `${eligibility}: ${blockedBy.join(', ')}`,
    ...(group === undefined ? [] : [`group ${group}`]),
    ...(forecast === undefined ? [] : [`forecast ${forecast.version} ${forecast.outcome}: ${forecast.reason}`]),
  ];
  return property(`pool.${pool}`, parts.join('; '));
}

function suite(name: string, rows: readonly CheckRow[], properties: readonly string[]): readonly string[] {
  return tag('testsuite', { name, ...tally(rows) }, [
    ...tag('properties', {}, properties.length === 0 ? undefined : properties).filter(() => properties.length > 0),
    ...rows.flatMap((row) => tag('testcase', { classname: row.target, name: `${row.id}: ${row.title}` }, outcome(row))),
  ]);
}

/** What the whole report says, as a suite of its own whose one test is that nothing of the scope is missing. */
function summarySuite(report: PrerequisiteReport): readonly string[] {
  const totals = totalsOf(report);
  const [partial, only] = [partialLine(report), onlyLine(report)];
  const properties = [
    property('scope', report.scope),
    property('ruleset', report.ruleset),
    property('schemaVersion', report.schemaVersion),
    ...(report.generator === undefined
      ? []
      : [property('generator', `${report.generator.name} ${report.generator.version}`)]),
    ...(report.gatheredAt === undefined ? [] : [property('gatheredAt', report.gatheredAt)]),
    ...(report.source === undefined ? [] : [property('source', report.source)]),
    property('clusters', totals.clusters),
    ...(report.only === undefined ? [] : [property('only', report.only.join(' '))]),
    ...(report.groupBy === undefined ? [] : [property('groupBy', report.groupBy)]),
    ...eligibilities.map((eligibility) => property(`pools.${eligibility}`, totals.pools[eligibility])),
    ...checkStatuses.map((status) => property(`rows.${status}`, report.counts[status])),
    ...totals.forecast.map(({ outcome: name, pools }) => property(`forecast.${name}`, pools)),
    ...(report.subscriptions ?? []).map(({ subscriptionId, name, reading, pools }) =>
      property(`subscription.${subscriptionId}`, `${name}: ${reading}, ${String(pools)} node pools`),
    ),
    ...report.ignored.map((entry) =>
      property(
        `ignored.${entry.id}`,
        [asideWords(entry), ignoredTerms(entry), entry.reason ?? ''].filter((text) => text !== '').join('; '),
      ),
    ),
  ];
  const missing =
    partial === undefined ? [] : [`<error message="${xmlText(partial)}" type="partial">${xmlText(partial)}</error>`];
  return tag('testsuite', { name: 'Report', tests: 1, failures: 0, errors: missing.length, skipped: 0 }, [
    ...tag('properties', {}, properties),
    ...tag('testcase', { classname: 'report', name: 'complete: The report holds all of its scope' }, missing),
    `<system-out>${xmlText([`${countLine(report)}.`, ...(report.detail === 'findings' ? [findingsOnly] : []), ...(only === undefined ? [] : [only])].join(' '))}</system-out>`,
  ]);
}

/**
 * For CI systems: a suite a cluster, a test a listed row. Follows the schema that Jenkins, Azure Pipelines and GitLab
 * read.
 */
export const renderJunit: Renderer = (report) => {
  const { shared, clusters } = groupByCluster(report);
  const all = tally(report.rows);
  const incomplete = report.partial === undefined ? 0 : 1;
  const suites = [
    ...summarySuite(report),
    ...(shared.length === 0 ? [] : suite('Subscriptions and configuration', shared, [])),
    ...clusters.flatMap(({ resourceGroup, cluster, pools, rows }) =>
      suite(
        `${resourceGroup}/${cluster}`,
        rows,
        pools.map((pool) => poolProperty(pool)),
      ),
    ),
  ];
  const attributes = {
    name: 'LocalDNS prerequisites',
    tests: all.tests + 1,
    failures: all.failures,
    errors: all.errors + incomplete,
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag('testsuites', attributes, suites).join('\n')}\n`;
};
