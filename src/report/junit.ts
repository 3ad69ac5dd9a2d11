import { checkStatuses, type ReportRow } from '../model/check.ts';
import { clean } from './clean-text.ts';
import type { Renderer } from './format.ts';
import { tagLanguage, type Markup } from './markup.ts';
import { groupByCluster } from './places.ts';
import { matchCount, countLine, findingsOnly, ignoredTerms, partialLine } from './statements.ts';
import { blockers, totalsOf } from './totals.ts';
import type { ReportView, Subject } from './view.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML 1.0, without the characters that a parser rejects even if escaped. */
const { tag, attributes } = tagLanguage('xml', (text) =>
  clean(text).replace(/[\ufffe\uffff&<>"']/g, (character) => entities[character] ?? '\ufffd'),
);

export const xml = tag;

type Xml = Markup<'xml'>;

function element(name: string, values: Readonly<Record<string, string | number>>, content: readonly Xml[] = []): Xml {
  const open = `<${name}${attributes(values).text}`;
  return xml.raw(content.length === 0 ? `${open}/>` : `${open}>\n${xml.join(content, '\n').text}\n</${name}>`);
}

function property(name: string, value: string | number): Xml {
  return element('property', { name, value });
}

function body(row: ReportRow): Xml {
  return xml.join(
    [
      row.reason,
      `Observed: ${row.observed}. Required: ${row.required}.`,
      ...(row.fix === undefined ? [] : [`Fix: ${row.fix}`]),
      ...(row.rulesetNote === undefined ? [] : [`Note: ${row.rulesetNote}`]),
      `Resource: ${row.resourceId}`,
      ...(row.link === undefined ? [] : [`More: ${row.link}`]),
    ],
    '\n',
  );
}

/**
 * `fail` is a failure, `unknown` an error. Ignored and skipped rows are skipped. A warning passes, with its text as
 * output.
 */
function outcome(row: ReportRow): readonly Xml[] {
  if (row.ignored) return [element('skipped', { message: `Ignored (${row.status}): ${row.reason}` })];
  switch (row.status) {
    case 'fail':
      return [xml`<failure message="${row.reason}" type="${row.id}">${body(row)}</failure>`];
    case 'unknown':
      return [xml`<error message="${row.reason}" type="${row.id}">${body(row)}</error>`];
    case 'skip':
      return [element('skipped', { message: row.reason })];
    case 'warn':
      return [xml`<system-out>WARNING: ${body(row)}</system-out>`];
    case 'pass':
      break;
  }
  return [];
}

function tally(rows: readonly ReportRow[]): Readonly<Record<'tests' | 'failures' | 'errors' | 'skipped', number>> {
  const of = (status: ReportRow['status']): number =>
    rows.filter((row) => row.status === status && !row.ignored).length;
  return {
    tests: rows.length,
    failures: of('fail'),
    errors: of('unknown'),
    skipped: of('skip') + rows.filter((row) => row.ignored).length,
  };
}

function subjectProperty(short: string, { at, state, causes, outlook }: Subject): Xml {
  const parts = [
    causes.length === 0 ? state : `${state}: ${causes.join(', ')}`,
    ...(at.group === undefined ? [] : [`group ${at.group}`]),
    ...(outlook === undefined ? [] : [outlook.property]),
  ];
  return property(`${short}.${at.pool}`, parts.join('; '));
}

function suite(name: string, rows: readonly ReportRow[], properties: readonly Xml[]): Xml {
  return element('testsuite', { name, ...tally(rows) }, [
    ...(properties.length === 0 ? [] : [element('properties', {}, properties)]),
    ...rows.map((row) => element('testcase', { classname: row.target, name: `${row.id}: ${row.title}` }, outcome(row))),
  ]);
}

function reportProperties(view: ReportView): readonly Xml[] {
  const { report, subjects } = view;
  const { generator, subscriptions = [] } = report;
  const totals = totalsOf(view);
  const named: readonly (readonly [name: string, value: string | number | undefined])[] = [
    ['scope', report.scope],
    ...view.facts.map(({ label, value }) => [label.toLowerCase().replaceAll(' ', ''), value] as const),
    ['schemaVersion', report.schemaVersion],
    ['generator', generator === undefined ? undefined : `${generator.name} ${generator.version}`],
    ['gatheredAt', report.gatheredAt],
    ['source', report.source],
    ...view.properties,
    ...[...totals.states].map(([name, amount]) => [`${subjects?.short ?? ''}s.${name}`, amount] as const),
    ...blockers(totals).map(({ id, problem, blocked }) => [`blocked.${id}`, `${problem}: ${String(blocked)}`] as const),
    ...checkStatuses.map((status) => [`rows.${status}`, report.counts[status]] as const),
    ...view
      .sections()
      .flatMap(({ id, counted, lines = [] }) =>
        counted === true ? lines.map(([name, amount]) => [`${id}.${name}`, amount] as const) : [],
      ),
    ...subscriptions.map(
      ({ subscriptionId, name, reading, pools }) =>
        [`subscription.${subscriptionId}`, `${name}: ${reading}, ${String(pools)} node pools`] as const,
    ),
    ...report.ignored.map((entry) => {
      const terms = [matchCount(entry), ignoredTerms(entry), entry.reason ?? ''].filter((text) => text !== '');
      return [`ignored.${entry.id}`, terms.join('; ')] as const;
    }),
  ];
  return named.flatMap(([name, value]) => (value === undefined ? [] : [property(name, value)]));
}

/** A suite about the whole report. Its only test is that nothing in the scope is missing. */
function summarySuite(view: ReportView): Xml {
  const partial = partialLine(view.report);
  const missing = partial === undefined ? [] : [xml`<error message="${partial}" type="partial">${partial}</error>`];
  const said = [
    `${countLine(view.report)}.`,
    ...(view.report.detail === 'findings' ? [findingsOnly] : []),
    ...view.banners.map(({ text }) => text),
  ];
  return element('testsuite', { name: 'Report', tests: 1, failures: 0, errors: missing.length, skipped: 0 }, [
    element('properties', {}, reportProperties(view)),
    element('testcase', { classname: 'report', name: 'complete: The report covers its whole scope' }, missing),
    xml`<system-out>${said.join(' ')}</system-out>`,
  ]);
}

/** The suite of rows that belong to no cluster. */
function sharedSuite({ title }: ReportView, shared: readonly ReportRow[]): readonly Xml[] {
  if (shared.length === 0) return [];
  const isOfAzure = shared.some(({ level }) => level === 'subscription' || level === 'config');
  return [suite(isOfAzure ? 'Subscriptions and configuration' : title, shared, [])];
}

/**
 * For CI systems: one suite per cluster, one test per listed row. Follows the schema that Jenkins, Azure Pipelines and
 * GitLab read.
 */
export const renderJunit: Renderer = (view) => {
  const { shared, clusters } = groupByCluster(view);
  const all = tally(view.report.rows);
  const suites = [
    summarySuite(view),
    ...sharedSuite(view, shared),
    ...clusters.map(({ resourceGroup, cluster, subjects, rows }) =>
      suite(
        `${resourceGroup}/${cluster}`,
        rows,
        subjects.map((subject) => subjectProperty(view.subjects?.short ?? '', subject)),
      ),
    ),
  ];
  const totals = {
    name: view.title,
    tests: all.tests + 1,
    failures: all.failures,
    errors: all.errors + (view.report.partial === undefined ? 0 : 1),
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', totals, suites).text}\n`;
};
