import type { JsonObject } from '../../core/json.ts';
import type { Random } from '../random.ts';
import type { Subscription, World } from '../world.ts';
import { addCluster, addPool } from './resources.ts';
import {
  automaticPool,
  clusterKinds,
  environmentKinds,
  networkKinds,
  ownerKinds,
  plainPool,
  systemPoolKinds,
  teamKinds,
  tierKinds,
  userPoolKinds,
  versionKinds,
  type ClusterKind,
  type PoolKind,
} from './fleet-kinds.ts';
import { addSubnet } from './fleet-network.ts';
import type { FleetSubscription } from './fleet-subscriptions.ts';
import { inShares } from './shares.ts';

export interface FleetCluster {
  readonly subscription: FleetSubscription;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  /** The minor version: 33 for 1.33. */
  readonly minor: number;
  /** What is particular about it, its network and its pools: see `fleet-kinds.ts`. */
  readonly kind: string;
  readonly network: string;
  readonly tier: string;
  readonly team: string | undefined;
  readonly environment: string | undefined;
  /** The tool whose tag the cluster has. */
  readonly owner: string | undefined;
}

export interface FleetPool {
  readonly cluster: FleetCluster;
  readonly name: string;
  readonly kind: string;
  readonly minor: number;
  readonly nodes: number;
  readonly vmSize: string;
}

/** What one cluster is to be. */
interface Draw {
  readonly kind: ClusterKind;
  readonly version: string;
  readonly network: string;
  readonly tier: string;
  readonly team: string | undefined;
  readonly environment: string | undefined;
  readonly owner: { readonly kind: string; readonly tags: JsonObject } | undefined;
  readonly pools: readonly [system: PoolKind, first: PoolKind, second: PoolKind];
}

export function drawClusters(random: Random, count: number): readonly Draw[] {
  const kinds = inShares(random, clusterKinds, count);
  const versions = inShares(random, versionKinds, count);
  const networks = inShares(random, networkKinds, count);
  const tiers = inShares(random, tierKinds, count);
  const teams = inShares(random, teamKinds, count);
  const environments = inShares(random, environmentKinds, count);
  const owners = inShares(random, ownerKinds, count);
  const systemPools = inShares(random, systemPoolKinds, count);
  const userPools = inShares(random, userPoolKinds, count * 2);
  return kinds.map((kind, index) => {
    const version = versions[index]?.kind ?? '1.33.4';
    const team = teams[index]?.kind === 'none' ? undefined : teams[index]?.kind;
    // Automatic needs a version that has LocalDNS, and the Standard tier.
    const automatic = kind.kind === 'automatic';
    return {
      kind,
      version: automatic && minorOf(version) < 31 ? '1.33.4' : version,
      network: networks[index]?.kind ?? 'managed',
      tier: automatic ? 'Standard' : (tiers[index]?.kind ?? 'Standard'),
      team,
      environment: team === undefined ? undefined : environments[index]?.kind,
      owner: owners[index]?.kind === 'none' ? undefined : owners[index],
      pools: [
        systemPools[index] ?? plainPool,
        userPools[index * 2] ?? plainPool,
        userPools[index * 2 + 1] ?? plainPool,
      ],
    };
  });
}

function minorOf(version: string): number {
  return Number(version.split('.')[1] ?? '0');
}

interface PoolDraft {
  readonly pool: FleetPool;
  readonly properties: JsonObject;
}

/** The kind that was drawn, if this cluster can have it. */
function fitting(kind: PoolKind, cluster: FleetCluster): PoolKind {
  if (cluster.kind === 'automatic') return automaticPool;
  return kind.from !== undefined && cluster.minor < kind.from ? plainPool : kind;
}

/** Ubuntu means 24.04 from Kubernetes 1.35 on. Source: AKS docs, upgrade-os-version. */
function imageFor(kind: PoolKind, minor: number): JsonObject {
  return minor >= 35 && kind.properties['nodeImageVersion'] === undefined
    ? { nodeImageVersion: 'AKSUbuntu-2404gen2containerd-202610.19.1' }
    : {};
}

/** Such a pool has a count for each size, and none of its own. Source: AKS docs, virtual machines node pools. */
function ofMachines(count: number): JsonObject {
  return { count: null, virtualMachineNodesStatus: [{ size: 'Standard_D4ds_v5', count }] };
}

/** @param nodes how many, if the kind does not say */
function draftPool(drawn: PoolKind, cluster: FleetCluster, version: string, name: string, nodes: number): PoolDraft {
  const kind = fitting(drawn, cluster);
  const own = kind.atMost !== undefined && minorOf(kind.atMost) < cluster.minor ? kind.atMost : version;
  const stopped = cluster.kind === 'stopped';
  const count = stopped ? 0 : (kind.nodes ?? nodes);
  const { vmSize } = kind.properties;
  return {
    pool: {
      cluster,
      name,
      kind: kind.kind,
      minor: minorOf(own),
      nodes: count,
      vmSize: typeof vmSize === 'string' && vmSize !== '' ? vmSize : 'Standard_D4ds_v5',
    },
    properties: {
      count,
      orchestratorVersion: own.split('.').slice(0, 2).join('.'),
      currentOrchestratorVersion: own,
      ...imageFor(kind, minorOf(own)),
      ...(name === 'systempool' ? { mode: 'System' } : {}),
      ...kind.properties,
      ...(kind.kind === 'virtual-machines' ? ofMachines(count) : {}),
      ...(stopped ? { powerState: { code: 'Stopped' } } : {}),
    },
  };
}

/** Where a cluster goes; `number` counts the clusters of the fleet from 1. */
export interface FleetPlace {
  readonly plan: FleetSubscription;
  readonly subscription: Subscription;
  readonly location: string;
  readonly number: number;
}

/** Adds a cluster with its three pools. */
export function addFleetCluster(
  world: World,
  draw: Draw,
  { plan, subscription, location, number }: FleetPlace,
): readonly FleetPool[] {
  const { kind, version, network, tier, team, environment, owner } = draw;
  const cluster: FleetCluster = {
    subscription: plan,
    resourceGroup: `rg-${team ?? 'unknown'}-${environment ?? 'any'}`,
    name: `aks-${team ?? 'nobody'}-${String(number).padStart(5, '0')}`,
    location,
    minor: minorOf(version),
    kind: kind.kind,
    network,
    tier,
    team,
    environment,
    owner: owner?.kind,
  };
  const { name } = cluster;
  const [system, first, second] = draw.pools;
  const drafts = [
    draftPool(system, cluster, version, 'systempool', 3),
    draftPool(first, cluster, version, 'pool1', world.random.between(2, 12)),
    draftPool(second, cluster, version, 'pool2', world.random.between(2, 12)),
  ];
  const tags = {
    ...(team === undefined ? {} : { team }),
    ...(environment === undefined ? {} : { environment }),
    ...owner?.tags,
  };
  const added = addCluster(world, subscription, {
    group: cluster.resourceGroup,
    name,
    location,
    version,
    tier,
    ...(kind.sku === undefined ? {} : { sku: kind.sku }),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
    ...(kind.properties === undefined ? {} : { properties: kind.properties }),
  });
  const flat = kind.kind === 'flat';
  const addresses = drafts.reduce((sum, { pool }) => sum + pool.nodes * (flat ? 31 : 1), 0);
  const shared = {
    ...(flat ? { maxPods: 30 } : {}),
    ...(network === 'managed'
      ? {}
      : {
          vnetSubnetID: addSubnet(
            world,
            { subscriptionId: subscription.id, location },
            { name, number, network, addresses },
          ),
        }),
  };
  for (const { pool, properties } of drafts) addPool(world, added, pool.name, { ...shared, ...properties });
  return drafts.map(({ pool }) => pool);
}
