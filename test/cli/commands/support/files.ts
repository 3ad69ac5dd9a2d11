import path from 'node:path';
import { Readable } from 'node:stream';
import type { Context } from '../../../../src/cli/framework/context.ts';
import { inputsOf } from '../../../../src/cli/named-files.ts';
import { MemoryFiles } from '../../../support/memory-files.ts';

export interface FakeFiles {
  /** What was written, by its name in the working directory. */
  readonly written: ReadonlyMap<string, { readonly text: string; readonly mode: number | undefined }>;
  readonly context: Pick<Context, 'files' | 'input'>;
}

/**
 * Files in memory: those that are there (`-`: standard input), and what is written. `refused`: the names that cannot be,
 * with Node's code.
 */
export function memoryFiles(
  there: Readonly<Record<string, string>> = {},
  refused: Readonly<Record<string, string>> = {},
): FakeFiles {
  const files = new MemoryFiles();
  for (const [name, text] of Object.entries(there)) files.put(name, text);
  for (const [name, code] of Object.entries(refused)) files.refused.set(path.resolve(name), code);
  const stdin = (): Readable => Readable.from([Buffer.from(there['-'] ?? '')]);
  const { signal } = new AbortController();
  return {
    get written() {
      const entries = [...files.modes].map(
        ([file, mode]) => [path.relative(process.cwd(), file), { text: files.get(file) ?? '', mode }] as const,
      );
      return new Map(entries);
    },
    context: { files, ...inputsOf(files, signal, stdin) },
  };
}
