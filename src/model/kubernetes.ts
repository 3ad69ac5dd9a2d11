import type { RunResult } from '../core/ports.ts';
import type { Secret } from '../core/secret.ts';
import type { ClusterRef } from './ids.ts';

/** The ways to a cluster's API server, in the order in which they are tried. */
export const kubernetesWays = ['kubectl', 'credentials', 'run-command'] as const;
export type KubernetesWay = (typeof kubernetesWays)[number];

interface KubectlOptions {
  readonly stdin?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Runs after an interrupt too, to remove what this program has made; nothing but its timeout ends it. */
  readonly evenIfInterrupted?: boolean | undefined;
  /** Defaults to 60 seconds for a local program, and to five minutes through Azure. */
  readonly timeoutSeconds?: number | undefined;
}

/** kubectl, wherever it runs, for one cluster and as one user. */
export interface Kubectl {
  readonly via: KubernetesWay;
  /** The maximum number of objects per list page, because the output of a command is limited. */
  readonly pageSize: number;
  /**
   * Runs kubectl with these arguments and resolves for any exit code. Its output contains no credentials of this
   * program.
   * @throws CliError `program-not-found`, `program-timed-out`, `program-output-too-large`,
   * `run-command-*`; InterruptedError
   */
  run(args: readonly string[], options?: KubectlOptions): Promise<RunResult>;
}

/** A command that ran inside the cluster. */
export interface RunCommandResult {
  readonly exitCode: number;
  /** What it printed to both of its outputs; Azure cuts it. */
  readonly logs: string;
}

export interface RunCommandRequest {
  /** A shell command. */
  readonly command: string;
  /** Files for its working directory: a zip archive. */
  readonly files?: Uint8Array | undefined;
  /** Required if the cluster signs users in with Entra ID. */
  readonly token?: Secret | undefined;
  readonly signal?: AbortSignal | undefined;
  /** As for `Kubectl.run`. */
  readonly evenIfInterrupted?: boolean | undefined;
  readonly timeoutSeconds: number;
}

/** What Azure gives to reach the API server of a cluster. Rejects like the other ports of Azure. */
export interface ClusterAccess {
  /** The kubeconfig that Azure has for users of the cluster. */
  userKubeconfig(ref: ClusterRef): Promise<Secret>;
  /** A token of the signed-in account for the API servers of clusters that use Entra ID. */
  clusterToken(ref: ClusterRef): Promise<Secret>;
  /** Runs a command once. @throws CliError `run-command-disabled`, `run-command-failed` */
  runCommand(ref: ClusterRef, request: RunCommandRequest): Promise<RunCommandResult>;
}
