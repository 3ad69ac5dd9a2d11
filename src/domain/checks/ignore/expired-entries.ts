import { rowOf, selected, type JudgedRow, type RowOptions } from '../row.ts';
import { ignoreExpired } from '../rules/ignore-expired.ts';
import { shown } from '../verdict-parts.ts';
import { isExpired, type IgnoreEntry } from './entry.ts';

/** A row for each expired entry. `today`: `2026-09-30`; `name`: the name of the file. */
export function expiredRows(
  entries: readonly IgnoreEntry[],
  today: string,
  name: string,
  options: RowOptions,
): readonly JudgedRow[] {
  if (!selected(ignoreExpired, options)) return [];
  const file = shown(name);
  return entries
    .filter((entry) => isExpired(entry, today))
    .map((entry) => {
      const { number, id, scope, owner, reason, expires } = entry;
      const place = `${file}#${String(number)}`;
      return rowOf(
        ignoreExpired,
        { target: place, resourceId: place },
        {
          status: 'warn',
          observed: `expired on ${expires}`,
          required: `${today} or later`,
          reason: `The entry of ${owner} ("${reason}") that ignored ${id} ${scope === undefined ? 'everywhere' : `in ${scope}`} has expired, so its findings count again.`,
          fix: `Fix the findings and remove entry ${String(number)} from ${file}, or agree on a new date with ${owner} and change 'expires' there.`,
        },
        options,
      );
    });
}
