import type { ExitCode } from '../core/exit-codes.ts';
import type { MainIo } from './framework/main-io.ts';
import { runCommandLine } from './framework/run.ts';

export type { ContextParts, MainIo } from './framework/main-io.ts';

/** The program: words in, exit code out. What starts the process sets `process.exitCode` to it. */
export async function main(argv: readonly string[], io: MainIo): Promise<ExitCode> {
  return runCommandLine(argv, io);
}
