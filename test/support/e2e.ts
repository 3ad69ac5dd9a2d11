import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, inject } from 'vitest';
import { systemClock } from '../../src/adapters/system/clock.ts';
import type { HttpRequest } from '../../src/core/http.ts';
import type { JsonValue } from '../../src/core/json.ts';
import {
  createSimulator,
  scaledClock,
  serveSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../src/simulator/index.ts';
import { startOnTerminal, startPiped, type Child, type Environment, type Ran, type Terminal } from './e2e-child.ts';
import { program } from './e2e-program.ts';
import { createSecrets, type Secrets } from './e2e-secrets.ts';

export type { Child, Ran } from './e2e-child.ts';

export interface RigOptions extends Pick<SimulatorOptions, 'scenario' | 'load' | 'clusters' | 'seed' | 'runCommand'> {
  /** The speed of the simulator; at speed 1, a reimage of three nodes takes 14 minutes. */
  readonly speed?: number;
  /** The simulator runs as slowly as Azure, so that operations keep running until the test advances the time. */
  readonly slow?: boolean;
  /** Whether LocalDNSPreview is registered from the start; defaults to true. */
  readonly registered?: boolean;
  /** The program that runs the commands of run command. */
  readonly kubectl?: string;
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Uint8Array;
}

/** A request to the simulator, and its answer. */
interface Seen extends HttpRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  /** The body, parsed. */
  readonly json: JsonValue | undefined;
  /** 0 if the connection ended without an answer. */
  readonly status: number;
  readonly answer: JsonValue | undefined;
}

/** The simulator over HTTPS, and the built program as a child process with its own environment. */
export interface Rig {
  readonly simulator: Simulator;
  readonly directory: string;
  readonly env: Environment;
  /** A file for kubectl, with a context for each cluster. */
  readonly kubeconfig: string;
  readonly secrets: Secrets;
  /** Advances the time of the simulator. */
  pass(seconds: number): void;
  /** Stops answering matching requests; resolves once one has arrived. */
  hold(fits: (request: HttpRequest) => boolean): Promise<void>;
  /** Every request to ARM so far. */
  readonly seen: readonly Seen[];
  /** The requests that may change something. */
  readonly writes: readonly Seen[];
  readonly puts: readonly Seen[];
  run(args: readonly string[], options?: RunOptions): Promise<Ran>;
  start(args: readonly string[], options?: RunOptions): Child;
  /** Runs it with all three streams on a pseudo-terminal. */
  terminal(
    args: readonly string[],
    options?: { readonly env?: Readonly<Record<string, string | undefined>>; readonly columns?: number },
  ): Terminal;
  /** Runs a printed command in a shell, with `aks-localdns` on the path. */
  shell(line: string): Promise<Ran>;
  startShell(line: string): Child;
  /** The same on a pseudo-terminal. */
  shellOnTerminal(line: string): Terminal;
  /** Writes a file into the working directory of the program, and returns its path. */
  file(name: string, content: string | Uint8Array): string;
  /** Other texts to search for secrets at the end. */
  alsoCheck(text: string): void;
}

function parsed(text: string | undefined): JsonValue | undefined {
  try {
    return text === undefined || text === '' ? undefined : (JSON.parse(text) as JsonValue);
  } catch {
    return undefined;
  }
}

/** Requests that get no answer before the end of the test. */
class Held {
  readonly #all: { readonly fits: (request: HttpRequest) => boolean; readonly came: () => void }[] = [];
  readonly #over: Promise<void>;
  release: () => void = () => undefined;

  constructor() {
    this.#over = new Promise((resolve) => {
      this.release = resolve;
    });
  }

  async hold(fits: (request: HttpRequest) => boolean): Promise<void> {
    return new Promise((came) => {
      this.#all.push({ fits, came });
    });
  }

  async pass(request: HttpRequest): Promise<void> {
    const found = this.#all.find(({ fits }) => fits(request));
    found?.came();
    if (found !== undefined) await this.#over;
  }
}

/** The simulator with a record of its requests. */
function listening(simulator: Simulator, secrets: Secrets, seen: Seen[], held: Held): Simulator {
  const record = (request: HttpRequest, status: number, body: string | undefined): void => {
    const url = new URL(request.url);
    seen.push({
      ...request,
      path: url.pathname,
      query: url.searchParams,
      json: parsed(request.body),
      status,
      answer: parsed(body),
    });
  };
  return Object.assign(Object.create(simulator) as Simulator, {
    handle: async (request: HttpRequest) => {
      await held.pass(request);
      try {
        const answer = await simulator.handle(request);
        for (const name of ['azure-asyncoperation', 'location']) secrets.addSignedUrl(answer.headers[name] ?? '');
        record(request, answer.status, answer.body);
        return answer;
      } catch (error) {
        record(request, 0, undefined);
        throw error;
      }
    },
    issueToken: (options: Parameters<Simulator['issueToken']>[0]) => {
      const issued = simulator.issueToken(options);
      secrets.addToken(issued.token);
      return issued;
    },
  });
}

function scenariosOf({ scenario = [], registered = true }: RigOptions): readonly string[] {
  return [...(registered ? ['feature-registered'] : []), ...(typeof scenario === 'string' ? [scenario] : scenario)];
}

function filesUnder(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** Like the program's first line: `--` prevents Node from reading our options (`--env-file`) as its own. */
const nodeWords = ['--', program] as const;

interface Opened {
  readonly rig: Rig;
  close(): Promise<void>;
  /** Assertions for every run. */
  check(): void;
}

async function open(options: RigOptions): Promise<Opened> {
  if (!inject('programBuilt')) throw new Error('The program could not be built: see the beginning of the run.');
  const speed = options.speed ?? 1000;
  const directory = mkdtempSync(path.join(tmpdir(), 'aks-localdns-e2e-'));
  for (const folder of ['home', 'azure', 'cache', 'bin', 'work']) mkdirSync(path.join(directory, folder));
  const secrets = createSecrets();
  const seen: Seen[] = [];
  const { load, clusters, seed, runCommand } = options;
  const base = options.slow === true ? systemClock : scaledClock(systemClock, speed);
  let passed = 0;
  const simulator = createSimulator({
    clock: { now: () => base.now() + passed },
    scenario: scenariosOf(options),
    ...(load === undefined ? {} : { load }),
    ...(clusters === undefined ? {} : { clusters }),
    ...(seed === undefined ? {} : { seed }),
    ...(runCommand === undefined ? {} : { runCommand }),
  });
  const caFile = path.join(directory, 'ca.pem');
  const held = new Held();
  const served = await serveSimulator(listening(simulator, secrets, seen, held), {
    speed,
    caFile,
    ...(options.kubectl === undefined ? {} : { kubectl: options.kubectl }),
  });
  secrets.add('the secret of the identity endpoint', served.identityHeader);
  writeFileSync(caFile, served.caPem);
  writeFileSync(
    path.join(directory, 'bin', 'aks-localdns'),
    `#!/bin/sh\nexec '${process.execPath}' -- '${program}' "$@"\n`,
    { mode: 0o755 },
  );

  const env: Environment = {
    PATH: `${path.join(directory, 'bin')}:/usr/bin:/bin`,
    HOME: path.join(directory, 'home'),
    AZURE_CONFIG_DIR: path.join(directory, 'azure'),
    AKS_LOCALDNS_CACHE_DIR: path.join(directory, 'cache'),
    AKS_LOCALDNS_SIGN_IN: 'managed-identity',
    ...served.environment,
  };
  const outputs: string[] = [];
  const running = new Set<Promise<unknown>>();
  const alive = new Set<() => void>();
  const withEnv = (more: RunOptions['env'] = {}): Environment =>
    Object.fromEntries(
      Object.entries({ ...env, ...more }).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
  const cwd = path.join(directory, 'work');

  const keep = (child: Child): Child => {
    const kill = (): void => {
      child.kill('SIGKILL');
    };
    alive.add(kill);
    running.add(
      child.ended.then((ran) => {
        outputs.push(ran.stdout, ran.stderr);
        alive.delete(kill);
      }),
    );
    return child;
  };
  const keepTerminal = (terminal: Terminal): Terminal => {
    alive.add(terminal.hangUp);
    running.add(
      terminal.ended.then((ran) => {
        outputs.push(ran.raw, ran.text);
        alive.delete(terminal.hangUp);
      }),
    );
    return terminal;
  };
  const start = (args: readonly string[], given: RunOptions = {}): Child =>
    keep(startPiped(process.execPath, [...nodeWords, ...args], { env: withEnv(given.env), cwd, input: given.input }));
  const startShell = (line: string): Child => keep(startPiped('/bin/sh', ['-c', line], { env, cwd }));

  const rig: Rig = {
    simulator,
    pass: (seconds) => {
      passed += seconds * 1000;
    },
    hold: async (fits) => held.hold(fits),
    directory: cwd,
    env,
    get kubeconfig() {
      const file = path.join(directory, 'kubeconfig');
      writeFileSync(file, served.kubeconfig, { mode: 0o600 });
      secrets.addToken(/^ +token: (\S+)$/m.exec(served.kubeconfig)?.[1] ?? '');
      return file;
    },
    secrets,
    seen,
    get writes() {
      return seen.filter(({ method }) => method !== 'GET');
    },
    get puts() {
      return seen.filter(({ method }) => method === 'PUT');
    },
    start,
    run: async (args, given) => start(args, given).ended,
    terminal: (args, given = {}) =>
      keepTerminal(
        startOnTerminal(process.execPath, [...nodeWords, ...args], {
          env: withEnv({ TERM: 'xterm-256color', ...given.env }),
          cwd,
          columns: given.columns,
        }),
      ),
    startShell,
    shell: async (line) => startShell(line).ended,
    shellOnTerminal: (line) =>
      keepTerminal(startOnTerminal('/bin/sh', ['-c', line], { env: withEnv({ TERM: 'xterm-256color' }), cwd })),
    file(name, content) {
      const file = path.resolve(cwd, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
    alsoCheck: (text) => {
      outputs.push(text);
    },
  };
  return {
    rig,
    close: async () => {
      for (const kill of alive) kill();
      await Promise.all(running);
      held.release();
      await served.close();
    },
    check: () => {
      try {
        for (const file of [
          ...filesUnder(cwd),
          ...filesUnder(path.join(directory, 'cache')),
          ...filesUnder(path.join(directory, 'home')),
        ])
          outputs.push(readFileSync(file, 'utf8'));
        for (const output of outputs) expect(secrets.foundIn(output), 'secrets in what was written').toEqual([]);
        expect(simulator.unknownRoutes, 'requests that Azure does not know').toEqual([]);
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    },
  };
}

/**
 * A test body with its own rig. Also asserts that no output or file contains a secret and that Azure knows every request.
 */
export function withAzure(options: RigOptions, body: (rig: Rig) => Promise<void>): () => Promise<void> {
  return async () => {
    const { rig, close, check } = await open(options);
    try {
      await body(rig);
    } finally {
      await close();
    }
    check();
  };
}

export const cluster = ['-g', 'rg-demo', '--cluster-name', 'aks-demo'] as const;
export const edge = ['-g', 'rg-demo', '--cluster-name', 'aks-edge'] as const;
/** The eligible pool of the sample: three nodes. */
export const userpool = [...cluster, '-n', 'userpool'] as const;
/** A pool without nodes, which Azure changes in seconds. */
export const emptypool = [...edge, '-n', 'emptypool'] as const;

/** A cluster with pools of some megabytes. */
export function heavyCluster(pools: number, bytesEach: number): JsonValue {
  const id =
    '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-big/providers/Microsoft.ContainerService/managedClusters/big';
  return [
    {
      id,
      name: 'big',
      location: 'westeurope',
      type: 'Microsoft.ContainerService/ManagedClusters',
      properties: {
        provisioningState: 'Succeeded',
        powerState: { code: 'Running' },
        currentKubernetesVersion: '1.33.4',
        agentPoolProfiles: Array.from({ length: pools }, (_, index) => ({
          name: `p${String(index)}`,
          count: 1,
          vmSize: 'Standard_D4ds_v5',
          osType: 'Linux',
          mode: 'System',
          type: 'VirtualMachineScaleSets',
          nodeLabels: { filler: 'x'.repeat(bytesEach) },
        })),
      },
    },
  ];
}

/** The result on standard output, as JSON. */
export function value(ran: Pick<Ran, 'stdout' | 'stderr'>): JsonValue {
  const found = parsed(ran.stdout);
  if (found === undefined) throw new Error(`Standard output is no JSON:\n${ran.stdout}\n${ran.stderr}`);
  return found;
}

/** The first of our commands in a message. */
export function lineToContinue(text: string): string {
  const line = /aks-localdns (?:nodepool|setup|feature|provider) (?:[^\n]*\\\n)*[^\n]*/.exec(text)?.[0];
  if (line === undefined) throw new Error(`No line to continue with:\n${text}`);
  return line.trimEnd();
}

/** The records of `--events ndjson`; every line of standard error must be one. */
export function records(stderr: string): readonly { readonly type: string; readonly [name: string]: unknown }[] {
  return stderr
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly type: string });
}

/** A result without the time of its facts, to compare two runs. */
export function untimed(text: string): string {
  return text.replaceAll(/\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?Z| \d\d:\d\d UTC)/g, 'then');
}

/** Joins lines that were wrapped to the width of a terminal. */
export function unwrapped(text: string): string {
  return text.replace(/\s+/g, ' ');
}
