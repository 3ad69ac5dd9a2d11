import type { AzureErrorClass } from '../../../model/azure-error.ts';

/** What an error is matched by: every condition given must hold. Use the text only if Azure's code is too general. */
export interface ErrorMatch {
  readonly status?: readonly number[];
  /** The error's own code. */
  readonly codes?: readonly string[];
  /** The code of the error or of any detail, at any depth. */
  readonly anyCodes?: readonly string[];
  /** Occurs in the message of the error or of any detail. */
  readonly text?: RegExp;
}

/** One record of the error catalogue. The first rule that matches decides. */
export interface ErrorRule {
  readonly id: string;
  readonly class: AzureErrorClass;
  readonly match: ErrorMatch;
  readonly hints: readonly string[];
  /** Hints from the details in the message, instead of `hints`; undefined if the message lacks them. */
  readonly hintsFrom?: (message: string) => readonly string[] | undefined;
  readonly source: string;
  /** A response (or a failed operation's error, without a status) that this rule and no earlier one must match. */
  readonly example: { readonly status?: number; readonly body: string };
}

/** An error in the service's own format; only for the examples. */
export function bare(code: string, message: string, more: object = {}): string {
  return JSON.stringify({ code, details: null, message, subcode: '', ...more });
}

/** An error in the format of ARM's gateway; only for the examples. */
export function wrapped(code: string, message: string, more: object = {}): string {
  return JSON.stringify({ error: { code, message, ...more } });
}
