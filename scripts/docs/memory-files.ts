import path from 'node:path';
import type { Files, LargeFiles } from '../../src/core/ports.ts';

function missing(file: string): Error {
  return Object.assign(new Error(`ENOENT: no such file, open '${file}'`), { code: 'ENOENT' });
}

/** The files of a worked example: nothing of it is left on this machine. */
export class MemoryFiles {
  readonly #contents = new Map<string, string>();

  /** A file that an example finds, by its name in the working directory. */
  put(name: string, text: string): void {
    this.#contents.set(path.resolve(name), text);
  }

  get(name: string): string | undefined {
    return this.#contents.get(path.resolve(name));
  }

  readonly files: Files = {
    read: async (file) => {
      const text = this.#contents.get(file) ?? this.get(file);
      return Promise.resolve(text === undefined ? undefined : new TextEncoder().encode(text));
    },
    write: async (file, data) => {
      this.#contents.set(file, typeof data === 'string' ? data : new TextDecoder().decode(data));
      return Promise.resolve();
    },
    remove: async (file) => {
      this.#contents.delete(file);
      return Promise.resolve();
    },
  };

  readonly largeFiles: LargeFiles = {
    writer: async (file) => {
      let written = '';
      return Promise.resolve({
        write: async (text) => {
          written += text;
          return Promise.resolve();
        },
        commit: async () => {
          this.#contents.set(file, written);
          return Promise.resolve();
        },
        discard: async () => Promise.resolve(),
      });
    },
    lines: (file) => this.#lines(file),
  };

  async *#lines(file: string): AsyncGenerator<string> {
    const text = await Promise.resolve(this.#contents.get(file));
    if (text === undefined) throw missing(file);
    yield* text.replace(/\n$/, '').split('\n');
  }
}
