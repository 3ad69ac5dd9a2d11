import { fstatSync, writeSync } from 'node:fs';

const descriptor = 1;

/**
 * Writes to standard output where that is a regular file; undefined where it is none. Node's own stream takes a write
 * that the system cut short, because the disk is full, for a whole one.
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
