import { PassThrough, Writable } from 'node:stream';
import type { Context, Settings } from '../../src/cli/framework/context.ts';
import { defineCommand } from '../../src/cli/framework/definition.ts';
import type { ContextParts, InterruptSignal, MainIo } from '../../src/cli/framework/main-io.ts';
import { createRegistry, type Registry } from '../../src/cli/framework/registry.ts';
import { streamOutput, type Output } from '../../src/cli/io/output.ts';
import { main } from '../../src/cli/main.ts';
import type { Clock } from '../../src/core/ports.ts';
import { ManualClock } from './manual-clock.ts';

/** A stream that stores its output; as a terminal, it supports the calls of a spinner. */
export class MemoryStream extends Writable {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  readonly #answers: (() => void)[] = [];
  text = '';

  constructor(isTTY = false, columns?: number) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
    this.columns = columns;
  }

  override _write(chunk: string | Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    this.text += chunk.toString();
    done();
    if (this.text.includes('(y/N)')) this.#answers.splice(0).forEach((answer) => setImmediate(answer));
  }

  /** Resolves once a prompt is shown. */
  whenAsked(answer: () => void): void {
    this.#answers.push(answer);
  }

  cursorTo(): boolean {
    return true;
  }

  moveCursor(): boolean {
    return true;
  }

  clearLine(): boolean {
    return true;
  }

  getWindowSize(): [number, number] {
    return [this.columns ?? 80, 24];
  }
}

export const noSettings: Settings = {
  azureConfigDir: '/home/someone/.azure',
  output: undefined,
  onlyShowErrors: false,
  noColor: false,
  defaultGroup: undefined,
  cloud: 'AzureCloud',
  ruleset: undefined,
  signIn: undefined,
  cacheDir: '/home/someone/.cache/aks-localdns',
  armEndpoint: undefined,
  caFile: undefined,
  allowEndpoint: false,
};

export interface FakeMachine {
  readonly registry: Registry;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly settings?: Partial<Settings>;
  readonly terminals?: { readonly stdin?: boolean; readonly stdout?: boolean; readonly stderr?: boolean };
  readonly columns?: number;
  readonly clock?: Clock;
  readonly stdout?: Output;
  /** Input or a signal that is sent once a prompt is shown on the terminal. */
  readonly typed?: string;
  readonly signalled?: InterruptSignal;
  /** Ports of the context, if a command needs them. */
  readonly context?: (parts: ContextParts) => Partial<Context>;
  /** Called when the context is built, with a way to send signals. */
  readonly onStart?: (send: (signal: InterruptSignal) => void) => void;
}

export interface Outcome {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly endedNow: readonly number[];
  readonly contexts: number;
}

function unavailable(what: string): never {
  throw new Error(`This test has no ${what}.`);
}

/** Runs the program on streams in memory. */
export async function runCli(argv: readonly string[], machine: FakeMachine): Promise<Outcome> {
  const { terminals = {}, columns = 80, clock = new ManualClock() } = machine;
  const stdout = new MemoryStream(terminals.stdout, columns);
  const stderr = new MemoryStream(terminals.stderr, columns);
  const input = new PassThrough();
  const listeners = new Set<(signal: InterruptSignal) => void>();
  const endedNow: number[] = [];
  let contexts = 0;
  const { typed, signalled } = machine;
  if (typed !== undefined) stderr.whenAsked(() => input.write(typed));
  if (signalled !== undefined)
    stderr.whenAsked(() => {
      for (const listener of listeners) listener(signalled);
    });
  const io: MainIo = {
    version: '1.2.3',
    registry: machine.registry,
    stdin: { isTTY: terminals.stdin === true, stream: input },
    stdout: machine.stdout ?? streamOutput(stdout),
    stderr: streamOutput(stderr),
    env: machine.env ?? {},
    clock,
    onSignal: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    endNow: (code) => {
      endedNow.push(code);
    },
    settings: () => Promise.resolve({ ...noSettings, ...machine.settings }),
    context: (parts) => {
      contexts += 1;
      machine.onStart?.((signal) => {
        for (const listener of listeners) listener(signal);
      });
      return Promise.resolve({
        ...parts,
        version: '1.2.3',
        env: machine.env ?? {},
        clock,
        ids: { uuid: () => unavailable('ids'), random: () => unavailable('ids') },
        files: {
          read: () => unavailable('files'),
          lines: () => unavailable('files'),
          list: () => unavailable('files'),
          write: () => unavailable('files'),
          remove: () => unavailable('files'),
          writer: () => unavailable('files'),
          log: () => unavailable('files'),
          destination: () => unavailable('files'),
        },
        input: () => unavailable('input'),
        inputLines: () => unavailable('input'),
        azure: () => unavailable('Azure'),
        ...machine.context?.(parts),
      });
    },
  };
  const exit = await main(argv, io);
  return { exit, stdout: stdout.text, stderr: stderr.text, endedNow, contexts };
}

/** Without escape codes for cursor movements and colours. */
export function unpainted(text: string): string {
  return text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '');
}

/** The arguments of an example as a shell splits them, up to a pipe, a redirection or a second command. */
export function shellWords(line: string): readonly string[] {
  const words: string[] = [];
  for (const [word] of line.replaceAll('\\\n', ' ').matchAll(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/g)) {
    if (/^(\||\|\||&&|;|\d?>{1,2}&?\d?|<)$/.test(word)) break;
    words.push(
      word.replace(
        /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g,
        (_, single?: string, double?: string, escaped?: string) =>
          single ?? double?.replace(/\\(.)/g, '$1') ?? escaped ?? '',
      ),
    );
  }
  return words;
}

/** A small program with every kind of option. */
export function sampleRegistry(
  runs: unknown = (_: Context, args: unknown) => Promise.resolve({ value: args }),
): Registry {
  const run = runs as never;
  const show = defineCommand({
    path: ['pool', 'show'],
    summary: 'Show a pool',
    description: 'What the pool is, and what it does.',
    options: {
      'resource-group': {
        type: 'string',
        short: 'g',
        summary: 'Name of resource group',
        required: true,
        fallback: 'defaults.group',
      },
      'cluster-name': { type: 'string', summary: 'Name of the cluster', required: true },
      name: { type: 'string', short: 'n', aliases: ['nodepool-name'], summary: 'Name of the pool', required: true },
      subscription: { type: 'string', repeatable: true, summary: 'Subscriptions' },
      count: { type: 'integer', short: 'c', summary: 'How many', min: -5, max: 1000 },
      mode: { type: 'string', summary: 'Mode of the pool', choices: ['System', 'User'], default: 'User' },
      'no-wait': { type: 'boolean', summary: 'Do not wait' },
      yes: { type: 'boolean', short: 'y', summary: 'Do not ask' },
    },
    columns: [
      { header: 'Name', path: 'name' },
      { header: 'Ready', path: 'properties.ready' },
    ],
    formats: ['md'],
    effect: 'write',
    permissions: ['Microsoft.ContainerService/managedClusters/agentPools/write'],
    examples: [{ title: 'Show a pool.', command: 'aks-localdns pool show -g rg --cluster-name aks -n userpool' }],
    run,
  });
  const check = defineCommand({
    path: ['check'],
    summary: 'Check everything',
    options: {},
    effect: 'none',
    permissions: [],
    examples: [],
    run,
  });
  const explain = defineCommand({
    path: ['check', 'explain'],
    summary: 'Explain a check',
    positionals: [
      { name: 'ID', summary: 'The check', required: true },
      { name: 'MORE', summary: 'Another', required: false },
    ],
    options: {},
    effect: 'none',
    permissions: [],
    examples: [],
    run,
  });
  return createRegistry([show, check, explain], [{ path: ['pool'], summary: 'Node pools' }]);
}
