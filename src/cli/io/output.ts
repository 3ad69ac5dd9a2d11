/** Standard output or error. A write resolves once the text has been accepted, whatever its size. */
export interface Output {
  /** Rejects with Node's error, such as `EPIPE` if the reader closed the pipe. */
  write(text: string): Promise<void>;
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  /** The stream itself, for drawing on a terminal. */
  readonly stream: NodeJS.WritableStream;
}

/** Standard input. */
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
  /** Whether the locale is C or POSIX, without box-drawing characters. */
  readonly ascii?: boolean;
}

/** Whether the locale supports only ASCII. The first variable that is set decides. Source: POSIX, 8.2. */
export function isAsciiLocale(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '');
  return locale === 'C' || locale === 'POSIX';
}

type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
};

/**
 * `process.stdout` or `process.stderr` as an Output. A failed stream rejects the write instead of ending the process.
 * `writeAll` replaces its own write.
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

/** Whether the reader closed the pipe (`| head`). */
export function isBrokenPipe(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'EOF';
}

/** Messages in order. They are dropped once the reader has closed the stream. */
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
