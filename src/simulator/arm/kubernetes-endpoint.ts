import { createHash } from 'node:crypto';
import { at, type JsonObject } from '../../core/json.ts';
import type { Cluster, World } from '../world.ts';
import { clusterProperties } from './version-rules.ts';
import { issueToken } from './token.ts';

/** Where the APIs of the clusters are: `/kubernetes/SUBSCRIPTION/GROUP/CLUSTER`, and their own paths below. */
const base = 'kubernetes';

/** The certificate of the server is good for the names below it. */
export const serverNames = 'kubernetes.localhost';

/** The audience of tokens for the API servers of AKS clusters. Source: AKS docs, Entra ID. */
export const kubernetesAudience = '6dae42f8-4368-4678-94ff-3960e28e3630';

export function isKubernetesPath(path: string): boolean {
  return path.startsWith(`/${base}/`);
}

export function kubernetesPath({ subscriptionId, resourceGroup, name }: Cluster): string {
  return `/${[base, subscriptionId, resourceGroup, name].map((word) => encodeURIComponent(word)).join('/')}`;
}

/**
 * The TLS name of a cluster. Old kubectls leave the path of the server's URL out of `get --raw`; the name then says which
 * cluster is meant.
 */
export function kubernetesServerName(cluster: Cluster): string {
  const hash = createHash('sha256').update(kubernetesPath(cluster).toLowerCase()).digest('hex').slice(0, 16);
  return `${hash}.${serverNames}`;
}

const tenYears = 10 * 365 * 24 * 3600;

/** A token that the API servers of all clusters accept. */
export function kubernetesToken(world: World, caller?: string): string {
  const whose = caller === undefined ? {} : { caller };
  return issueToken(world, { ...whose, resource: kubernetesAudience, lifetimeSeconds: tenYears }).token;
}

/** How a kubeconfig names the API server; undefined if nothing serves it. */
export function kubernetesEndpoint(world: World, cluster: Cluster): JsonObject | undefined {
  return world.caPem === undefined
    ? undefined
    : {
        server: `${world.origin}${kubernetesPath(cluster)}`,
        'tls-server-name': kubernetesServerName(cluster),
        'certificate-authority-data': Buffer.from(world.caPem).toString('base64'),
      };
}

/** Whether only its own network reaches the API server. */
export function isPrivate(cluster: Cluster): boolean {
  return at(clusterProperties(cluster), 'apiServerAccessProfile', 'enablePrivateCluster') === true;
}
