import { tooLarge } from '../../adapters/system/index.ts';
import type { Files } from '../../core/ports.ts';
import { notReadable, notThere } from './file-errors.ts';

async function drain(stream: NodeJS.ReadableStream, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    length += bytes.length;
    if (length > maxBytes) throw tooLarge('Standard input', maxBytes);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** The bytes of a file that the user named, or of standard input for `-`. Errors as Context.input says. */
export async function readInput(
  file: string,
  maxBytes: number,
  files: Files,
  stdin: NodeJS.ReadableStream,
): Promise<Uint8Array> {
  if (file === '-') return drain(stdin, maxBytes);
  let bytes: Uint8Array | undefined;
  try {
    bytes = await files.read(file, maxBytes);
  } catch (error) {
    throw notReadable(file, error);
  }
  if (bytes === undefined) throw notThere(file);
  return bytes;
}
