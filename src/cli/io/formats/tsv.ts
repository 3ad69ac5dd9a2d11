import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.ts';
import { printable } from '../../../core/text.ts';

/**
 * Tab-separated values as knack's `_TsvOutput` writes them: no header; a list cell is its length, an object cell is
 * empty, null is `None`. Values of the result are sorted by key; those of objects built by a query keep its order.
 */
export function formatTsv(value: JsonValue, original: ReadonlySet<JsonObject> | undefined): string {
  const rows: readonly JsonValue[] = Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
  return rows.map((row) => `${rowText(row, original)}\n`).join('');
}

function rowText(row: JsonValue, original: ReadonlySet<JsonObject> | undefined): string {
  if (Array.isArray(row)) return (row as readonly JsonValue[]).map((item) => cell(item)).join('\t');
  if (isJsonObject(row)) {
    const keys = Object.keys(row).filter((key) => row[key] !== undefined);
    if (original?.has(row) !== false) keys.sort();
    return keys.map((key) => cell(row[key] ?? null)).join('\t');
  }
  return typeof row === 'boolean' ? String(row) : cell(row);
}

function cell(value: JsonValue): string {
  if (Array.isArray(value)) return String(value.length);
  if (isJsonObject(value)) return '';
  return scalarText(value);
}

/** A scalar in the form of Python's `str`. */
export function scalarText(value: JsonValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return printable(typeof value === 'string' ? value : JSON.stringify(value));
}
