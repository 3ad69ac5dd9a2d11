import { asString, at, isJsonObject, isWord, listOf, own, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { Cluster } from '../world.ts';
import { vmSize } from './compute-sizes.ts';
import { invalidParameter } from './localdns.ts';
import { newImage } from './node-images.ts';
import { checkPoolLimits } from './pool-limits.ts';
import { checkUpgradeSettings, filledUpgradeSettings } from './pool-rules.ts';
import { providerError, type Reply } from './reply.ts';

const namePattern = /^[a-z][a-z0-9]{0,11}$/;

/** Major, minor and patch; a part that is not said is undefined. */
function partsOf(version: string): readonly number[] | undefined {
  return /^\d+\.\d+(\.\d+)?$/.test(version) ? version.split('.').map(Number) : undefined;
}

/** Source: error bodies of AKS that are reported for pools newer than their control plane, or far older. */
function checkVersion(cluster: Cluster, wanted: string | undefined): Reply | undefined {
  if (wanted === undefined || wanted === '') return undefined;
  const own = partsOf(wanted);
  if (own === undefined) return invalidParameter('agentPool.orchestratorVersion', `${wanted} is not a version.`);
  const control = asString(at(cluster.resource, 'properties', 'currentKubernetesVersion')) ?? '';
  const its = partsOf(control);
  if (its === undefined) return undefined;
  const differs = own.findIndex((part, index) => part !== (its[index] ?? part));
  const newer = differs >= 0 && (own[differs] ?? 0) > (its[differs] ?? 0);
  if (!newer && own[0] === its[0] && (its[1] ?? 0) - (own[1] ?? 0) <= 3) return undefined;
  return providerError(
    400,
    'NodePoolMcVersionIncompatible',
    `Node pool version ${wanted} and control plane version ${control} are incompatible. Minor version of node pool cannot be bigger than control plane version. Minor version of node pool cannot be more than 3 versions less than control plane version. For more information, please check https://aka.ms/aks/UpgradeVersionRules`,
  );
}

/** Source: AKS docs, OS versions: an OS SKU of a release goes with the Kubernetes versions of its time. */
function checkOsSku(cluster: Cluster, sent: JsonObject): Reply | undefined {
  const sku = asString(own(sent, 'osSKU')) ?? '';
  const version =
    asString(own(sent, 'orchestratorVersion')) ??
    asString(at(cluster.resource, 'properties', 'currentKubernetesVersion')) ??
    '';
  const minor = Number(/^1\.(\d+)/.exec(version)?.[1] ?? 0);
  if (minor >= 37 && ['Ubuntu2204', 'AzureLinux3'].some((ended) => isWord(sku, ended)))
    return invalidParameter('agentPool.osSKU', `OSSKU ${sku} is not supported with Kubernetes version ${version}.`);
  const windows = isWord(own(sent, 'osType'), 'Windows');
  return sku !== '' && /^windows/i.test(sku) !== windows
    ? invalidParameter('agentPool.osSKU', `OSSKU ${sku} does not match OSType ${windows ? 'Windows' : 'Linux'}.`)
    : undefined;
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
    checkVersion(cluster, asString(own(sent, 'orchestratorVersion'))) ??
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

/** `1.33` becomes the patch that the cluster has; a whole version stays. */
function currentVersion(wanted: string, cluster: Cluster): string {
  if (/^\d+\.\d+\.\d+/.test(wanted)) return wanted;
  const clusterVersion = asString(at(cluster.resource, 'properties', 'currentKubernetesVersion')) ?? '';
  return clusterVersion.startsWith(`${wanted}.`) ? clusterVersion : `${wanted}.0`;
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
  const version = currentVersion(wantedVersion, cluster);
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
