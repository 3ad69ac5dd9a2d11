import { renderCsv } from './csv.ts';
import type { Renderer, ReportFormat } from './format.ts';
import { renderGithubSummary } from './github-summary.ts';
import { renderHtml } from './html.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown-report.ts';
import { renderTable } from './table.ts';

export { deepCheck } from './deep-check.ts';
export { diffReports } from './diff.ts';
export { renderDiffMarkdown, renderDiffTable } from './diff-render.ts';
export type { Renderer, ReportFormat } from './format.ts';
export { maskIds } from './mask.ts';
export { prerequisites } from './prerequisites.ts';
export { reportSchema } from './report-schema.ts';
export { maxReportBytes, parseReport } from './saved-report.ts';
export { type ReportView } from './view.ts';

/** A new format is one file, its name, and a line here. A new kind of report is a view and needs no format. */
export const reportFormats: Readonly<Record<ReportFormat, Renderer>> = {
  table: renderTable,
  json: ({ report }) => `${JSON.stringify(report, null, 2)}\n`,
  md: renderMarkdown,
  html: renderHtml,
  junit: renderJunit,
  csv: renderCsv,
  'github-summary': renderGithubSummary,
};
