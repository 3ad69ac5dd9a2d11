import type { JsonObject } from '../../core/json.ts';
import type { Cluster, World } from '../world.ts';
import { put, type KubernetesState } from './store.ts';

const namespaces = ['default', 'kube-node-lease', 'kube-public', 'kube-system', 'shop'];

function namespaceObject(name: string): JsonObject {
  return {
    kind: 'Namespace',
    apiVersion: 'v1',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}

/** What runs in a cluster at the start. */
export function fillCluster(world: World, _cluster: Cluster, state: KubernetesState): void {
  for (const name of namespaces) put(state, '/namespaces', namespaceObject(name), world.now());
}
