/** Where text goes: standard output or error. A write resolves when the text has been taken, however large it is. */
export interface Output {
  /** Rejects with Node's error, `EPIPE` where the reader has gone. */
  write(text: string): Promise<void>;
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  /** The stream itself, for what draws on a terminal. */
  readonly stream: NodeJS.WritableStream;
}

/** What standard input is. */
export interface Input {
  readonly isTTY: boolean;
  readonly stream: NodeJS.ReadableStream;
}

/** What the program is attached to. */
export interface Terminal {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly columns: number;
  readonly colour: boolean;
  /** The locale is C or POSIX: no box drawing. */
  readonly ascii?: boolean;
}

/** Whether the locale promises ASCII alone. The first of the three that is set counts. Source: POSIX, 8.2. */
export function isAsciiLocale(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '');
  return locale === 'C' || locale === 'POSIX';
}

type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
};

/**
 * `process.stdout` or `process.stderr` as an Output. A stream that has failed says so to the writer, not to the
 * process. `writeAll`: takes the place of its own write.
 */
export function streamOutput(stream: OutputStream, writeAll?: (text: string) => void): Output {
  stream.on('error', () => undefined);
  return {
    write: async (text) => {
      if (writeAll !== undefined) {
        writeAll(text);
        return;
      }
      await new Promise<void>((resolve, reject) => {
        stream.write(text, (error) => {
          if (error === null || error === undefined) resolve();
          else reject(error);
        });
      });
    },
    get isTTY() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.columns;
    },
    stream,
  };
}

/** The reader has gone (`| head`). */
export function isBrokenPipe(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'EOF';
}

/** Messages for people, in the order in which they were said. Where nobody reads them any more, they are dropped. */
export class Messages {
  readonly #output: Output;
  readonly #shape: (text: string) => string;
  #last: Promise<void> = Promise.resolve();

  /** `shape`: makes a text fit for who reads it; as it is unless given. */
  constructor(output: Output, shape: (text: string) => string = (text) => text) {
    this.#output = output;
    this.#shape = shape;
  }

  write(text: string): void {
    const written = this.#output.write(this.#shape(text)).catch(() => undefined);
    this.#last = Promise.all([this.#last, written]).then(() => undefined);
  }

  async flush(): Promise<void> {
    await this.#last;
  }
}
