import type { Processes } from '../../core/ports.ts';
import { hidden } from '../../core/secret.ts';
import type { Kubectl } from '../../model/kubernetes.ts';

interface LocalKubectlOptions {
  readonly via: Kubectl['via'];
  readonly processes: Pick<Processes, 'run'>;
  /** The name or path of the program. */
  readonly program: string;
  /** The complete environment: its KUBECONFIG, its proxies, and what its sign-in plugins need. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Put before all arguments. */
  readonly globalArgs: readonly string[];
  /** Texts that must not be in what it prints. */
  readonly secrets: readonly string[];
}

const usualTimeoutSeconds = 60;
/** A page of 500 nodes has some 10 MB; pods with large annotations have more. */
const maxOutputBytes = 64 * 1_048_576;

/** What is hidden in a text; a secret in several pieces is not found. */
function without(text: string, secrets: readonly string[]): string {
  return secrets.reduce((left, secret) => (secret.length < 8 ? left : left.replaceAll(secret, hidden)), text);
}

/** The kubectl of this machine. */
export function localKubectl(options: LocalKubectlOptions): Kubectl {
  const { via, processes, program, env, signal, globalArgs, secrets } = options;
  return {
    via,
    pageSize: 500,
    run: async (
      args,
      { stdin, signal: given, evenIfInterrupted = false, timeoutSeconds = usualTimeoutSeconds } = {},
    ) => {
      const result = await processes.run([program, ...globalArgs, ...args], {
        env,
        ...(stdin === undefined ? {} : { stdin }),
        signal: AbortSignal.any([...(evenIfInterrupted ? [] : [signal]), ...(given === undefined ? [] : [given])]),
        timeout: timeoutSeconds * 1000,
        limit: maxOutputBytes,
      });
      return { ...result, stdout: without(result.stdout, secrets), stderr: without(result.stderr, secrets) };
    },
  };
}
