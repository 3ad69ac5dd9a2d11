import { constants, type Stats } from 'node:fs';
import { access, lstat, mkdir, open, readlink, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { alreadyThere, codeOf, isMissing, notWritten } from '../../core/file-errors.ts';
import type { FileWriter, LineLog, OutputOptions } from '../../core/ports.ts';
import { systemIds } from './ids.ts';

const privateMode = 0o600;

/** As many as Linux follows. */
const maxLinks = 40;

/** How much of an existing file is read to decide whether it may be replaced. */
const headBytes = 4096;

/** Paths under these are not ordinary files; /dev/shm is an ordinary directory. */
const standsForOther = /^\/(?:dev(?!\/shm\/)|proc|sys)\//;

/** Follows links that realpath cannot, because their target does not exist. @throws Node's error */
export async function destination(file: string, links = 0): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const directory = path.dirname(path.resolve(file));
  if (directory === file) return file;
  const place = path.join(await destination(directory, links), path.basename(file));
  const link = await readlink(place).catch(() => undefined);
  if (link === undefined) return place;
  if (links === maxLinks) throw Object.assign(new Error('too many links'), { code: 'ELOOP' });
  return destination(path.resolve(path.dirname(place), link), links + 1);
}

async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Not Node's recursive mkdir: below /proc it never returns. */
async function makeDirectory(directory: string): Promise<void> {
  const found = await ifThere(stat(directory));
  if (found?.isDirectory() === true) return;
  if (path.dirname(directory) !== directory) await makeDirectory(path.dirname(directory));
  try {
    await mkdir(directory);
  } catch (error) {
    // Another process may have created it first.
    if (codeOf(error) !== 'EEXIST' || found !== undefined) throw error;
  }
}

function kindOf(found: Stats): string {
  if (found.isDirectory()) return 'it is a directory';
  if (found.isFIFO()) return 'it is a pipe';
  return found.isSocket() ? 'it is a socket' : 'it is a device';
}

async function beginning(file: string): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(headBytes), 0, headBytes, 0);
    return new TextDecoder().decode(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** The existing file to replace. @throws CliError if it must not be replaced; Node's error */
async function replaceable(file: string, target: string, replaces: OutputOptions['replaces']) {
  const found = await ifThere(lstat(target));
  if (found === undefined) return undefined;
  if (!found.isFile()) throw notWritten(file, kindOf(found));
  await access(target, constants.W_OK);
  if (replaces === 'none') throw alreadyThere(file, 'was not changed');
  if (replaces !== 'any' && found.size > 0 && !replaces.test(await beginning(target)))
    throw alreadyThere(file, 'does not look like a file that this command wrote: it was not changed');
  return found;
}

/** The destination of a file that the user named. @throws CliError; Node's error */
async function targetOf(file: string, { replaces }: OutputOptions): Promise<string> {
  if (/[/\\]$/.test(file)) throw notWritten(file, 'it is a directory');
  const target = await destination(file);
  if (standsForOther.test(path.resolve(file)) || standsForOther.test(target))
    throw notWritten(file, 'files cannot be created there', [
      'To write to a pipe or a device, redirect standard output.',
    ]);
  const replaced = await replaceable(file, target, replaces);
  if (replaced === undefined) await makeDirectory(path.dirname(target));
  return target;
}

interface Temporary {
  readonly name: string;
  readonly handle: FileHandle;
}

/** A new file in the same directory, to be renamed into place. */
async function openBeside(target: string, mode: number): Promise<Temporary> {
  const name = path.join(path.dirname(target), `.aks-localdns-${systemIds.uuid()}.tmp`);
  return { name, handle: await open(name, 'wx', mode) };
}

/** Gives a file the owner and mode of the file it replaces. */
async function takeAfter(handle: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  const own = await handle.stat();
  if (own.uid !== uid || own.gid !== gid) {
    // Only root can change the owner to another user.
    await handle
      .chown(uid, gid)
      .catch(async () => handle.chown(own.uid, gid))
      .catch(() => undefined);
  }
  if (own.mode !== mode) await handle.chmod(mode & 0o7777);
}

/** Files.writer. */
export async function openWriter(file: string, options: OutputOptions): Promise<FileWriter> {
  let target: string;
  let temporary: Temporary;
  try {
    target = await targetOf(file, options);
    temporary = await openBeside(target, options.mode);
  } catch (error) {
    throw notWritten(file, error);
  }
  const { name, handle } = temporary;
  const discard = async (): Promise<void> => {
    await handle.close().catch(() => undefined);
    await rm(name, { force: true });
  };
  const orNothing = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      await discard();
      throw notWritten(file, error);
    }
  };
  return {
    write: async (data) => orNothing(async () => handle.writeFile(data)),
    commit: async () =>
      orNothing(async () => {
        // Check again: a long time may have passed.
        const replaced = await replaceable(file, target, options.replaces);
        if (replaced !== undefined) await takeAfter(handle, replaced);
        await handle.sync();
        await handle.close();
        await rename(name, target);
      }),
    discard,
  };
}

/** CacheFiles.write. */
export async function writeOwn(file: string, data: string | Uint8Array): Promise<void> {
  try {
    const target = path.resolve(file);
    await makeDirectory(path.dirname(target));
    const { name, handle } = await openBeside(target, privateMode);
    try {
      await handle.writeFile(data);
      await handle.close();
      await rename(name, target);
    } catch (error) {
      await handle.close();
      await rm(name, { force: true });
      throw error;
    }
  } catch (error) {
    throw notWritten(file, error);
  }
}

/** Files.log. */
export async function openLog(file: string, options: OutputOptions): Promise<LineLog> {
  let handle: FileHandle;
  try {
    const target = await targetOf(file, options);
    const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW, O_NONBLOCK } = constants;
    handle = await open(target, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_NONBLOCK, options.mode);
  } catch (error) {
    throw notWritten(file, error);
  }
  let failure: unknown;
  const stream = handle.createWriteStream();
  // A full disk must not stop the work that is logged.
  stream.on('error', (error) => {
    failure ??= error;
  });
  return {
    line: (text) => {
      stream.write(`${text}\n`);
    },
    close: async () => {
      failure ??= await new Promise<unknown>((resolve) => {
        stream.end(resolve);
      });
      if (failure !== undefined && failure !== null) throw notWritten(file, failure);
    },
  };
}
