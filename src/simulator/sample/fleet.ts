import type { JsonObject } from '../../core/json.ts';
import { quotaKey } from '../arm/quota.ts';
import { regions } from '../arm/regions.ts';
import { vmSize } from '../arm/compute-sizes.ts';
import type { ClusterPlanRecord, FleetPlan, PoolPlanRecord } from '../fleet-plan.ts';
import type { World } from '../world.ts';
import { addCluster, addPool } from './build.ts';
import { deck } from './deck.ts';
import {
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
import { draftPool, type PoolDraft } from './fleet-pool.ts';
import { addFleetSubscriptions, type FleetSubscription } from './fleet-subscriptions.ts';
import { fillManagementGroups } from './groups.ts';

interface Decks {
  readonly cluster: readonly ClusterKind[];
  readonly version: readonly { readonly kind: string }[];
  readonly network: readonly { readonly kind: string }[];
  readonly tier: readonly { readonly kind: string }[];
  readonly team: readonly { readonly kind: string }[];
  readonly environment: readonly { readonly kind: string }[];
  readonly owner: readonly { readonly kind: string; readonly tags: JsonObject }[];
  readonly systemPool: readonly PoolKind[];
  /** Two for each cluster. */
  readonly userPool: readonly PoolKind[];
}

function shuffled(world: World, clusters: number): Decks {
  const { random } = world;
  return {
    cluster: deck(random, clusterKinds, clusters),
    version: deck(random, versionKinds, clusters),
    network: deck(random, networkKinds, clusters),
    tier: deck(random, tierKinds, clusters),
    team: deck(random, teamKinds, clusters),
    environment: deck(random, environmentKinds, clusters),
    owner: deck(random, ownerKinds, clusters),
    systemPool: deck(random, systemPoolKinds, clusters),
    userPool: deck(random, userPoolKinds, clusters * 2),
  };
}

/** Two regions for each subscription, so that a region holds many and a subscription few. */
function regionOf(subscription: number, round: number): string {
  return regions[(subscription * 2 + (round % 2)) % regions.length]?.[0] ?? 'westeurope';
}

interface Cards {
  readonly kind: ClusterKind;
  readonly version: string;
  readonly record: ClusterPlanRecord;
  readonly tags: JsonObject;
}

function cardsFor(decks: Decks, index: number, home: FleetSubscription, location: string): Cards {
  const kind = decks.cluster[index] ?? { kind: 'plain', share: 0 };
  const version = decks.version[index]?.kind ?? '1.33.4';
  const owner = decks.owner[index];
  const team = decks.team[index]?.kind === 'none' ? undefined : decks.team[index]?.kind;
  const environment = team === undefined ? undefined : decks.environment[index]?.kind;
  // Automatic needs a version that has LocalDNS, and the Standard tier.
  const automatic = kind.kind === 'automatic';
  const real = automatic && Number(version.split('.')[1]) < 31 ? '1.33.4' : version;
  return {
    kind,
    version: real,
    tags: {
      ...(team === undefined ? {} : { team }),
      ...(environment === undefined ? {} : { environment }),
      ...owner?.tags,
    },
    record: {
      subscription: home.plan,
      resourceGroup: `rg-${team ?? 'unknown'}-${environment ?? 'any'}`,
      name: `aks-${team ?? 'nobody'}-${String(index + 1).padStart(5, '0')}`,
      location,
      minor: Number(real.split('.')[1]),
      kind: kind.kind,
      network: decks.network[index]?.kind ?? 'managed',
      tier: automatic ? 'Standard' : (decks.tier[index]?.kind ?? 'Standard'),
      team,
      environment,
      owner: owner === undefined || owner.kind === 'none' ? undefined : owner.kind,
      expects: kind.expects ?? [],
    },
  };
}

function addressesOf(drafts: readonly PoolDraft[], kind: string): number {
  const each = kind === 'flat' ? 31 : 1;
  return drafts.reduce((sum, { record }) => sum + record.nodes * each, 0);
}

function addFleetCluster(
  world: World,
  home: FleetSubscription,
  cards: Cards,
  number: number,
  drafts: readonly PoolDraft[],
): void {
  const { kind, record, version, tags } = cards;
  const { name, location, resourceGroup: group, tier } = record;
  const cluster = addCluster(world, home.subscription, {
    group,
    name,
    location,
    version,
    tier,
    ...(kind.sku === undefined ? {} : { sku: kind.sku }),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
    ...(kind.properties === undefined ? {} : { properties: kind.properties }),
  });
  const subnet =
    record.network === 'managed'
      ? {}
      : {
          vnetSubnetID: addSubnet(
            world,
            { subscriptionId: home.subscription.id, location },
            { name, number, network: record.network, addresses: addressesOf(drafts, record.kind) },
          ),
        };
  const pods = record.kind === 'flat' ? { maxPods: 30 } : {};
  for (const { record: pool, properties } of drafts)
    addPool(world, cluster, pool.name, { ...pods, ...subnet, ...properties });
}

function draftsFor(world: World, decks: Decks, index: number, cards: Cards): readonly PoolDraft[] {
  const { random } = world;
  const draft = (kind: PoolKind, name: string, nodes: number): PoolDraft =>
    draftPool(kind, cards.record, cards.version, name, nodes);
  return [
    draft(decks.systemPool[index] ?? plainPool, 'systempool', 3),
    draft(decks.userPool[index * 2] ?? plainPool, 'pool1', random.between(2, 12)),
    draft(decks.userPool[index * 2 + 1] ?? plainPool, 'pool2', random.between(2, 12)),
  ];
}

/**
 * Every tenth subscription has no regional vCPU left in its first region, and every other tenth none of the most used
 * family.
 */
function fillQuotas(
  world: World,
  subscriptions: readonly FleetSubscription[],
  pools: readonly PoolPlanRecord[],
): Pick<FleetPlan, 'regionsWithoutCores' | 'regionsWithoutFamily'> {
  const shortIn = (rest: number): ReadonlySet<string> =>
    new Set(
      subscriptions.flatMap(({ plan }, index) =>
        index % 10 === rest && plan.state !== 'Disabled' ? [quotaKey(plan.id, regionOf(index, 0))] : [],
      ),
    );
  const regionsWithoutCores = shortIn(4);
  const regionsWithoutFamily = shortIn(8);
  const used = new Map<string, { cores: number; lowPriority: number; readonly families: Map<string, number> }>();
  for (const { cluster, nodes, vmSize: size, spot } of pools) {
    const key = quotaKey(cluster.subscription.id, cluster.location);
    const sum = used.get(key) ?? { cores: 0, lowPriority: 0, families: new Map<string, number>() };
    used.set(key, sum);
    // The retired size had 4 vCPUs.
    const known = vmSize(size);
    const vcpus = nodes * (known?.vcpus ?? 4);
    if (spot) sum.lowPriority += vcpus;
    else {
      sum.cores += vcpus;
      if (known !== undefined) sum.families.set(known.family, (sum.families.get(known.family) ?? 0) + vcpus);
    }
  }
  const room = 100_000;
  for (const [key, { cores, lowPriority, families }] of used) {
    world.quotas.set(key, {
      cores: { used: cores, limit: cores + (regionsWithoutCores.has(key) ? 0 : room) },
      lowPriority: { used: lowPriority, limit: lowPriority + room },
      families: new Map(
        [...families].map(([family, sum]) => [
          family,
          { used: sum, limit: sum + (family === 'standardDDSv5Family' && regionsWithoutFamily.has(key) ? 0 : room) },
        ]),
      ),
    });
  }
  return { regionsWithoutCores, regionsWithoutFamily };
}

const disabledEach = 2;

/** Beside the fleet: what a disabled subscription still holds. */
function fillDisabled(world: World, subscriptions: readonly FleetSubscription[]): number {
  const disabled = subscriptions.filter(({ plan }) => plan.state === 'Disabled');
  for (const { subscription } of disabled) {
    for (let index = 1; index <= disabledEach; index += 1) {
      const cluster = addCluster(world, subscription, {
        group: 'rg-left-behind',
        name: `aks-left-${String(index)}`,
        location: 'westeurope',
        version: '1.31.8',
      });
      for (const name of ['systempool', 'pool1', 'pool2'])
        addPool(world, cluster, name, name === 'systempool' ? { mode: 'System' } : {});
    }
  }
  return disabled.length * disabledEach;
}

/**
 * So many clusters of exactly three pools each, every trouble in its known share; what was meant is kept as a plan, for
 * counting.
 */
export function fillFleet(world: World, clusters: number): void {
  const subscriptions = addFleetSubscriptions(world, clusters);
  const usable = subscriptions.filter(({ plan }) => plan.state !== 'Disabled');
  const decks = shuffled(world, clusters);
  const records: ClusterPlanRecord[] = [];
  const pools: PoolPlanRecord[] = [];
  for (let index = 0; index < clusters; index += 1) {
    const place = index % usable.length;
    const home = usable[place];
    if (home === undefined) continue;
    const cards = cardsFor(decks, index, home, regionOf(place, Math.floor(index / usable.length)));
    const drafts = draftsFor(world, decks, index, cards);
    addFleetCluster(world, home, cards, index + 1, drafts);
    records.push(cards.record);
    pools.push(...drafts.map(({ record }) => record));
  }
  const plans = new Map(subscriptions.map(({ plan }) => [plan.id.toLowerCase(), plan]));
  fillManagementGroups(world, (id) => plans.get(id)?.managementGroup ?? 'contoso');
  const disabledClusters = fillDisabled(world, subscriptions);
  world.fleet = {
    subscriptions: subscriptions.map(({ plan }) => plan),
    clusters: records,
    pools,
    disabledClusters,
    ...fillQuotas(world, subscriptions, pools),
  };
}
