import { CliError } from '../../core/errors.ts';
import { asString, own } from '../../core/json.ts';
import { safeText } from '../../core/redact.ts';
import { shellLine } from '../../core/text.ts';
import type { Cluster } from '../../model/cluster.ts';
import { parseResourceId, sameId } from '../../model/ids.ts';
import type { KubernetesNode } from '../../model/kubernetes-lists.ts';

const addresses = ['fqdn', 'privateFQDN', 'azurePortalFQDN'] as const;

/** The host of a URL; undefined if the text is not a URL. */
export function hostOf(server: string): string | undefined {
  return URL.canParse(server) ? new URL(server).hostname.toLowerCase() : undefined;
}

/** Whether a host is an address of the cluster's own API server. */
export function isHostOf({ resource }: Cluster, host: string): boolean {
  const properties = own(resource, 'properties');
  return addresses.some((name) => asString(own(properties, name))?.toLowerCase() === host.toLowerCase());
}

/** `azure:///subscriptions/S/resourceGroups/MC_…/providers/Microsoft.Compute/…` */
function machineOf({ providerId }: KubernetesNode) {
  return providerId === undefined ? undefined : parseResourceId(providerId.replace(/^azure:\/\//, ''));
}

/**
 * Whether nodes are machines of the cluster: a node resource group belongs to exactly one cluster. Source: AKS docs,
 * node resource group; cloud-provider-azure, provider ID.
 */
export function areNodesOf({ ref, resource }: Cluster, nodes: readonly KubernetesNode[]): boolean {
  const group = asString(own(own(resource, 'properties'), 'nodeResourceGroup'));
  if (group === undefined || group === '') return false;
  return nodes.some((node) => {
    const machine = machineOf(node);
    return (
      machine !== undefined &&
      sameId(machine.subscriptionId, ref.subscriptionId) &&
      sameId(machine.resourceGroup, group)
    );
  });
}

/** The error for a kubeconfig context that is another cluster; `nodes` are those that it showed. */
export function otherCluster(
  { ref }: Cluster,
  context: string,
  host: string | undefined,
  nodes: readonly KubernetesNode[],
): CliError {
  const group = nodes.map(machineOf).find((machine) => machine !== undefined)?.resourceGroup;
  const shown = [
    `its server is ${safeText(host ?? 'not a URL', 200)}`,
    group === undefined
      ? nodes.length === 0
        ? 'it shows no node'
        : 'its nodes are not Azure machines'
      : `its nodes are in the resource group ${safeText(group, 100)}`,
  ];
  return new CliError({
    code: 'kubernetes-other-cluster',
    message: `The kubectl context '${safeText(context, 100)}' is not proven to be the cluster ${ref.resourceGroup}/${ref.cluster}: ${shown.join(', and ')}. Nothing was done in it.`,
    hints: [
      `Get its kubeconfig: ${shellLine(['az', 'aks', 'get-credentials', '-g', ref.resourceGroup, '-n', ref.cluster, '--subscription', ref.subscriptionId])}`,
      'Or choose another context with --context, or another way with --via credentials.',
    ],
  });
}
