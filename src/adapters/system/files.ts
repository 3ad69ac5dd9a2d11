import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Files } from '../../core/ports.ts';
import { listFiles } from './list-files.ts';
import { readLines, readWhole } from './read-file.ts';
import { destination, openLog, openWriter, writeOwn } from './write-file.ts';

/** The machine's files, for a run that `signal` interrupts. */
export function systemFiles(signal: AbortSignal): Files {
  return {
    read: async (file, maxBytes) => readWhole(file, maxBytes, signal),
    lines: (file, maxLength) => readLines(file, signal, maxLength),
    list: async (directory, fits) => listFiles(directory, fits, signal),
    write: writeOwn,
    remove: async (file) => rm(file, { force: true }),
    writer: openWriter,
    log: openLog,
    destination: async (file) => destination(file).catch(() => path.resolve(file)),
  };
}
