/** What the machine offers, as types. Real ones live in adapters/system; tests bring their own. */

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `milliseconds`; rejects with InterruptedError once `signal` aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export interface Ids {
  /** A random UUID in lower case. */
  uuid(): string;
  /** A number in [0, 1), for jitter. */
  random(): number;
}

/**
 * The program's own files, such as caches. What goes wrong with these and with those of Files rejects with a CliError
 * that says it in one line.
 */
export interface CacheFiles {
  /**
   * `undefined` where there is no such file. Rejects with `file-too-large` before it holds more than `maxBytes`, with
   * `file-not-readable`, and with InterruptedError as soon as the run is interrupted, whatever is being read.
   */
  read(file: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /**
   * Whole or not at all, readable by this user alone. Creates parent directories; a link is replaced and not followed.
   */
  write(file: string, data: string | Uint8Array): Promise<void>;
  remove(file: string): Promise<void>;
}

/** The one door to files that a user names, by the name that was given: it stands in the messages. */
export interface Files extends CacheFiles {
  /**
   * The lines of a file that may be larger than memory, without their ends. Rejects as `read` does, with
   * `file-not-found`, and with `file-too-large` at a line of more than `maxLength` characters.
   */
  lines(file: string, maxLength?: number): AsyncIterable<string>;
  /**
   * A file that is written bit by bit, and there only once it is committed. Creates parent directories and follows
   * links, and the file that is replaced leaves its mode and its owner. Rejects with `file-not-written`, where it is no
   * regular file as well, and with `file-exists` where it may not be replaced.
   */
  writer(file: string, options: OutputOptions): Promise<FileWriter>;
  /** A file that is there from the beginning and is written a line at a time. Rejects as `writer` does. */
  log(file: string, options: OutputOptions): Promise<LineLog>;
  /** The absolute path that a name leads to once its links are followed, as far as they can be. */
  destination(file: string): Promise<string>;
}

export interface OutputOptions {
  /** Of a new file. */
  readonly mode: number;
  /** Which file may be replaced: any, none, or one that is empty or begins as the pattern says. */
  readonly replaces: 'any' | 'none' | RegExp;
}

export interface FileWriter {
  write(data: string | Uint8Array): Promise<void>;
  /** Puts the whole file in its place. */
  commit(): Promise<void>;
  /** Leaves nothing behind; harmless after `commit`. */
  discard(): Promise<void>;
}

export interface LineLog {
  line(text: string): void;
  /** Rejects with `file-not-written` where some line could not be written. */
  close(): Promise<void>;
}

export interface Child {
  /** What it wrote to either output, the newest 256 KiB. */
  output(): string;
  /** The exit code, or null where a signal ended it. */
  readonly exited: Promise<number | null>;
  /** Asks it to end, and after two seconds ends it; resolves once it is gone. */
  stop(): Promise<void>;
}

export interface RunOptions {
  /** The child's whole environment: nothing of ours is added. The program is looked up on its PATH. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The child's whole input; none unless given. */
  readonly stdin?: string | Uint8Array;
  readonly signal: AbortSignal;
  /** The most that the run may take, in milliseconds; no limit unless given. */
  readonly timeout?: number;
  /** The most bytes of each output that are taken; 64 MiB unless given. */
  readonly limit?: number;
}

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  /** 128 and the number of the signal for a child that a signal ended, as shells have it. */
  readonly exitCode: number;
}

export interface Processes {
  /**
   * Runs a program to its end; `args` begins with its name or path. What it started ends with it on an interrupt, at
   * the timeout and at the limit, where the platform has process groups.
   * @throws CliError `program-not-found`, `program-timed-out`, `program-output-too-large`; InterruptedError
   */
  run(args: readonly [program: string, ...rest: string[]], options: RunOptions): Promise<RunResult>;
  /** The path of a program that can be run: as it is named where it has a slash, otherwise from PATH. */
  find(program: string): Promise<string | undefined>;
  /**
   * A child in the background, which does not outlive this process. Rejects with Node's error where it cannot be
   * started.
   */
  start(
    program: string,
    args: readonly string[],
    options: { readonly stdin: string; readonly seen?: (output: string) => void },
  ): Promise<Child>;
}
