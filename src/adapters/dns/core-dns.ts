import { CliError, InterruptedError } from '../../core/errors.ts';
import type { Child, Processes } from '../../core/ports.ts';
import { oneLine } from '../../core/text.ts';
import type { CoreDnsRunner, ListenerPorts, RunningCoreDns } from '../../model/rehearsal.ts';
import { freePorts } from './ports.ts';

const startMilliseconds = 20_000;
const maxAttempts = 5;

/** CoreDNS prints its version once it listens. Source: CoreDNS, coremain/run.go. */
const listening = /^CoreDNS-(\S+)$/m;
const portTaken = /address already in use|bind: Only one usage of each socket address/;

function notFound(path: string | undefined): CliError {
  return new CliError({
    code: 'coredns-not-found',
    message: path === undefined ? 'coredns was not found on PATH.' : `${oneLine(path)} is not an executable program.`,
    hints: [
      'Download CoreDNS, a single file: https://github.com/coredns/coredns/releases (node images contain 1.12 to 1.14); on macOS: brew install coredns',
      'Then pass its path with --coredns PATH, or add it to PATH.',
    ],
  });
}

function refused(output: string): CliError {
  // The first error states the cause.
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const reason =
    lines.find((line) => /plugin\/|cannot serve|Error|error|:\d+ - /.test(line)) ??
    lines.at(-1) ??
    'it printed nothing';
  return new CliError({
    code: 'coredns-refused',
    message: `CoreDNS does not start with this Corefile: ${oneLine(reason)}.`,
  });
}

interface Started {
  readonly child: Child;
  readonly version: string;
}

type Outcome = { readonly version: string } | 'exited' | 'late' | 'interrupted';

/** A promise that the first event settles. */
function firstOutcome(): { readonly outcome: Promise<Outcome>; readonly settle: (outcome: Outcome) => void } {
  let settle: (outcome: Outcome) => void = () => undefined;
  const outcome = new Promise<Outcome>((resolve) => {
    settle = resolve;
  });
  return { outcome, settle };
}

/** Undefined if another program took a port first. */
async function startOnce(
  processes: Processes,
  program: string,
  corefile: string,
  signal: AbortSignal | undefined,
): Promise<Started | undefined> {
  const { outcome, settle } = firstOutcome();
  let hasVersion = false;
  const child = await processes.start(program, ['-conf', 'stdin'], {
    stdin: corefile,
    seen: (output) => {
      // Later output may contain a line for each query.
      const version = hasVersion ? undefined : listening.exec(output)?.[1];
      if (version === undefined) return;
      hasVersion = true;
      settle({ version });
    },
  });
  void child.exited.then(() => {
    settle('exited');
  });
  const timer = setTimeout(settle, startMilliseconds, 'late');
  const interrupt = (): void => {
    settle('interrupted');
  };
  signal?.addEventListener('abort', interrupt, { once: true });
  const ended = await outcome;
  clearTimeout(timer);
  signal?.removeEventListener('abort', interrupt);
  if (typeof ended === 'object') return { child, version: ended.version };
  await child.stop();
  if (ended === 'interrupted') throw new InterruptedError();
  if (ended === 'exited' && portTaken.test(child.output())) return undefined;
  throw refused(
    ended === 'late' ? `it did not start listening within ${String(startMilliseconds / 1000)} s` : child.output(),
  );
}

async function start(
  processes: Processes,
  program: string,
  corefile: (ports: ListenerPorts) => string,
  signal: AbortSignal | undefined,
): Promise<RunningCoreDns> {
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    if (signal?.aborted === true) throw new InterruptedError();
    const [vnet = 0, kube = 0] = await freePorts(2);
    const ports: ListenerPorts = { vnetDNSOverrides: vnet, kubeDNSOverrides: kube };
    const started = await startOnce(processes, program, corefile(ports), signal);
    if (started !== undefined)
      return {
        version: started.version,
        ports,
        output: () => started.child.output(),
        stop: async () => started.child.stop(),
      };
  }
  throw new CliError({
    code: 'coredns-refused',
    message: 'CoreDNS found no free ports, because other programs took them first.',
    hints: ['Try again.'],
  });
}

/** A real CoreDNS as a child process that reads its Corefile from standard input. */
export function coreDnsRunner(processes: Processes): CoreDnsRunner {
  return {
    async find(path) {
      const program = await processes.find(path ?? 'coredns');
      if (program === undefined) throw notFound(path);
      return program;
    },
    start: async (program, corefile, signal) => start(processes, program, corefile, signal),
  };
}
