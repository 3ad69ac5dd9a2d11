import { clip } from '../core/text.ts';
import type { ReportRow } from '../model/check.ts';
import type { Report } from '../model/report.ts';
import { clean } from './clean-text.ts';
import type { Renderer, Style } from './format.ts';
import {
  matchCount,
  bannersOf,
  countLine,
  findingsOnly,
  ignoredInOrder,
  ignoredTerms,
  originLine,
} from './statements.ts';
import { blockerLines, fleetLines, isFleet, subscriptionLines, type Page } from './table-fleet.ts';
import {
  fixLines,
  hanging,
  indented,
  narrowest,
  padded,
  page,
  painted,
  plain,
  term,
  trimmed,
  widest,
  wrapped,
  type Line,
} from './terminal.ts';
import { capital } from './totals.ts';
import type { ReportView, Subject } from './view.ts';

const statusWidth = 'UNKNOWN'.length;
/** Limits the line, because an ignore file may have thousands of entries. */
const maxIgnoredLength = 4000;

interface Layout {
  readonly indent: number;
  readonly idWidth: number;
  readonly textWidth: number;
  readonly style: Style;
}

function layout({ rows }: Report, { width, style }: Page): Layout {
  const idWidth = widest([...new Set(rows.map(({ id }) => id))]);
  const left = 2 + statusWidth + 2 + idWidth + 2;
  // Too narrow for a separate column: the text goes below the id instead.
  return width - left >= narrowest
    ? { indent: left, idWidth, textWidth: width - left, style }
    : { indent: 4, idWidth: 0, textWidth: Math.max(1, width - 4), style };
}

function details(row: ReportRow, { textWidth, style }: Layout): readonly Line[] {
  const stands = row.status === 'fail' || row.status === 'unknown';
  const fix = clean(row.fix ?? '');
  return [
    ...(stands
      ? wrapped(term`Observed: ${row.observed}. Required: ${row.required}.`, textWidth).map((line) =>
          painted(style, 'muted', line),
        )
      : []),
    ...(fix === '' || row.status === 'pass' ? [] : fixLines('Fix', fix, textWidth, style)),
    ...(row.rulesetNote === undefined ? [] : wrapped(term`Note: ${row.rulesetNote}`, textWidth)),
  ];
}

function rowLines(row: ReportRow, layout: Layout): readonly Line[] {
  const { indent, idWidth, textWidth, style } = layout;
  const status = painted(style, row.status, padded(row.status.toUpperCase(), statusWidth));
  const said = row.status === 'pass' ? row.observed : row.reason;
  const text = wrapped(row.ignored ? term`(ignored) ${said}` : said, textWidth);
  const isBeside = idWidth > 0;
  const head = isBeside
    ? term`  ${status}  ${padded(row.id, idWidth)}  ${text[0] ?? ''}`
    : term`  ${status}  ${row.id}`;
  return [trimmed(head), ...indented([...(isBeside ? text.slice(1) : text), ...details(row, layout)], indent)];
}

/** The labels of levels whose name is unclear. */
const levels: ReadonlyMap<string, string> = new Map([
  ['pool', 'Node pool'],
  ['config', 'Configuration'],
]);

/** Rows by target, each target with a heading. */
function targetLines({ report }: ReportView, page: Page): readonly Line[] {
  const groups = new Map<string, { readonly heading: Line; readonly rows: ReportRow[] }>();
  for (const row of report.rows) {
    const heading = term`${levels.get(row.level) ?? capital(row.level)} ${row.target}`;
    const group = groups.get(heading.text);
    if (group === undefined) groups.set(heading.text, { heading, rows: [row] });
    else group.rows.push(row);
  }
  const rows = layout(report, page);
  return [...groups.values()].flatMap((group) => [
    painted(page.style, 'heading', group.heading),
    ...group.rows.flatMap((row) => rowLines(row, rows)),
    term``,
  ]);
}

function subjectName({ at: { resourceGroup, cluster, pool } }: Subject): string {
  return `${resourceGroup}/${cluster}/${pool}`;
}

function subjectLines(subject: Subject, nameWidth: number, { width, style }: Page): readonly Line[] {
  const { state, causes, remark, outlook, at } = subject;
  const by = causes.length === 0 ? '' : term`: ${term.join(causes, ', ')}`;
  const group = at.group === undefined ? '' : term`; group ${at.group}`;
  const now = hanging(
    term`  ${padded(subjectName(subject), nameWidth)}  `,
    term`${state}${by} (${remark})${group}`,
    width,
  );
  if (outlook === undefined) return now;
  return [
    ...now,
    ...hanging(term`      `, outlook.text, width),
    // A command stays on one line, so that it can be copied.
    ...(outlook.pin === undefined ? [] : [term`      Pin: ${painted(style, 'command', outlook.pin)}`]),
  ];
}

function resultLines(view: ReportView, page: Page): readonly Line[] {
  const { report, subjects } = view;
  const { items = [] } = subjects ?? {};
  // For a single pool, the rows above are sufficient.
  const blocked = items.length > 1 ? blockerLines(view) : [];
  const nameWidth = widest(items.map(subjectName));
  const dark = subscriptionLines(report);
  return [
    ...(items.length === 0 ? [] : [painted(page.style, 'heading', 'Result')]),
    ...items.flatMap((subject) => subjectLines(subject, nameWidth, page)),
    ...(blocked.length === 0
      ? []
      : [painted(page.style, 'heading', `${subjects?.cause ?? ''} (${subjects?.noun ?? ''}s)`), ...blocked]),
    ...(dark.length === 0 ? [] : [painted(page.style, 'heading', 'Subscriptions that were not fully read'), ...dark]),
  ];
}

/** `spot (3 rows), surge (1 row; owner team-a, until 2027-01-31: known), owner (set nothing aside; in /x)` */
function ignoredLine(report: Report): string {
  return ignoredInOrder(report)
    .map((entry) => {
      const terms = [ignoredTerms(entry), entry.reason ?? ''].filter((text) => text !== '').join(': ');
      return `${entry.id} (${matchCount(entry)}${terms === '' ? '' : `; ${terms}`})`;
    })
    .join(', ');
}

function closing({ report, facts }: ReportView, width: number): readonly Line[] {
  const judged = facts.map(({ label, value }) => `${label.toLowerCase()} ${value}`).join(', ');
  const summary = `Summary: ${countLine(report)}${judged === '' ? '' : ` (${judged})`}.`;
  return [
    ...wrapped(report.detail === 'findings' ? `${summary} ${findingsOnly}` : summary, width),
    ...(report.ignored.length === 0
      ? []
      : wrapped(`Ignored: ${clip(clean(ignoredLine(report)), maxIgnoredLength)}.`, width)),
  ];
}

/** Suggests the next command. */
function hints(view: ReportView): readonly Line[] {
  if (isFleet(view))
    return [term`Every ${view.subjects?.short ?? 'finding'} and row: --report html=report.html, or -o json.`];
  const open = view.report.rows.find((row) => row.status === 'fail' && !row.ignored);
  return open === undefined || view.explain === undefined ? [] : [term`More about a check: ${view.explain} ${open.id}`];
}

/** Plain text for a terminal: a heading for each target, a line for each check, and its fix below. */
export const renderTable: Renderer = (view, { style = plain, width = Infinity } = {}) => {
  const options = { style, width };
  const origin = originLine(view.report);
  return page([
    term`${view.title} of ${view.report.scope}`,
    ...(origin === undefined ? [] : wrapped(origin, width).map((line) => painted(style, 'muted', line))),
    ...bannersOf(view).flatMap(({ text }) => wrapped(text, width).map((line) => painted(style, 'warn', line))),
    '',
    ...(isFleet(view) ? fleetLines(view, options) : [...targetLines(view, options), ...resultLines(view, options)]),
    ...closing(view, width),
    ...hints(view),
  ]);
};
