import { Buffer } from 'node:buffer';
import path from 'node:path';
import type { Context } from '../../../../src/cli/framework/context.ts';
import { CliError } from '../../../../src/core/errors.ts';

export interface MemoryFiles {
  readonly written: ReadonlyMap<string, { readonly text: string; readonly mode: number | undefined }>;
  readonly context: Pick<Context, 'files' | 'input'>;
}

/** What Node throws. */
export function nodeError(code: string): Error {
  return Object.assign(new Error(`${code}: no, open '/somewhere'`), { code });
}

/**
 * Files in memory: those that are there, and what is written. `refused`: the names that cannot be, with Node's code.
 */
export function memoryFiles(
  there: Readonly<Record<string, string | Uint8Array>> = {},
  refused: Readonly<Record<string, string>> = {},
): MemoryFiles {
  const written = new Map<string, { readonly text: string; readonly mode: number | undefined }>();
  return {
    written,
    context: {
      input: async (file) => {
        const content = there[file];
        if (content === undefined)
          throw new CliError({ code: 'file-not-found', message: `${file} is not there.`, exit: 'not-found' });
        return Promise.resolve(typeof content === 'string' ? Buffer.from(content) : content);
      },
      files: {
        read: async () => Promise.resolve(undefined),
        remove: async () => Promise.resolve(),
        write: async (file, data, options) => {
          const name = path.relative(process.cwd(), file);
          const code = refused[name];
          if (code !== undefined) throw nodeError(code);
          written.set(name, {
            text: typeof data === 'string' ? data : Buffer.from(data).toString(),
            mode: options?.mode,
          });
          return Promise.resolve();
        },
      },
    },
  };
}
