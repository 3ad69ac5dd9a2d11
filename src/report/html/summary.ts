import { count } from '../../core/text.ts';
import { checkStatuses } from '../../model/check.ts';
import { bannersOf, findingsOnly, originLine, readingLine } from '../statements.ts';
import { blockers, capital, type Totals } from '../totals.ts';
import { column, inOrder, type ReportView, type State, type Subjects, type Tone } from '../view.ts';
import { grouped, html, nothing, table, type Html } from './markup.ts';

/** Neighbours in the chart also differ in brightness, and text beside it names them. */
const chartOrder: readonly Tone[] = ['enabled', 'eligible', 'unknown', 'blocked', 'skipped'];

/** Whole percentages; 0 % and 100 % only if exact. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '0 %';
  const share = (100 * part) / whole;
  if (share > 0 && share < 1) return '< 1 %';
  if (share > 99 && share < 100) return '> 99 %';
  return `${String(Math.round(share))} %`;
}

interface Amount extends State {
  readonly amount: number;
}

function stackedBar(amounts: readonly Amount[], total: number, nouns: string): Html {
  let x = 0;
  const parts = amounts.map(({ name, tone, amount }) => {
    const width = (1000 * amount) / total;
    const at = x;
    x += width;
    if (width === 0) return nothing;
    return html`<rect class="${tone}" x="${at.toFixed(2)}" y="0" width="${Math.max(width, 1).toFixed(2)}" height="40"><title>${name}: ${grouped(amount)}</title></rect>`;
  });
  const words = amounts.filter(({ amount }) => amount > 0).map(({ name, amount }) => `${grouped(amount)} ${name}`);
  return html`<svg class="stack" viewBox="0 0 1000 40" preserveAspectRatio="none" role="img" aria-label="${nouns}: ${words.join(', ')}">${html.join(parts)}</svg>`;
}

function card({ name, tone, meaning, amount }: Amount, total: number): Html {
  return html`<li class="card ${tone}" data-eligibility="${name}" data-count="${amount}"><span class="big">${grouped(amount)}</span> <span class="what">${name}</span> <span class="share">${percent(amount, total)}</span><span class="mean">${meaning}</span></li>`;
}

const shownBars = 10;

/** The checks that block the most subjects, each with its share of the blocked ones. */
function blockedBars(totals: Totals, blocked: number, short: string): Html {
  const bars = blockers(totals);
  if (bars.length === 0) return nothing;
  const items = bars.slice(0, shownBars).map((check) => {
    const width = Math.min(100, (100 * check.blocked) / Math.max(1, blocked)).toFixed(2);
    return html`<li><span class="id">${check.problem}</span><span class="ask">${check.id}</span><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="10"/><rect class="blocked" width="${width}" height="10"/></svg><span class="n">${grouped(check.blocked)}</span></li>`;
  });
  const hidden = bars.length - shownBars;
  const rest = hidden > 0 ? html`\n<p class="muted">… and ${count(hidden, 'more check')}; listed below.</p>` : nothing;
  return html`<h3 id="by">Blocking checks</h3>
<p class="muted">The share of the ${count(blocked, `blocked ${short}`)} that each check blocks. Several checks can block the same ${short}.</p>
<ol class="bars" aria-labelledby="by">${html.join(items, '\n')}</ol>${rest}`;
}

function fact(amount: number, noun: string, rest: string): Html {
  return html`<li><b>${grouped(amount)}</b> ${amount === 1 ? noun : `${noun}s`}${rest}</li>`;
}

export function header(view: ReportView): Html {
  const { report, title, command, facts, extent } = view;
  const { subscriptions = [] } = report;
  const origin = originLine(report);
  const listed = [
    ...facts.map(({ label, value }) => html`<li>${label} <b>${value}</b></li>`),
    ...extent.map(({ amount, noun }) => fact(amount, noun, '')),
    ...(subscriptions.length === 0
      ? []
      : [
          html`<li><b>${grouped(subscriptions.length)}</b> ${subscriptions.length === 1 ? 'subscription' : 'subscriptions'} (${readingLine(subscriptions)})</li>`,
        ]),
  ];
  const notes = bannersOf(view).map(
    ({ heading, text }) => html`\n<p class="partial" role="note"><b>${heading}</b> ${text}</p>`,
  );
  return html`<header><p class="brand">${command}</p><h1>${title}</h1><p class="scope">${report.scope}</p>${origin === undefined ? '' : html`<p class="muted">${origin}</p>`}<ul class="facts">${html.join(listed)}</ul>${html.join(notes)}</header>`;
}

function picture(subjects: Subjects, totals: Totals): readonly Html[] {
  const { noun, short, state, items } = subjects;
  const total = items.length;
  const amounts = inOrder(subjects.states, chartOrder).map((each) => ({
    ...each,
    amount: totals.states.get(each.name) ?? 0,
  }));
  const blocked = amounts.filter(({ tone }) => tone === 'blocked').reduce((sum, { amount }) => sum + amount, 0);
  return [
    ...(total === 0
      ? [html`<p>There are no ${noun}s in this scope.</p>`]
      : [
          stackedBar(amounts, total, `${capital(noun)}s`),
          html`<ul class="cards" aria-label="${capital(noun)}s by ${state.toLowerCase()}">${html.join(
            amounts.map((each) => card(each, total)),
            '\n',
          )}</ul>`,
        ]),
    blockedBars(totals, blocked, short),
  ];
}

/** The summary for presentations: how many subjects are eligible, and what blocks the others. */
export function summary({ report, subjects }: ReportView, totals: Totals): Html {
  const statuses = {
    caption: 'Checks judged, by status',
    columns: [column('Status'), ...checkStatuses.map((status) => column(status, 'number'))],
    rows: [['Rows', ...checkStatuses.map((status) => report.counts[status])]],
  };
  return html.join(
    [
      html`<section id="summary" aria-labelledby="summary-h"><h2 id="summary-h">Summary</h2>`,
      ...(subjects === undefined ? [] : picture(subjects, totals)),
      table('statuses', statuses),
      ...(report.detail === 'findings' ? [html`<p class="muted">${findingsOnly}</p>`] : []),
      html`</section>`,
    ],
    '\n',
  );
}
