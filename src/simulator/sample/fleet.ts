import { quotaKey } from '../arm/quota.ts';
import { regions } from '../arm/regions.ts';
import type { World } from '../world.ts';
import { addCluster, addPool } from './resources.ts';
import { addFleetCluster, drawClusters, type FleetCluster, type FleetPool } from './fleet-cluster.ts';
import { addFleetQuotas } from './fleet-quota.ts';
import { addFleetSubscriptions, type FleetSubscription } from './fleet-subscriptions.ts';
import { fillManagementGroups } from './management-groups.ts';

/** A generated fleet as it was drawn: not read back from what is stored, and unaware of later changes. */
export interface Fleet {
  readonly subscriptions: readonly FleetSubscription[];
  /** As many as were asked for, without those of disabled subscriptions. */
  readonly clusters: readonly FleetCluster[];
  readonly disabledClusters: number;
  /** Three for each cluster. */
  readonly pools: readonly FleetPool[];
  /** `subscription/location` with no regional vCPU left, and with none of the family that most pools use. */
  readonly regionsWithoutCores: ReadonlySet<string>;
  readonly regionsWithoutFamily: ReadonlySet<string>;
}

/** Each subscription has clusters in two regions, so that a region has many clusters and a subscription few. */
function regionOf(subscription: number, round: number): string {
  return regions[(subscription * 2 + (round % 2)) % regions.length]?.[0] ?? 'westeurope';
}

/** The first region of every tenth subscription, starting at index `start`. */
function firstRegions(subscriptions: readonly FleetSubscription[], start: number): ReadonlySet<string> {
  return new Set(
    subscriptions.flatMap(({ id, state }, index) =>
      index % 10 === start && state !== 'Disabled' ? [quotaKey(id, regionOf(index, 0))] : [],
    ),
  );
}

const clustersOfDisabled = 2;

/** Adds clusters to the disabled subscriptions; returns how many. */
function fillDisabled(world: World, subscriptions: ReturnType<typeof addFleetSubscriptions>): number {
  const disabled = [...subscriptions].filter(([{ state }]) => state === 'Disabled');
  for (const [, subscription] of disabled) {
    for (let index = 1; index <= clustersOfDisabled; index += 1) {
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
  return disabled.length * clustersOfDisabled;
}

/** Adds this many clusters with three pools each, every kind in its share. */
export function fillFleet(world: World, clusters: number): Fleet {
  const added = addFleetSubscriptions(world, clusters);
  const usable = [...added].filter(([{ state }]) => state !== 'Disabled');
  const pools = drawClusters(world.random, clusters).flatMap((draw, index) => {
    const home = usable[index % usable.length];
    if (home === undefined) return [];
    const [plan, subscription] = home;
    const location = regionOf(index % usable.length, Math.floor(index / usable.length));
    return addFleetCluster(world, draw, { plan, subscription, location, number: index + 1 });
  });
  const subscriptions = [...added.keys()];
  const groups = new Map(subscriptions.map(({ id, managementGroup }) => [id.toLowerCase(), managementGroup]));
  fillManagementGroups(world, (id) => groups.get(id) ?? 'contoso');
  const disabledClusters = fillDisabled(world, added);
  const regionsWithoutCores = firstRegions(subscriptions, 4);
  const regionsWithoutFamily = firstRegions(subscriptions, 8);
  addFleetQuotas(world, pools, regionsWithoutCores, regionsWithoutFamily);
  return {
    subscriptions,
    clusters: [...new Set(pools.map(({ cluster }) => cluster))],
    disabledClusters,
    pools,
    regionsWithoutCores,
    regionsWithoutFamily,
  };
}
