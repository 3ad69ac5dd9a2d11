import { CliError } from './errors.ts';
import { oneLine } from './text.ts';

/** The meaning of Node's error codes for the user who named the file. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a directory',
  ENOTDIR: 'part of its path is not a directory',
  EEXIST: 'part of its path is not a directory',
  ENOENT: 'its directory cannot be created',
  ELOOP: 'its symbolic links form a loop',
  ENXIO: 'it is a socket or a missing device',
  EAGAIN: 'it has no data to read at the moment',
  EBUSY: 'it is in use',
  ETXTBSY: 'it is in use',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is exceeded',
  EFBIG: 'it would exceed the maximum file size',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
};

/** Node's error code, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** Whether Node's error means that the file does not exist. */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return (code === undefined ? undefined : reasons[code]) ?? oneLine(code ?? String(error));
}

/**
 * Why a file that the user named could not be written, as a CliError `file-not-written`. `why` is Node's error, or the
 * reason as text. A CliError is returned as it is.
 */
export function notWritten(file: string, why: unknown, hints: readonly string[] = []): CliError {
  if (why instanceof CliError) return why;
  return new CliError({
    code: 'file-not-written',
    message: `${oneLine(file)} could not be written: ${reasonOf(why)}.`,
    hints,
    ...(typeof why === 'string' ? {} : { cause: why }),
  });
}

/** The same for reading, as `file-not-readable`. */
export function notReadable(file: string, why: unknown): CliError {
  if (why instanceof CliError) return why;
  return new CliError({
    code: 'file-not-readable',
    message: `${oneLine(file)} could not be read: ${reasonOf(why)}.`,
    cause: why,
  });
}

export function notThere(file: string, cause?: unknown): CliError {
  return new CliError({ code: 'file-not-found', message: `${oneLine(file)} does not exist.`, cause });
}

export function tooLarge(file: string, maxBytes: number): CliError {
  return new CliError({
    code: 'file-too-large',
    message: `${oneLine(file)} is larger than ${String(maxBytes)} bytes.`,
  });
}

export function tooManyFiles(directory: string, max: number): CliError {
  return new CliError({
    code: 'file-too-large',
    message: `${oneLine(directory)} has more than ${String(max)} files and directories.`,
  });
}

export function lineTooLong(file: string, maxLength: number): CliError {
  return new CliError({
    code: 'file-too-large',
    message: `${oneLine(file)} has a line of more than ${String(maxLength)} characters.`,
  });
}

/** A file that would be lost if it were replaced. `why` completes the sentence. */
export function alreadyThere(file: string, why: string): CliError {
  return new CliError({
    code: 'file-exists',
    message: `${oneLine(file)} already exists and ${why}.`,
    hints: ['To replace it, use --force.'],
  });
}
