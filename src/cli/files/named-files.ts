import path from 'node:path';
import { UsageError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import type { Context } from '../framework/context.ts';
import { notWritten, placeOf } from './file-errors.ts';

/** A file that an option names. */
export interface NamedFile {
  readonly option: string;
  readonly file: string;
}

/**
 * Nothing that is read is written over, nothing is written twice, and standard input is read once.
 * @throws UsageError
 */
export function requireDistinct(inputs: readonly NamedFile[], outputs: readonly NamedFile[]): void {
  const [first, second] = inputs.filter(({ file }) => file === '-').map(({ option }) => option);
  if (first !== undefined && second !== undefined)
    throw new UsageError(`${first} and ${second} cannot both read standard input.`);
  const taken = new Map(
    inputs.filter(({ file }) => file !== '-').map(({ option, file }) => [path.resolve(file), `is read by ${option}`]),
  );
  for (const { option, file } of outputs) {
    const place = path.resolve(file);
    const other = taken.get(place);
    if (other !== undefined) throw new UsageError(`${option}: ${oneLine(file)} ${other}.`, ['Name another file.']);
    taken.set(place, `is written by ${option}`);
  }
}

/** A file that is not there, or cannot be read, may still be written; a directory may not. */
async function refuseDirectory(context: Context, place: string): Promise<void> {
  try {
    await context.files.read(place, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EISDIR') throw error;
  }
}

/**
 * Finds out before long work that what comes of it can be written.
 * @throws CliError `file-not-written`
 */
export async function requireWritable(context: Context, outputs: readonly NamedFile[]): Promise<void> {
  for (const { file } of outputs) {
    const place = placeOf(file);
    try {
      await refuseDirectory(context, place);
      const writer = await context.largeFiles.writer(place);
      await writer.discard();
    } catch (error) {
      throw notWritten(file, error);
    }
  }
}
