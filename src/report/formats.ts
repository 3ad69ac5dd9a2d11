import { renderCsv } from './csv.ts';
import type { Renderer } from './format.ts';
import { renderGithubSummary } from './github-summary.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderTable } from './table.ts';

/** A new format is one file and one line. */
export const reportFormats = {
  table: renderTable,
  json: renderJson,
  md: renderMarkdown,
  html: renderHtml,
  junit: renderJunit,
  csv: renderCsv,
  'github-summary': renderGithubSummary,
} as const satisfies Readonly<Record<string, Renderer>>;

export type ReportFormat = keyof typeof reportFormats;
