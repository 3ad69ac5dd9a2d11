import { streamLines, systemClock, systemFiles, systemIds, systemLargeFiles } from '../adapters/system/index.ts';
import type { Emit } from '../core/events.ts';
import type { Clock, Files, Ids, LargeFiles } from '../core/ports.ts';
import type { Azure } from '../model/ports.ts';
import type { ContextParts } from './framework/main-io.ts';
import { readInput } from './input.ts';
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
  /** Of the program. */
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly files: Files;
  readonly largeFiles: LargeFiles;
  /** Aborts on Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  readonly settings: Settings;
  readonly terminal: Terminal;
  readonly emit: Emit;
  /** Text for people, on stderr; hidden by --only-show-errors. */
  readonly say: (text: string) => void;
  /**
   * Asks on a terminal; true under --yes. Rejects with UsageError `consent-needed` (exit 2, naming --yes) where nobody
   * can be asked.
   */
  readonly consent: (request: ConsentRequest) => Promise<boolean>;
  /**
   * The bytes of a file, or of standard input for `-`. Rejects with CliError `file-not-found` (exit 3),
   * `file-not-readable`, `file-too-large`.
   */
  readonly input: (path: string, maxBytes: number) => Promise<Uint8Array>;
  /**
   * The lines of standard input, which may be larger than memory, as LargeFiles.lines gives those of a file; an error
   * once the signal aborts.
   */
  readonly inputLines: () => AsyncIterable<string>;
  /** Signed in lazily: nothing of Azure loads before this is called. */
  readonly azure: () => Promise<Azure>;
}

/** The real context of a command: this machine, and Azure once it is asked for. */
export function buildContext(
  parts: ContextParts,
  machine: { readonly env: Context['env']; readonly stdin: NodeJS.ReadableStream; readonly version: string },
): Context {
  let azure: Promise<Azure> | undefined;
  const world = {
    version: machine.version,
    env: machine.env,
    clock: systemClock,
    ids: systemIds,
    files: systemFiles,
    largeFiles: systemLargeFiles,
  };
  const { globals: _, ...given } = parts;
  return {
    ...given,
    ...world,
    input: async (file, maxBytes) => readInput(file, maxBytes, systemFiles, machine.stdin),
    inputLines: () => streamLines(machine.stdin, 'Standard input', given.signal),
    azure: async () => {
      azure ??= import('./connect.ts').then(async ({ connect }) => connect({ ...world, ...given }));
      return azure;
    },
  };
}
