import path from 'node:path';
import { InterruptedError } from '../../core/errors.ts';
import type { Context } from '../framework/context.ts';
import { notReadable, notThere } from './file-errors.ts';

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/**
 * The lines of a file that the user named, or of standard input for `-`. Rejects with CliError `file-not-found` (exit
 * 3), `file-not-readable` or `file-too-large`, and with InterruptedError.
 */
export async function* linesOf(
  { largeFiles, inputLines, signal }: Pick<Context, 'largeFiles' | 'inputLines' | 'signal'>,
  file: string,
): AsyncGenerator<string, void> {
  const lines = (file === '-' ? inputLines() : largeFiles.lines(path.resolve(file)))[Symbol.asyncIterator]();
  try {
    for (;;) {
      if (signal.aborted) throw new InterruptedError();
      const { done, value } = await next(lines, file, signal);
      if (done === true) return;
      yield value;
    }
  } finally {
    await lines.return?.();
  }
}

async function next(lines: AsyncIterator<string>, file: string, signal: AbortSignal): Promise<IteratorResult<string>> {
  try {
    return await lines.next();
  } catch (error) {
    if (signal.aborted) throw new InterruptedError();
    throw isMissing(error) ? notThere(file, error) : notReadable(file, error);
  }
}
