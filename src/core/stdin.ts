import { oneLine } from './text.ts';

/** Whether the name means standard input. */
export function isStdin(file: string): boolean {
  return file === '-' || file === '/dev/stdin';
}

/** The name of an input file for messages. */
export function inputName(file: string): string {
  return isStdin(file) ? 'standard input' : oneLine(file);
}
