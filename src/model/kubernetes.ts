import type { RunResult } from '../core/ports.ts';

/** The ways to a cluster's API server, in the order in which they are tried. */
const kubernetesWays = ['kubectl', 'credentials', 'run-command'] as const;
export type KubernetesWay = (typeof kubernetesWays)[number];

interface KubectlOptions {
  readonly stdin?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Defaults to 60 seconds. */
  readonly timeoutSeconds?: number | undefined;
}

/** kubectl, wherever it runs, for one cluster and as one user. */
export interface Kubectl {
  readonly via: KubernetesWay;
  /** The most objects that a page of a list should have: what a command may print is limited. */
  readonly pageSize: number;
  /**
   * Runs kubectl with these arguments and resolves whatever its exit code is. What it prints has no credentials of ours.
   * @throws CliError `program-not-found`, `program-timed-out`, `program-output-too-large`; InterruptedError
   */
  run(args: readonly string[], options?: KubectlOptions): Promise<RunResult>;
}
