import { asString, at, isWord, own, type JsonObject } from '../../core/json.ts';
import type { Cluster, World } from '../world.ts';
import {
  ciliumObjects,
  difficultObjects,
  dnsEndpoints,
  namespaceOf,
  nodeLocalDnsObjects,
  ownDnsRules,
  systemObjects,
  type SampleObject,
} from './sample-objects.ts';
import { busyWorkloads, calmWorkloads, difficultWorkloads, nodeLocalDns, systemWorkloads } from './sample-workloads.ts';
import { collectionOf, put, type KubernetesState } from './store.ts';
import { settleWorkloads, startWorkload, type Workload } from './workload.ts';

interface Contents {
  readonly workloads: readonly Workload[];
  readonly objects: readonly SampleObject[];
}

function namespaceObject(name: string): JsonObject {
  return {
    kind: 'Namespace',
    apiVersion: 'v1',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}

/** By the name of the cluster, in the sample; the others are calm. */
function ownContents(cluster: Cluster): Contents {
  const isCilium = isWord(at(cluster.resource, 'properties', 'networkProfile', 'networkDataplane'), 'cilium');
  const policies = isCilium ? ciliumObjects : [];
  switch (cluster.name) {
    case 'aks-demo':
      return { workloads: difficultWorkloads, objects: [...systemObjects(cluster, ownDnsRules), ...difficultObjects] };
    case 'aks-edge':
      return {
        workloads: [...calmWorkloads, ...nodeLocalDns],
        objects: [...systemObjects(cluster), ...nodeLocalDnsObjects],
      };
    default:
      return { workloads: calmWorkloads, objects: [...systemObjects(cluster), ...policies] };
  }
}

function contentsOf(world: World, cluster: Cluster): Contents {
  const { workloads, objects } = ownContents(cluster);
  const busy = busyWorkloads(world.settings.kubernetes.podsPerNode);
  return { workloads: [...systemWorkloads, ...workloads, ...busy], objects };
}

/** What runs in a cluster at the start. */
export function fillCluster(world: World, cluster: Cluster, state: KubernetesState): void {
  const { workloads, objects } = contentsOf(world, cluster);
  const used = [...workloads.map(({ namespace }) => namespace), ...objects.map((each) => namespaceOf(each))];
  const namespaces = new Set(['default', 'kube-node-lease', 'kube-public', 'kube-system', ...used]);
  namespaces.delete('');
  for (const name of namespaces) put(state, '/namespaces', namespaceObject(name), world.now());
  for (const { resource, object } of objects) put(state, resource, object, world.now());
  for (const workload of workloads) startWorkload(state, workload, world.now());
  putEndpoints(world, state);
}

function putEndpoints(world: World, state: KubernetesState): void {
  const addresses: string[] = [];
  for (const [key, { object }] of collectionOf(state, '/pods').after('kube-system/coredns-')) {
    if (!key.startsWith('kube-system/coredns-')) break;
    const address = asString(at(object, 'status', 'podIP'));
    if (own(at(object, 'metadata', 'labels'), 'k8s-app') === 'kube-dns' && address !== undefined)
      addresses.push(address);
  }
  const { resource, object } = dnsEndpoints(addresses);
  put(state, resource, object, world.now());
}

/** The nodes are others than before. */
export function settleCluster(world: World, cluster: Cluster, state: KubernetesState): void {
  settleWorkloads(state, contentsOf(world, cluster).workloads, world.now());
  putEndpoints(world, state);
}
