import { oneLine } from './text.ts';

/** True if the name stands for standard input. */
export function isStdin(file: string): boolean {
  return file === '-' || file === '/dev/stdin';
}

/** A file that is read, as messages have it. */
export function inputName(file: string): string {
  return isStdin(file) ? 'standard input' : oneLine(file);
}
