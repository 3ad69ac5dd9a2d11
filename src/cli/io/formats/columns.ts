import type { JsonValue } from '../../../core/json.ts';
import { brief } from '../../../core/text.ts';
import { compileQuery } from '../query.ts';
import type { Column } from '../result.ts';
import { asList, cellText, formatRows } from './table.ts';

/**
 * A table with the columns of the command definition and one row per item. As in az, a column that is null in every row
 * is omitted.
 */
export async function formatColumns(value: JsonValue, columns: readonly Column[], width?: number): Promise<string> {
  const items = asList(value);
  const filled = await Promise.all(
    columns.map(async ({ header, path, brief: isBrief = false }) => {
      const query = await compileQuery(path);
      return { header, isBrief, cells: items.map((item) => query.apply(item)) };
    }),
  );
  const shown = filled.filter((column) => column.cells.some((cell) => cell !== null));
  const rows = items.map((_, index) =>
    shown.map(({ cells, isBrief }) => {
      const text = cellText(cells[index] ?? null);
      return isBrief ? brief(text) : text;
    }),
  );
  return formatRows(
    shown.map((column) => column.header),
    rows,
    width,
  );
}
