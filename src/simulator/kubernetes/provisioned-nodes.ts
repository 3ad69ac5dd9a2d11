import { at, isJsonObject, isWord, without, type JsonObject } from '../../core/json.ts';
import { nodeResourceGroup } from '../arm/machine-names.ts';
import type { Cluster, Pool, World } from '../world.ts';
import { dnsOf, nodeObject } from './nodes.ts';
import { put, type KubernetesState } from './store.ts';

const agentPoolLabels = ['agentpool', 'kubernetes.azure.com/agentpool'];

/** A machine like those of a pool, in no pool of ARM's. */
function likePool(image: string): Pool {
  const properties = {
    type: 'VirtualMachines',
    vmSize: 'Standard_D4ds_v5',
    osType: 'Linux',
    osSKU: 'Ubuntu',
    mode: 'User',
    maxPods: 250,
    nodeImageVersion: image,
  };
  return { name: 'default', properties, operation: undefined, hadOperation: false, reimagedNodes: 0 };
}

/**
 * The nodes that node autoprovisioning made: they belong to a NodePool of Karpenter's, and to no agent pool. Source: AKS
 * docs, node autoprovisioning. Chosen: two, with LocalDNS if any pool of the cluster has it.
 */
export function provisionNodes(world: World, cluster: Cluster, state: KubernetesState): void {
  if (!isWord(at(cluster.resource, 'properties', 'nodeProvisioningProfile', 'mode'), 'Auto')) return;
  const localDns = [...cluster.pools.values()].some(({ properties }) =>
    isWord(at(properties, 'localDNSProfile', 'state'), 'Enabled'),
  );
  const image = 'AKSUbuntu-2204gen2containerd-202610.19.1';
  const group = nodeResourceGroup(cluster).toLowerCase();
  const created = world.now() - 3 * 24 * 3600 * 1000;
  for (const [number, name] of ['aks-default-4k7xw', 'aks-default-p9tzc'].entries()) {
    const node = { number, created, reimaged: created, localDns, image, operation: '' };
    const providerId = `azure:///subscriptions/${cluster.subscriptionId}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
    const names = { node: name, providerId, address: `10.224.250.${String(number + 4)}` };
    state.dns.set(name, dnsOf(world.settings.kubernetes, node));
    put(state, '/nodes', relabelled(nodeObject(cluster, likePool(image), node, names)), world.now());
  }
}

function relabelled(node: JsonObject): JsonObject {
  const metadata = node['metadata'] as JsonObject;
  const labels = isJsonObject(metadata['labels']) ? metadata['labels'] : {};
  return {
    ...node,
    metadata: {
      ...metadata,
      labels: {
        ...without(labels, agentPoolLabels),
        'karpenter.sh/nodepool': 'default',
        'karpenter.sh/capacity-type': 'on-demand',
        'karpenter.azure.com/sku-name': 'Standard_D4ds_v5',
      },
    },
  };
}
