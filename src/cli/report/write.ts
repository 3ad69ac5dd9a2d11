import { CliError } from '../../core/errors.ts';
import { exitCode } from '../../core/exit-codes.ts';
import { count, oneLine } from '../../core/text.ts';
import type { PrerequisiteReport } from '../../model/report.ts';
import type { ReportTarget } from '../../report/targets.ts';
import type { Context } from '../framework/context.ts';
import { notWritten, placeOf } from '../files/file-errors.ts';

/**
 * Writes a document for others to read, atomically, over what is there, and says so.
 * @throws CliError `file-not-written`
 */
export async function saveDocument(context: Context, file: string, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  const place = placeOf(file);
  try {
    await context.files.write(place, bytes, { mode: 0o644 });
  } catch (error) {
    throw notWritten(file, error);
  }
  context.say(`Wrote ${oneLine(file)} (${count(bytes.length, 'byte')}).`);
}

/**
 * The report in each form that was asked for. One that cannot be written does not stop the others: it is told as an
 * error, and the answer is false; the run then ends with `error`, and still prints its result.
 */
export async function writeReports(
  context: Context,
  report: PrerequisiteReport,
  targets: readonly ReportTarget[],
): Promise<boolean> {
  if (targets.length === 0) return true;
  // Late: the definitions of commands import this file, and help needs no renderers.
  const { reportFormats } = await import('../../report/index.ts');
  let whole = true;
  for (const { format, file } of targets) {
    try {
      await saveDocument(context, file, reportFormats[format](report));
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
