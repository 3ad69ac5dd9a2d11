import path from 'node:path';
import { notThere, notWritten, tooLarge } from '../../src/core/file-errors.ts';
import type { Files, FileWriter } from '../../src/core/ports.ts';

/** An error as Node throws it. */
export function nodeError(code: string): Error {
  return Object.assign(new Error(`${code}: no, open '/somewhere'`), { code });
}

function decoded(data: string | Uint8Array): string {
  return typeof data === 'string' ? data : new TextDecoder().decode(data);
}

/** Files in memory, by relative or absolute path. */
export class MemoryFiles implements Files {
  /** Texts by absolute path. */
  readonly contents = new Map<string, string>();
  /** The requested modes of created files, by absolute path. */
  readonly modes = new Map<string, number>();
  /** Node's error codes for files that cannot be written, by absolute path. */
  readonly refused = new Map<string, string>();
  refuseWrites = false;

  put(name: string, text: string): void {
    this.contents.set(path.resolve(name), text);
  }

  get(name: string): string | undefined {
    return this.contents.get(path.resolve(name));
  }

  async read(file: string, maxBytes: number): Promise<Uint8Array | undefined> {
    const text = this.get(file);
    if (text !== undefined && text.length > maxBytes) throw tooLarge(file, maxBytes);
    return text === undefined ? undefined : new TextEncoder().encode(text);
  }

  async *lines(file: string): AsyncGenerator<string> {
    const text = this.get(file);
    if (text === undefined) throw notThere(file);
    yield* text.replace(/\n$/, '').split('\n');
  }

  async write(file: string, data: string | Uint8Array): Promise<void> {
    this.#refuse(file);
    this.put(file, decoded(data));
  }

  async remove(file: string): Promise<void> {
    this.contents.delete(path.resolve(file));
  }

  async writer(file: string, { mode }: Parameters<Files['writer']>[1]): Promise<FileWriter> {
    this.#refuse(file);
    let text = '';
    return {
      write: async (data) => {
        text += decoded(data);
      },
      commit: async () => {
        this.put(file, text);
        this.modes.set(path.resolve(file), mode);
      },
      discard: async () => undefined,
    };
  }

  async log(): Promise<never> {
    throw new Error('No test writes a log into memory.');
  }

  async list(): Promise<never> {
    throw new Error('No test lists a directory in memory.');
  }

  async destination(file: string): Promise<string> {
    return path.resolve(file);
  }

  #refuse(file: string): void {
    const code = this.refuseWrites ? 'EACCES' : this.refused.get(path.resolve(file));
    if (code !== undefined) throw notWritten(file, nodeError(code));
  }
}
