import path from 'node:path';
import { CliError } from '../../../core/errors.ts';
import { oneLine } from '../../../core/text.ts';
import type { Context } from '../../context.ts';

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

/** The lines of a file that the user named. Rejects with CliError `file-not-found` (exit 3) or `file-not-readable`. */
export async function* linesOf(context: Context, file: string): AsyncGenerator<string> {
  const lines = context.largeFiles.lines(path.resolve(file))[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await next(lines, file);
      if (done === true) return;
      yield value;
    }
  } finally {
    await lines.return?.();
  }
}

async function next(lines: AsyncIterator<string>, file: string): Promise<IteratorResult<string>> {
  try {
    return await lines.next();
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new CliError({ code: 'file-not-found', message: `${oneLine(file)} is not there.`, exit: 'not-found', cause: error });
    const reason = code === 'EISDIR' ? 'it is a directory' : oneLine(code);
    throw new CliError({ code: 'file-not-readable', message: `${oneLine(file)} cannot be read: ${reason}.`, cause: error });
  }
}
