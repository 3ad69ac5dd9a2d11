import type { Emit } from '../core/events.ts';
import type { Clock, Files, Ids } from '../core/ports.ts';
import type { Azure } from '../model/ports.ts';
import type { Settings } from './settings.ts';

/** A question before something is changed. */
export interface ConsentRequest {
  /** What will happen, ready to print; shown before the question, and also where --yes answers it. */
  readonly summary: string;
  readonly question: string;
  /** True where --yes was given. */
  readonly yes: boolean;
}

/** What the program is attached to. */
export interface Terminal {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly columns: number;
  readonly colour: boolean;
}

/** All that touches the world, handed to every command. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly files: Files;
  /** Aborts on Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  readonly settings: Settings;
  readonly terminal: Terminal;
  readonly emit: Emit;
  /** Text for people, on stderr; hidden by --only-show-errors. */
  say(text: string): void;
  /** Asks on a terminal; true under --yes. Rejects with UsageError `consent-needed` (exit 2, naming --yes) where nobody can be asked. */
  consent(request: ConsentRequest): Promise<boolean>;
  /** The bytes of a file, or of standard input for `-`. Rejects with CliError `file-not-found` (exit 3), `file-not-readable`, `file-too-large`. */
  input(path: string, maxBytes: number): Promise<Uint8Array>;
  /** Signed in lazily: nothing of Azure loads before this is called. */
  azure(): Promise<Azure>;
}
