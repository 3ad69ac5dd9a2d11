import { CliError } from '../../core/errors.ts';
import { exitCode } from '../../core/exit-codes.ts';
import type { JsonValue } from '../../core/json.ts';
import type { PrerequisiteReport } from '../../model/report.ts';
import { maskIds, reportFormats, type ReportView } from '../../report/index.ts';
import type { Context } from '../framework/context.ts';
import { reportLayout } from '../io/report-layout.ts';
import type { CommandResult } from '../io/result.ts';
import { saveDocument } from '../named-files.ts';
import { replacedByReport, type ReportDestination } from '../options/report.ts';

/** The report to show; with `mask`, subscription ids are masked. */
export function shown(report: PrerequisiteReport, mask: boolean): PrerequisiteReport {
  return mask ? maskIds(report) : report;
}

/** The report as the result of a command, in every format of -o. */
export function reportResult({ terminal }: Context, view: ReportView): CommandResult {
  const layout = reportLayout(terminal);
  const { json: _, ...others } = reportFormats;
  return {
    value: view.report as unknown as JsonValue,
    formats: Object.fromEntries(Object.entries(others).map(([name, render]) => [name, () => render(view, layout)])),
  };
}

/**
 * Writes the report in each requested format. A file that cannot be written does not stop the others: an error is
 * shown, and the result is false; the command then exits with `error` but still prints its result.
 */
export async function writeReports(
  context: Context,
  view: ReportView,
  destinations: readonly ReportDestination[],
  force: boolean,
): Promise<boolean> {
  let whole = true;
  for (const { format, file } of destinations) {
    try {
      await saveDocument(context, file, reportFormats[format](view), replacedByReport(force));
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      whole = false;
      context.emit({
        type: 'error',
        code: error.code,
        message: `--report: ${error.message}`,
        hints: error.hints,
        exitCode: exitCode('error'),
        details: {},
      });
    }
  }
  return whole;
}
