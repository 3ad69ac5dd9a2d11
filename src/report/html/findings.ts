import { count } from '../../core/text.ts';
import { checkStatuses, type CheckRow } from '../../model/check.ts';
import { placeOf } from '../../model/ids.ts';
import { badge, htmlFix, htmlText } from './text.ts';

/** `id` to its place in the table of checks. */
export type CheckIndex = ReadonlyMap<string, number>;

export function needsLook(row: CheckRow): boolean {
  return !row.ignored && (row.status === 'fail' || row.status === 'unknown' || row.status === 'warn');
}

function item(row: CheckRow, where: string, checks: CheckIndex): string {
  const index = checks.get(row.id);
  const id = index === undefined ? htmlText(row.id) : `<a href="#k${String(index)}">${htmlText(row.id)}</a>`;
  const kind = row.ignored ? 'ignored' : row.status;
  const detail =
    row.status === 'fail' || row.status === 'unknown'
      ? ` <small>Observed: ${htmlText(row.observed)}. Required: ${htmlText(row.required)}.</small>`
      : '';
  const fix = row.fix === undefined || row.status === 'pass' ? '' : ` <span class=fix>${htmlFix(row.fix)}</span>`;
  const note = row.rulesetNote === undefined ? '' : ` <small>${htmlText(row.rulesetNote)}</small>`;
  return `<li data-status=${row.status}${row.ignored ? ' data-ignored' : ''}${where === '' ? '' : ` data-p="${where}"`}>${badge(kind, row.ignored ? `${row.status}, ignored` : row.status)} ${id}${where === '' ? '' : ` <b>${where}</b>`} ${htmlText(row.status === 'pass' ? row.observed : row.reason)}${detail}${fix}${note}</li>`;
}

/** The rows of one place, findings first; what passes, is passed over or set aside folds away. */
export function findingsList(
  rows: readonly CheckRow[],
  checks: CheckIndex,
  whereOf: (row: CheckRow) => string = (row) => htmlText(placeOf(row.resourceId).pool),
): string {
  const order = (row: CheckRow): number => checkStatuses.indexOf(row.status);
  const list = (of: readonly CheckRow[]): string =>
    `<ul class=f>${of.map((row) => item(row, whereOf(row), checks)).join('\n')}</ul>`;
  const open = rows.filter((row) => needsLook(row)).sort((left, right) => order(left) - order(right));
  const rest = rows.filter((row) => !needsLook(row));
  const ignored = rest.filter((row) => row.ignored).length;
  const folded = [
    ...(rest.length > ignored ? [`${count(rest.length - ignored, 'check')} without a finding`] : []),
    ...(ignored > 0 ? [`${count(ignored, 'row')} ignored`] : []),
  ].join(', ');
  return [
    ...(open.length === 0 ? [] : [list(open)]),
    ...(rest.length === 0 ? [] : [`<details class="rest"><summary>${folded}</summary>${list(rest)}</details>`]),
  ].join('\n');
}
