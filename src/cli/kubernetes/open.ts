import { localKubectl } from '../../adapters/kubernetes/index.ts';
import { runProgram } from '../../adapters/system/run-program.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { Kubectl } from '../../model/kubernetes.ts';
import { chooseWay, proveContext, type OpenedKubectl, type Way } from '../../usecases/verify/index.ts';
import type { Context } from '../framework/context.ts';
import type { KubernetesArguments } from '../options/kubernetes.ts';

/** What joins the ways into a cluster with Azure and this machine. */

interface LocalSettings {
  readonly via: Kubectl['via'];
  readonly env: Context['env'];
  readonly globalArgs: readonly string[];
  readonly secrets: readonly string[];
}

function local({ env, signal }: Context, settings: LocalSettings): Kubectl {
  const program = env['AKS_LOCALDNS_KUBECTL'] ?? '';
  return localKubectl({
    ...settings,
    processes: { run: runProgram },
    program: program === '' ? 'kubectl' : program,
    signal,
  });
}

function kubectlWay(context: Context, cluster: Cluster, name: string | undefined): Way {
  return {
    via: 'kubectl',
    words: name === undefined ? "kubectl's current context" : `the kubectl context '${name}'`,
    open: async () => {
      const globalArgs = name === undefined ? [] : ['--context', name];
      const kubectl = local(context, { via: 'kubectl', env: context.env, globalArgs, secrets: [] });
      await proveContext(kubectl, cluster, name);
      return { kubectl, close: async () => Promise.resolve() };
    },
  };
}

/** @throws CliError `kubernetes-no-way`, or the reason against the one way that was asked for */
async function open(context: Context, cluster: Cluster, args: KubernetesArguments): Promise<OpenedKubectl> {
  return chooseWay([kubectlWay(context, cluster, args.context)], context.emit);
}

/** Work with the API server of a cluster; whatever it needs on this machine is removed when the work ends. */
export async function withKubectl<T>(
  context: Context,
  cluster: Cluster,
  args: KubernetesArguments,
  work: (kubectl: Kubectl) => Promise<T>,
): Promise<T> {
  const opened = await open(context, cluster, args);
  try {
    return await work(opened.kubectl);
  } finally {
    await opened.close();
  }
}
