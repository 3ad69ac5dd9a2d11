import { spawn, type ChildProcess } from 'node:child_process';
import { spawn as spawnOnTerminal } from '@lydell/node-pty';

export type Environment = Readonly<Record<string, string>>;

/** The exit and output of a program. */
export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Child {
  /** The output so far. */
  readonly stdout: string;
  readonly stderr: string;
  readonly ended: Promise<Ran>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves once standard error contains the text; rejects if the program ends first. */
  says(text: string): Promise<void>;
}

/** Longer than any wait of a test. */
const patienceMs = 120_000;

async function until(holds: () => boolean, ended: Promise<unknown>, describe: () => string): Promise<void> {
  let over = false;
  const end = ended.then(() => {
    over = true;
  });
  const deadline = Date.now() + patienceMs;
  while (!holds()) {
    if (over || Date.now() > deadline)
      throw new Error(`${over ? 'The program ended' : 'Time passed'} before it said it: ${describe()}`);
    await Promise.race([
      end,
      new Promise((resolve) => {
        setTimeout(resolve, 20);
      }),
    ]);
  }
}

function collect(child: ChildProcess, name: 'stdout' | 'stderr', into: Record<'stdout' | 'stderr', Buffer[]>): void {
  child[name]?.on('data', (chunk: Buffer) => {
    into[name].push(chunk);
  });
}

/** Starts a program with pipes for its streams; a given input is its whole standard input. */
export function startPiped(
  file: string,
  args: readonly string[],
  options: { readonly env: Environment; readonly cwd: string; readonly input?: string | Uint8Array | undefined },
): Child {
  const child = spawn(file, args, { cwd: options.cwd, env: options.env, stdio: ['pipe', 'pipe', 'pipe'] });
  const chunks = { stdout: new Array<Buffer>(), stderr: new Array<Buffer>() };
  collect(child, 'stdout', chunks);
  collect(child, 'stderr', chunks);
  const text = (name: 'stdout' | 'stderr'): string => Buffer.concat(chunks[name]).toString('utf8');
  const ended = new Promise<Ran>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ code, signal, stdout: text('stdout'), stderr: text('stderr') });
    });
  });
  // A program that ends without reading its input closes the pipe.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  return {
    get stdout() {
      return text('stdout');
    },
    get stderr() {
      return text('stderr');
    },
    ended,
    kill: (signal) => {
      child.kill(signal);
    },
    says: async (words) =>
      until(
        () => text('stderr').includes(words),
        ended,
        () => `'${words}', but:\n${text('stderr')}`,
      ),
  };
}

interface TerminalRan {
  readonly code: number;
  /** The raw output of the terminal. */
  readonly raw: string;
  /** The same without escape codes. */
  readonly text: string;
}

export interface Terminal {
  readonly raw: string;
  readonly text: string;
  readonly ended: Promise<TerminalRan>;
  type(keys: string): void;
  /** Closes the terminal, which ends its programs. */
  hangUp(): void;
  shows(text: string): Promise<void>;
}

/** Escape sequences: CSI, OSC, and single ones. */
// oxlint-disable-next-line no-control-regex
const escapes = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[@-Z\\-_])/g;

function withoutEscapes(text: string): string {
  return text.replace(escapes, '').replaceAll('\r\n', '\n');
}

/**
 * Runs the program, reports its exit code, and then keeps the terminal open. A terminal hangs up with its last program,
 * and unread output is then lost: Linux returns 4095 bytes at a time, and libuv treats a short read with a hang-up as the
 * end. Signals go to the program; the shell ignores them.
 */
const holder = `trap : INT TERM QUIT; "$@"; printf '\\036%s\\036' "$?"; exec sleep 3600`;
const lastWord = /\u001E(\d+)\u001E/;

/** Starts a program on a pseudo-terminal. */
export function startOnTerminal(
  file: string,
  args: readonly string[],
  options: { readonly env: Environment; readonly cwd: string; readonly columns?: number | undefined },
): Terminal {
  const pty = spawnOnTerminal('/bin/sh', ['-c', holder, 'sh', file, ...args], {
    name: options.env['TERM'] ?? 'xterm-256color',
    cols: options.columns ?? 160,
    rows: 50,
    cwd: options.cwd,
    env: { ...options.env },
  });
  let raw = '';
  let code: number | undefined;
  pty.onData((data) => {
    if (code !== undefined) return;
    raw += data;
    const end = lastWord.exec(raw);
    if (end === null) return;
    raw = raw.slice(0, end.index);
    code = Number(end[1]);
    pty.kill('SIGKILL');
  });
  const ended = new Promise<TerminalRan>((resolve) => {
    pty.onExit(({ signal = 0 }) => {
      resolve({ code: code ?? 128 + signal, raw, text: withoutEscapes(raw) });
    });
  });
  return {
    get raw() {
      return raw;
    },
    get text() {
      return withoutEscapes(raw);
    },
    ended,
    type: (keys) => {
      pty.write(keys);
    },
    hangUp: () => {
      pty.kill('SIGKILL');
    },
    shows: async (words) =>
      until(
        () => withoutEscapes(raw).includes(words),
        ended,
        () => `'${words}', but:\n${withoutEscapes(raw)}`,
      ),
  };
}
