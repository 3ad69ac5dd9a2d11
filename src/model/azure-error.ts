import { CliError } from '../core/errors.ts';
import type { ExitCodeName } from '../core/exit-codes.ts';

/** Azure errors, classified by what to do next. */
export const azureErrorClasses = [
  'invalid', // the request is wrong: show the message
  'quota', // vCPU or another quota
  'capacity', // the region has none at the moment
  'network-capacity', // subnet addresses
  'not-signed-in',
  'not-permitted',
  'policy',
  'locked',
  'subscription-disabled',
  'not-found',
  'provider-not-registered',
  'feature-not-registered',
  'operation-in-progress', // another operation is running: wait, read, judge again
  'conflict', // any other 409
  'precondition-failed', // 412: the pool changed since it was read
  'throttled',
  'drain', // nodes could not be drained
  'node-bootstrap', // a node did not start (CSE exit 216-219: LocalDNS itself)
  'overridden', // canceled by a later operation
  'transient', // 5xx
  'connection', // no answer
  'unexpected', // not an ARM response (HTML instead of JSON)
  'unknown',
] as const;
export type AzureErrorClass = (typeof azureErrorClasses)[number];

export interface AzureErrorDetails {
  readonly class: AzureErrorClass;
  /** Azure's code, as received. */
  readonly azureCode: string;
  readonly subcode?: string | undefined;
  readonly target?: string | undefined;
  /** HTTP status; undefined for a failed operation or a lost connection. */
  readonly status?: number | undefined;
  readonly message: string;
  readonly hints: readonly string[];
  readonly exit: ExitCodeName;
  readonly requestId?: string | undefined;
  readonly correlationId?: string | undefined;
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
      exit: details.exit,
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
