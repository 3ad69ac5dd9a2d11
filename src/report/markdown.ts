import { count, oneLine } from '../core/text.ts';
import { checkStatuses, type CheckRow } from '../model/check.ts';
import type { PrerequisiteReport } from '../model/report.ts';
import type { Renderer } from './format.ts';
import { byCheck, eligibilityMeanings, ignoredLine, isCommand, poolCounts } from './words.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '@': '&#64;', $: '&#36;' };

/** Text that is not ours: nothing in it becomes markup, a link, HTML or a further table cell. */
export function markdownText(text: string): string {
  return oneLine(text)
    .replace(/[&<>@$\\`*_[\]#|~!]/g, (character) => entities[character] ?? `\\${character}`)
    .replaceAll('://', '&#58;//')
    .replace(/www\./gi, (word) => `${word.slice(0, 3)}&#46;`);
}

/** A code span, where nothing in the text could end it, a table cell or a filter's patience with HTML; else escaped text. */
export function markdownCode(text: string): string {
  const line = oneLine(text);
  return line === '' || /[<>`|\\]/.test(line) ? markdownText(line) : `\`${line}\``;
}

function fixText(fix: string): string {
  return isCommand(fix) ? markdownCode(fix) : markdownText(fix);
}

function table(headers: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(headers), line(headers.map(() => '---')), ...rows.map((cells) => line(cells))];
}

function summary(report: PrerequisiteReport): readonly string[] {
  return [
    '## Summary',
    '',
    ...table(['Status', 'Rows'], checkStatuses.map((status) => [status, String(report.counts[status])])),
    '',
    ...(report.pools.length === 0
      ? []
      : [
          ...table(
            ['Node pools', 'Count', 'Meaning'],
            poolCounts(report).map(({ eligibility, pools }) => [eligibility, String(pools), eligibilityMeanings[eligibility]]),
          ),
          '',
        ]),
    ...(report.ignored.length === 0 ? [] : [`Ignored: ${markdownText(ignoredLine(report))}`, '']),
  ];
}

function reasonItem(row: CheckRow): readonly string[] {
  return [
    `- ${markdownCode(row.target)}: ${markdownText(row.reason)}`,
    ...(row.fix === undefined ? [] : [`  - Fix: ${fixText(row.fix)}`]),
    ...(row.rulesetNote === undefined ? [] : [`  - ${markdownText(row.rulesetNote)}`]),
  ];
}

function reasons(report: PrerequisiteReport, status: CheckRow['status'], heading: string): readonly string[] {
  const groups = [...byCheck(report, status)].sort(([, left], [, right]) => right.length - left.length);
  if (groups.length === 0) return [];
  return [
    `## ${heading}`,
    '',
    ...groups.flatMap(([id, rows]) => [
      `### ${markdownText(id)}: ${markdownText(rows[0]?.title ?? '')} (${count(rows.length, 'target')})`,
      '',
      ...rows.flatMap((row) => reasonItem(row)),
      '',
    ]),
  ];
}

function everything(report: PrerequisiteReport): readonly string[] {
  const rows = report.rows.map((row) => [
    markdownCode(row.target),
    row.ignored ? `${row.status} (ignored)` : row.status,
    `[${markdownText(row.id)}](${/^https:\/\/[\w./#-]+$/.test(row.link) ? row.link : '#'})`,
    markdownText(row.observed),
    markdownText(row.required),
    markdownText(row.reason),
  ]);
  return ['## All checks', '', ...table(['Target', 'Status', 'Check', 'Observed', 'Required', 'Reason'], rows)];
}

/** For pull requests, wikis and job summaries: the summary, what blocks by reason with its fix, then every row. */
export const renderMarkdown: Renderer = (report) =>
  `${[
    '# LocalDNS prerequisites',
    '',
    `Scope: ${markdownText(report.scope)}. Rule set: ${report.ruleset}.`,
    '',
    ...summary(report),
    ...reasons(report, 'fail', 'Blocked by reason'),
    ...reasons(report, 'unknown', 'Could not be evaluated'),
    ...reasons(report, 'warn', 'Warnings'),
    ...everything(report),
  ].join('\n')}\n`;
