import { CliError } from '../../core/errors.ts';
import { safeText } from '../../core/redact.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Kubectl } from '../../model/kubernetes.ts';
import { kubectlFailure } from '../../model/kubernetes-failure.ts';
import { someNodes } from '../../model/kubernetes-lists.ts';
import { areNodesOf, hostOf, isHostOf, otherCluster } from './cluster-proof.ts';

/** @throws CliError `kubernetes-unreachable`, `kubernetes-not-signed-in`, … */
export async function requireReachable(kubectl: Kubectl): Promise<void> {
  const result = await kubectl.run(['get', '--raw', '/version', '--request-timeout=15s'], { timeoutSeconds: 30 });
  if (result.exitCode !== 0) throw kubectlFailure('Reaching the API server', result);
}

/**
 * Proves that the context of a kubeconfig is this cluster: by the address of its API server, else (behind a proxy or a
 * tunnel) by the machines of its nodes. Nothing else is done before that. Returns the name of the context: the current
 * one may be another a moment later.
 * @throws CliError `kubernetes-other-cluster`, `kubernetes-no-context`, `kubernetes-*`
 */
export async function proveContext(kubectl: Kubectl, cluster: Cluster, context: string | undefined): Promise<string> {
  const path = '{.current-context}{"\\n"}{.clusters[0].cluster.server}';
  const result = await kubectl.run(['config', 'view', '--minify', '--output', `jsonpath=${path}`]);
  const [current = '', server = ''] = result.stdout.trim().split('\n');
  const name = context ?? current;
  if (result.exitCode !== 0 || server === '')
    throw new CliError({
      code: 'kubernetes-no-context',
      message:
        context === undefined
          ? 'kubectl has no current context.'
          : `kubectl has no context '${safeText(context, 100)}'.`,
      hints: ['List its contexts: kubectl config get-contexts'],
    });
  const host = hostOf(server.trim());
  if (host !== undefined && isHostOf(cluster, host)) {
    await requireReachable(kubectl);
    return name;
  }
  const nodes = await someNodes(kubectl);
  if (!areNodesOf(cluster, nodes)) throw otherCluster(cluster, name, host, nodes);
  return name;
}
