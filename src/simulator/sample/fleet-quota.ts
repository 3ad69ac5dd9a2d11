import { vmSize } from '../arm/compute-sizes.ts';
import { quotaKey } from '../arm/quota.ts';
import type { World } from '../world.ts';
import type { FleetPool } from './fleet-cluster.ts';

const room = 100_000;
/** The family of most pools. */
const commonFamily = 'standardDDSv5Family';

interface Usage {
  cores: number;
  lowPriority: number;
  readonly families: Map<string, number>;
}

function usageOf(pools: readonly FleetPool[]): ReadonlyMap<string, Usage> {
  const usages = new Map<string, Usage>();
  for (const { cluster, kind, nodes, vmSize: name } of pools) {
    const key = quotaKey(cluster.subscription.id, cluster.location);
    const usage = usages.get(key) ?? { cores: 0, lowPriority: 0, families: new Map<string, number>() };
    usages.set(key, usage);
    const size = vmSize(name);
    // The retired size had 4 vCPUs.
    const vcpus = nodes * (size?.vcpus ?? 4);
    if (kind === 'spot') usage.lowPriority += vcpus;
    else {
      usage.cores += vcpus;
      if (size !== undefined) usage.families.set(size.family, (usage.families.get(size.family) ?? 0) + vcpus);
    }
  }
  return usages;
}

/**
 * The quota of each region counts what its pools use and has room for more, except in the regions that are named by
 * their key.
 */
export function addFleetQuotas(
  world: World,
  pools: readonly FleetPool[],
  withoutCores: ReadonlySet<string>,
  withoutFamily: ReadonlySet<string>,
): void {
  for (const [key, { cores, lowPriority, families }] of usageOf(pools)) {
    world.quotas.set(key, {
      cores: { used: cores, limit: cores + (withoutCores.has(key) ? 0 : room) },
      lowPriority: { used: lowPriority, limit: lowPriority + room },
      families: new Map(
        [...families].map(([family, used]) => [
          family,
          { used, limit: used + (family === commonFamily && withoutFamily.has(key) ? 0 : room) },
        ]),
      ),
    });
  }
}
