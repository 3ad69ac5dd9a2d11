/** What the machine provides, as types. adapters/system has the real ones; tests have their own. */

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
 * The program's own files, such as caches. A failure here or in Files rejects with a CliError that explains it in one
 * line.
 */
export interface CacheFiles {
  /**
   * `undefined` if the file does not exist. Rejects with `file-too-large` before it holds more than `maxBytes`, with
   * `file-not-readable`, and with InterruptedError as soon as the run is interrupted, whatever is being read.
   */
  read(file: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /**
   * Writes all or nothing, readable only by this user. Creates parent directories; a link is replaced, not followed.
   */
  write(file: string, data: string | Uint8Array): Promise<void>;
  remove(file: string): Promise<void>;
}

/** All access to files that a user names, by the given name, which appears in the messages. */
export interface Files extends CacheFiles {
  /**
   * The lines of a file that may be larger than memory, without line endings. Rejects like `read`, with
   * `file-not-found`, and with `file-too-large` at a line of more than `maxLength` characters.
   */
  lines(file: string, maxLength?: number): AsyncIterable<string>;
  /**
   * A file that is written piece by piece and appears only once it is committed. Creates parent directories, follows
   * links, and keeps the mode and owner of the file it replaces. Rejects with `file-not-written`, also if the file is
   * not a regular file, and with `file-exists` if it may not be replaced.
   */
  writer(file: string, options: OutputOptions): Promise<FileWriter>;
  /** A file that exists from the start and is written line by line. Rejects like `writer`. */
  log(file: string, options: OutputOptions): Promise<LineLog>;
  /**
   * The files below a directory whose names `fits` accepts, sorted, each as the directory's name and the path within.
   * Hidden ones, and links to directories, are left out. `undefined` if the name is not that of a directory. Rejects
   * with `file-not-readable`, and with `file-too-large` if there is too much to look through.
   */
  list(directory: string, fits: (name: string) => boolean): Promise<readonly string[] | undefined>;
  /** The absolute path of a name with its links followed, as far as possible. */
  destination(file: string): Promise<string>;
}

export interface OutputOptions {
  /** The mode of a new file. */
  readonly mode: number;
  /** Which files may be replaced: any, none, or one that is empty or starts with the pattern. */
  readonly replaces: 'any' | 'none' | RegExp;
}

export interface FileWriter {
  write(data: string | Uint8Array): Promise<void>;
  /** Moves the complete file into place. */
  commit(): Promise<void>;
  /** Removes everything that was written; has no effect after `commit`. */
  discard(): Promise<void>;
}

export interface LineLog {
  line(text: string): void;
  /** Rejects with `file-not-written` if a line could not be written. */
  close(): Promise<void>;
}

export interface Child {
  /** Its output to stdout and stderr, the last 256 KiB. */
  output(): string;
  /** The exit code, or null if a signal ended it. */
  readonly exited: Promise<number | null>;
  /** Asks it to exit and kills it after two seconds; resolves once it is gone. */
  stop(): Promise<void>;
}

export interface RunOptions {
  /** The child's complete environment: nothing of ours is added. The program is looked up on its PATH. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The child's standard input; defaults to empty. */
  readonly stdin?: string | Uint8Array;
  readonly signal: AbortSignal;
  /** The maximum duration in milliseconds; defaults to no limit. */
  readonly timeout?: number;
  /** The maximum number of bytes of each output; defaults to 64 MiB. */
  readonly limit?: number;
}

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  /** If a signal ended the child, 128 plus the signal number, as in shells. */
  readonly exitCode: number;
}

export interface Processes {
  /**
   * Runs a program to its end; `args` starts with its name or path. If the platform has process groups, an interrupt,
   * the timeout or the limit also ends the processes that it started.
   * @throws CliError `program-not-found`, `program-timed-out`, `program-output-too-large`; InterruptedError
   */
  run(args: readonly [program: string, ...rest: string[]], options: RunOptions): Promise<RunResult>;
  /** The path of an executable program: the given path if it has a slash, otherwise looked up on PATH. */
  find(program: string): Promise<string | undefined>;
  /**
   * A background child process that does not outlive this process. Rejects with Node's error if it cannot be started.
   */
  start(
    program: string,
    args: readonly string[],
    options: { readonly stdin: string; readonly seen?: (output: string) => void },
  ): Promise<Child>;
}
