import { asString, at, isJsonObject, isWord, listOf, own, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { Cluster } from '../world.ts';
import { vmSize } from './compute-sizes.ts';
import { invalidParameter } from './localdns.ts';
import { newImage } from './node-images.ts';
import { checkPoolLimits } from './pool-limits.ts';
import { checkUpgradeSettings, filledUpgradeSettings } from './pool-rules.ts';
import type { Reply } from './reply.ts';
import { checkNewPoolVersion, checkOsSkuEnd, wholeVersion } from './version-rules.ts';

const namePattern = /^[a-z][a-z0-9]{0,11}$/;

function checkOsSku(cluster: Cluster, sent: JsonObject): Reply | undefined {
  const sku = asString(own(sent, 'osSKU')) ?? '';
  const version =
    asString(own(sent, 'orchestratorVersion')) ??
    asString(at(cluster.resource, 'properties', 'currentKubernetesVersion')) ??
    '';
  const ended = checkOsSkuEnd(sku, version);
  if (ended !== undefined) return ended;
  const windows = isWord(own(sent, 'osType'), 'Windows');
  return sku !== '' && /^windows/i.test(sku) !== windows
    ? invalidParameter('agentPool.osSKU', `OSSKU ${sku} does not match OSType ${windows ? 'Windows' : 'Linux'}.`)
    : undefined;
}

function checkVersion(cluster: Cluster, wanted: string): Reply | undefined {
  return wanted === '' ? undefined : checkNewPoolVersion(cluster, wanted);
}

export function checkNewPool(
  cluster: Cluster,
  name: string,
  sent: JsonObject,
  skus: readonly JsonObject[],
): Reply | undefined {
  const windows = isWord(own(sent, 'osType'), 'Windows');
  if (!namePattern.test(name) || (windows && name.length > 6)) {
    return invalidParameter('agentPool.name', `the name ${name} is not allowed; see https://aka.ms/aks-naming-rules.`);
  }
  const size = asString(own(sent, 'vmSize')) ?? '';
  if (size !== '' && vmSize(size, skus) === undefined) {
    return invalidParameter(
      'agentPool.vmSize',
      `The VM size of ${size} is not allowed in your subscription in this location.`,
    );
  }
  return (
    checkVersion(cluster, asString(own(sent, 'orchestratorVersion')) ?? '') ??
    checkOsSku(cluster, sent) ??
    checkPoolLimits({ cluster, name, properties: sent, stored: undefined }) ??
    checkUpgradeSettings(own(sent, 'upgradeSettings'), own(sent, 'mode'))
  );
}

interface Disk {
  readonly osDiskSizeGB: number;
  readonly osDiskType: 'Ephemeral' | 'Managed';
}

/**
 * Source: recorded additions: 200 GiB on Standard_D8ds_v4, 150 GiB on Standard_D4ds_v5, ephemeral; managed if there
 * is no temporary disk.
 */
function diskFor(size: string): Disk {
  const temp = vmSize(size)?.tempGb ?? 0;
  if (temp < 128) return { osDiskSizeGB: 128, osDiskType: 'Managed' };
  return { osDiskSizeGB: temp >= 200 ? 200 : 150, osDiskType: 'Ephemeral' };
}

/** Answers leave out fields with default values. Source: recorded additions. */
function withoutDefaults(sent: JsonObject): JsonObject {
  const regular = !isWord(own(sent, 'scaleSetPriority'), 'Spot');
  const gone = new Set(regular ? ['scaleSetPriority', 'scaleSetEvictionPolicy', 'spotMaxPrice'] : []);
  const kept = Object.entries(sent).filter(([key, value]) => {
    const empty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
    return !gone.has(key) && !empty;
  });
  return Object.fromEntries(kept);
}

/** A new pool's properties with what the service fills in, before LocalDNS. */
export function newPoolProperties(cluster: Cluster, sent: JsonObject): JsonObject {
  const { localDNSProfile: _, eTag: __, provisioningState: ___, ...given } = withoutDefaults(sent);
  const wantedSize = asString(given['vmSize']) ?? '';
  // An empty size lets the service choose. Source: recorded addition, which got this one.
  const size = wantedSize === '' ? 'Standard_D8ds_v4' : wantedSize;
  const osType = asString(given['osType']) ?? 'Linux';
  const osSKU = asString(given['osSKU']) ?? (isWord(osType, 'Windows') ? 'Windows2022' : 'Ubuntu');
  const wantedVersion =
    asString(given['orchestratorVersion']) ??
    asString(at(cluster.resource, 'properties', 'kubernetesVersion')) ??
    '1.33';
  const version = wholeVersion(cluster, wantedVersion);
  const disk = diskFor(size);
  return {
    count: 1,
    osDiskSizeGB: disk.osDiskSizeGB,
    osDiskType: disk.osDiskType,
    kubeletDiskType: 'OS',
    maxPods: defaultMaxPods(cluster),
    type: 'VirtualMachineScaleSets',
    enableAutoScaling: false,
    scaleDownMode: 'Delete',
    powerState: { code: 'Running' },
    enableNodePublicIP: false,
    mode: 'User',
    enableEncryptionAtHost: false,
    enableUltraSSD: false,
    enableFIPS: false,
    securityProfile: { enableVTPM: false, enableSecureBoot: false },
    ...given,
    vmSize: size,
    osType,
    osSKU,
    orchestratorVersion: wantedVersion,
    currentOrchestratorVersion: version,
    nodeImageVersion: newImage({
      osType,
      osSKU,
      version,
      fips: given['enableFIPS'] === true,
      arm: vmSize(size)?.architecture === 'Arm64',
    }),
    upgradeSettings: filledUpgradeSettings(given['upgradeSettings'], undefined),
  };
}

function defaultMaxPods(cluster: Cluster): JsonValue {
  const network = at(cluster.resource, 'properties', 'networkProfile');
  if (!isJsonObject(network)) return 250;
  return isWord(network['networkPlugin'], 'kubenet') ? 110 : 250;
}

/** Every size that a pool's nodes have. */
export function sizesOf(properties: JsonObject): readonly string[] {
  const size = asString(properties['vmSize']) ?? '';
  const scale = at(properties, 'virtualMachinesProfile', 'scale');
  const more = [...listOf(own(scale, 'manual')), ...listOf(own(scale, 'autoscale'))].flatMap(
    (entry) => asString(own(entry, 'size')) ?? [],
  );
  return [...(size === '' ? [] : [size]), ...more];
}
