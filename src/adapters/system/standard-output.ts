import { fstatSync, writeSync } from 'node:fs';

const descriptor = 1;

/**
 * Writes to standard output if it is a regular file; undefined otherwise. Node's own stream treats a write that the
 * system cut short, because the disk is full, as complete.
 */
export function fileOutput(): ((text: string) => void) | undefined {
  try {
    if (!fstatSync(descriptor).isFile()) return undefined;
  } catch {
    return undefined;
  }
  return (text) => {
    let rest: Uint8Array = Buffer.from(text);
    while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
  };
}
