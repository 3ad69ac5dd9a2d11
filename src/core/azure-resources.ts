import { asArray, asString, isJsonObject, own, without, type JsonObject, type JsonValue } from './json.ts';

/**
 * What az and ARM print as a list: an array, the `value` of an ARM list, the `data` of `az graph query`, or one resource.
 */
export function listedIn(document: JsonValue): readonly JsonValue[] {
  if (Array.isArray(document))
    return asArray(document).flatMap((item) => (Array.isArray(item) ? asArray(item) : [item]));
  if (asString(own(document, 'id')) !== undefined) return [document];
  const lists = [own(document, 'data'), own(document, 'value')].filter((member) => Array.isArray(member));
  return lists[0] === undefined ? [document] : asArray(lists[0]);
}

/** ARM's own spelling of keys that az prints in another. Source: Azure REST API; output of az 2.91. */
const armKeys = new Map(
  [
    'localDNSProfile',
    'vnetDNSOverrides',
    'kubeDNSOverrides',
    'osSKU',
    'osDiskSizeGB',
    'enableFIPS',
    'enableUltraSSD',
    'enableNodePublicIP',
    'nodePublicIPPrefixID',
    'vnetSubnetID',
    'podSubnetID',
    'podIPAllocationMode',
    'linuxOSConfig',
    'hostGroupID',
    'capacityReservationGroupID',
    'proximityPlacementGroupID',
    'enableVTPM',
    'dnsServiceIP',
    'enableRBAC',
    'enableAzureRBAC',
    'nodeOSUpgradeChannel',
    'outboundIPs',
    'publicIPs',
    'managedOutboundIPs',
    'fqdnSubdomain',
  ].map((key) => [key.toLowerCase(), key]),
);

/** Members whose keys are chosen by users. */
const named = new Set(['tags', 'nodeLabels']);

/** Converts to ARM's keys and removes the nulls that az prints for unset values. */
function asArm(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return asArray(value).map((item) => asArm(item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) =>
      member === undefined || member === null
        ? []
        : [[armKeys.get(key.toLowerCase()) ?? key, named.has(key) ? member : asArm(member)]],
    ),
  );
}

const clusterId =
  /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/microsoft\.containerservice\/managedclusters\/[^/]+$/i;
const poolId = new RegExp(`${clusterId.source.slice(0, -1)}/agentpools/[^/]+$`, 'i');
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const ofResource = [
  'id',
  'name',
  'type',
  'location',
  'tags',
  'sku',
  'identity',
  'kind',
  'extendedLocation',
  'systemData',
];
const ofAz = ['resourceGroup', 'typePropertiesType', 'subscriptionId', 'tenantId'];

/** Nests the properties that az prints at the top level. */
function nested(resource: JsonObject, id: string): JsonObject {
  const isPool = poolId.test(id);
  const beside = isPool ? ofResource.filter((key) => key !== 'tags') : ofResource;
  const properties = asArm(without(resource, [...beside, ...ofAz]));
  const kind = asString(own(resource, 'typePropertiesType'));
  return {
    ...Object.fromEntries(
      beside.flatMap((key) => ((own(resource, key) ?? null) === null ? [] : [[key, own(resource, key)]])),
    ),
    properties: { ...(properties as JsonObject), ...(kind === undefined ? {} : { type: kind }) },
  };
}

/**
 * A resource as ARM's GET returns it, whatever printed it: ARM, `az … show|list`, `az graph query` or this program.
 * Other entries are returned unchanged.
 */
export function armResource(entry: JsonValue): JsonValue {
  if (!isJsonObject(entry)) return entry;
  const id = asString(own(entry, 'id'));
  if (id === undefined) return entry;
  if (guid.test(id))
    return {
      ...without(entry, ['id', 'name']),
      id: `/subscriptions/${id}`,
      subscriptionId: id,
      displayName: own(entry, 'displayName') ?? own(entry, 'name') ?? id,
    };
  if (!clusterId.test(id) && !poolId.test(id)) return entry;
  if (isJsonObject(own(entry, 'properties'))) return { ...entry, properties: asArm(own(entry, 'properties') ?? {}) };
  const isWhole = clusterId.test(id) ? own(entry, 'agentPoolProfiles') : own(entry, 'provisioningState');
  return isWhole === undefined ? entry : nested(entry, id);
}

export type ResourceKind = 'cluster' | 'pool' | 'vm-size' | 'subscription' | 'feature' | 'provider';

/** The kind of an entry, by its id or, for a VM size, by its type; undefined for anything else. */
export function resourceKind(entry: JsonValue): ResourceKind | undefined {
  const id = asString(own(entry, 'id')) ?? '';
  if (clusterId.test(id)) return isJsonObject(own(entry, 'properties')) ? 'cluster' : undefined;
  if (poolId.test(id)) return isJsonObject(own(entry, 'properties')) ? 'pool' : undefined;
  if (/^virtualMachines$/i.test(asString(own(entry, 'resourceType')) ?? '')) return 'vm-size';
  if (/^\/subscriptions\/[^/]+$/i.test(id)) return 'subscription';
  if (/^\/subscriptions\/[^/]+\/providers\/microsoft\.features\/.*\/features\/[^/]+$/i.test(id)) return 'feature';
  return /^\/subscriptions\/[^/]+\/providers\/[^/]+$/i.test(id) ? 'provider' : undefined;
}

/** Whether the text is the id of a cluster or a node pool. */
export function isAksId(id: string): boolean {
  return clusterId.test(id) || poolId.test(id);
}

export interface ListedResource {
  readonly entry: JsonValue;
  /** The entry in ARM's form. */
  readonly resource: JsonValue;
  /** `other` is a SKU that is not a VM size. Undefined if unknown. */
  readonly kind: ResourceKind | 'other' | undefined;
}

/** All entries of documents, in order, in any of the supported forms. */
export function resourcesIn(documents: readonly JsonValue[]): readonly ListedResource[] {
  return documents
    .flatMap((document) => listedIn(document))
    .map((entry) => {
      const resource = armResource(entry);
      const other = asString(own(entry, 'resourceType')) === undefined ? undefined : 'other';
      return { entry, resource, kind: resourceKind(resource) ?? other };
    });
}
