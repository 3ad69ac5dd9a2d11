import path from 'node:path';
import { CliError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of its path is no directory',
  EEXIST: 'a part of its path is no directory',
  ENOSPC: 'no space is left',
  EDQUOT: 'no space is left',
  ENAMETOOLONG: 'the name is too long',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return reasons[code] ?? oneLine(code);
}

/** What Node's error says of a file that the user named, as a CliError `file-not-written`. */
export function notWritten(file: string, error: unknown): CliError {
  return new CliError({
    code: 'file-not-written',
    message: `${oneLine(file)} cannot be written: ${reasonOf(error)}.`,
    cause: error,
  });
}

/** The same for reading, as `file-not-readable`. An error that is for people already stays as it is. */
export function notReadable(file: string, error: unknown): CliError {
  if (error instanceof CliError) return error;
  return new CliError({
    code: 'file-not-readable',
    message: `${oneLine(file)} cannot be read: ${reasonOf(error)}.`,
    cause: error,
  });
}

export function notThere(file: string, cause?: unknown): CliError {
  return new CliError({ code: 'file-not-found', message: `${oneLine(file)} is not there.`, exit: 'not-found', cause });
}

/**
 * The absolute path at which a file is put.
 * @throws CliError `file-not-written` for a device: an atomic write ends with a rename, and as root would put a file in
 * its place.
 */
export function placeOf(file: string): string {
  const place = path.resolve(file);
  if (!/^\/(?:dev|proc)\//.test(place)) return place;
  throw new CliError({
    code: 'file-not-written',
    message: `${oneLine(file)} cannot be written: it is no place for a file.`,
    hints: ['A pipe or a device takes standard output.'],
  });
}
