import { asArray, asString, own, type JsonObject } from '../../core/json.ts';
import { sizeOfSku, vmSizes, type VmSizeRecord } from './compute-sizes.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { subscriptionOf } from './lookup.ts';
import { quotaOf } from './quota.ts';
import { regions } from './regions.ts';
import { gatewayError, ok, type Reply } from './reply.ts';
import type { World } from '../world.ts';

/** The newest and the confidential sizes have no generation 1, the oldest no generation 2. */
function generations({ name, architecture }: VmSizeRecord): string {
  if (architecture === 'Arm64' || /_v6$|_(?:A100|H100|H200)_|^Standard_(?:DC|EC)/.test(name)) return 'V2';
  return /^Standard_(?:A\d|D\d+_v[23]$)/.test(name) ? 'V1' : 'V1,V2';
}

/** Every value is text. Source: recorded Compute SKUs. */
function capabilities(size: VmSizeRecord): readonly JsonObject[] {
  const { vcpus } = size;
  const yes = (value: boolean): string => (value ? 'True' : 'False');
  const values: Readonly<Record<string, string>> = {
    MaxResourceVolumeMB: String(size.tempGb * 1024),
    OSVhdSizeMB: '1047552',
    vCPUs: String(vcpus),
    MemoryPreservingMaintenanceSupported: 'True',
    HyperVGenerations: generations(size),
    MemoryGB: String(size.memoryGb),
    MaxDataDiskCount: String(Math.min(64, vcpus * 2)),
    CpuArchitectureType: size.architecture,
    LowPriorityCapable: 'True',
    PremiumIO: yes(size.premium),
    VMDeploymentTypes: 'IaaS',
    vCPUsAvailable: String(size.vcpusAvailable),
    vCPUsPerCore: '2',
    CombinedTempDiskAndCachedIOPS: String(vcpus * 2000),
    CombinedTempDiskAndCachedReadBytesPerSecond: String(vcpus * 16_777_216),
    CombinedTempDiskAndCachedWriteBytesPerSecond: String(vcpus * 16_777_216),
    CachedDiskBytes: String(vcpus * 26_843_545_600),
    UncachedDiskIOPS: String(vcpus * 1600),
    UncachedDiskBytesPerSecond: String(vcpus * 24_000_000),
    ...(size.nvmeGb > 0 ? { NvmeDiskSizeInMiB: String(size.nvmeGb * 1024) } : {}),
    EphemeralOSDiskSupported: yes(size.tempGb > 30 || size.nvmeGb > 30),
    EncryptionAtHostSupported: 'True',
    CapacityReservationSupported: yes(vcpus >= 4),
    AcceleratedNetworkingEnabled: yes(vcpus >= 2),
    RdmaEnabled: 'False',
    MaxNetworkInterfaces: String(Math.min(8, Math.max(2, vcpus / 2))),
  };
  const parent = size.parent === undefined ? [] : [{ name: 'ParentSize', value: size.parent }];
  return [...Object.entries(values).map(([name, value]) => ({ name, value })), ...parent];
}

function restrictions(size: VmSizeRecord, location: string): readonly JsonObject[] {
  if (size.restricted === undefined) return [];
  const info = size.restricted === 'Zone' ? { locations: [location], zones: ['3'] } : { locations: [location] };
  return [
    { type: size.restricted, values: [location], restrictionInfo: info, reasonCode: 'NotAvailableForSubscription' },
  ];
}

function render(size: VmSizeRecord, location: string): JsonObject {
  return {
    resourceType: 'virtualMachines',
    name: size.name,
    tier: 'Standard',
    size: size.name.replace('Standard_', ''),
    family: size.family,
    locations: [location],
    locationInfo: [{ location, zones: ['1', '2', '3'], zoneDetails: [] }],
    capabilities: capabilities(size),
    restrictions: restrictions(size, location),
  };
}

/** The list holds more than VM sizes. */
function others(location: string): readonly JsonObject[] {
  return ['Premium_LRS', 'Standard_LRS', 'StandardSSD_LRS', 'UltraSSD_LRS'].map((name) => ({
    resourceType: 'disks',
    name,
    tier: name.split('_')[0] ?? '',
    locations: [location],
    locationInfo: [{ location, zones: ['1', '2', '3'] }],
    capabilities: [{ name: 'MaxSizeGiB', value: '32767' }],
    restrictions: [],
  }));
}

/** The VM sizes that were loaded for a region. One without places is listed everywhere. */
function loadedIn(world: World, region: string): readonly JsonObject[] {
  return world.skus.filter((sku) => {
    const places = asArray(own(sku, 'locations')).map((place) => regionName(asString(place) ?? ''));
    return places.length === 0 || places.includes(region);
  });
}

const regionName = (location: string): string => location.toLowerCase().replaceAll(' ', '');

/** The simulator's own sizes that none of these replaces. */
function ownBeside(loaded: readonly JsonObject[]): readonly VmSizeRecord[] {
  const names = new Set(loaded.map((sku) => asString(own(sku, 'name'))?.toLowerCase()));
  return vmSizes.filter((size) => !names.has(size.name.toLowerCase()));
}

/** Source: Compute API: the only filter is a location. */
function listSkus(exchange: Exchange): Reply {
  const filter = exchange.query.get('$filter');
  const [, location] = /^\s*location\s+eq\s+'([^']+)'\s*$/i.exec(filter ?? '') ?? [];
  if (filter !== undefined && location === undefined) {
    return gatewayError(
      400,
      'InvalidFilter',
      "The filter of the request is not supported; only a filter on location is, such as location eq 'westeurope'.",
    );
  }
  const asked = location === undefined ? regions.map(([name]) => name) : [regionName(location)];
  const inRegion = (region: string): readonly JsonObject[] => {
    const loaded = loadedIn(exchange.world, region);
    return [...others(region), ...loaded, ...ownBeside(loaded).map((size) => render(size, region))];
  };
  return ok({ value: asked.flatMap((region) => inRegion(region)) });
}

function listVmSizes(exchange: Exchange): Reply {
  const loaded = loadedIn(exchange.world, regionName(param(exchange, 'location')));
  return ok({
    value: [...loaded.map((sku) => sizeOfSku(sku)), ...ownBeside(loaded)].map((size) => ({
      name: size.name,
      numberOfCores: size.vcpus,
      osDiskSizeInMB: 1_047_552,
      resourceDiskSizeInMB: size.tempGb * 1024,
      memoryInMB: size.memoryGb * 1024,
      maxDataDiskCount: Math.min(64, size.vcpus * 2),
    })),
  });
}

function listUsages(exchange: Exchange): Reply {
  const {
    cores,
    lowPriority,
    families: known,
  } = quotaOf(exchange.world, subscriptionOf(exchange).id, param(exchange, 'location'));
  const sizes = [...vmSizes, ...exchange.world.skus.map((sku) => sizeOfSku(sku))];
  const families = [...new Set(sizes.map((size) => size.family))].filter((family) => family !== '');
  const usage = (
    value: string,
    localizedValue: string,
    { used, limit } = { used: 0, limit: cores.limit },
  ): JsonObject => ({ limit, unit: 'Count', currentValue: used, name: { value, localizedValue } });
  return ok({
    value: [
      usage('cores', 'Total Regional vCPUs', cores),
      usage('lowPriorityCores', 'Total Regional Low-priority vCPUs', lowPriority),
      ...families.map((family) => usage(family, `${family} vCPUs`, known.get(family))),
    ],
  });
}

const base = '/subscriptions/{subscription}/providers/Microsoft.Compute';

export const computeRoutes: readonly Route[] = [
  {
    name: 'compute.skus',
    method: 'GET',
    template: `${base}/skus`,
    handler: listSkus,
    versions: 'compute',
    action: 'Microsoft.Compute/skus/read',
  },
  {
    name: 'compute.vmSizes',
    method: 'GET',
    template: `${base}/locations/{location}/vmSizes`,
    handler: listVmSizes,
    versions: 'compute',
    action: 'Microsoft.Compute/locations/vmSizes/read',
  },
  {
    name: 'compute.usages',
    method: 'GET',
    template: `${base}/locations/{location}/usages`,
    handler: listUsages,
    versions: 'compute',
    action: 'Microsoft.Compute/locations/usages/read',
  },
];
