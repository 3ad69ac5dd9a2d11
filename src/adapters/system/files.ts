import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CliError } from '../../core/errors.ts';
import type { Files } from '../../core/ports.ts';
import { oneLine } from '../../core/text.ts';

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

export function tooLarge(name: string, maxBytes: number): CliError {
  return new CliError({
    code: 'file-too-large',
    message: `${oneLine(name)} is larger than ${String(maxBytes)} bytes.`,
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
    const directory = path.dirname(file);
    await mkdir(directory, { recursive: true });
    const temporary = path.join(directory, `.${path.basename(file)}.${randomUUID()}.tmp`);
    try {
      await writeFile(temporary, data, { mode: options?.mode ?? 0o600, flag: 'wx' });
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
