import { asNumber, asString, at, isJsonObject, isWord, listOf, own, type JsonObject } from '../../core/json.ts';
import { vmSize } from '../arm/compute-sizes.ts';
import { machineName, nodeResourceGroup } from '../arm/machine-names.ts';
import { nodesOf } from '../arm/pool-nodes.ts';
import type { Cluster, Pool, PoolNode, World } from '../world.ts';
import type { KubernetesSettings } from './behaviour.ts';
import { collectionOf, put, remove, second, type KubernetesState, type NodeDns } from './store.ts';

interface Names {
  readonly node: string;
  readonly providerId: string;
  readonly address: string;
}

/** Source: AKS: the cloud provider writes the resource group in lower case. */
function namesOf(cluster: Cluster, pool: Pool, number: number): Names {
  const { name, resource, address } = machineName(cluster, pool, number);
  const group = nodeResourceGroup(cluster).toLowerCase();
  const compute = `azure:///subscriptions/${cluster.subscriptionId}/resourceGroups/${group}/providers/Microsoft.Compute`;
  return { node: name, providerId: `${compute}/${resource}`, address };
}

function labelsOf(cluster: Cluster, pool: Pool, node: PoolNode, name: string): JsonObject {
  const { properties } = pool;
  const own = properties['nodeLabels'];
  const zones = listOf(properties['availabilityZones']).map(String);
  const zone = zones[node.number % Math.max(1, zones.length)];
  const windows = isWord(properties['osType'], 'Windows');
  const size = asString(properties['vmSize']) ?? '';
  return {
    agentpool: pool.name,
    'kubernetes.azure.com/agentpool': pool.name,
    'kubernetes.azure.com/cluster': nodeResourceGroup(cluster),
    'kubernetes.azure.com/mode': (asString(properties['mode']) ?? 'User').toLowerCase(),
    'kubernetes.azure.com/node-image-version': node.image,
    'kubernetes.azure.com/os-sku': asString(properties['osSKU']) ?? 'Ubuntu',
    'kubernetes.azure.com/role': 'agent',
    ...(windows ? {} : { 'kubernetes.azure.com/localdns-state': node.localDns ? 'enabled' : 'disabled' }),
    'kubernetes.io/arch': vmSize(size)?.architecture === 'Arm64' ? 'arm64' : 'amd64',
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': windows ? 'windows' : 'linux',
    'node.kubernetes.io/instance-type': size,
    'topology.kubernetes.io/region': cluster.location,
    'topology.kubernetes.io/zone': zone === undefined ? '0' : `${cluster.location}-${zone}`,
    ...(isJsonObject(own) ? own : {}),
  };
}

/** `key=value:Effect`, as ARM writes them. */
function taintsOf(pool: Pool): readonly JsonObject[] {
  return listOf(pool.properties['nodeTaints']).flatMap((taint) => {
    const [, key, value, effect] = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(asString(taint) ?? '') ?? [];
    if (key === undefined || effect === undefined) return [];
    return [{ key, ...(value === undefined ? {} : { value }), effect }];
  });
}

function conditions(since: string, now: string): readonly JsonObject[] {
  const condition = (type: string, status: string, reason: string, message: string): JsonObject => ({
    type,
    status,
    lastHeartbeatTime: now,
    lastTransitionTime: since,
    reason,
    message,
  });
  return [
    condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
    condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
    condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
    condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
  ];
}

function resourcesOf(pool: Pool): { readonly capacity: JsonObject; readonly allocatable: JsonObject } {
  const size = vmSize(asString(pool.properties['vmSize']) ?? '');
  const cpus = size?.vcpus ?? 4;
  const memory = Math.round((size?.memoryGb ?? 16) * 1024 * 1024);
  const pods = String(asNumber(pool.properties['maxPods']) ?? 250);
  return {
    capacity: { cpu: String(cpus), 'ephemeral-storage': '129886128Ki', memory: `${String(memory)}Ki`, pods },
    allocatable: {
      cpu: `${String(cpus * 1000 - 140)}m`,
      'ephemeral-storage': '119703055367',
      memory: `${String(Math.floor(memory * 0.85))}Ki`,
      pods,
    },
  };
}

const osImages: Readonly<Record<string, string>> = {
  azurelinux: 'Microsoft Azure Linux 3.0',
  ubuntu2404: 'Ubuntu 24.04.3 LTS',
  windows2022: 'Windows Server 2022 Datacenter',
};

function systemOf(cluster: Cluster, pool: Pool): JsonObject {
  const sku = (asString(pool.properties['osSKU']) ?? 'Ubuntu').toLowerCase();
  const version =
    asString(pool.properties['currentOrchestratorVersion']) ??
    asString(at(cluster.resource, 'properties', 'currentKubernetesVersion')) ??
    '1.33.4';
  return {
    operatingSystem: isWord(pool.properties['osType'], 'Windows') ? 'windows' : 'linux',
    osImage: osImages[sku] ?? 'Ubuntu 22.04.5 LTS',
    kernelVersion: '5.15.0-1098-azure',
    containerRuntimeVersion: 'containerd://1.7.28-1',
    kubeletVersion: `v${version}`,
    kubeProxyVersion: `v${version}`,
  };
}

export function nodeObject(cluster: Cluster, pool: Pool, node: PoolNode, names: Names): JsonObject {
  const taints = taintsOf(pool);
  const since = second(node.reimaged);
  return {
    kind: 'Node',
    apiVersion: 'v1',
    metadata: {
      name: names.node,
      labels: labelsOf(cluster, pool, node, names.node),
      annotations: { 'node.alpha.kubernetes.io/ttl': '0' },
      creationTimestamp: second(node.created),
    },
    spec: { providerID: names.providerId, ...(taints.length === 0 ? {} : { taints }) },
    status: {
      ...resourcesOf(pool),
      conditions: conditions(since, since),
      addresses: [
        { type: 'InternalIP', address: names.address },
        { type: 'Hostname', address: names.node },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10_250 } },
      nodeInfo: systemOf(cluster, pool),
    },
  };
}

export function dnsOf(settings: KubernetesSettings, node: PoolNode): NodeDns {
  const here = (where: 'first' | 'all' | undefined): boolean =>
    where === 'all' || (where === 'first' && node.number === 0);
  const { dnsFault, fullNodes } = settings;
  return {
    on: node.localDns,
    fault: node.localDns && here(dnsFault?.nodes) ? dnsFault?.fault : undefined,
    full: here(fullNodes),
    reimaged: node.reimaged,
  };
}

interface NodeChanges {
  /** Nodes that were reimaged or went away, whose pods are gone with them. */
  readonly lost: readonly string[];
  /** Whether there are nodes that were not there before, or some no more. */
  readonly others: boolean;
}

/** Brings the nodes up to what the pools are now; only those of changed pools are written anew. */
export function deriveNodes(world: World, cluster: Cluster, state: KubernetesState): NodeChanges {
  const lost: string[] = [];
  const settings = world.settings.kubernetes;
  const behaviour = JSON.stringify([settings.dnsFault, settings.fullNodes]);
  const present = collectionOf(state, '/nodes').size;
  const drop = (name: string): void => {
    remove(state, '/nodes', `/${name}`);
    state.dns.delete(name);
    lost.push(name);
  };
  let added = 0;
  for (const pool of cluster.pools.values()) {
    const { list, version } = nodesOf(pool, world.now());
    const before = state.derived.get(pool.name);
    if (before?.version === version && before.properties === pool.properties && before.behaviour === behaviour)
      continue;
    const names = list.map((node) => {
      const its = namesOf(cluster, pool, node.number);
      const was = state.dns.get(its.node);
      if (was === undefined) added += 1;
      else if (was.reimaged !== node.reimaged) lost.push(its.node);
      state.dns.set(its.node, dnsOf(settings, node));
      put(state, '/nodes', nodeObject(cluster, pool, node, its), world.now());
      return its.node;
    });
    for (const gone of (before?.names ?? []).slice(names.length)) drop(gone);
    state.derived.set(pool.name, { properties: pool.properties, version, behaviour, names });
  }
  for (const [name, { names }] of state.derived) {
    if ([...cluster.pools.values()].some((pool) => pool.name === name)) continue;
    for (const gone of names) drop(gone);
    state.derived.delete(name);
  }
  return { lost, others: added > 0 || collectionOf(state, '/nodes').size !== present };
}

/** The address of the cluster's DNS service. */
export function dnsServiceIp(cluster: Cluster): string {
  return asString(at(cluster.resource, 'properties', 'networkProfile', 'dnsServiceIP')) ?? '10.0.0.10';
}

/** What the kubelet answers to `configz`, as far as it is of use here. */
export function kubeletConfiguration(cluster: Cluster, dns: NodeDns, node: JsonObject): JsonObject {
  return {
    kubeletconfig: {
      enableServer: true,
      port: 10_250,
      clusterDomain: 'cluster.local',
      clusterDNS: [dns.on ? '169.254.10.11' : dnsServiceIp(cluster)],
      maxPods: Number(asString(at(node, 'status', 'capacity', 'pods')) ?? '250'),
      resolvConf: '/run/systemd/resolve/resolv.conf',
      cgroupDriver: 'systemd',
    },
  };
}

export function isWindowsNode(node: JsonObject): boolean {
  return own(at(node, 'metadata', 'labels'), 'kubernetes.io/os') === 'windows';
}
