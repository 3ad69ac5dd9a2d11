import { createHash } from 'node:crypto';
import type { Report } from '../model/report.ts';
import type { Renderer } from './format.ts';
import { choicesOf, clusterSections, type Choices } from './html/clusters.ts';
import { clusterPager, results } from './html/filter.ts';
import { findingsList } from './html/findings.ts';
import { html, nothing, table, type Html } from './html/markup.ts';
import { script } from './html/script.ts';
import { style } from './html/style.ts';
import { header, summary } from './html/summary.ts';
import { groupByCluster, type Grouped } from './places.ts';
import { matchCount, ignoredInOrder, ignoredTerms } from './statements.ts';
import { capital, checksSection, subscriptionsSection, totalsOf, type Totals } from './totals.ts';
import { column, type ReportView, type Section } from './view.ts';

/** A section of the page that the navigation links to. */
interface Part {
  readonly id: string;
  readonly heading: string;
  readonly body: Html;
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function ignored(report: Report): Section {
  return {
    id: 'ignored',
    heading: 'Ignored',
    caption: 'Ignored rows, which no number includes',
    noun: 'entry',
    columns: [
      column('Check'),
      column('Rows ignored', 'number'),
      column('Scope, owner, expiry'),
      column('Reason', 'wide'),
    ],
    rows: ignoredInOrder(report).map((entry) => [
      entry.id,
      entry.rows === 0 ? matchCount(entry) : entry.rows,
      ignoredTerms(entry),
      entry.reason ?? '',
    ]),
  };
}

/** The tables that are not empty. */
function tables(view: ReportView, totals: Totals): readonly Part[] {
  const { report } = view;
  return [checksSection(view, totals), ...view.sections(), subscriptionsSection(report), ignored(report)]
    .filter(({ rows }) => rows.length > 0)
    .map((section) => ({ ...section, body: table(`${section.id}-table`, section) }));
}

function partOf({ id, heading, body }: Part): Html {
  return html`<section id="${id}" aria-labelledby="${id}-h"><h2 id="${id}-h">${heading}</h2>
${body}
</section>`;
}

function sharedRows(
  { report, subjects }: ReportView,
  { shared, clusters }: Grouped,
  { links }: Choices,
): readonly Part[] {
  if (shared.length === 0) return [];
  const { subscriptions = [] } = report;
  const names = new Map(subscriptions.map(({ subscriptionId, name }) => [subscriptionId.toLowerCase(), name]));
  const where = (target: string): string => {
    const name = names.get(target.toLowerCase());
    return name === undefined ? target : `${name} (${target})`;
  };
  const heading = subjects === undefined && clusters.length === 0 ? 'Findings' : 'Subscription findings';
  const list = findingsList(shared, links, ({ target }) => where(target));
  return [{ id: 'shared', heading, body: html`<div class="shared">${list}</div>` }];
}

function navigation(sections: readonly Part[], { subjects }: ReportView, hasClusters: boolean): Html {
  const links = sections.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`);
  const results =
    subjects === undefined ? '' : html`<li data-script hidden><a href="#results">${capital(subjects.noun)}s</a></li>`;
  const clusters = hasClusters ? html`<li><a href="#clusters">Clusters</a></li>` : '';
  return html`<nav aria-label="Parts of this report"><ul><li><a href="#summary">Summary</a></li>${html.join(links)}${results}${clusters}</ul></nav>`;
}

/** Only the style and script of this page may run or load, whatever the texts in it contain. */
function policy(code: string | undefined): string {
  return `default-src 'none'; style-src ${hash(style)};${code === undefined ? '' : ` script-src ${hash(code)};`} base-uri 'none'; form-action 'none'`;
}

function page(view: ReportView): Html {
  const { report, subjects, title } = view;
  const totals = totalsOf(view);
  const grouped = groupByCluster(view);
  const choices = choicesOf(view, totals, grouped);
  const sections = [...tables(view, totals), ...sharedRows(view, grouped, choices)];
  // Only subjects have a filter, sorting and pages, so a report without subjects needs no script.
  const code = subjects === undefined ? undefined : script(subjects);
  const hasClusters = subjects !== undefined || grouped.clusters.length > 0;
  return html.join(
    [
      html`<!doctype html>`,
      html`<html lang="en"><head><meta charset="utf-8">`,
      html.raw(`<meta http-equiv="Content-Security-Policy" content="${policy(code)}">`),
      html`<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">`,
      html`<title>${title}: ${report.scope}</title>`,
      html`<style>${html.raw(style)}</style></head>`,
      html`<body><a class="skip" href="#summary">Skip to the summary</a><div class="page">`,
      header(view),
      navigation(sections, view, hasClusters),
      html`<main>`,
      summary(view, totals),
      ...sections.map(partOf),
      ...(subjects === undefined ? [] : [results(subjects, choices)]),
      ...(hasClusters
        ? [
            html`<section id="clusters" aria-labelledby="clusters-h"><h2 id="clusters-h">Clusters</h2>
${clusterSections(view, grouped, choices)}
${subjects === undefined ? nothing : clusterPager()}</section>`,
          ]
        : []),
      html`</main></div>`,
      code === undefined ? html`</body></html>` : html`<script>${html.raw(code)}</script></body></html>`,
    ],
    '\n',
  );
}

/**
 * A self-contained file for reviewers: no network, readable and printable without script, with filter and sorting if
 * scripts run.
 */
export const renderHtml: Renderer = (view) => `${page(view).text}\n`;
