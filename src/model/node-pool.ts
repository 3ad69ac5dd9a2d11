import {
  asArray,
  asBoolean,
  asNumber,
  asString,
  at,
  isJsonObject,
  isWord,
  listOf,
  own,
  type JsonObject,
  type JsonValue,
} from '../core/json.ts';
import { safeText } from '../core/redact.ts';
import type { AnswerIds } from './azure-error.ts';
import type { PoolRef } from './ids.ts';
import { localDnsModes } from './profile.ts';

export interface NodePool {
  readonly ref: PoolRef;
  /** The resource ID as ARM returned it, or built from the reference. */
  readonly id: string;
  /**
   * `properties` of the agent pool exactly as ARM returned them, including unknown fields: the basis of every write.
   */
  readonly properties: JsonObject;
  readonly eTag: string | undefined;
  readonly provisioningState: string | undefined;
  readonly powerState: string | undefined;
  /** VirtualMachineScaleSets, VirtualMachines or AvailabilitySet. */
  readonly type: string | undefined;
  /** System, User, Gateway, … */
  readonly mode: string | undefined;
  /** For a pool of type VirtualMachines, the sum over its sizes. */
  readonly count: number | undefined;
  /** For a pool of type VirtualMachines, the sums over its sizes. */
  readonly autoscaling: { readonly min: number | undefined; readonly max: number | undefined } | undefined;
  /** Every VM size that a node of the pool may have; empty if the service chooses or none is given. */
  readonly vmSizes: readonly string[];
  readonly osType: string | undefined;
  readonly osSku: string | undefined;
  readonly nodeImageVersion: string | undefined;
  /** The actual version (`currentOrchestratorVersion`), else the requested one. */
  readonly kubernetesVersion: string | undefined;
  readonly fips: boolean;
  readonly spot: boolean;
  readonly osDiskType: string | undefined;
  /** As written: `10%` or `3`. */
  readonly maxSurge: string | undefined;
  readonly maxUnavailable: string | undefined;
  readonly drainTimeoutMinutes: number | undefined;
  readonly soakMinutes: number | undefined;
  readonly localDns:
    | { readonly mode: string | undefined; readonly state: string | undefined; readonly profile: JsonObject }
    | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /**
   * `status.provisioningError` of a failed pool, without the signed links that scripts on nodes put into their
   * messages.
   */
  readonly provisioningError: { readonly code: string | undefined; readonly message: string | undefined } | undefined;
  /** The IDs of the answer that it was read from. */
  readonly answer?: AnswerIds | undefined;
}

/** The string members of a JSON object; others are left out. */
export function stringMap(value: unknown): Readonly<Record<string, string>> {
  if (!isJsonObject(value)) return {};
  const entries = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(entries);
}

function text(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : asString(value);
}

function safe(value: unknown): string | undefined {
  return typeof value === 'string' ? safeText(value) : undefined;
}

/** Azure's own value if it is not a known mode. */
function modeOf(value: JsonValue | undefined): string | undefined {
  return localDnsModes.find((mode) => isWord(value, mode)) ?? asString(value);
}

/** `autoscale` is one object in API versions before 2026-02-02-preview. Source: azure-rest-api-specs, ScaleProfile. */
function scaleOf(properties: JsonObject): {
  readonly manual: readonly JsonValue[];
  readonly autoscale: readonly JsonValue[];
} {
  const scale = at(properties, 'virtualMachinesProfile', 'scale');
  return { manual: listOf(own(scale, 'manual')), autoscale: listOf(own(scale, 'autoscale')) };
}

/** The sum of a number in every entry; undefined if there are none, or one lacks it. */
function sumOf(entries: readonly JsonValue[], key: string): number | undefined {
  const numbers = entries.map((entry) => asNumber(own(entry, key)));
  if (numbers.length === 0) return undefined;
  return numbers.reduce((sum, number) => (sum === undefined || number === undefined ? undefined : sum + number));
}

/** Source: AKS docs, virtual machines node pools: their `count` is null, and each size has its own. */
function countOf(properties: JsonObject): number | undefined {
  const single = asNumber(properties['count']);
  if (!isWord(properties['type'], 'VirtualMachines')) return single;
  const status = sumOf(asArray(properties['virtualMachineNodesStatus']), 'count');
  return status ?? single ?? sumOf(scaleOf(properties).manual, 'count');
}

function autoscalingOf(properties: JsonObject): NodePool['autoscaling'] {
  const { autoscale } = scaleOf(properties);
  if (autoscale.length > 0) return { min: sumOf(autoscale, 'minCount'), max: sumOf(autoscale, 'maxCount') };
  return asBoolean(properties['enableAutoScaling']) === true
    ? { min: asNumber(properties['minCount']), max: asNumber(properties['maxCount']) }
    : undefined;
}

function sizesOf(properties: JsonObject): readonly string[] {
  const single = asString(properties['vmSize']);
  const { manual, autoscale } = scaleOf(properties);
  const mixed = [...manual, ...autoscale, ...asArray(properties['virtualMachineNodesStatus'])].flatMap((entry) => {
    const several = asArray(own(entry, 'sizes')).filter((size): size is string => typeof size === 'string');
    const size = asString(own(entry, 'size'));
    return size === undefined || size === '' ? several : [size, ...several];
  });
  const all = [...(single === undefined || single === '' ? [] : [single]), ...mixed];
  return all.filter((size, index) => all.findIndex((other) => other.toLowerCase() === size.toLowerCase()) === index);
}

/**
 * Reads `properties` of an agent pool (GET of the pool, or an entry of a cluster's `agentPoolProfiles`, without its
 * `name`).
 */
export function readNodePool(ref: PoolRef, id: string, properties: JsonObject): NodePool {
  const localDns = properties['localDNSProfile'];
  const error = at(properties, 'status', 'provisioningError');
  const upgrade = properties['upgradeSettings'];
  return {
    ref,
    id,
    properties,
    eTag: asString(properties['eTag']),
    provisioningState: asString(properties['provisioningState']),
    powerState: asString(at(properties, 'powerState', 'code')),
    type: asString(properties['type']),
    mode: asString(properties['mode']),
    count: countOf(properties),
    autoscaling: autoscalingOf(properties),
    vmSizes: sizesOf(properties),
    osType: asString(properties['osType']),
    osSku: asString(properties['osSKU']),
    nodeImageVersion: asString(properties['nodeImageVersion']),
    kubernetesVersion:
      asString(properties['currentOrchestratorVersion']) ?? asString(properties['orchestratorVersion']),
    fips: asBoolean(properties['enableFIPS']) === true,
    spot: isWord(properties['scaleSetPriority'], 'Spot'),
    osDiskType: asString(properties['osDiskType']),
    maxSurge: text(own(upgrade, 'maxSurge')),
    maxUnavailable: text(own(upgrade, 'maxUnavailable')),
    drainTimeoutMinutes: asNumber(own(upgrade, 'drainTimeoutInMinutes')),
    soakMinutes: asNumber(own(upgrade, 'nodeSoakDurationInMinutes')),
    localDns: isJsonObject(localDns)
      ? { mode: modeOf(localDns['mode']), state: asString(localDns['state']), profile: localDns }
      : undefined,
    tags: stringMap(properties['tags']),
    provisioningError: isJsonObject(error) ? { code: safe(error['code']), message: safe(error['message']) } : undefined,
  };
}
