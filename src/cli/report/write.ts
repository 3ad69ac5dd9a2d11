import { CliError } from '../../core/errors.ts';
import { exitCode } from '../../core/exit-codes.ts';
import type { PrerequisiteReport } from '../../model/report.ts';
import type { ReportTarget } from '../../report/targets.ts';
import type { Context } from '../framework/context.ts';
import { saveDocument } from '../named-files.ts';
import { replacedByReport } from '../options/report.ts';

/**
 * The report in each form that was asked for. One that cannot be written does not stop the others: it is told as an
 * error, and the answer is false; the run then ends with `error`, and still prints its result.
 */
export async function writeReports(
  context: Context,
  report: PrerequisiteReport,
  targets: readonly ReportTarget[],
  force: boolean,
): Promise<boolean> {
  if (targets.length === 0) return true;
  // Late: the definitions of commands import this file, and help needs no renderers.
  const { reportFormats } = await import('../../report/index.ts');
  let whole = true;
  for (const { format, file } of targets) {
    try {
      await saveDocument(context, file, reportFormats[format](report), replacedByReport(force));
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
