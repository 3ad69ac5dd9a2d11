import * as fc from 'fast-check';
import { parse as parseCsv } from 'csv-parse/sync';
import { parseHTML } from 'linkedom';
import { marked, type Token, type Tokens } from 'marked';
import { describe, expect, test } from 'vitest';
import type { PrerequisiteReport } from '../../src/model/report.ts';
import { csvColumns } from '../../src/report/csv.ts';
import { prerequisites, reportFormats, type ReportFormat } from '../../src/report/index.ts';
import { hostileReport, hostileReports } from './support/hostile.ts';
import { readers } from './support/read-back.ts';
import { descendants, readXml } from './support/xml.ts';

const acting =
  /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

function countsOf(report: PrerequisiteReport): number[] {
  return Object.values(report.counts).map(Number);
}

function checkHtml(report: PrerequisiteReport, html: string): void {
  const { document } = parseHTML(html);
  expect(document.querySelectorAll('script')).toHaveLength(1);
  expect(document.querySelectorAll('style')).toHaveLength(1);
  expect(document.querySelectorAll('img, iframe, object, embed, base, link, audio, video, template')).toHaveLength(0);
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      expect(name).not.toMatch(/^on|^srcdoc$|^style$|^action$/);
      if (name === 'href') expect(value).toMatch(/^(?:#[\w-]+|https:\/\/[\w.-]+(?:\/[\w./#-]*)?)$/);
    }
  }
  expect(document.querySelectorAll('.cluster tr[data-e]')).toHaveLength(report.pools.length);
  expect(document.querySelectorAll('li[data-status]')).toHaveLength(report.rows.length);
}

function checkMarkdown(markdown: string): void {
  const harmless = new Set([
    'heading',
    'paragraph',
    'table',
    'list',
    'blockquote',
    'space',
    'text',
    'strong',
    'codespan',
    'list_item',
    'link',
    'escape',
  ]);
  void marked.walkTokens(marked.lexer(markdown), (token: Token) => {
    expect(harmless).toContain(token.type);
    if (token.type === 'link') expect((token as Tokens.Link).href).toMatch(/^https:\/\/[\w.-]+(?:\/[\w./#-]*)?$/);
    if (token.type === 'table')
      for (const row of (token as Tokens.Table).rows) expect(row).toHaveLength((token as Tokens.Table).header.length);
  });
}

function checkCsv(report: PrerequisiteReport, csv: string): void {
  const records = parseCsv(csv, { relax_column_count: false, record_delimiter: '\r\n' });
  const columns = csvColumns(prerequisites(report));
  expect(records[0]).toEqual(columns);
  for (const record of records) {
    expect(record).toHaveLength(columns.length);
    for (const cell of record) expect(cell).not.toMatch(/^[\s"]*[=+\-@＝＋－＠\t\r]|;[\s"]*[=+\-@＝＋－＠]|[\r\n]/);
  }
  expect(records.filter(([kind]) => kind === 'pool')).toHaveLength(report.pools.length);
  expect(records.filter(([kind]) => kind === 'check')).toHaveLength(report.rows.length);
}

const checks: Readonly<Record<ReportFormat, (report: PrerequisiteReport, text: string) => void>> = {
  table: () => undefined,
  json: (report, text) => {
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(report)));
  },
  md: (_, text) => {
    checkMarkdown(text);
  },
  'github-summary': (_, text) => {
    checkMarkdown(text);
  },
  html: checkHtml,
  csv: checkCsv,
  junit: (report, text) => {
    expect(descendants(readXml(text), 'testcase')).toHaveLength(report.rows.length + 1);
  },
};

describe.each(Object.keys(reportFormats) as ReportFormat[])('external texts in the report as %s', (format) => {
  test('break nothing, hide nothing, and add no control character', () => {
    fc.assert(
      fc.property(hostileReports, (report) => {
        const text = reportFormats[format](prerequisites(report), { width: 100 });
        if (format !== 'json') expect(text).not.toMatch(acting);
        expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
        checks[format](report, text);
        if (format !== 'table') expect(Object.values(readers[format](text).rows)).toEqual(countsOf(report));
      }),
      { numRuns: 60 },
    );
  });

  test('break nothing if each is in every place at once', () => {
    const report = hostileReport();
    const text = reportFormats[format](prerequisites(report), { width: 100 });
    if (format !== 'json') expect(text).not.toMatch(acting);
    checks[format](report, text);
  });
});
