import Table from 'cli-table3';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.ts';
import { printable, wrapWords } from '../../../core/text.ts';
import { terminalText } from '../terminal-text.ts';
import { scalarText } from './tsv.ts';

/** Columns that knack always omits. */
const skipped = new Set(['id', 'type', 'etag']);

type Row = ReadonlyMap<string, string>;

/**
 * A table as the Azure CLI draws it: one row per object and one column per scalar, sorted by key unless the order is
 * meaningful.
 */
export function formatTable(value: JsonValue, sortKeys: boolean, width?: number): string {
  const rows = asList(value).map((item) => autoRow(item, sortKeys));
  const headers = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return formatRows(
    headers,
    rows.map((row) => headers.map((header) => row.get(header) ?? '')),
    width,
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

/** The text of a cell: empty for null, JSON for objects and lists. */
export function cellText(value: JsonValue): string {
  if (value === null) return '';
  return typeof value === 'object' ? printable(JSON.stringify(value)) : scalarText(value);
}

/** Columns with less room than this are no help. */
const minimum = 16;

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
 * is at least two wider than its header. Without columns or rows it is an empty line, as in az. Where it is wider than
 * the terminal, cells of several words continue below; if that is not enough, each row is a list of its own.
 */
export function formatRows(headers: readonly string[], rows: readonly (readonly string[])[], width?: number): string {
  if (rows.length === 0 || headers.length === 0) return '\n';
  const wide = drawn(headers, rows);
  if (width === undefined || wide.every((line) => line.length <= width)) return `${wide.join('\n')}\n`;
  const narrow = drawn(headers, wrappedCells(headers, rows, width));
  const fits = narrow.every((line) => line.length <= width);
  return `${(fits ? narrow : lists(headers, rows, width)).join('\n')}\n`;
}

/** Cells that are wrapped in what the widest column may have once all others have what they need. */
function wrappedCells(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly (readonly string[])[] {
  const widths = headers.map((header, column) =>
    Math.max(header.length + 2, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const widest = widths.indexOf(Math.max(...widths));
  const others = widths.reduce((sum, each, column) => sum + (column === widest ? 0 : each + 2), 0);
  const room = Math.max(minimum, width - others);
  return rows.map((row) => row.map((cell, column) => (column === widest ? wrapWords(cell, room).join('\n') : cell)));
}

/** `Name  userpool`: a line a cell, and an empty line between rows. */
function lists(headers: readonly string[], rows: readonly (readonly string[])[], width: number): readonly string[] {
  const label = Math.max(...headers.map((header) => printable(header).length)) + 2;
  const room = Math.max(minimum, width - label);
  return rows.flatMap((row, index) => [
    ...(index === 0 ? [] : ['']),
    ...headers.flatMap((header, column) =>
      wrapWords(row[column] ?? '', room).map((line, place) =>
        terminalText(`${(place === 0 ? printable(header) : '').padEnd(label)}${line}`.trimEnd(), {
          width,
          ascii: false,
        }),
      ),
    ),
  ]);
}

function drawn(headers: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const table = new Table({
    head: headers.map((header) => `${printable(header)}  `),
    chars: bare,
    style: { 'padding-left': 0, 'padding-right': 0, border: [], head: [], compact: true },
  });
  for (const row of rows) table.push(row.map((cell) => cell.trim()));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}
