import { renderCsv } from './csv.ts';
import type { Renderer } from './format.ts';
import type { ReportFormat } from './format-names.ts';
import { renderGithubSummary } from './github-summary.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderTable } from './table.ts';

/** A new format is one file, its name, and a line here. */
export const reportFormats: Readonly<Record<ReportFormat, Renderer>> = {
  table: renderTable,
  json: renderJson,
  md: renderMarkdown,
  html: renderHtml,
  junit: renderJunit,
  csv: renderCsv,
  'github-summary': renderGithubSummary,
};
