import { homedir } from 'node:os';
import { isatty } from 'node:tty';
import { systemClock } from '../adapters/system/clock.ts';
import { fileOutput } from '../adapters/system/standard-output.ts';
import type { ExitCode } from '../core/exit-codes.ts';
import { commands, groups } from './commands/index.ts';
import type { InterruptSignal, MainIo } from './framework/main-io.ts';
import { createRegistry } from './framework/registry.ts';
import { runCommandLine } from './framework/run.ts';
import { streamOutput } from './io/output.ts';

export type { ContextParts, MainIo } from './framework/main-io.ts';

/** Set by the build. */
declare const __VERSION__: string | undefined;

export const version = typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0-development';

/** Runs the program and returns the exit code, which the caller assigns to `process.exitCode`. */
export async function main(argv: readonly string[], io: MainIo): Promise<ExitCode> {
  return runCommandLine(argv, io);
}

const signals: readonly InterruptSignal[] = ['SIGINT', 'SIGTERM'];

function onSignal(listener: (signal: InterruptSignal) => void): () => void {
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}

/** Ends like a process without a signal handler, so that the shell sees the signal. */
function endNow(code: ExitCode): void {
  const signal = code === 143 ? 'SIGTERM' : 'SIGINT';
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** Standard input, opened on first use: opening it takes time, and an open one keeps the process alive. */
const stdin = {
  opened: false,
  isTTY: isatty(0),
  get stream(): NodeJS.ReadStream {
    stdin.opened = true;
    return process.stdin;
  },
};

/** What this process provides to the program. */
function processIo(): MainIo {
  return {
    version,
    registry: createRegistry(commands, groups),
    stdin,
    stdout: streamOutput(process.stdout, fileOutput()),
    stderr: streamOutput(process.stderr),
    env: process.env,
    clock: systemClock,
    onSignal,
    endNow,
    settings: async (globals) => {
      const { machineSettings } = await import('./context.ts');
      const settings = await machineSettings(process.env, homedir());
      return { ...settings, signIn: globals.signIn ?? settings.signIn };
    },
    context: async (parts) => {
      const { buildContext } = await import('./context.ts');
      const machine = {
        env: process.env,
        version,
        get stdin() {
          return stdin.stream;
        },
      };
      return buildContext(parts, machine);
    },
  };
}

/** Runs the command line of this process. */
export async function runProcess(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), processIo());
  // An unread standard input (a terminal after a prompt) must not keep the process alive.
  if (stdin.opened) process.stdin.unref?.();
}
