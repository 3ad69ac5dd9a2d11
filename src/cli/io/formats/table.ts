import Table from 'cli-table3';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.ts';
import { printable } from '../../../core/text.ts';
import { scalarText } from './tsv.ts';

/** Columns that knack never shows. */
const skipped = new Set(['id', 'type', 'etag']);

type Row = ReadonlyMap<string, string>;

/**
 * A table as the Azure CLI draws it: a row an object; every scalar a column, sorted by key unless the order means
 * something.
 */
export function formatTable(value: JsonValue, sortKeys: boolean): string {
  const rows = asList(value).map((item) => autoRow(item, sortKeys));
  const headers = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return formatRows(
    headers,
    rows.map((row) => headers.map((header) => row.get(header) ?? '')),
  );
}

export function asList(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

function autoRow(item: JsonValue, sortKeys: boolean): Row {
  if (Array.isArray(item))
    return new Map((item as readonly JsonValue[]).map((cell, index) => [`Column${String(index + 1)}`, cellText(cell)]));
  if (!isJsonObject(item)) return new Map([['Result', cellText(item)]]);
  const keys = Object.keys(item).filter((key) => !skipped.has(key) && isScalar(item, key));
  if (sortKeys) keys.sort();
  return new Map(keys.map((key) => [`${key.charAt(0).toUpperCase()}${key.slice(1)}`, cellText(item[key] ?? null)]));
}

function isScalar(item: JsonObject, key: string): boolean {
  const value = item[key];
  return value !== undefined && value !== null && typeof value !== 'object';
}

/** What a cell shows: nothing for null, JSON for what is not plain. */
export function cellText(value: JsonValue): string {
  if (value === null) return '';
  return typeof value === 'object' ? printable(JSON.stringify(value)) : scalarText(value);
}

const bare = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '-',
  'mid-mid': '  ',
  right: '',
  'right-mid': '',
  middle: '  ',
} as const;

/**
 * tabulate's "simple" style, which the Azure CLI uses: a header, dashes under it, two spaces between columns; a column
 * is at least two wider than its header. No columns or rows: an empty line, as az prints it.
 */
export function formatRows(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0 || headers.length === 0) return '\n';
  const table = new Table({
    head: headers.map((header) => `${printable(header)}  `),
    chars: bare,
    style: { 'padding-left': 0, 'padding-right': 0, border: [], head: [], compact: true },
  });
  for (const row of rows) table.push(row.map((cell) => cell.trim()));
  const lines = table.toString().split('\n');
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}
