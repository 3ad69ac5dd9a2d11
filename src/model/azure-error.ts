import { CliError } from '../core/errors.ts';
import type { ExitCodeName } from '../core/exit-codes.ts';

/** What an error of Azure's means for what to do next. */
export const azureErrorClasses = [
  'invalid', // the request cannot be right: show it
  'quota', // vCPUs or another quota
  'capacity', // the region has none just now
  'network-capacity', // subnet addresses
  'not-signed-in',
  'not-permitted',
  'policy',
  'locked',
  'subscription-disabled',
  'not-found',
  'provider-not-registered',
  'feature-not-registered',
  'operation-in-progress', // somebody else's operation: wait, read, judge again
  'conflict', // another 409
  'precondition-failed', // 412: the pool changed since it was read
  'throttled',
  'drain', // nodes could not be drained
  'node-bootstrap', // a node did not come up (CSE exit 216-219: LocalDNS itself)
  'overridden', // canceled by a later operation
  'transient', // 5xx
  'connection', // no answer at all
  'unexpected', // an answer that ARM does not give (HTML, not JSON)
  'unknown',
] as const;
export type AzureErrorClass = (typeof azureErrorClasses)[number];

export interface AzureErrorDetails {
  readonly class: AzureErrorClass;
  /** Azure's code, as it came. */
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
  /** Seconds to wait, where Azure said so. */
  readonly retryAfterSeconds?: number | undefined;
  readonly cause?: unknown;
}

/** An error that Azure answered, or that kept Azure from answering. `code` is `azure-<class>`. */
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
