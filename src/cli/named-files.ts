import { readStream, streamLines } from '../adapters/system/index.ts';
import { UsageError } from '../core/errors.ts';
import { notThere } from '../core/file-errors.ts';
import type { Files, OutputOptions } from '../core/ports.ts';
import { isStdin } from '../core/stdin.ts';
import { count, oneLine } from '../core/text.ts';

/** An option or argument that names a file. */
export interface NamedFile {
  readonly option: string;
  /** Undefined if absent. */
  readonly file: string | undefined;
}

export interface OutputFile extends NamedFile {
  readonly options: OutputOptions;
}

/** The file of `--out`; undefined for standard output. */
export function outFile(word: string | undefined): string | undefined {
  return word === '-' || word === '/dev/stdout' ? undefined : word;
}

function requireName(file: string): void {
  if (file === '') throw new UsageError('The file name is empty.');
}

/** Context.input and Context.inputLines. `stdin` opens standard input. */
export function inputsOf(files: Files, signal: AbortSignal, stdin: () => NodeJS.ReadableStream) {
  let taken = false;
  const openStdin = (): NodeJS.ReadableStream => {
    if (taken) throw new UsageError('Standard input can be read only once.', ['Use a file for the other input.']);
    taken = true;
    return stdin();
  };
  return {
    input: async (file: string, maxBytes: number): Promise<Uint8Array> => {
      requireName(file);
      if (isStdin(file)) return readStream(openStdin(), maxBytes, signal);
      const bytes = await files.read(file, maxBytes);
      if (bytes === undefined) throw notThere(file);
      return bytes;
    },
    inputLines: (file: string): AsyncIterable<string> => {
      requireName(file);
      return isStdin(file) ? streamLines(openStdin(), signal) : files.lines(file);
    },
  };
}

/**
 * Checks, before anything is read or sent to Azure, that all output files can be written, that none of them is also
 * read or written twice, and that standard input is read only once.
 * @throws UsageError; CliError like Files.writer
 */
export async function requireOutputs(
  files: Files,
  inputs: readonly NamedFile[],
  outputs: readonly OutputFile[],
): Promise<void> {
  const [first, second] = inputs.filter(({ file }) => file !== undefined && isStdin(file)).map(({ option }) => option);
  if (first !== undefined && second !== undefined)
    throw new UsageError(`${first} and ${second} cannot both read standard input.`);
  const taken = new Map<string, string>();
  for (const { option, file } of inputs)
    if (file !== undefined && !isStdin(file))
      taken.set(await files.destination(file), `is also the input of ${option}`);
  for (const { option, file } of outputs) {
    if (file === undefined) continue;
    requireName(file);
    if (outFile(file) === undefined)
      throw new UsageError(`${option}: this output cannot be written to standard output.`, ['Specify a file.']);
    const destination = await files.destination(file);
    const other = taken.get(destination);
    if (other !== undefined) throw new UsageError(`${option}: ${oneLine(file)} ${other}.`, ['Specify another file.']);
    taken.set(destination, `is also the output of ${option}`);
  }
  for (const { file, options } of outputs) if (file !== undefined) await (await files.writer(file, options)).discard();
}

/** Writes a named file. @throws CliError like Files.writer */
export async function writeNamed(
  files: Files,
  file: string,
  data: string | Uint8Array,
  options: OutputOptions,
): Promise<void> {
  requireName(file);
  const writer = await files.writer(file, options);
  try {
    await writer.write(data);
    await writer.commit();
  } finally {
    await writer.discard();
  }
}

/** Writes a document that other users may read, and prints a message. */
export async function saveDocument(
  { files, say }: { readonly files: Files; readonly say: (text: string) => void },
  file: string,
  text: string,
  replaces: OutputOptions['replaces'],
): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  await writeNamed(files, file, bytes, { mode: 0o644, replaces });
  say(`Wrote ${oneLine(file)} (${count(bytes.length, 'byte')}).`);
}
