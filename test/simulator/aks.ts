import { asString, at, isJsonObject, type JsonObject, type JsonValue } from '../../src/core/json.ts';
import { apiVersion, wire, type Answer, type Wire } from './client.ts';

/** Clusters made for a test, and the requests of az: it reads a cluster, changes it, and sends all of it back. */

const subscription = '0b000000-0000-4000-8000-000000000003';
const group = `/subscriptions/${subscription}/resourceGroups/rg-az`;

export function aksPath(cluster: string, rest = ''): string {
  return `${group}/providers/Microsoft.ContainerService/managedClusters/${cluster}${rest}?api-version=${apiVersion}`;
}

export function versionsPath(location: string): string {
  return `/subscriptions/${subscription}/providers/Microsoft.ContainerService/locations/${location}/kubernetesVersions?api-version=${apiVersion}`;
}

function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

export function aksPool(name: string, version: string, properties: JsonObject = {}): JsonObject {
  return {
    name,
    count: 2,
    vmSize: 'Standard_D4ds_v5',
    type: 'VirtualMachineScaleSets',
    mode: 'User',
    osType: 'Linux',
    osSKU: 'Ubuntu',
    provisioningState: 'Succeeded',
    powerState: { code: 'Running' },
    orchestratorVersion: minorOf(version),
    currentOrchestratorVersion: version,
    nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202609.11.0',
    upgradeSettings: { maxSurge: '1', maxUnavailable: '0' },
    ...properties,
  };
}

interface ClusterOptions {
  readonly properties?: JsonObject;
  readonly sku?: JsonObject;
  readonly location?: string;
  readonly pools?: readonly JsonObject[];
}

export function aksCluster(name: string, version: string, options: ClusterOptions = {}): JsonObject {
  return {
    id: `${group}/providers/Microsoft.ContainerService/managedClusters/${name}`,
    name,
    type: 'Microsoft.ContainerService/ManagedClusters',
    location: options.location ?? 'westeurope',
    sku: options.sku ?? { name: 'Base', tier: 'Standard' },
    tags: { team: 'shop' },
    properties: {
      provisioningState: 'Succeeded',
      powerState: { code: 'Running' },
      kubernetesVersion: minorOf(version),
      currentKubernetesVersion: version,
      dnsPrefix: name,
      fqdn: `${name}-dns.hcp.westeurope.azmk8s.io`,
      nodeResourceGroup: `MC_rg-az_${name}_westeurope`,
      supportPlan: 'KubernetesOfficial',
      networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', serviceCidr: '10.0.0.0/16' },
      agentPoolProfiles: options.pools ?? [aksPool('sys', version, { mode: 'System' }), aksPool('web', version)],
      ...options.properties,
    },
  };
}

export function aks(...clusters: readonly JsonObject[]): Wire {
  return wire({ load: clusters });
}

export async function cluster(on: Wire, name: string): Promise<JsonObject> {
  return (await on.get(aksPath(name))).body;
}

/** Reads a cluster and sends it back changed, as `az aks update`, `upgrade` and `scale` do. */
export async function putCluster(
  on: Wire,
  name: string,
  change: {
    readonly properties?: JsonObject;
    readonly top?: JsonObject;
    readonly pools?: (pool: JsonObject) => JsonObject;
    readonly headers?: Record<string, string>;
  },
): Promise<Answer> {
  const read = await cluster(on, name);
  const properties = read['properties'];
  if (!isJsonObject(properties)) throw new Error(`No cluster ${name}`);
  const pools = (properties['agentPoolProfiles'] as readonly JsonObject[]).map(change.pools ?? ((pool) => pool));
  const body = {
    ...read,
    ...change.top,
    properties: { ...properties, agentPoolProfiles: pools, ...change.properties },
  };
  return on.send('PUT', aksPath(name), { body, headers: change.headers ?? {} });
}

export function versionsOf(body: JsonValue | undefined, ...path: readonly string[]): readonly string[] {
  const list = at(body, ...path);
  return Array.isArray(list) ? list.map((item) => asString(at(item, 'kubernetesVersion')) ?? '') : [];
}

/** Longer than any operation of these clusters. */
export const untilDone = 4 * 3600;
