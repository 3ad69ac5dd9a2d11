import { UsageError } from '../../core/errors.ts';
import type { OutputOptions } from '../../core/ports.ts';
import { list, nearest, oneLine } from '../../core/text.ts';
import { reportBeginning, reportFormatNames, type ReportFormat } from '../../report/format.ts';
import type { Options } from '../framework/definition.ts';
import { replaceOption } from './output.ts';

/** Options of every command that makes a report, in addition to -o. */
export const reportOptions = {
  report: {
    type: 'string',
    repeatable: true,
    placeholder: 'FORMAT=FILE',
    summary: `Also write the report to a file, as ${list(reportFormatNames, 'or')}; repeatable`,
  },
  'mask-ids': {
    type: 'boolean',
    summary: 'Shorten subscription IDs in every format of the report',
  },
  ...replaceOption,
} as const satisfies Options;

/** The files that a report may replace. */
export function replacedByReport(force: boolean): OutputOptions['replaces'] {
  return force ? 'any' : reportBeginning;
}

/** A value of `--report FORMAT=FILE`. */
export interface ReportDestination {
  readonly format: ReportFormat;
  readonly file: string;
}

function formatOf(word: string): ReportFormat {
  const found = reportFormatNames.find((name) => name === word.toLowerCase());
  if (found !== undefined) return found;
  const near = nearest(word, reportFormatNames);
  throw new UsageError(`--report: '${oneLine(word)}' is not a report format.`, [
    ...(near === undefined ? [] : [`Did you mean '${near}'?`]),
    `Formats: ${reportFormatNames.join(', ')}.`,
  ]);
}

/** @throws UsageError for an unknown format, a missing file, or two reports to the same file */
export function parseDestinations(values: readonly string[]): readonly ReportDestination[] {
  const files = new Set<string>();
  return values.map((value) => {
    const at = value.indexOf('=');
    const format = formatOf(at === -1 ? value : value.slice(0, at));
    const file = at === -1 ? '' : value.slice(at + 1).trim();
    if (file === '')
      throw new UsageError(`--report: '${oneLine(value)}' has no file.`, [`Use --report ${format}=FILE.`]);
    if (file === '-')
      throw new UsageError('--report writes to a file; use -o for standard output.', [
        `Use -o ${format}, or --report ${format}=FILE.`,
      ]);
    if (files.has(file))
      throw new UsageError(`--report: '${oneLine(file)}' is used twice.`, ['Use a separate file for each report.']);
    files.add(file);
    return { format, file };
  });
}
