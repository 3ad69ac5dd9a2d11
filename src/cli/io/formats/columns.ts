import type { JsonValue } from '../../../core/json.ts';
import type { Column } from '../../framework/definition.ts';
import { compileQuery } from '../query.ts';
import { asList, cellText, formatRows } from './table.ts';

/** A table of the columns that a command's definition names; a row an item of the value. */
export async function formatColumns(value: JsonValue, columns: readonly Column[]): Promise<string> {
  const queries = await Promise.all(columns.map(async (column) => compileQuery(column.path)));
  const rows = asList(value).map((item) => queries.map((query) => cellText(query.apply(item))));
  return formatRows(columns.map((column) => column.header), rows);
}
