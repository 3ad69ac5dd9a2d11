import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { addAbortSignal, Readable } from 'node:stream';
import { CliError } from '../../core/errors.ts';
import type { Files, LargeFiles } from '../../core/ports.ts';
import { oneLine } from '../../core/text.ts';
import { systemIds } from './ids.ts';

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

export function tooLarge(name: string, maxBytes: number): CliError {
  return new CliError({
    code: 'file-too-large',
    message: `${oneLine(name)} is larger than ${String(maxBytes)} bytes.`,
  });
}

function lineTooLong(name: string, longest: number): CliError {
  return new CliError({
    code: 'file-too-large',
    message: `${oneLine(name)} has a line of more than ${String(longest)} characters.`,
  });
}

async function readLimited(file: string, maxBytes: number): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    // A pipe or a device has no size: it is read up to one byte more than is allowed.
    const buffer = new Uint8Array(maxBytes + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null);
      if (bytesRead === 0) return buffer.subarray(0, length);
      length += bytesRead;
    }
    throw tooLarge(file, maxBytes);
  } finally {
    await handle.close();
  }
}

const privateMode = 0o600;

/** A name in the same directory, from which a file is renamed into its place. */
async function beside(file: string): Promise<string> {
  const directory = path.dirname(file);
  await mkdir(directory, { recursive: true });
  return path.join(directory, `.${path.basename(file)}.${systemIds.uuid()}.tmp`);
}

/** The machine's files. */
export const systemFiles: Files = {
  async read(file, maxBytes) {
    try {
      return maxBytes === undefined ? await readFile(file) : await readLimited(file, maxBytes);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  },
  async write(file, data, options) {
    const temporary = await beside(file);
    try {
      await writeFile(temporary, data, { mode: options?.mode ?? privateMode, flag: 'wx' });
      await rename(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  },
  async remove(file) {
    await rm(file, { force: true });
  },
};

/** More than any line that this program writes: the rules of a security group, the sizes of a region. */
const longestLine = 64 * 1024 * 1024;

/**
 * A line ends with a newline alone. Node's readline, from version 24 on, also breaks lines at U+2028, which JSON leaves
 * as it is.
 */
async function* linesOf(chunks: AsyncIterable<string>, file: string, longest: number): AsyncGenerator<string, void> {
  let open = '';
  for await (const chunk of chunks) {
    const [end = '', ...starts] = chunk.split('\n');
    open += end;
    for (const start of starts) {
      yield open.replace(/\r$/, '');
      open = start;
    }
    if (open.length > longest) throw lineTooLong(file, longest);
  }
  if (open !== '') yield open;
}

async function* textOf(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  for await (const chunk of chunks) yield typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/**
 * The lines of a stream, as LargeFiles.lines gives those of a file. `name`: ready to print. Ends with an error once
 * `signal` aborts.
 */
export async function* streamLines(
  stream: NodeJS.ReadableStream,
  name: string,
  signal: AbortSignal,
  longest = longestLine,
): AsyncGenerator<string, void> {
  const readable = stream instanceof Readable ? stream : new Readable().wrap(stream);
  yield* linesOf(textOf(addAbortSignal(signal, readable)), name, longest);
}

/** The machine's files, a piece at a time. */
export const systemLargeFiles: LargeFiles = {
  async writer(file, options) {
    const temporary = await beside(file);
    const handle = await open(temporary, 'wx', options?.mode ?? privateMode);
    let isOpen = true;
    const close = async (): Promise<void> => {
      if (isOpen) await handle.close();
      isOpen = false;
    };
    return {
      write: async (text) => {
        await handle.writeFile(text);
      },
      commit: async () => {
        await close();
        await rename(temporary, file);
      },
      discard: async () => {
        await close();
        await rm(temporary, { force: true });
      },
    };
  },
  async *lines(file, longest = longestLine) {
    const handle = await open(file, 'r');
    try {
      yield* linesOf(handle.createReadStream({ encoding: 'utf8', autoClose: false }), file, longest);
    } finally {
      await handle.close();
    }
  },
};
