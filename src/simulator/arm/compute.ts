import { asArray, asString, own, type JsonObject } from '../../core/json.ts';
import { vmSizes, type VmSizeRecord } from './compute-sizes.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { subscriptionOf } from './lookup.ts';
import { quotaOf } from './quota.ts';
import { regions } from './regions.ts';
import { gatewayError, ok, type Reply } from './reply.ts';

/** Every value is text. Source: recorded Compute SKUs. */
function capabilities(size: VmSizeRecord): readonly JsonObject[] {
  const { vcpus } = size;
  const yes = (value: boolean): string => (value ? 'True' : 'False');
  const values: Readonly<Record<string, string>> = {
    MaxResourceVolumeMB: String(size.tempGb * 1024),
    OSVhdSizeMB: '1047552',
    vCPUs: String(vcpus),
    MemoryPreservingMaintenanceSupported: 'True',
    HyperVGenerations: size.premium ? 'V1,V2' : 'V1',
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
    EphemeralOSDiskSupported: yes(size.tempGb > 30),
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
  const asked = location === undefined ? regions.map(([name]) => name) : [location.toLowerCase().replaceAll(' ', '')];
  const inRegion = (region: string): readonly JsonObject[] => {
    const loaded = exchange.world.skus.filter((sku) =>
      asArray(own(sku, 'locations')).some((place) => asString(place)?.toLowerCase().replaceAll(' ', '') === region),
    );
    const names = new Set(loaded.map((sku) => asString(own(sku, 'name'))?.toLowerCase()));
    const usual = vmSizes.filter((size) => !names.has(size.name.toLowerCase())).map((size) => render(size, region));
    return [...others(region), ...loaded, ...usual];
  };
  return ok({ value: asked.flatMap((region) => inRegion(region)) });
}

function listVmSizes(exchange: Exchange): Reply {
  void param(exchange, 'location');
  return ok({
    value: vmSizes.map((size) => ({
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
  const families = [...new Set(vmSizes.map((size) => size.family))];
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
