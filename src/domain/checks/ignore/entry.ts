import { UsageError } from '../../../core/errors.ts';
import { shown } from '../verdict-parts.ts';

/** Room for ten thousand entries with scopes, which take seconds to read. */
export const maxIgnoreBytes = 4 * 1024 * 1024;

/** An entry of an ignore file. All texts are on one line, ready to print. */
export interface IgnoreEntry {
  /** The position in the file, from 1. */
  readonly number: number;
  /** The ID of a check. */
  readonly id: string;
  /** A glob pattern for resource IDs; undefined for everywhere. */
  readonly scope: string | undefined;
  readonly owner: string;
  readonly reason: string;
  /** The last day on which the entry applies (UTC): `2027-01-31`. */
  readonly expires: string;
}

/** The UTC day of a time in milliseconds since the epoch. */
export function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

export function isExpired(entry: IgnoreEntry, today: string): boolean {
  return entry.expires < today;
}

export function ignoreFileTooLarge(file: string): UsageError {
  return new UsageError(`${shown(file)} is larger than ${String(maxIgnoreBytes / 1_048_576)} MiB.`, [
    'Use an ignore file for exceptions only. To ignore a check everywhere, use --ignore ID.',
  ]);
}
