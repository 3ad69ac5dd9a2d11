import { isStdin } from '../../core/stdin.ts';
import { oneLine } from '../../core/text.ts';
import type { PrerequisiteReport } from '../../model/report.ts';
import { maxReportBytes, parseReport } from '../../report/index.ts';
import type { Context } from '../framework/context.ts';

/**
 * A saved report; - is standard input. Rejects as Context.input does, and with CliError `report-not-valid`,
 * `report-version`.
 */
export async function readReport(context: Context, file: string): Promise<PrerequisiteReport> {
  return parseReport(await context.input(file, maxReportBytes), isStdin(file) ? 'Standard input' : oneLine(file));
}
