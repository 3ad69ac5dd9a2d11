import { rowOf, selected, type JudgedRow, type RowOptions } from '../row.ts';
import { ignoreExpired } from '../rules/ignore-expired.ts';
import { shown } from '../verdict-parts.ts';
import { isExpired, type IgnoreEntry } from './entry.ts';

/** A row for each entry that has expired. `today`: `2026-09-30`; `name` is the file's. */
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
          observed: `expired after ${expires}`,
          required: `a day from ${today} on`,
          reason: `The entry set ${id} aside ${scope === undefined ? 'everywhere' : `in ${scope}`} for ${owner} ("${reason}"); it has expired, so what it set aside counts again.`,
          fix: `Mend what the entry was for and take it out; or agree with ${owner} on a new day, and change 'expires' of entry ${String(number)} in ${file}.`,
        },
        options,
      );
    });
}
