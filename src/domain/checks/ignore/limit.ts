import { UsageError } from '../../../core/errors.ts';
import { shown } from '../words.ts';

/** Ten thousand entries with scopes fit, and reading them takes seconds. */
export const mostIgnoreBytes = 4 * 1024 * 1024;

export function ignoreFileTooLarge(file: string): UsageError {
  return new UsageError(`${shown(file)} is larger than ${String(mostIgnoreBytes / 1_048_576)} MiB.`, [
    'An ignore file is for exceptions: --ignore ID sets a check aside everywhere.',
  ]);
}
