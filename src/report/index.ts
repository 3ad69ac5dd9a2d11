import type { Renderer } from './format.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import { renderTable } from './table.ts';

export type { RenderOptions, Renderer, Style, StyleKind } from './format.ts';
export { jsonValue } from './json.ts';
export { rowsForTable } from './table.ts';

/** A new format is one file and one line. */
export const reportFormats = {
  table: renderTable,
  json: renderJson,
  md: renderMarkdown,
} as const satisfies Readonly<Record<string, Renderer>>;

export type ReportFormat = keyof typeof reportFormats;
