import type { ErrorCode } from '../../core/error-codes.ts';
import { CliError, InterruptedError } from '../../core/errors.ts';
import { exitCode, type ExitCode } from '../../core/exit-codes.ts';
import { redact, safeText } from '../../core/redact.ts';
import { oneLine, printable } from '../../core/text.ts';
import { AzureError } from '../../model/azure-error.ts';
import { paint } from './colour.ts';

const maxCauses = 5;

/** An error as every renderer shows it. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly message: string;
  /** `Code`, `Request id`, … from Azure. */
  readonly details: readonly (readonly [string, string])[];
  readonly hints: readonly string[];
  readonly exit: ExitCode;
  readonly stack: string | undefined;
}

export function errorReport(
  error: unknown,
  debug: boolean,
  interrupt: 'interrupted' | 'terminated' = 'interrupted',
): ErrorReport {
  const stack = debug ? stackOf(error) : undefined;
  if (error instanceof InterruptedError) {
    const message = interrupt === 'terminated' ? 'Terminated.' : 'Interrupted.';
    return {
      code: interrupt,
      message,
      details: [],
      hints: error.hints.map(shown),
      exit: exitCode(interrupt),
      stack,
    };
  }
  if (error instanceof CliError) {
    const azure = azureErrorOf(error);
    const details = azure === undefined ? [] : azureDetails(azure);
    return {
      code: error.code,
      message: shown(error.message),
      details,
      hints: error.hints.map(shown),
      exit: exitCode(error.exit),
      stack,
    };
  }
  const reason = oneLine(shown(error instanceof Error ? error.message : String(error)));
  return {
    code: 'unexpected',
    message: `Unexpected error: ${reason === '' ? 'no reason was given' : reason}`,
    details: [],
    hints: debug ? [] : ['Run the command again with --debug to see the stack trace.'],
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

/** The Azure error that an error is or was caused by. */
function azureErrorOf(error: CliError): AzureError | undefined {
  let current: unknown = error;
  for (let depth = 0; depth < maxCauses && current instanceof CliError; depth += 1) {
    if (current instanceof AzureError) return current;
    current = current.cause;
  }
  return undefined;
}

function azureDetails(error: AzureError): readonly (readonly [string, string])[] {
  const pairs: readonly (readonly [string, string | undefined])[] = [
    ['Code', error.azureCode],
    ['Target', error.target],
    ['Request id', error.requestId],
    ['Correlation id', error.correlationId],
  ];
  return pairs.flatMap(([label, value]) =>
    value === undefined || value === '' ? [] : [[label, safeText(value)] as const],
  );
}

/** Redacts a message, which may contain a secret from a library, a program or Azure. */
function shown(text: string): string {
  return redact(printable(text));
}

/** The stack traces of the error and its causes. */
function stackOf(error: unknown): string {
  const parts: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < maxCauses && current !== undefined && current !== null; depth += 1) {
    const text =
      current instanceof Error
        ? (current.stack ?? `${current.name}: ${current.message}`)
        : 'a value that is not an Error';
    parts.push(`${depth === 0 ? '' : 'Caused by: '}${shown(text)}`);
    current = current instanceof Error ? current.cause : undefined;
  }
  return parts.join('\n');
}
