import path from 'node:path';
import {
  localKubectl,
  privateKubeconfig,
  readUserCredentials,
  runCommandKubectl,
} from '../../adapters/kubernetes/index.ts';
import { runProgram } from '../../adapters/system/run-program.ts';
import { temporaryDirectory } from '../../adapters/system/temporary.ts';
import { CliError } from '../../core/errors.ts';
import { at } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { ClusterAccess, Kubectl, KubernetesWay } from '../../model/kubernetes.ts';
import {
  chooseWay,
  proveContext,
  requireReachable,
  type OpenedKubectl,
  type Way,
} from '../../usecases/verify/index.ts';
import type { Context } from '../framework/context.ts';
import { waysOf, type KubernetesArguments } from '../options/kubernetes.ts';

/** What joins the ways into a cluster with Azure and this machine. */
interface Access {
  readonly context: Context;
  readonly azure: ClusterAccess;
  readonly cluster: Cluster;
}

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

const nothingToClose = async (): Promise<void> => Promise.resolve();

function kubectlWay({ context, cluster }: Access, name: string | undefined): Way {
  return {
    via: 'kubectl',
    words: name === undefined ? "kubectl's current context" : `the kubectl context '${oneLine(name)}'`,
    open: async () => {
      const using = (of: string | undefined): Kubectl => {
        const globalArgs = of === undefined ? [] : [`--context=${of}`];
        return local(context, { via: 'kubectl', env: context.env, globalArgs, secrets: [] });
      };
      const proven = await proveContext(using(name), cluster, name);
      return { kubectl: using(proven), close: nothingToClose };
    },
  };
}

/** Azure itself says whose they are, so they need no proof. */
function credentialsWay({ context, azure, cluster }: Access): Way {
  return {
    via: 'credentials',
    words: "the cluster's user credentials",
    open: async () => {
      const credentials = readUserCredentials(await azure.userKubeconfig(cluster.ref));
      const token = credentials.user === undefined ? await azure.clusterToken(cluster.ref) : undefined;
      const { text, secrets } = privateKubeconfig(credentials, token);
      const directory = await temporaryDirectory('aks-localdns-kubeconfig');
      try {
        const file = path.join(directory.path, 'config');
        await context.files.write(file, text.reveal());
        const env = { ...context.env, KUBECONFIG: file };
        const globalArgs = [`--cache-dir=${path.join(directory.path, 'cache')}`];
        const kubectl = local(context, { via: 'credentials', env, globalArgs, secrets });
        await requireReachable(kubectl);
        return { kubectl, close: async () => directory.remove() };
      } catch (error) {
        await directory.remove();
        throw error;
      }
    },
  };
}

function runCommandWay({ azure, cluster }: Access): Way {
  const { ref, resource } = cluster;
  return {
    via: 'run-command',
    words: 'run command, which starts a pod in the cluster for each question',
    open: async () => {
      if (at(resource, 'properties', 'apiServerAccessProfile', 'disableRunCommand') === true)
        throw new CliError({
          code: 'run-command-disabled',
          message: 'Run command is switched off on the cluster (apiServerAccessProfile.disableRunCommand).',
          hints: ['Use --via kubectl or --via credentials from a machine that reaches the API server.'],
        });
      const usesEntra = (at(resource, 'properties', 'aadProfile') ?? null) !== null;
      const kubectl = runCommandKubectl(async (request) =>
        azure.runCommand(ref, { ...request, token: usesEntra ? await azure.clusterToken(ref) : undefined }),
      );
      return Promise.resolve({ kubectl, close: nothingToClose });
    },
  };
}

/** @throws CliError `kubernetes-no-way`, or the reason against the one way that was asked for */
async function open(access: Access, args: KubernetesArguments): Promise<OpenedKubectl> {
  const ways: Readonly<Record<KubernetesWay, () => Way>> = {
    kubectl: () => kubectlWay(access, args.context),
    credentials: () => credentialsWay(access),
    'run-command': () => runCommandWay(access),
  };
  return chooseWay(
    waysOf(args).map((way) => ways[way]()),
    access.context.emit,
  );
}

/** Work with the API server of a cluster; whatever it needs on this machine is removed when the work ends. */
export async function withKubectl<T>(
  access: Access,
  args: KubernetesArguments,
  work: (kubectl: Kubectl) => Promise<T>,
): Promise<T> {
  const opened = await open(access, args);
  try {
    return await work(opened.kubectl);
  } finally {
    await opened.close();
  }
}
