import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { InterruptedError } from '../../core/errors.ts';
import { isMissing, notReadable, notThere, tooManyFiles } from '../../core/file-errors.ts';

const maxEntries = 50_000;

/** A link to a file counts as the file; one to a directory may lead in a circle. */
async function isFile(entry: Dirent, file: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isFile();
  try {
    return (await stat(file)).isFile();
  } catch (error) {
    throw isMissing(error) ? notThere(file, error) : notReadable(file, error);
  }
}

async function entriesOf(directory: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (error) {
    throw notReadable(directory, error);
  }
}

/** Files.list, for runs that `signal` interrupts. */
export async function listFiles(
  directory: string,
  fits: (name: string) => boolean,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  try {
    if (!(await stat(directory)).isDirectory()) return undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw notReadable(directory, error);
  }
  const found: string[] = [];
  const open = [directory];
  let seen = 0;
  for (const folder of open) {
    if (signal.aborted) throw new InterruptedError();
    for (const entry of await entriesOf(folder)) {
      seen += 1;
      if (seen > maxEntries) throw tooManyFiles(directory, maxEntries);
      const name = path.join(folder, entry.name);
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) open.push(name);
      else if (fits(entry.name) && (await isFile(entry, name))) found.push(name);
    }
  }
  return found.sort();
}
