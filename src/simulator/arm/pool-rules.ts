import { asNumber, isJsonObject, isWord, own, sameJson, type JsonObject, type JsonValue } from '../../core/json.ts';
import { unknownFields } from './api-versions.ts';
import { invalidParameter } from './localdns.ts';
import { providerError, type Reply } from './reply.ts';

/** Set by the service; a PUT may carry them as they were read. */
const readOnly = new Set([
  'eTag',
  'currentOrchestratorVersion',
  'nodeImageVersion',
  'status',
  'provisioningState',
  'virtualMachineNodesStatus',
]);

/** What may be changed on an existing pool. Everything else that it has must come back as it is. */
const mutable = new Set([
  'count',
  'minCount',
  'maxCount',
  'enableAutoScaling',
  'mode',
  'nodeLabels',
  'nodeTaints',
  'nodeInitializationTaints',
  'tags',
  'orchestratorVersion',
  'upgradeSettings',
  'localDNSProfile',
  'scaleDownMode',
  'powerState',
  'osSKU',
  'enableFIPS',
  'securityProfile',
  'networkProfile',
  'windowsProfile',
  'virtualMachinesProfile',
  'artifactStreamingProfile',
  'gpuProfile',
  'capacityReservationGroupID',
  'nodeDisruptionProfile',
  'kubeletConfig',
  'linuxOSConfig',
]);

/** Fields of a pool that the service knows and never changes. */
const immutable = new Set([
  'vmSize',
  'osType',
  'osDiskSizeGB',
  'osDiskType',
  'kubeletDiskType',
  'maxPods',
  'type',
  'vnetSubnetID',
  'podSubnetID',
  'availabilityZones',
  'enableNodePublicIP',
  'nodePublicIPPrefixID',
  'scaleSetPriority',
  'scaleSetEvictionPolicy',
  'spotMaxPrice',
  'proximityPlacementGroupID',
  'enableEncryptionAtHost',
  'enableUltraSSD',
  'gpuInstanceProfile',
  'hostGroupID',
  'workloadRuntime',
  'creationData',
  'messageOfTheDay',
  'podIPAllocationMode',
]);

/**
 * What an absent field means, if a body may also state it. Source: recorded bodies of az, which send these; the answers
 * leave them out.
 */
const meaningOfAbsent: Readonly<Record<string, JsonValue>> = {
  scaleSetPriority: 'Regular',
  scaleSetEvictionPolicy: 'Delete',
  spotMaxPrice: -1,
  kubeletDiskType: 'OS',
  scaleDownMode: 'Delete',
  workloadRuntime: 'OCIContainer',
};

/** Mutable fields that a PUT may leave out without changing them; the others are cleared. */
const keptWhenOmitted = new Set([
  'count',
  'mode',
  'orchestratorVersion',
  'osSKU',
  'scaleDownMode',
  'securityProfile',
  'enableAutoScaling',
  'enableFIPS',
]);

function isEmpty(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === false || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}

function meansAbsent(field: string, value: JsonValue | undefined): boolean {
  return isEmpty(value) || (meaningOfAbsent[field] !== undefined && sameJson(meaningOfAbsent[field], value));
}

function sameField(field: string, left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  return (meansAbsent(field, left) && meansAbsent(field, right)) || sameJson(left ?? null, right ?? null);
}

/** Source: error bodies of AKS reported for changed node taints and the like. */
function changeNotAllowed(field: string): Reply {
  return providerError(400, 'PropertyChangeNotAllowed', `Changing property 'properties.${field}' is not allowed.`, {
    target: `properties.${field}`,
  });
}

function checkReadOnly(sent: JsonObject, stored: JsonObject, apiVersion: string): Reply | undefined {
  const state = own(sent, 'provisioningState');
  // Source: ARM resource provider contract: a PUT whose provisioningState differs from the server's is refused.
  if (state !== undefined && state !== null && state !== stored['provisioningState']) {
    return providerError(400, 'BadRequest', 'The provisioningState of the request differs from that of the resource.', {
      target: 'properties.provisioningState',
    });
  }
  // Source: AKS docs, roll back a node pool version: writable from this api-version on, and an order to roll back.
  const image = own(sent, 'nodeImageVersion');
  if (apiVersion.slice(0, 10) >= '2026-04-01' && typeof image === 'string' && image !== stored['nodeImageVersion']) {
    return invalidParameter(
      'nodeImageVersion',
      `the version ${image} is not one of the recently used versions of the agent pool.`,
    );
  }
  return undefined;
}

function checkImmutable(sent: JsonObject, stored: JsonObject, hidden: ReadonlySet<string>): Reply | undefined {
  const fields = new Set([...Object.keys(stored), ...Object.keys(sent).filter((field) => immutable.has(field))]);
  for (const field of fields) {
    if (mutable.has(field) || readOnly.has(field) || hidden.has(field)) continue;
    if (!sameField(field, own(sent, field), stored[field])) return changeNotAllowed(field);
  }
  return undefined;
}

/** Unknown nested fields must come back too: this catches clients that drop what their models do not know. */
function checkUnknownNested(sent: JsonObject, stored: JsonObject): Reply | undefined {
  for (const [field, value] of Object.entries(stored)) {
    if (!isJsonObject(value) || !mutable.has(field)) continue;
    const lost = Object.keys(value).find(
      (key) => key.startsWith('x-future') && !sameJson(own(own(sent, field), key) ?? null, value[key]),
    );
    if (lost !== undefined) return changeNotAllowed(`${field}.${lost}`);
  }
  return undefined;
}

function settingText(value: JsonValue | undefined, absent: string): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : absent;
}

/** Source: AKS docs: both together are refused, and system pools take no unavailable nodes. */
export function checkUpgradeSettings(settings: JsonValue | undefined, mode: JsonValue | undefined): Reply | undefined {
  const surge = settingText(own(settings, 'maxSurge'), '10%');
  const unavailable = settingText(own(settings, 'maxUnavailable'), '0');
  for (const [name, text] of [
    ['maxSurge', surge],
    ['maxUnavailable', unavailable],
  ] as const) {
    const [, digits, percent] = /^(\d+)(%?)$/.exec(text) ?? [];
    const number = Number(digits);
    if (digits === undefined || (percent === '%' && (number < 1 || number > 100)))
      return invalidParameter(`upgradeSettings.${name}`, `Invalid value for ${name}: ${text}.`);
  }
  for (const [name, least, most] of [
    ['drainTimeoutInMinutes', 1, 1440],
    ['nodeSoakDurationInMinutes', 0, 30],
  ] as const) {
    const value = own(settings, name);
    if (typeof value === 'number' && (value < least || value > most))
      return invalidParameter(`upgradeSettings.${name}`, `${name} must be from ${String(least)} to ${String(most)}.`);
  }
  if (Number.parseInt(unavailable, 10) === 0)
    return Number.parseInt(surge, 10) === 0
      ? invalidParameter('upgradeSettings.maxSurge', 'maxSurge and maxUnavailable cannot both be 0.')
      : undefined;
  if (isWord(mode, 'System'))
    return invalidParameter('upgradeSettings.maxUnavailable', 'maxUnavailable is not supported on system node pools.');
  if (Number.parseInt(surge, 10) === 0) return undefined;
  return invalidParameter('upgradeSettings.maxUnavailable', 'maxSurge must be 0 when maxUnavailable is set.');
}

/** Source: recorded additions and updates. */
export function filledUpgradeSettings(sent: JsonValue | undefined, stored: JsonValue | undefined): JsonValue {
  if (isJsonObject(sent) && sameJson(sent, stored)) return sent;
  const given = isJsonObject(sent) ? sent : {};
  return { ...given, maxSurge: own(given, 'maxSurge') ?? '10%', maxUnavailable: own(given, 'maxUnavailable') ?? '0' };
}

function nextValue(field: string, sent: JsonObject, stored: JsonObject): JsonValue | undefined {
  const given = own(sent, field) ?? undefined;
  // An empty text says nothing. Source: az sends an empty version to upgrade to what is there already.
  const value = given === '' && keptWhenOmitted.has(field) ? undefined : given;
  if (value !== undefined) return meansAbsent(field, value) && stored[field] === undefined ? undefined : value;
  return keptWhenOmitted.has(field) ? stored[field] : undefined;
}

/** Source: AKS docs, cluster autoscaler: it brings a pool within its bounds. */
function withinBounds(count: number, properties: Readonly<Record<string, JsonValue | undefined>>): number {
  const least = Math.max(count, asNumber(properties['minCount']) ?? count);
  return Math.min(least, asNumber(properties['maxCount']) ?? least);
}

/** The stored properties with the changes of a PUT, except LocalDNS. */
export function mergeProperties(
  sent: JsonObject,
  stored: JsonObject,
  apiVersion: string,
): { readonly refused: Reply } | { readonly properties: JsonObject } {
  const hidden = new Set(unknownFields(apiVersion));
  const problem =
    checkReadOnly(sent, stored, apiVersion) ??
    checkImmutable(sent, stored, hidden) ??
    checkUnknownNested(sent, stored) ??
    checkUpgradeSettings(own(sent, 'upgradeSettings'), own(sent, 'mode') ?? stored['mode']);
  if (problem !== undefined) return { refused: problem };
  const next: Record<string, JsonValue | undefined> = { ...stored };
  for (const field of mutable) {
    if (hidden.has(field) || field === 'localDNSProfile') continue;
    const value = nextValue(field, sent, stored);
    if (value === undefined) delete next[field];
    else next[field] = value;
  }
  next['upgradeSettings'] = filledUpgradeSettings(own(sent, 'upgradeSettings'), stored['upgradeSettings']);
  // A PUT without `powerState` starts a stopped pool.
  next['powerState'] = own(sent, 'powerState') ?? { code: 'Running' };
  // The autoscaler decides the count of an autoscaled pool.
  const count = asNumber(stored['count']);
  if (stored['enableAutoScaling'] === true && next['enableAutoScaling'] === true && count !== undefined)
    next['count'] = withinBounds(count, next);
  return { properties: next };
}
