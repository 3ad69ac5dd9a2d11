import { exitOf, type ErrorCode, type UsageErrorCode } from './error-codes.ts';
import type { ExitCodeName } from './exit-codes.ts';

export interface ErrorDetails {
  /** Part of the contract with scripts. */
  readonly code: ErrorCode;
  /** What happened and why: one sentence, no control characters from outside. */
  readonly message: string;
  /** What to do, one line each; commands as they are typed. */
  readonly hints?: readonly string[];
  readonly cause?: unknown;
}

/** An error that a user may see: it says what happened, why, and what to do. */
export class CliError extends Error {
  readonly code: ErrorCode;
  readonly hints: readonly string[];
  readonly exit: ExitCodeName;

  constructor(details: ErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'CliError';
    this.code = details.code;
    this.hints = details.hints ?? [];
    this.exit = exitOf(details.code);
  }
}

/** Incorrect usage: exit code 2, one line. */
export class UsageError extends CliError {
  constructor(message: string, hints: readonly string[] = [], code: UsageErrorCode = 'usage') {
    super({ code, message, hints });
    this.name = 'UsageError';
  }
}

/** Thrown by everything that waits when its abort signal fires (Ctrl-C, SIGTERM). */
export class InterruptedError extends CliError {
  constructor(hints: readonly string[] = []) {
    super({ code: 'interrupted', message: 'Interrupted.', hints });
    this.name = 'InterruptedError';
  }
}
