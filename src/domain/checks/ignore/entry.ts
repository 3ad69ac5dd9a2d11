import { UsageError } from '../../../core/errors.ts';
import { shown } from '../verdict-parts.ts';

/** Ten thousand entries with scopes fit, and reading them takes seconds. */
export const maxIgnoreBytes = 4 * 1024 * 1024;

/** An entry of an ignore file. Texts are on one line, ready to print. */
export interface IgnoreEntry {
  /** Its place in the file, from 1. */
  readonly number: number;
  /** Of a check. */
  readonly id: string;
  /** A glob on the resource id; undefined: everywhere. */
  readonly scope: string | undefined;
  readonly owner: string;
  readonly reason: string;
  /** The last day on which it holds, `2027-01-31`, by UTC. */
  readonly expires: string;
}

/** The day of a moment (milliseconds since the epoch), by UTC. */
export function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

export function isExpired(entry: IgnoreEntry, today: string): boolean {
  return entry.expires < today;
}

export function ignoreFileTooLarge(file: string): UsageError {
  return new UsageError(`${shown(file)} is larger than ${String(maxIgnoreBytes / 1_048_576)} MiB.`, [
    'An ignore file is for exceptions: --ignore ID sets a check aside everywhere.',
  ]);
}
