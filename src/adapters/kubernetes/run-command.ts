import { CliError } from '../../core/errors.ts';
import { shellLine } from '../../core/text.ts';
import type { Kubectl, RunCommandRequest, RunCommandResult } from '../../model/kubernetes.ts';
import { zipOf } from './zip.ts';

/** Azure returns 512 kB of what a command printed. Source: AKS docs, run command, limitations. */
const maxLogBytes = 512_000;

const usualTimeoutSeconds = 300;

const stdinFile = 'stdin.json';

/** A node has up to 20 kB. */
const pageSize = 20;

/** What was printed is cut without a word: as much as the limit is too much. */
function requireWhole({ logs }: RunCommandResult): void {
  if (Buffer.byteLength(logs) < maxLogBytes) return;
  throw new CliError({
    code: 'run-command-output-cut',
    message: 'The command printed more than the 512 kB that Azure returns, so the end of it is missing.',
    hints: ['Use --via kubectl or --via credentials, which have no such limit.'],
  });
}

/** There is no standard input: a file stands in for it. */
function withFile(args: readonly string[]): readonly string[] {
  return args.map((arg, index) => (arg === '-' && /^(?:-f|--filename)$/.test(args[index - 1] ?? '') ? stdinFile : arg));
}

/** The kubectl of a pod that Azure starts in the cluster for each call. */
export function runCommandKubectl(run: (request: RunCommandRequest) => Promise<RunCommandResult>): Kubectl {
  return {
    via: 'run-command',
    pageSize,
    run: async (args, { stdin, signal, evenIfInterrupted, timeoutSeconds = usualTimeoutSeconds } = {}) => {
      const result = await run({
        command: shellLine(['kubectl', ...(stdin === undefined ? args : withFile(args))]),
        files: stdin === undefined ? undefined : zipOf({ name: stdinFile, data: Buffer.from(stdin) }),
        signal,
        evenIfInterrupted,
        timeoutSeconds,
      });
      requireWhole(result);
      const { exitCode, logs } = result;
      // Azure does not tell the outputs apart.
      return { exitCode, stdout: logs, stderr: exitCode === 0 ? '' : logs };
    },
  };
}
