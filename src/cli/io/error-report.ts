import { CliError, InterruptedError } from '../../core/errors.ts';
import { exitCode, type ExitCode, type ExitCodeName } from '../../core/exit-codes.ts';
import { oneLine, printable } from '../../core/text.ts';
import { AzureError } from '../../model/azure-error.ts';
import { paint } from './colour.ts';

/** An error as every renderer tells it. */
export interface ErrorReport {
  readonly code: string;
  readonly message: string;
  /** `Code`, `Request id`, … of Azure. */
  readonly details: readonly (readonly [string, string])[];
  readonly hints: readonly string[];
  readonly exit: ExitCode;
  readonly stack: string | undefined;
}

export function errorReport(error: unknown, debug: boolean, interrupt: ExitCodeName = 'interrupted'): ErrorReport {
  const stack = debug ? stackOf(error) : undefined;
  if (error instanceof InterruptedError) {
    const message = interrupt === 'terminated' ? 'Terminated.' : 'Interrupted.';
    return {
      code: interrupt,
      message,
      details: [],
      hints: error.hints.map(printable),
      exit: exitCode(interrupt),
      stack,
    };
  }
  if (error instanceof CliError) {
    const details = error instanceof AzureError ? azureDetails(error) : [];
    return {
      code: error.code,
      message: printable(error.message),
      details,
      hints: error.hints.map(printable),
      exit: exitCode(error.exit),
      stack,
    };
  }
  const reason = redact(oneLine(error instanceof Error ? error.message : String(error)));
  return {
    code: 'unexpected',
    message: `The program failed in a way that it does not know: ${reason === '' ? 'no reason was given' : reason}`,
    details: [],
    hints: debug ? [] : ['Run the command again with --debug to see where.'],
    exit: exitCode('error'),
    stack,
  };
}

export function errorText(report: ErrorReport, colour: boolean): string {
  const interrupted = report.exit === 130 || report.exit === 143;
  const head = interrupted ? report.message : paint(`ERROR: ${report.message}`, 'red', colour);
  const details = report.details.map(([label, value]) => `${label}: ${value}`);
  return [head, ...details, ...report.hints, ...(report.stack === undefined ? [] : [report.stack])]
    .map((line) => `${line}\n`)
    .join('');
}

function azureDetails(error: AzureError): readonly (readonly [string, string])[] {
  const pairs: readonly (readonly [string, string | undefined])[] = [
    ['Code', error.azureCode],
    ['Target', error.target],
    ['Request id', error.requestId],
    ['Correlation id', error.correlationId],
  ];
  return pairs.flatMap(([label, value]) =>
    value === undefined || value === '' ? [] : [[label, oneLine(value)] as const],
  );
}

const maxCauses = 5;

/** Where the error and its causes came from; secrets that a library may have put into its message are hidden. */
function stackOf(error: unknown): string {
  const parts: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < maxCauses && current !== undefined && current !== null; depth += 1) {
    const text =
      current instanceof Error
        ? (current.stack ?? `${current.name}: ${current.message}`)
        : 'an error that is not an Error';
    parts.push(`${depth === 0 ? '' : 'Caused by: '}${redact(printable(text))}`);
    current = current instanceof Error ? current.cause : undefined;
  }
  return parts.join('\n');
}

/** Queries of URLs (signed ones are secrets), bearer tokens and JWTs. */
export function redact(text: string): string {
  return text
    .replace(/(https?:\/\/[^\s'"?]+)\?[^\s'"]*/g, '$1?[hidden]')
    .replace(/\bBearer\s+[A-Za-z0-9._~+/=-]+/gi, 'Bearer [hidden]')
    .replace(/\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?/g, '[hidden]');
}
