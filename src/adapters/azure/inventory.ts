import { asArray, asString, own, type JsonObject } from '../../core/json.ts';
import { isAzureError } from '../../model/azure-error.ts';
import type { Inventory, VmSize } from '../../model/ports.ts';
import { regionOf } from '../../model/region.ts';
import { apiVersions } from '../../model/api-versions.ts';
import type { ArmClient } from './arm/client.ts';
import { armPath, subscriptionPath } from './arm/urls.ts';
import { safeText } from '../../core/redact.ts';
import type { SkuCache } from './sku-cache.ts';

/** A capability as a number; ARM returns strings. */
function capability(sku: JsonObject, name: string): number | undefined {
  const entry = asArray(sku['capabilities']).find((candidate) => own(candidate, 'name') === name);
  const text = asString(own(entry, 'value'));
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** Undefined for what is not a VM size. Restricted sizes are included, because a pool may have one. */
function readSize(sku: JsonObject): VmSize | undefined {
  const name = asString(sku['name']);
  // A constrained size has fewer usable vCPUs than its parent. Source: Compute docs, constrained vCPU sizes.
  const vCpus = capability(sku, 'vCPUsAvailable') ?? capability(sku, 'vCPUs');
  if (sku['resourceType'] !== 'virtualMachines' || name === undefined || vCpus === undefined) return undefined;
  const family = asString(sku['family']);
  return { name: safeText(name), vCpus, family: family === undefined ? undefined : safeText(family) };
}

/** The sizes of a region, and the subscription through which they are requested. */
interface Loading {
  readonly subscriptionId: string;
  readonly sizes: Promise<ReadonlyMap<string, VmSize>>;
}

export function createInventory(client: ArmClient, cache: SkuCache): Inventory {
  const running = new Map<string, Loading>();
  const refreshed: typeof running = new Map();

  async function fetchSizes(subscriptionId: string, region: string): Promise<readonly VmSize[]> {
    const path = `${subscriptionPath(subscriptionId)}${armPath('providers', 'Microsoft.Compute', 'skus')}`;
    const query = { $filter: `location eq '${region}'` };
    const entries = await client.list(subscriptionId, {
      method: 'GET',
      to: { path, apiVersion: apiVersions.skus, query },
      whole: (sku) => asString(sku['name']) !== undefined && asString(sku['resourceType']) !== undefined,
    });
    return entries.map(readSize).filter((size) => size !== undefined);
  }
  async function load(subscriptionId: string, region: string, refresh: boolean): Promise<ReadonlyMap<string, VmSize>> {
    const remembered = refresh ? undefined : await cache.read(region);
    const sizes = remembered ?? (await fetchSizes(subscriptionId, region));
    if (remembered === undefined && sizes.length > 0) await cache.write(region, sizes);
    return new Map(sizes.map((size) => [size.name.toLowerCase(), size]));
  }

  return {
    vmSizes: async (subscriptionId, location, { refresh = false } = {}) => {
      const region = regionOf(location);
      const kept = refresh ? refreshed : running;
      for (;;) {
        // What was refreshed once stays fresh for the rest of the process.
        const known = refreshed.get(region) ?? (refresh ? undefined : running.get(region));
        const loading = known ?? { subscriptionId, sizes: load(subscriptionId, region, refresh) };
        kept.set(region, loading);
        try {
          return await loading.sizes;
        } catch (error) {
          if (kept.get(region) === loading) kept.delete(region);
          // What is denied to one subscription may be allowed for this one.
          if (loading.subscriptionId === subscriptionId || !isAzureError(error, 'not-permitted')) throw error;
        }
      }
    },
  };
}
