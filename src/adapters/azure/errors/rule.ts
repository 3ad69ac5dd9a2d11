import type { AzureErrorClass } from '../../../model/azure-error.ts';

/** What an error is matched by: all that is given must fit. Text only where Azure's code says too little. */
export interface ErrorMatch {
  readonly status?: readonly number[];
  /** The error's own code. */
  readonly codes?: readonly string[];
  /** The code of the error or of any detail, at any depth. */
  readonly anyCodes?: readonly string[];
  /** Found in the message of the error or of any detail. */
  readonly text?: RegExp;
}

/** One line of the error catalogue. The first rule that matches decides. */
export interface ErrorRule {
  readonly id: string;
  readonly class: AzureErrorClass;
  readonly match: ErrorMatch;
  readonly hints: readonly string[];
  readonly source: string;
  /** An answer (or a failed operation's error, without status) that this rule, and no earlier one, must match. */
  readonly example: { readonly status?: number; readonly body: string };
}

/** An error of the shape that the service itself writes; only for the examples. */
export function bare(code: string, message: string, more: object = {}): string {
  return JSON.stringify({ code, details: null, message, subcode: '', ...more });
}

/** An error of the shape that ARM's gateway writes; only for the examples. */
export function wrapped(code: string, message: string, more: object = {}): string {
  return JSON.stringify({ error: { code, message, ...more } });
}
