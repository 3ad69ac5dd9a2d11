import { CliError } from './errors.ts';
import { oneLine } from './text.ts';

/** What Node's error codes mean to the user who named the file. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of its path is no directory',
  EEXIST: 'a part of its path is no directory',
  ENOENT: 'its directory cannot be created',
  ELOOP: 'its links lead in a circle',
  ENXIO: 'it is a socket, or a device that is not there',
  EAGAIN: 'nothing can be read from it now',
  EBUSY: 'it is in use',
  ETXTBSY: 'it is in use',
  ENOSPC: 'no space is left',
  EDQUOT: 'no space is left',
  EFBIG: 'it would be larger than this system allows',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
};

/** Node's error code, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** True where Node's error says that there is no such file. */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return (code === undefined ? undefined : reasons[code]) ?? oneLine(code ?? String(error));
}

/**
 * Why a file that the user named cannot be written, as a CliError `file-not-written`. `why`: Node's error, or the
 * reason in words. An error that is for people already stays as it is.
 */
export function notWritten(file: string, why: unknown, hints: readonly string[] = []): CliError {
  if (why instanceof CliError) return why;
  return new CliError({
    code: 'file-not-written',
    message: `${oneLine(file)} cannot be written: ${reasonOf(why)}.`,
    hints,
    ...(typeof why === 'string' ? {} : { cause: why }),
  });
}

/** The same for reading, as `file-not-readable`. */
export function notReadable(file: string, why: unknown): CliError {
  if (why instanceof CliError) return why;
  return new CliError({
    code: 'file-not-readable',
    message: `${oneLine(file)} cannot be read: ${reasonOf(why)}.`,
    cause: why,
  });
}

export function notThere(file: string, cause?: unknown): CliError {
  return new CliError({ code: 'file-not-found', message: `${oneLine(file)} is not there.`, cause });
}

export function tooLarge(file: string, maxBytes: number): CliError {
  return new CliError({
    code: 'file-too-large',
    message: `${oneLine(file)} is larger than ${String(maxBytes)} bytes.`,
  });
}

export function lineTooLong(file: string, maxLength: number): CliError {
  return new CliError({
    code: 'file-too-large',
    message: `${oneLine(file)} has a line of more than ${String(maxLength)} characters.`,
  });
}

/** A file that would be lost if it were replaced. `why` ends the sentence. */
export function alreadyThere(file: string, why: string): CliError {
  return new CliError({
    code: 'file-exists',
    message: `${oneLine(file)} is there already, and ${why}.`,
    hints: ['--force replaces it.'],
  });
}
