import type { ErrorCode } from '../core/error-codes.ts';
import { CliError } from '../core/errors.ts';

type ClassOf<Code> = Code extends `azure-${infer Class}` ? Class : never;

/** Azure errors, classified by what to do next: the error codes that begin with `azure-`. */
export type AzureErrorClass = ClassOf<ErrorCode>;

/** The IDs that Azure support needs to find a request. */
export interface AnswerIds {
  readonly requestId?: string | undefined;
  readonly correlationId?: string | undefined;
}

export interface AzureErrorDetails extends AnswerIds {
  readonly class: AzureErrorClass;
  /** Azure's code, as received. */
  readonly azureCode: string;
  readonly subcode?: string | undefined;
  readonly target?: string | undefined;
  /** HTTP status; undefined for a failed operation or a lost connection. */
  readonly status?: number | undefined;
  readonly message: string;
  readonly hints: readonly string[];
  /** Seconds to wait, if Azure said so. */
  readonly retryAfterSeconds?: number | undefined;
  readonly cause?: unknown;
}

/** An error from Azure, or one that prevented an answer. `code` is `azure-<class>`. */
export class AzureError extends CliError {
  readonly class: AzureErrorClass;
  readonly azureCode: string;
  readonly subcode: string | undefined;
  readonly target: string | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly correlationId: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(details: AzureErrorDetails) {
    super({
      code: `azure-${details.class}`,
      message: details.message,
      hints: details.hints,
      cause: details.cause,
    });
    this.name = 'AzureError';
    this.class = details.class;
    this.azureCode = details.azureCode;
    this.subcode = details.subcode;
    this.target = details.target;
    this.status = details.status;
    this.requestId = details.requestId;
    this.correlationId = details.correlationId;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

export function isAzureError(error: unknown, ...classes: readonly AzureErrorClass[]): error is AzureError {
  return error instanceof AzureError && (classes.length === 0 || classes.includes(error.class));
}
