import { createHmac } from 'node:crypto';
import { asString, at, isJsonObject, isWord, type JsonObject } from '../../core/json.ts';
import type { Cluster, World } from '../world.ts';
import { certify } from './certificate.ts';
import type { Exchange, Route } from './exchange.ts';
import { isPrivate, kubernetesEndpoint, kubernetesToken } from './kubernetes-endpoint.ts';
import { clusterTemplate, onCluster } from './lookup.ts';
import { ok, providerError, type Reply } from './reply.ts';
import { clusterProperties } from './version-rules.ts';

type Kind = 'clusterUser' | 'clusterAdmin';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** What opens the cluster: keys made from the simulator's seed, and no secret of anybody's. */
function localAccount(world: World, cluster: Cluster, kind: Kind): JsonObject {
  const seed = `${world.signingKey}/${cluster.subscriptionId}/${cluster.resourceGroup}/${cluster.name}`;
  const ca = certify(seed, { commonName: 'ca' });
  const group = kind === 'clusterAdmin' ? 'system:masters' : 'aks:users';
  const client = certify(seed, { commonName: kind, organization: group }, ca);
  return {
    'client-certificate-data': base64(client.certificatePem),
    'client-key-data': base64(client.keyPem),
    token:
      kubernetesEndpoint(world, cluster) === undefined
        ? createHmac('sha512', world.signingKey).update(`${seed}/${kind}`).digest('hex')
        : kubernetesToken(world, kind),
  };
}

/** Source: kubelogin: what AKS writes for clusters with Entra ID. */
function entraAccount(tenantId: string): JsonObject {
  return {
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1beta1',
      command: 'kubelogin',
      args: [
        'get-token',
        '--environment',
        'AzurePublicCloud',
        '--server-id',
        '6dae42f8-4368-4678-94ff-3960e28e3630',
        '--client-id',
        '80faf920-1908-4b52-b5ef-a8e7bedfc67a',
        '--tenant-id',
        tenantId,
        '--login',
        'devicecode',
      ],
      env: null,
      provideClusterInfo: false,
    },
  };
}

/** JSON is YAML too. The names are those that AKS gives; az adds `-admin` to the context of an administrator. */
function kubeconfig(exchange: Exchange, cluster: Cluster, kind: Kind): JsonObject {
  const { world, caller } = exchange;
  const properties = clusterProperties(cluster);
  const seed = `${world.signingKey}/${cluster.subscriptionId}/${cluster.resourceGroup}/${cluster.name}`;
  const ca = certify(seed, { commonName: 'ca' });
  const host = asString(properties['fqdn']) ?? asString(properties['privateFQDN']) ?? `${cluster.name}.invalid`;
  const user = `${kind}_${cluster.resourceGroup}_${cluster.name}`;
  const entra = kind === 'clusterUser' && isJsonObject(properties['aadProfile']);
  return {
    apiVersion: 'v1',
    kind: 'Config',
    preferences: {},
    clusters: [
      {
        name: cluster.name,
        cluster: (isPrivate(cluster) ? undefined : kubernetesEndpoint(world, cluster)) ?? {
          'certificate-authority-data': base64(ca.certificatePem),
          server: `https://${host}:443`,
        },
      },
    ],
    contexts: [{ name: cluster.name, context: { cluster: cluster.name, user } }],
    'current-context': cluster.name,
    users: [{ name: user, user: entra ? entraAccount(caller.tenantId) : localAccount(world, cluster, kind) }],
  };
}

function credentials(kind: Kind) {
  return (exchange: Exchange, cluster: Cluster): Reply => {
    const disabled = at(cluster.resource, 'properties', 'disableLocalAccounts') === true;
    const entra = isJsonObject(at(cluster.resource, 'properties', 'aadProfile'));
    // Source: 400 as users report it.
    if (disabled && (kind === 'clusterAdmin' || !entra))
      return providerError(
        400,
        'BadRequest',
        'Getting static credential is not allowed because this cluster is set to disable local accounts.',
      );
    const format = exchange.query.get('format');
    if (format !== undefined && !['azure', 'exec'].some((word) => isWord(format, word)))
      return providerError(400, 'InvalidParameter', `The value of parameter format is invalid: ${format}.`, {
        target: 'format',
      });
    const value = base64(`${JSON.stringify(kubeconfig(exchange, cluster, kind), undefined, 2)}\n`);
    return ok({ kubeconfigs: [{ name: kind, value }] });
  };
}

const action = 'Microsoft.ContainerService/managedClusters';

export const credentialRoutes: readonly Route[] = [
  {
    name: 'clusters.userCredential',
    method: 'POST',
    template: `${clusterTemplate}/listClusterUserCredential`,
    handler: onCluster(credentials('clusterUser')),
    versions: 'containerService',
    action: `${action}/listClusterUserCredential/action`,
    budget: 'other',
  },
  {
    name: 'clusters.adminCredential',
    method: 'POST',
    template: `${clusterTemplate}/listClusterAdminCredential`,
    handler: onCluster(credentials('clusterAdmin')),
    versions: 'containerService',
    action: `${action}/listClusterAdminCredential/action`,
    budget: 'other',
  },
];
