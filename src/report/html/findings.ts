import { count } from '../../core/text.ts';
import { checkStatuses, type ReportRow } from '../../model/check.ts';
import { clean } from '../clean-text.ts';
import { attributes, badge, fixed, html, type Html } from './markup.ts';

/** Links by check id. */
type Links = ReadonlyMap<string, Html>;

export function needsLook(row: ReportRow): boolean {
  return !row.ignored && (row.status === 'fail' || row.status === 'unknown' || row.status === 'warn');
}

const badges = new Map(checkStatuses.map((status) => [status, badge(status, status)]));

function item(row: ReportRow, where: string, links: Links): Html {
  const { id, status, ignored, reason, observed, required, fix, rulesetNote } = row;
  const stands = status === 'fail' || status === 'unknown';
  const attached = attributes({ 'data-ignored': ignored, 'data-p': where === '' ? undefined : where });
  return html`<li data-status=${status}${attached}>${ignored ? badge('ignored', `${status}, ignored`) : (badges.get(status) ?? status)} ${links.get(id) ?? id}${where === '' ? '' : html` <b>${where}</b>`} ${status === 'pass' ? observed : reason}${stands ? html` <small>Observed: ${observed}. Required: ${required}.</small>` : ''}${fix === undefined || status === 'pass' ? '' : html` <span class=fix>${fixed(fix)}</span>`}${rulesetNote === undefined ? '' : html` <small>${rulesetNote}</small>`}</li>`;
}

/** The rows of one place, findings first. Passed, skipped and ignored rows are collapsed. */
export function findingsList(rows: readonly ReportRow[], links: Links, whereOf: (row: ReportRow) => string): Html {
  const order = (row: ReportRow): number => checkStatuses.indexOf(row.status);
  const list = (of: readonly ReportRow[]): Html =>
    html`<ul class=f>${html.join(
      of.map((row) => item(row, clean(whereOf(row)), links)),
      '\n',
    )}</ul>`;
  const open = rows.filter((row) => needsLook(row)).sort((left, right) => order(left) - order(right));
  const rest = rows.filter((row) => !needsLook(row));
  const ignored = rest.filter((row) => row.ignored).length;
  const folded = [
    ...(rest.length > ignored ? [`${count(rest.length - ignored, 'check')} without a finding`] : []),
    ...(ignored > 0 ? [`${count(ignored, 'row')} ignored`] : []),
  ].join(', ');
  return html.join(
    [
      ...(open.length === 0 ? [] : [list(open)]),
      ...(rest.length === 0 ? [] : [html`<details class="rest"><summary>${folded}</summary>${list(rest)}</details>`]),
    ],
    '\n',
  );
}
