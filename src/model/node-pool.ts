import { asArray, asBoolean, asNumber, asString, at, isJsonObject, own, type JsonObject } from '../core/json.ts';
import { safeText } from '../core/redact.ts';
import type { AnswerIds } from './azure-error.ts';
import type { PoolRef } from './ids.ts';

/** One way that a pool of type VirtualMachines scales; a scale-set pool has a single size. */
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
  readonly count: number | undefined;
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
  /** Of the answer that it was read from. */
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

function sizesOf(properties: JsonObject): readonly string[] {
  const single = asString(properties['vmSize']);
  const scale = at(properties, 'virtualMachinesProfile', 'scale');
  const mixed = [...asArray(own(scale, 'manual')), ...asArray(own(scale, 'autoscale'))].flatMap((entry) => {
    const several = asArray(own(entry, 'sizes')).filter((size): size is string => typeof size === 'string');
    const size = asString(own(entry, 'size'));
    return size === undefined ? several : [size, ...several];
  });
  return [...new Set([...(single === undefined || single === '' ? [] : [single]), ...mixed])];
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
    count: asNumber(properties['count']),
    autoscaling:
      asBoolean(properties['enableAutoScaling']) === true
        ? { min: asNumber(properties['minCount']), max: asNumber(properties['maxCount']) }
        : undefined,
    vmSizes: sizesOf(properties),
    osType: asString(properties['osType']),
    osSku: asString(properties['osSKU']),
    nodeImageVersion: asString(properties['nodeImageVersion']),
    kubernetesVersion:
      asString(properties['currentOrchestratorVersion']) ?? asString(properties['orchestratorVersion']),
    fips: asBoolean(properties['enableFIPS']) === true,
    spot: asString(properties['scaleSetPriority']) === 'Spot',
    osDiskType: asString(properties['osDiskType']),
    maxSurge: text(own(upgrade, 'maxSurge')),
    maxUnavailable: text(own(upgrade, 'maxUnavailable')),
    drainTimeoutMinutes: asNumber(own(upgrade, 'drainTimeoutInMinutes')),
    soakMinutes: asNumber(own(upgrade, 'nodeSoakDurationInMinutes')),
    localDns: isJsonObject(localDns)
      ? { mode: asString(localDns['mode']), state: asString(localDns['state']), profile: localDns }
      : undefined,
    tags: stringMap(properties['tags']),
    provisioningError: isJsonObject(error) ? { code: safe(error['code']), message: safe(error['message']) } : undefined,
  };
}
