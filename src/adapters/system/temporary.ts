import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface TemporaryDirectory {
  readonly path: string;
  remove(): Promise<void>;
}

const held = new Set<string>();
const interrupts = ['SIGINT', 'SIGTERM'] as const;
let interruptsSeen = 0;

function removeAll(): void {
  for (const directory of held) rmSync(directory, { recursive: true, force: true });
  held.clear();
}

/** The first interrupt ends the task, which cleans up after itself; the second ends the process immediately. */
function onInterrupt(): void {
  interruptsSeen += 1;
  if (interruptsSeen > 1) removeAll();
}

/** The terminal was closed: the process ends as it would without this handler. */
function onHangUp(): void {
  removeAll();
  stopListening();
  process.kill(process.pid, 'SIGHUP');
}

function listen(): void {
  process.on('exit', removeAll);
  process.on('SIGHUP', onHangUp);
  for (const signal of interrupts) process.prependListener(signal, onInterrupt);
}

function stopListening(): void {
  process.off('exit', removeAll);
  process.off('SIGHUP', onHangUp);
  for (const signal of interrupts) process.off(signal, onInterrupt);
}

/**
 * A temporary directory, readable only by this user. It is removed when the process ends at the latest, unless the
 * process is killed.
 */
export async function temporaryDirectory(prefix: string): Promise<TemporaryDirectory> {
  if (held.size === 0) listen();
  const directory = await mkdtemp(path.join(tmpdir(), `${prefix}-`));
  held.add(directory);
  return {
    path: directory,
    remove: async () => {
      await rm(directory, { recursive: true, force: true });
      held.delete(directory);
      if (held.size === 0) stopListening();
    },
  };
}

/** A temporary directory for the duration of a task, removed however the task ends. */
export async function withTemporaryDirectory<T>(prefix: string, work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await temporaryDirectory(prefix);
  try {
    return await work(directory.path);
  } finally {
    await directory.remove();
  }
}
