import { UsageError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import { kubernetesWays, type KubernetesWay } from '../../model/kubernetes.ts';
import type { Options } from '../framework/definition.ts';

const choices = ['auto', ...kubernetesWays] as const;

/** Options of every command that looks into a cluster. */
export const kubernetesOptions = {
  via: {
    type: 'string',
    choices,
    default: 'auto',
    summary:
      'How to reach the API server: auto takes kubectl if its context is this cluster, else the user credentials of the cluster, else run command',
  },
  context: {
    type: 'string',
    placeholder: 'NAME',
    summary: 'Context of the kubeconfig to use, with kubectl. Defaults to its current context',
  },
} as const satisfies Options;

/** What the ways need in Azure. */
export const kubernetesPermissions: readonly string[] = [
  'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action',
  'Microsoft.ContainerService/managedClusters/runcommand/action',
  'Microsoft.ContainerService/managedClusters/commandResults/read',
];

export interface KubernetesArguments {
  readonly via: 'auto' | KubernetesWay | undefined;
  readonly context: string | undefined;
}

/** The ways to try, in order. A context that was named is not passed over for another way. @throws UsageError */
export function waysOf({ via = 'auto', context }: KubernetesArguments): readonly KubernetesWay[] {
  if (context === undefined) return via === 'auto' ? kubernetesWays : [via];
  if (via !== 'auto' && via !== 'kubectl')
    throw new UsageError(`--context is for --via kubectl, and cannot be combined with --via ${via}.`);
  return ['kubectl'];
}

/** Options of commands that ask DNS from pods. */
export const probeOptions = {
  namespace: {
    type: 'string',
    placeholder: 'NAME',
    default: 'default',
    summary: 'Namespace of the pods that ask DNS; its network policies apply to them',
  },
  image: {
    type: 'string',
    placeholder: 'IMAGE',
    summary: "Image with BusyBox 1.28 or later, by tag or digest. Defaults to Microsoft's busybox in its own registry",
  },
  'external-name': {
    type: 'string',
    placeholder: 'NAME',
    default: 'mcr.microsoft.com',
    summary: 'Name outside the cluster that pods resolve',
  },
  keep: { type: 'boolean', summary: 'Leave the pods that ask DNS in the cluster' },
} as const satisfies Options;

/** Source: Kubernetes documentation, Names, RFC 1123 label. */
const namespacePattern = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The value of --namespace. @throws UsageError */
export function namespaceOf(given: string | undefined, fallback: string): string {
  const namespace = given ?? fallback;
  if (namespacePattern.test(namespace)) return namespace;
  throw new UsageError(`--namespace: '${oneLine(namespace)}' is not the name of a Kubernetes namespace.`);
}
