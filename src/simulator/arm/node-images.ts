import { asString, isWord, type JsonObject } from '../../core/json.ts';
import { vmSize } from './compute-sizes.ts';
interface ImageOptions {
  readonly osType: string;
  readonly osSKU: string;
  /** Kubernetes, as `1.33.0`. */
  readonly version: string;
  readonly fips: boolean;
  readonly arm: boolean;
}

const newestDate = '202610.19.1';

function minorOf(version: string): number {
  return Number(/^1\.(\d+)/.exec(version)?.[1] ?? 0);
}

function ubuntu(release: string, options: ImageOptions): string {
  return `AKSUbuntu-${release}gen2${options.arm ? 'arm64' : ''}${options.fips ? 'fips' : ''}containerd-${newestDate}`;
}

/** The image of a new pool. Source: AKS docs, OS versions: which release an osSKU means at a Kubernetes version. */
export function newImage(options: ImageOptions): string {
  if (isWord(options.osType, 'Windows')) return 'AKSWindows-2022-containerd-20348.4297.251022';
  switch (options.osSKU) {
    case 'Ubuntu2204':
      return ubuntu('2204', options);
    case 'Ubuntu2404':
      return ubuntu('2404', options);
    case 'AzureLinux':
    case 'CBLMariner':
      return minorOf(options.version) <= 31
        ? 'AKSAzureLinux-V2gen2-202512.06.0'
        : `AKSAzureLinux-V3gen2${options.fips ? 'fips' : ''}-${newestDate}`;
    case 'AzureLinux3':
      return `AKSAzureLinux-V3gen2${options.fips ? 'fips' : ''}-${newestDate}`;
    default:
      return ubuntu(minorOf(options.version) >= 35 ? '2404' : '2204', options);
  }
}

/** The image that a pool with these properties gets when it is made anew. */
export function imageOf(properties: JsonObject): string {
  const text = (key: string): string => asString(properties[key]) ?? '';
  const osType = text('osType') || 'Linux';
  return newImage({
    osType,
    osSKU: text('osSKU') || (isWord(osType, 'Windows') ? 'Windows2022' : 'Ubuntu'),
    version: text('currentOrchestratorVersion') || text('orchestratorVersion'),
    fips: properties['enableFIPS'] === true,
    arm: vmSize(text('vmSize'))?.architecture === 'Arm64',
  });
}

/**
 * What an upgrade of the node image brings: the newest of the family, or if none is built any more what the OS SKU
 * means now. A FIPS pool with the OS SKU Ubuntu stays. Source: AKS docs, upgrade-os-version.
 */
export function latestImageOf(properties: JsonObject): string | undefined {
  const image = asString(properties['nodeImageVersion']) ?? '';
  const latest = latestImage(image);
  const stays = properties['enableFIPS'] === true && isWord(properties['osSKU'], 'Ubuntu');
  return latest === image && isRetired(image) && !stays ? imageOf(properties) : latest;
}

function isRetired(family: string): boolean {
  return /^AKSUbuntu-(?:16|18|20)04|^AKS(?:AzureLinux|CBLMariner)-V2/.test(family);
}

/** The newest image of the same family, if the family is known: the same name with the newest date. */
function latestImage(image: string): string | undefined {
  const [, family, date] = /^(AKS.+)-(\d{6}\.\d{2}\.\d+)$/.exec(image) ?? [];
  if (family === undefined || date === undefined) return undefined;
  // Images of these are no longer built. Source: AKS docs, retirement of Azure Linux 2.0 and of Ubuntu 20.04.
  if (isRetired(family)) return image;
  return date >= newestDate ? image : `${family}-${newestDate}`;
}
