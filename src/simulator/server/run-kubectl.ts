import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CommandOutcome } from '../world.ts';
import { unzip } from './zip.ts';

/** Source: AKS docs, run command: at most 512 kB of logs. */
const mostLogBytes = 512_000;
const longest = 10 * 60 * 1000;

/** What a command may do here: no plugins, which are programs of this machine, and nothing that waits for a person. */
const subcommands = new Set([
  'annotate',
  'api-resources',
  'api-versions',
  'apply',
  'auth',
  'cluster-info',
  'cordon',
  'create',
  'delete',
  'describe',
  'get',
  'label',
  'logs',
  'patch',
  'replace',
  'rollout',
  'scale',
  'uncordon',
  'version',
  'wait',
]);

/** Words as a shell splits them, with its quotes; undefined if the line asks for more of a shell. */
function wordsOf(line: string): readonly string[] | undefined {
  const words: string[] = [];
  const part = /\s*((?:'[^']*'|"(?:[^"\\$`]|\\.)*"|\\.|[^\s'"\\;|&<>$`()])+)/sy;
  const rest = line.trim();
  while (part.lastIndex < rest.length) {
    const word = part.exec(rest)?.[1];
    if (word === undefined) return undefined;
    words.push(
      word.replace(
        /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs,
        (_, single?: string, double?: string, plain?: string) =>
          single ?? plain ?? (double ?? '').replace(/\\(["\\$`])/g, '$1'),
      ),
    );
  }
  return words;
}

/** A path inside the folder; undefined for one that leads out of it. */
function inside(folder: string, name: string): string | undefined {
  const file = path.resolve(folder, name);
  return file.startsWith(`${folder}${path.sep}`) ? file : undefined;
}

async function lay(folder: string, files: string): Promise<boolean> {
  const found = files === '' ? [] : unzip(Buffer.from(files, 'base64'));
  if (found === undefined) return false;
  for (const { name, data } of found) {
    const file = inside(folder, name);
    if (file === undefined) return false;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, data, { mode: 0o600 });
  }
  return true;
}

/** Undefined if there is no such program. */
async function run(program: string, args: readonly string[], folder: string): Promise<CommandOutcome | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], timeout: longest });
    const chunks: Buffer[] = [];
    const take = (chunk: Buffer): void => void chunks.push(chunk);
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', () => {
      resolve(undefined);
    });
    child.once('close', (code) => {
      resolve({ exitCode: code ?? 1, logs: Buffer.concat(chunks).subarray(0, mostLogBytes).toString('utf8') });
    });
  });
}

/**
 * Runs the machine's own kubectl on a simulated cluster, without a shell. A machine without one is like a cluster in
 * which the pod of the command cannot be started.
 */
export async function runKubectl(
  kubectl: string,
  command: string,
  files: string,
  kubeconfig: string,
): Promise<CommandOutcome> {
  const [program = '', ...args] = wordsOf(command) ?? [];
  if (program === '') return { exitCode: 2, logs: 'sh: the simulator runs one command, without a shell\n' };
  if (program !== 'kubectl') return { exitCode: 127, logs: `sh: ${program}: command not found\n` };
  const subcommand = args.find((word) => !word.startsWith('-')) ?? '';
  if (!subcommands.has(subcommand))
    return { exitCode: 1, logs: `error: unknown command "${subcommand}" for "kubectl" in the simulator\n` };
  const home = await mkdtemp(path.join(tmpdir(), 'aks-localdns-run-command-'));
  try {
    const folder = path.join(home, 'files');
    await mkdir(folder);
    const config = path.join(home, 'kubeconfig');
    await writeFile(config, kubeconfig, { mode: 0o600 });
    if (!(await lay(folder, files))) return { exitCode: 1, logs: 'error: the context is not a zip archive\n' };
    const outcome = await run(
      kubectl,
      [`--kubeconfig=${config}`, `--cache-dir=${path.join(home, 'cache')}`, ...args],
      folder,
    );
    return outcome ?? { exitCode: 0, logs: '', reason: 'failed to create command pod: the pod did not start in time' };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
