import { createHash } from 'node:crypto';
import type { PrerequisiteReport } from '../model/report.ts';
import type { Renderer } from './format.ts';
import { choicesOf, clusterSections, type Choices } from './html/clusters.ts';
import { clusterPager, results } from './html/filter.ts';
import { findingsList } from './html/findings.ts';
import { script } from './html/script.ts';
import { style } from './html/style.ts';
import { header, summary } from './html/summary.ts';
import { parts, type Part } from './html/tables.ts';
import { htmlText } from './html/text.ts';
import { groupByCluster, type Grouped } from './places.ts';
import { totalsOf } from './totals.ts';

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Nothing but this page's own style and script may run or load: no network, whatever a text in it tries. */
const policy = `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;

function section({ id, heading, body }: Part): string {
  return `<section id="${id}" aria-labelledby="${id}-h"><h2 id="${id}-h">${heading}</h2>\n${body}\n</section>`;
}

function sharedRows({ subscriptions = [] }: PrerequisiteReport, { shared }: Grouped, { checks }: Choices): Part {
  const names = new Map(subscriptions.map(({ subscriptionId, name }) => [subscriptionId.toLowerCase(), name]));
  const where = (target: string): string => {
    const name = names.get(target.toLowerCase());
    return htmlText(name === undefined ? target : `${name} (${target})`);
  };
  const body =
    shared.length === 0 ? '' : `<div class="shared">${findingsList(shared, checks, (row) => where(row.target))}</div>`;
  return { id: 'shared', heading: 'Subscription findings', body };
}

function navigation(sections: readonly Part[]): string {
  const links = sections.map(({ id, heading }) => `<li><a href="#${id}">${heading}</a></li>`);
  return `<nav aria-label="Parts of this report"><ul><li><a href="#summary">Summary</a></li>${links.join('')}<li data-script hidden><a href="#results">Node pools</a></li><li><a href="#clusters">Clusters</a></li></ul></nav>`;
}

function page(report: PrerequisiteReport): readonly string[] {
  const totals = totalsOf(report);
  const grouped = groupByCluster(report);
  const choices = choicesOf(report, totals);
  const sections = [...parts(report, totals), sharedRows(report, grouped, choices)].filter(({ body }) => body !== '');
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">',
    `<title>LocalDNS prerequisites: ${htmlText(report.scope)}</title>`,
    `<style>${style}</style></head>`,
    '<body><a class="skip" href="#summary">Skip to the summary</a><div class="page">',
    header(report, totals),
    navigation(sections),
    '<main>',
    summary(report, totals),
    ...sections.map((part) => section(part)),
    results(report, choices),
    `<section id="clusters" aria-labelledby="clusters-h"><h2 id="clusters-h">Clusters</h2>\n${clusterSections(report, grouped, choices)}\n${clusterPager()}</section>`,
    '</main></div>',
    `<script>${script}</script></body></html>`,
  ];
}

/**
 * One file for reviewers: no network, readable and printable without script, with filter and sort where there is
 * script.
 */
export const renderHtml: Renderer = (report) => `${page(report).join('\n')}\n`;
