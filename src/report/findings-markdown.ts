import type { FindingsReport } from './findings.ts';
import { fileName, findingsLine } from './findings.ts';
import { markdownCode, markdownTable, markdownText } from './markdown-text.ts';

/** For pull requests and job summaries: the counts, then a table for each file. */
export function renderFindingsMarkdown(report: FindingsReport): string {
  const sections = report.files.flatMap(({ file, findings }) => {
    const rows = findings.map(({ rule, severity, line, column, path, message, instead = '', ignored }) => [
      `${String(line)}:${String(column)}`,
      ignored === true ? `${severity} (ignored)` : severity,
      rule,
      markdownCode(path),
      markdownText(message),
      instead === '' ? '' : markdownCode(instead),
    ]);
    const body =
      rows.length === 0
        ? ['Nothing to say.']
        : markdownTable(['Place', 'Severity', 'Rule', 'Path', 'What and why', 'Instead'], rows);
    return [`## ${markdownText(fileName(file))}`, '', ...body, ''];
  });
  return `${['# LocalDNS configuration', '', `Found: ${findingsLine(report)}.`, '', ...sections].join('\n').trimEnd()}\n`;
}
