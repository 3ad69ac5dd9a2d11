import { clip, clipMiddle, count } from '../core/text.ts';
import type { CheckStatus } from '../model/check.ts';
import type { Report } from '../model/report.ts';
import { clean } from './clean-text.ts';
import type { Style } from './format.ts';
import { worstFirst } from './places.ts';
import { extentLine, readingMeanings } from './statements.ts';
import { fixLines, indented, padded, painted, term, trimmed, widest, type Line } from './terminal.ts';
import { blockers, capital, totalsOf, type CheckTotals } from './totals.ts';
import type { ReportView } from './view.ts';

/** A longer list would scroll off the screen; file formats have all rows. */
const most = { checks: 15, subjects: 25, lines: 20, subscriptions: 15 };
const maxLength = 300;
/** A group, a cluster and a pool can have up to 167 characters together. */
const maxNameLength = 170;

export interface Page {
  readonly style: Style;
  readonly width: number;
}

/** A larger report shows totals and the most urgent rows instead of every row. */
const many = { subjects: 40, rows: 400 };

export function isFleet({ report, subjects }: ReportView): boolean {
  return subjects === undefined ? report.rows.length > many.rows : subjects.items.length > many.subjects;
}

function short(text: string): string {
  return clip(clean(text), maxLength);
}

function aligned(lines: readonly (readonly [name: string, amount: number, rest: string])[]): readonly Line[] {
  const rows = lines.map(([name, amount, rest]) => [short(name), amount, short(rest)] as const);
  const [name, amount] = [widest(rows.map(([word]) => word)), widest(rows.map(([, number]) => number))];
  return rows.map(([word, number, rest]) => trimmed(term`  ${padded(word, name)}  ${padded(number, amount)}  ${rest}`));
}

function more(hidden: number, what: string): readonly Line[] {
  return hidden > 0 ? [term`  … and ${count(hidden, `more ${what}`)}`] : [];
}

function section(heading: string, lines: readonly Line[], { style }: Page): readonly Line[] {
  return lines.length === 0 ? [] : [painted(style, 'heading', heading), ...lines, term``];
}

function checkLines(
  checks: readonly CheckTotals[],
  amountOf: (check: CheckTotals) => number,
  status: CheckStatus,
  page: Page,
): readonly Line[] {
  const found = checks.filter((check) => amountOf(check) > 0).sort((left, right) => amountOf(right) - amountOf(left));
  const heads = aligned(
    found
      .slice(0, most.checks)
      .map((check) => [status === 'unknown' ? check.title : check.problem, amountOf(check), check.id]),
  );
  return [
    ...heads.flatMap((head, index) => {
      const first = found[index]?.fixes[status];
      const fix = clean(first?.fix ?? '');
      const label = first?.oneFix === true ? 'Fix' : 'Fix for the first';
      return fix === '' ? [head] : [head, ...indented(fixLines(label, fix, page.width - 4, page.style))];
    }),
    ...more(found.length - most.checks, 'check'),
  ];
}

function worst(view: ReportView, noun: string): readonly Line[] {
  const looks = new Set(
    view.subjects?.states.filter(({ tone }) => tone === 'blocked' || tone === 'unknown').map(({ name }) => name),
  );
  const telling = worstFirst(view).filter(({ state }) => looks.has(state));
  const shown = telling.slice(0, most.subjects).map(({ at, state, causes }) => ({
    name: clipMiddle(clean(`${at.resourceGroup}/${at.cluster}/${at.pool}`), maxNameLength),
    state,
    causes,
  }));
  const width = widest(shown.map(({ name }) => name));
  return [
    ...shown.map(({ name, state, causes }) => term`  ${padded(name, width)}  ${state}: ${short(causes.join(', '))}`),
    ...more(telling.length - shown.length, noun),
  ];
}

/** Subscriptions that were not fully read, one line each. */
export function subscriptionLines({ subscriptions = [] }: Report): readonly Line[] {
  const dark = subscriptions.filter(({ reading }) => reading !== 'read');
  return [
    ...dark
      .slice(0, most.subscriptions)
      .map(
        ({ name, subscriptionId, reading }) =>
          term`  ${short(name)} (${short(subscriptionId)}): ${readingMeanings[reading]}`,
      ),
    ...more(dark.length - most.subscriptions, 'subscription'),
  ];
}

function stateLines({ subjects }: ReportView, amounts: ReadonlyMap<string, number>): readonly Line[] {
  return aligned(
    (subjects?.states ?? []).flatMap(({ name, meaning }) => {
      const amount = amounts.get(name) ?? 0;
      return amount === 0 ? [] : [[name, amount, meaning] as const];
    }),
  );
}

/** `Kubernetes older than 1.31  34  kubernetes-version` */
export function blockerLines(view: ReportView): readonly Line[] {
  return aligned(blockers(totalsOf(view)).map(({ problem, blocked, id }) => [problem, blocked, id]));
}

/** Totals first, then the blocking checks, then the most urgent subjects. */
export function fleetLines(view: ReportView, page: Page): readonly Line[] {
  const { states, checks } = totalsOf(view);
  const { subjects } = view;
  const nouns = `${subjects?.noun ?? 'row'}s`;
  const extent = extentLine(view);
  return [
    ...(extent === undefined ? [] : [term`${extent}`, term``]),
    ...section(capital(nouns), stateLines(view, states), page),
    ...(subjects === undefined
      ? section(
          'Failures (rows)',
          checkLines(checks, ({ rows }) => rows.fail, 'fail', page),
          page,
        )
      : section(
          `${subjects.cause} (${nouns})`,
          checkLines(checks, ({ blocked }) => blocked, 'fail', page),
          page,
        )),
    ...section(
      'Could not be evaluated (rows)',
      checkLines(checks, ({ rows }) => rows.unknown, 'unknown', page),
      page,
    ),
    ...section(
      'Warnings (rows)',
      checkLines(checks, ({ rows }) => rows.warn, 'warn', page),
      page,
    ),
    ...view
      .sections()
      .flatMap(({ heading, lines = [], noun }) =>
        section(
          `${short(heading)} (${nouns})`,
          [...aligned(lines.slice(0, most.lines)), ...more(lines.length - most.lines, noun)],
          page,
        ),
      ),
    ...section('Subscriptions that were not fully read', subscriptionLines(view.report), page),
    ...section(`${capital(nouns)} that need attention first`, worst(view, subjects?.noun ?? ''), page),
  ];
}
