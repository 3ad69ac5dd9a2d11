import { createHash } from 'node:crypto';
import type { JsonObject } from '../../core/json.ts';
import { toYaml } from '../../core/yaml.ts';
import { issueToken } from '../arm/token.ts';
import type { Cluster, World } from '../world.ts';
import { kubernetesAudience, kubernetesPath } from './handle.ts';

/** The certificate of the server is good for the names below it. */
export const serverNames = 'kubernetes.localhost';

/**
 * The TLS name of a cluster. Old kubectls leave the path of the server's URL out of `get --raw`; the name then says which
 * cluster is meant.
 */
function serverName(cluster: Cluster): string {
  const hash = createHash('sha256').update(kubernetesPath(cluster).toLowerCase()).digest('hex').slice(0, 16);
  return `${hash}.${serverNames}`;
}

function allClusters(world: World): readonly Cluster[] {
  return [...world.subscriptions.values()].flatMap(({ clusters }) => [...clusters.values()]);
}

/** The path below which the API of the cluster with this TLS name is. */
export function pathOfServerName(world: World, name: string): string | undefined {
  const cluster = allClusters(world).find((each) => serverName(each) === name);
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

const tenYears = 10 * 365 * 24 * 3600;

/** A token that the API servers of all clusters accept. */
function kubernetesToken(world: World): string {
  return issueToken(world, { resource: kubernetesAudience, lifetimeSeconds: tenYears }).token;
}

/** A kubeconfig for the clusters, with a context for each; the first is the current one. */
function kubeconfigFor(world: World, clusters: readonly Cluster[], caPem: string): JsonObject {
  const names = contextNames(clusters);
  const authority = Buffer.from(caPem).toString('base64');
  const user = 'simulator';
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': [...names.values()][0] ?? '',
    preferences: {},
    clusters: [...names].map(([cluster, name]) => ({
      name,
      cluster: {
        server: `${world.origin}${kubernetesPath(cluster)}`,
        'tls-server-name': serverName(cluster),
        'certificate-authority-data': authority,
      },
    })),
    users: [{ name: user, user: { token: kubernetesToken(world) } }],
    contexts: [...names.values()].map((name) => ({ name, context: { cluster: name, user } })),
  };
}

export function kubeconfigText(world: World, caPem: string): string {
  return toYaml(kubeconfigFor(world, allClusters(world), caPem));
}
