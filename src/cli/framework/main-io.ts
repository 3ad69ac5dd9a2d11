import type { ExitCode } from '../../core/exit-codes.ts';
import type { Clock } from '../../core/ports.ts';
import type { Input, Output } from '../io/output.ts';
import type { Context, Settings } from './context.ts';
import type { Globals } from './globals.ts';
import type { Registry } from './registry.ts';

export type InterruptSignal = 'SIGINT' | 'SIGTERM';

/** What the runner provides for the context of a command. */
export interface ContextParts extends Pick<
  Context,
  'signal' | 'terminal' | 'emit' | 'say' | 'consent' | 'prompts' | 'settings'
> {
  readonly globals: Globals;
}

/** What the process provides to the program. Tests provide their own. */
export interface MainIo {
  readonly version: string;
  readonly registry: Registry;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Calls the listener at every SIGINT and SIGTERM until the returned function is called. */
  onSignal(listener: (signal: InterruptSignal) => void): () => void;
  /** Ends the process immediately, for the second Ctrl-C. */
  endNow(code: ExitCode): void;
  settings(globals: Globals): Promise<Settings>;
  /** Called once per command; loads the adapters. */
  context(parts: ContextParts): Promise<Context>;
}
