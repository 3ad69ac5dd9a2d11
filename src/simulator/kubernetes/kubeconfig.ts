import type { JsonObject } from '../../core/json.ts';
import { toYaml } from '../../core/yaml.ts';
import {
  kubernetesEndpoint,
  kubernetesPath,
  kubernetesServerName,
  kubernetesToken,
  serverNames,
} from '../arm/kubernetes-endpoint.ts';
import type { Cluster, World } from '../world.ts';

function allClusters(world: World): readonly Cluster[] {
  return [...world.subscriptions.values()].flatMap(({ clusters }) => [...clusters.values()]);
}

/** The path below which the API of the cluster with this TLS name is. */
export function pathOfServerName(world: World, name: string): string | undefined {
  // Every request to ARM comes by here, and hashing the names of a fleet takes its time.
  if (!name.endsWith(`.${serverNames}`)) return undefined;
  const cluster = allClusters(world).find((each) => kubernetesServerName(each) === name);
  return cluster === undefined ? undefined : kubernetesPath(cluster);
}

/** A name of its own for each: the cluster's, or with its group, or with its subscription too. */
function contextNames(clusters: readonly Cluster[]): ReadonlyMap<Cluster, string> {
  const names = new Map<Cluster, string>();
  const taken = new Set<string>();
  for (const cluster of clusters) {
    const { name, resourceGroup, subscriptionId } = cluster;
    const candidates = [name, `${name}_${resourceGroup}`, `${name}_${resourceGroup}_${subscriptionId}`];
    const free = candidates.find((candidate) => !taken.has(candidate)) ?? name;
    taken.add(free);
    names.set(cluster, free);
  }
  return names;
}

/** A kubeconfig for the clusters, with a context for each; the first is the current one. */
function kubeconfigOf(world: World, clusters: readonly Cluster[]): JsonObject {
  const names = contextNames(clusters);
  const user = 'simulator';
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': [...names.values()][0] ?? '',
    preferences: {},
    clusters: [...names].map(([cluster, name]) => ({ name, cluster: kubernetesEndpoint(world, cluster) ?? {} })),
    users: [{ name: user, user: { token: kubernetesToken(world) } }],
    contexts: [...names.values()].map((name) => ({ name, context: { cluster: name, user } })),
  };
}

/** For all clusters, or for one. */
export function kubeconfigText(world: World, cluster?: Cluster): string {
  return toYaml(kubeconfigOf(world, cluster === undefined ? allClusters(world) : [cluster]));
}
