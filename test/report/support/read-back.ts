import { parse as parseCsv } from 'csv-parse/sync';
import { sameJson } from '../../../src/core/json.ts';
import { parseHTML } from 'linkedom';
import { marked, type Token, type Tokens } from 'marked';
import type { ReportFormat } from '../../../src/report/index.ts';
import { descendants, readXml } from './xml.ts';

/** The totals in a format of the report, read by another parser. */
export interface ReadBack {
  readonly pools: Readonly<Record<string, number>>;
  readonly rows: Readonly<Record<string, number>>;
  /** Rows that are listed and count, by status; undefined if the format lists none, or not all. */
  readonly listed?: Readonly<Record<string, number>>;
}

/** Zero counts are the same as missing ones. */
export function nonZero(counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counts).filter(([, amount]) => amount > 0));
}

function tally(words: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function readMarkdown(markdown: string): ReadBack {
  const tables = marked.lexer(markdown).filter((token: Token): token is Tokens.Table => token.type === 'table');
  const of = (header: string): Record<string, number> => {
    const table = tables.find(({ header: [first] }) => first?.text === header);
    return Object.fromEntries((table?.rows ?? []).map(([word, amount]) => [word?.text ?? '', Number(amount?.text)]));
  };
  return { pools: of('Node pools'), rows: of('Status') };
}

export type CsvRecord = Readonly<Record<string, string>>;

export function csvRecords(csv: string): readonly CsvRecord[] {
  return parseCsv(csv, { columns: true, relax_column_count: false, record_delimiter: '\r\n' });
}

function readCsv(csv: string): ReadBack {
  const records = csvRecords(csv);
  const of = (record: string): Record<string, number> =>
    Object.fromEntries(
      records
        .filter(({ Record: kind }) => kind === record)
        .map(({ Status = '', Count = '' }) => [Status, Number(Count)]),
    );
  const listed = tally(
    records
      .filter(({ Record: kind, Ignored }) => kind === 'check' && Ignored === 'false')
      .map(({ Status = '' }) => Status),
  );
  const pools = tally(records.filter(({ Record: kind }) => kind === 'pool').map(({ Status = '' }) => Status));
  if (!sameJson(nonZero(of('pools')), pools)) throw new Error('The totals of pools are not those of the lines.');
  return { pools, rows: of('rows'), listed };
}

function readJunit(xml: string): ReadBack {
  const document = readXml(xml);
  const properties = descendants(document, 'property').map(
    ({ attributes }) => [attributes['name'] ?? '', attributes['value'] ?? ''] as const,
  );
  const of = (prefix: string): Record<string, number> =>
    Object.fromEntries(
      properties
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, value]) => [name.slice(prefix.length), Number(value)]),
    );
  const cases = descendants(document, 'testcase').filter(({ attributes }) => attributes['classname'] !== 'report');
  const outcome = (name: string): number =>
    cases.filter(({ children }) =>
      children.some((child) => child.name === name && child.attributes['message']?.startsWith('Ignored (') !== true),
    ).length;
  const plain = cases.filter(({ children }) => children.length === 0).length;
  const pools = tally(
    properties.filter(([name]) => name.startsWith('pool.')).map(([, value]) => /^[\w-]+/.exec(value)?.[0] ?? ''),
  );
  if (!sameJson(nonZero(of('pools.')), pools)) throw new Error('The totals of pools are not those of the suites.');
  return {
    pools,
    rows: of('rows.'),
    listed: {
      fail: outcome('failure'),
      unknown: outcome('error'),
      skip: outcome('skipped'),
      warn: outcome('system-out'),
      pass: plain,
    },
  };
}

function readHtml(html: string): ReadBack {
  const { document } = parseHTML(html);
  const cards = [...document.querySelectorAll('[data-eligibility]')].map(
    (card) => [card.getAttribute('data-eligibility') ?? '', Number(card.getAttribute('data-count'))] as const,
  );
  const heads = [...document.querySelectorAll('#statuses thead th')].map((head) => head.textContent ?? '');
  const cells = [...document.querySelectorAll('#statuses tbody tr > *')].map((cell) =>
    Number((cell.textContent ?? '').replaceAll(',', '')),
  );
  const pools = tally(
    [...document.querySelectorAll('.cluster tr[data-e]')].map((row) => row.getAttribute('data-e') ?? ''),
  );
  const shown = Object.fromEntries(cards.filter(([, amount]) => amount > 0));
  if (!sameJson(shown, pools)) throw new Error('The cards are not the rows.');
  return {
    pools,
    rows: Object.fromEntries(heads.slice(1).map((head, index) => [head, cells[index + 1] ?? NaN])),
    listed: tally(
      [...document.querySelectorAll('li[data-status]:not([data-ignored])')].map(
        (item) => item.getAttribute('data-status') ?? '',
      ),
    ),
  };
}

function readTable(text: string): ReadBack {
  const summary = /^Summary: (.*) \(rule set/m.exec(text)?.[1] ?? '';
  const rows = Object.fromEntries(
    summary
      .split(', ')
      .map((part) => part.split(' '))
      .map(([amount, status]) => [status ?? '', Number(amount)]),
  );
  const totals = /^Node pools\n((?: {2}.*\n)+)/m.exec(text)?.[1];
  if (totals !== undefined)
    return {
      rows,
      pools: Object.fromEntries(
        totals
          .trimEnd()
          .split('\n')
          .map((line) => /^ {2}([\w-]+) +(\d+)/.exec(line) ?? [])
          .map(([, word, amount]) => [word ?? '', Number(amount)]),
      ),
    };
  const result = /^Result\n((?: {2}.*\n)*)/m.exec(text)?.[1] ?? '';
  return {
    rows,
    pools: tally(
      result
        .split('\n')
        .filter((line) => /^ {2}\S/.test(line))
        .map((line) => /^ {2}\S+ +([\w-]+)/.exec(line)?.[1] ?? ''),
    ),
  };
}

function readJson(json: string): ReadBack {
  const { pools, counts, rows } = JSON.parse(json) as {
    readonly pools: readonly { readonly eligibility: string }[];
    readonly counts: Record<string, number>;
    readonly rows: readonly { readonly status: string; readonly ignored: boolean }[];
  };
  return {
    pools: tally(pools.map(({ eligibility }) => eligibility)),
    rows: counts,
    listed: tally(rows.filter(({ ignored }) => !ignored).map(({ status }) => status)),
  };
}

export const readers: Readonly<Record<ReportFormat, (text: string) => ReadBack>> = {
  table: readTable,
  json: readJson,
  md: readMarkdown,
  html: readHtml,
  junit: readJunit,
  csv: readCsv,
  'github-summary': readMarkdown,
};
