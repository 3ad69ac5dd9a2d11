import { count } from '../../core/text.ts';
import { checkStatuses } from '../../model/check.ts';
import type { Eligibility, PrerequisiteReport } from '../../model/report.ts';
import type { Totals } from '../totals.ts';
import { eligibilityMeanings, findingsOnly, onlyLine, originLine, partialLine, readingLine } from '../words.ts';
import { htmlNumber, htmlTable, htmlText } from './text.ts';

/** Neighbours in the picture differ in brightness too, and the words stand beside it. */
export const pictureOrder: readonly Eligibility[] = ['enabled', 'eligible', 'unknown', 'blocked', 'skipped'];

/** Whole percents that never claim all or nothing where it is not so. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '0 %';
  const share = (100 * part) / whole;
  if (share > 0 && share < 1) return '< 1 %';
  if (share > 99 && share < 100) return '> 99 %';
  return `${String(Math.round(share))} %`;
}

function stackedBar({ pools }: Totals, total: number): string {
  if (total === 0) return '';
  let x = 0;
  const parts = pictureOrder.map((eligibility) => {
    const width = (1000 * pools[eligibility]) / total;
    const rect =
      width === 0
        ? ''
        : `<rect class="${eligibility}" x="${x.toFixed(2)}" y="0" width="${Math.max(width, 1).toFixed(2)}" height="40"><title>${eligibility}: ${htmlNumber(pools[eligibility])}</title></rect>`;
    x += width;
    return rect;
  });
  const words = pictureOrder
    .filter((eligibility) => pools[eligibility] > 0)
    .map((eligibility) => `${htmlNumber(pools[eligibility])} ${eligibility}`)
    .join(', ');
  return `<svg class="stack" viewBox="0 0 1000 40" preserveAspectRatio="none" role="img" aria-label="Node pools: ${words}">${parts.join('')}</svg>`;
}

function card(eligibility: Eligibility, amount: number, total: number): string {
  return `<li class="card ${eligibility}" data-eligibility="${eligibility}" data-count="${String(amount)}"><span class="big">${htmlNumber(amount)}</span> <span class="what">${eligibility}</span> <span class="share">${percent(amount, total)}</span><span class="mean">${eligibilityMeanings[eligibility]}</span></li>`;
}

const shownBars = 10;

function blockedBars({ checks, pools }: Totals): string {
  const bars = checks.filter(({ blocked }) => blocked > 0);
  if (bars.length === 0) return '';
  const items = bars
    .slice(0, shownBars)
    .map(
      ({ id, title, blocked }) =>
        `<li><span class="id">${htmlText(id)}</span><span class="ask">${htmlText(title)}</span><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="10"/><rect class="blocked" width="${Math.min(100, (100 * blocked) / Math.max(1, pools.blocked)).toFixed(2)}" height="10"/></svg><span class="n">${htmlNumber(blocked)}</span></li>`,
    );
  const hidden = bars.length - shownBars;
  return `<h3 id="by">What blocks them</h3>\n<p class="muted">The share of the ${count(pools.blocked, 'blocked pool')} that each check blocks; a pool can be blocked by several.</p>\n<ol class="bars" aria-labelledby="by">${items.join('\n')}</ol>${hidden > 0 ? `\n<p class="muted">… and ${count(hidden, 'more check')}; all are below.</p>` : ''}`;
}

function facts(report: PrerequisiteReport, totals: Totals): string {
  const { subscriptions = [] } = report;
  return [
    `Rule set <b>${report.ruleset}</b>`,
    `<b>${htmlNumber(report.pools.length)}</b> ${report.pools.length === 1 ? 'node pool' : 'node pools'}`,
    `<b>${htmlNumber(totals.clusters)}</b> ${totals.clusters === 1 ? 'cluster' : 'clusters'}`,
    ...(subscriptions.length === 0
      ? []
      : [
          `<b>${htmlNumber(subscriptions.length)}</b> ${subscriptions.length === 1 ? 'subscription' : 'subscriptions'} (${readingLine(report)})`,
        ]),
  ]
    .map((fact) => `<li>${fact}</li>`)
    .join('');
}

export function header(report: PrerequisiteReport, totals: Totals): string {
  const origin = originLine(report);
  const [partial, only] = [partialLine(report), onlyLine(report)];
  const note = (heading: string, line: string | undefined): string =>
    line === undefined ? '' : `\n<p class="partial" role="note"><b>${heading}</b> ${htmlText(line)}</p>`;
  return `<header><p class="brand">aks-localdns check</p><h1>LocalDNS prerequisites</h1><p class="scope">${htmlText(report.scope)}</p>${origin === undefined ? '' : `<p class="muted">${htmlText(origin)}</p>`}<ul class="facts">${facts(report, totals)}</ul>${note('Partial report.', partial)}${note('Some checks alone.', only)}</header>`;
}

/** The picture that is shown around: how many can have it, and what stands in the way. */
export function summary(report: PrerequisiteReport, totals: Totals): string {
  const total = report.pools.length;
  return [
    '<section id="summary" aria-labelledby="summary-h"><h2 id="summary-h">Summary</h2>',
    ...(total === 0
      ? ['<p>There are no node pools in this scope.</p>']
      : [
          stackedBar(totals, total),
          `<ul class="cards" aria-label="Node pools by eligibility">${pictureOrder.map((eligibility) => card(eligibility, totals.pools[eligibility], total)).join('\n')}</ul>`,
        ]),
    blockedBars(totals),
    htmlTable(
      'statuses',
      'Checks judged, by status',
      [{ header: 'Status' }, ...checkStatuses.map((status) => ({ header: status, number: true }))],
      [['Rows', ...checkStatuses.map((status) => htmlNumber(report.counts[status]))]],
    ),
    ...(report.detail === 'findings' ? [`<p class="muted">${findingsOnly}</p>`] : []),
    '</section>',
  ].join('\n');
}
