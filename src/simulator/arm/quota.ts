import type { JsonObject } from '../../core/json.ts';
import type { Cluster, QuotaLine, RegionQuota, World } from '../world.ts';
import { vmSize } from './compute-sizes.ts';
import { sizesOf } from './pool-create.ts';
import { providerError, type Reply } from './reply.ts';

export function quotaKey(subscriptionId: string, location: string): string {
  return `${subscriptionId}/${location}`.toLowerCase();
}

export function quotaOf(world: World, subscriptionId: string, location: string): RegionQuota {
  const known = world.quotas.get(quotaKey(subscriptionId, location));
  if (known !== undefined) return known;
  const { used, limit } = world.settings.regionalVcpus;
  // The sample's pools are of this family.
  const family: QuotaLine = { used: Math.min(used, limit), limit };
  return {
    cores: { used, limit },
    lowPriority: { used: 0, limit },
    families: new Map([['standardDDSv5Family', family]]),
  };
}

/** Source: recorded 400 of an addition and of an upgrade: regional vCPUs are checked before anything starts. */
export function checkQuota(world: World, cluster: Cluster, properties: JsonObject, nodes: number): Reply | undefined {
  const { subscriptionId, location } = cluster;
  const { used, limit } = quotaOf(world, subscriptionId, location).cores;
  const left = limit - used;
  const largest = Math.max(0, ...sizesOf(properties).map((size) => vmSize(size, world.skus)?.vcpus ?? 0));
  const requested = nodes * largest;
  if (requested <= left) return undefined;
  return providerError(
    400,
    'ErrCode_InsufficientVCPUQuota',
    `Insufficient regional vcpu quota left for location ${location}. left regional vcpu quota ${String(left)}, requested quota ${String(requested)}. ` +
      'If you want to increase the quota, please follow this instruction: https://learn.microsoft.com/azure/quotas/view-quotas. ' +
      'Surge node would also consume vcpu quota, please consider use smaller maxSurge or use maxUnavailable to proceed upgrade without surge nodes.',
  );
}
