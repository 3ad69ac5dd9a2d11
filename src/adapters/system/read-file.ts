import { close, constants, fstat, open, read } from 'node:fs';
import { addAbortSignal, Readable } from 'node:stream';
import { isatty } from 'node:tty';
import { promisify } from 'node:util';
import { InterruptedError } from '../../core/errors.ts';
import { isMissing, lineTooLong, notReadable, notThere, tooLarge } from '../../core/file-errors.ts';

const openFile = promisify(open);
const closeFile = promisify(close);
const statFile = promisify(fstat);
const readFile = promisify(read);

const pieceBytes = 65_536;

/** Longer than any line that this program writes: the rules of a security group, the sizes of a region. */
const maxLineLength = 64 * 1024 * 1024;

/** For anything that may never deliver: it is read by the event loop, which an interrupt can end. */
async function waitingStream(descriptor: number): Promise<Readable> {
  if (isatty(descriptor)) {
    const { ReadStream } = await import('node:tty');
    return new ReadStream(descriptor);
  }
  const { Socket } = await import('node:net');
  return new Socket({ fd: descriptor, readable: true, writable: false });
}

/** The bytes of an open file, one chunk at a time; closes the file. */
async function* pieces(descriptor: number, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
  try {
    for (;;) {
      signal.throwIfAborted();
      const buffer = new Uint8Array(pieceBytes);
      const { bytesRead } = await readFile(descriptor, buffer, 0, buffer.length, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await closeFile(descriptor);
  }
}

/**
 * The bytes of anything that has a path, as they arrive.
 * @throws Node's error; CliError `file-too-large` if a regular file is known to be too large
 */
async function* bytesOf(file: string, signal: AbortSignal, maxBytes: number): AsyncGenerator<Uint8Array, void> {
  // Without O_NONBLOCK, a pipe without a writer blocks a thread, and the process cannot end until that is free.
  const descriptor = await openFile(file, constants.O_RDONLY | constants.O_NONBLOCK);
  let found;
  try {
    found = await statFile(descriptor);
    if (found.isFile() && found.size > maxBytes) throw tooLarge(file, maxBytes);
  } catch (error) {
    await closeFile(descriptor);
    throw error;
  }
  if (found.isFIFO() || isatty(descriptor)) yield* addAbortSignal(signal, await waitingStream(descriptor));
  else yield* pieces(descriptor, signal);
}

async function collected(chunks: AsyncIterable<string | Uint8Array>, name: string, maxBytes: number) {
  const kept: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    length += bytes.length;
    if (length > maxBytes) throw tooLarge(name, maxBytes);
    kept.push(bytes);
  }
  return Buffer.concat(kept, length);
}

/**
 * A line ends with a newline only. Node's readline, from version 24 on, also breaks lines at U+2028, which JSON does
 * not escape.
 */
async function* splitLines(
  chunks: AsyncIterable<string | Uint8Array>,
  name: string,
  maxLength: number,
): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let open = '';
  for await (const chunk of chunks) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const [end = '', ...starts] = text.split('\n');
    open += end;
    for (const start of starts) {
      yield open.replace(/\r$/, '');
      open = start;
    }
    if (open.length > maxLength) throw lineTooLong(name, maxLength);
  }
  open += decoder.decode();
  if (open !== '') yield open;
}

/** Converts an error from Node into one for users; an aborted read becomes the interrupt itself. */
function userError(error: unknown, name: string, signal: AbortSignal): Error {
  return signal.aborted ? new InterruptedError() : notReadable(name, error);
}

/** Files.read, for runs that `signal` interrupts. */
export async function readWhole(file: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array | undefined> {
  try {
    return await collected(bytesOf(file, signal, maxBytes), file, maxBytes);
  } catch (error) {
    if (!signal.aborted && isMissing(error)) return undefined;
    throw userError(error, file, signal);
  }
}

/** Files.lines, for runs that `signal` interrupts. */
export async function* readLines(
  file: string,
  signal: AbortSignal,
  maxLength = maxLineLength,
): AsyncGenerator<string, void> {
  try {
    yield* splitLines(bytesOf(file, signal, Number.POSITIVE_INFINITY), file, maxLength);
  } catch (error) {
    throw !signal.aborted && isMissing(error) ? notThere(file, error) : userError(error, file, signal);
  }
}

function interruptible(stream: NodeJS.ReadableStream, signal: AbortSignal): Readable {
  return addAbortSignal(signal, stream instanceof Readable ? stream : new Readable().wrap(stream));
}

/** Standard input, like Files.read for a file. */
export async function readStream(
  stream: NodeJS.ReadableStream,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  try {
    return await collected(interruptible(stream, signal), 'Standard input', maxBytes);
  } catch (error) {
    throw userError(error, 'Standard input', signal);
  }
}

/** The lines of standard input, like Files.lines for a file. */
export async function* streamLines(stream: NodeJS.ReadableStream, signal: AbortSignal): AsyncGenerator<string, void> {
  try {
    yield* splitLines(interruptible(stream, signal), 'Standard input', maxLineLength);
  } catch (error) {
    throw userError(error, 'Standard input', signal);
  }
}
