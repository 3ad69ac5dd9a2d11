import { UsageError } from '../core/errors.ts';
import { nearest, oneLine } from '../core/text.ts';
import { reportFormatNames, type ReportFormat } from './format-names.ts';

export interface ReportTarget {
  readonly format: ReportFormat;
  readonly file: string;
}

/** @throws UsageError with the nearest format where there is none of that name */
export function parseReportFormat(word: string, option: string): ReportFormat {
  const found = reportFormatNames.find((name) => name === word.toLowerCase());
  if (found !== undefined) return found;
  const near = nearest(word, reportFormatNames);
  throw new UsageError(`${option}: '${oneLine(word)}' is not a format of the report.`, [
    ...(near === undefined ? [] : [`Did you mean '${near}'?`]),
    `Formats: ${reportFormatNames.join(', ')}.`,
  ]);
}

/**
 * The values of `--report FORMAT=FILE`.
 * @throws UsageError where a format is not known, a file is missing, or two reports would go to one file
 */
export function parseReportTargets(values: readonly string[], option = '--report'): readonly ReportTarget[] {
  const files = new Set<string>();
  return values.map((value) => {
    const at = value.indexOf('=');
    const format = parseReportFormat(at === -1 ? value : value.slice(0, at), option);
    const file = at === -1 ? '' : value.slice(at + 1).trim();
    if (file === '')
      throw new UsageError(`${option}: '${oneLine(value)}' names no file.`, [`Write it as ${option} ${format}=FILE.`]);
    if (file === '-')
      throw new UsageError(`${option}: a report goes to a file; standard output is for -o.`, [
        `Use -o ${format}, or ${option} ${format}=FILE.`,
      ]);
    if (files.has(file))
      throw new UsageError(`${option}: '${oneLine(file)}' is named twice.`, ['Give each report a file of its own.']);
    files.add(file);
    return { format, file };
  });
}
