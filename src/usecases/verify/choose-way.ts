import { CliError, InterruptedError } from '../../core/errors.ts';
import type { Emit } from '../../core/events.ts';
import type { Kubectl, KubernetesWay } from '../../model/kubernetes.ts';

/** An open connection to a cluster; closing it removes its files on this machine. */
export interface OpenedKubectl {
  readonly kubectl: Kubectl;
  close(): Promise<void>;
}

/** A way to connect to a cluster. */
export interface Way {
  readonly via: KubernetesWay;
  /** `the cluster's user credentials` */
  readonly words: string;
  /** Rejects with CliError and the reason: another cluster, not reachable, or not permitted. */
  open(): Promise<OpenedKubectl>;
}

/** The first way that opens; reports why earlier ones did not. If there is only one way, its error is thrown. */
export async function chooseWay(ways: readonly Way[], emit: Emit): Promise<OpenedKubectl> {
  const reasons: string[] = [];
  for (const way of ways) {
    try {
      const opened = await way.open();
      const because = reasons.length === 0 ? '' : ` ${reasons.join(' ')}`;
      emit({
        type: 'notice',
        level: 'info',
        code: 'kubernetes-way',
        message: `Reaching the cluster with ${way.words}.${because}`,
      });
      return opened;
    } catch (error) {
      if (ways.length === 1 || !(error instanceof CliError) || error instanceof InterruptedError) throw error;
      reasons.push(error.message);
    }
  }
  throw new CliError({
    code: 'kubernetes-no-way',
    message: 'The cluster cannot be reached.',
    hints: reasons.map((reason, index) => `With ${ways[index]?.words ?? ''}: ${reason}`),
  });
}
