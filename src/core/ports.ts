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

/** Files by absolute path. Errors are Node's own, with `code` (`ENOENT`, `EACCES`, `EISDIR`, …). */
export interface Files {
  /**
   * `undefined` where there is no such file. `maxBytes`: rejects with a CliError `file-too-large` before reading more.
   */
  read(path: string, maxBytes?: number): Promise<Uint8Array | undefined>;
  /** Atomic: a temporary file in the same directory, then a rename. Creates parent directories. */
  write(path: string, data: string | Uint8Array, options?: { readonly mode?: number }): Promise<void>;
  remove(path: string): Promise<void>;
}

/** Files that may be larger than memory. */
export interface LargeFiles {
  /** A file that is written bit by bit, and there only once it is committed. Creates parent directories. */
  writer(path: string, options?: { readonly mode?: number }): Promise<FileWriter>;
  /**
   * The lines of a file that may be larger than memory, without their ends. Rejects with Node's error where it cannot
   * be read, and with a CliError `file-too-large` at a line of more than `longest` characters.
   */
  lines(path: string, longest?: number): AsyncIterable<string>;
}

export interface FileWriter {
  write(text: string): Promise<void>;
  /** Puts the whole file in its place. */
  commit(): Promise<void>;
  /** Leaves nothing behind; harmless after `commit`. */
  discard(): Promise<void>;
}

export interface Child {
  /** What it wrote to either output, the newest 256 KiB. */
  output(): string;
  /** The exit code, or null where a signal ended it. */
  readonly exited: Promise<number | null>;
  /** Asks it to end, and after two seconds ends it; resolves once it is gone. */
  stop(): Promise<void>;
}

export interface Processes {
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
