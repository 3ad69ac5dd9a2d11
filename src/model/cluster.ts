import { asBoolean, asString, at, own, type JsonObject } from '../core/json.ts';
import { poolId, type ClusterRef } from './ids.ts';
import { readNodePool, stringMap, type NodePool } from './node-pool.ts';

export interface Cluster {
  readonly ref: ClusterRef;
  readonly id: string;
  readonly location: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** `Base` or `Automatic`. */
  readonly skuName: string | undefined;
  readonly managedBy: string | undefined;
  readonly provisioningState: string | undefined;
  readonly powerState: string | undefined;
  readonly kubernetesVersion: string | undefined;
  /** `AKSLongTermSupport` or `KubernetesOfficial`. */
  readonly supportPlan: string | undefined;
  /** `Auto` means node autoprovisioning. */
  readonly nodeProvisioningMode: string | undefined;
  readonly networkPlugin: string | undefined;
  readonly networkPolicy: string | undefined;
  readonly networkDataplane: string | undefined;
  readonly privateCluster: boolean;
  readonly pools: readonly NodePool[];
  /** The complete resource as ARM returned it. */
  readonly resource: JsonObject;
}

/**
 * The entries of `agentPoolProfiles`; undefined if the answer does not list the pools. A cluster with hosted system
 * pools may have none. Source: AKS REST API, hostedSystemProfile.
 */
export function poolEntries(properties: unknown): readonly (JsonObject & { readonly name: string })[] | undefined {
  const list: unknown = own(properties, 'agentPoolProfiles');
  const isPool = (entry: unknown): entry is JsonObject & { readonly name: string } =>
    typeof own(entry, 'name') === 'string';
  if (Array.isArray(list)) return list.every(isPool) ? list : undefined;
  return at(properties, 'hostedSystemProfile', 'enabled') === true ? [] : undefined;
}

/** Reads a managed cluster as returned by ARM's GET or LIST. */
export function readCluster(ref: ClusterRef, resource: JsonObject): Cluster {
  const properties = own(resource, 'properties');
  const network = own(properties, 'networkProfile');
  const pools = (poolEntries(properties) ?? []).map(({ name, ...rest }) => {
    const poolRef = { ...ref, pool: name };
    return readNodePool(poolRef, poolId(poolRef), rest);
  });
  return {
    ref,
    id: asString(resource['id']) ?? '',
    location: asString(resource['location']),
    tags: stringMap(resource['tags']),
    skuName: asString(at(resource, 'sku', 'name')),
    managedBy: asString(resource['managedBy']),
    provisioningState: asString(own(properties, 'provisioningState')),
    powerState: asString(at(properties, 'powerState', 'code')),
    kubernetesVersion:
      asString(own(properties, 'currentKubernetesVersion')) ?? asString(own(properties, 'kubernetesVersion')),
    supportPlan: asString(own(properties, 'supportPlan')),
    nodeProvisioningMode: asString(at(properties, 'nodeProvisioningProfile', 'mode')),
    networkPlugin: asString(own(network, 'networkPlugin')),
    networkPolicy: asString(own(network, 'networkPolicy')),
    networkDataplane: asString(own(network, 'networkDataplane')),
    privateCluster: asBoolean(at(properties, 'apiServerAccessProfile', 'enablePrivateCluster')) === true,
    pools,
    resource,
  };
}
