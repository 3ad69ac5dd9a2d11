/**
 * The newest node image of each family: what `latestNodeImageVersion` says and a new pool gets. Names follow those that
 * AKS reports.
 */
export interface ImageWish {
  readonly osType: string;
  readonly osSKU: string;
  /** Kubernetes, as `1.33.0`. */
  readonly version: string;
  readonly fips: boolean;
  readonly arm: boolean;
}

export const newestDate = '202510.19.1';

function minorOf(version: string): number {
  return Number(/^1\.(\d+)/.exec(version)?.[1] ?? 0);
}

function ubuntu(release: string, wish: ImageWish): string {
  return `AKSUbuntu-${release}gen2${wish.arm ? 'arm64' : ''}${wish.fips ? 'fips' : ''}containerd-${newestDate}`;
}

/** Source: AKS docs, OS versions: which release stands behind an osSKU at a Kubernetes version. */
export function latestImage(wish: ImageWish): string {
  if (wish.osType === 'Windows') return 'AKSWindows-2022-containerd-20348.4297.251022';
  switch (wish.osSKU) {
    case 'Ubuntu2204':
      return ubuntu('2204', wish);
    case 'Ubuntu2404':
      return ubuntu('2404', wish);
    case 'AzureLinux':
    case 'CBLMariner':
      return minorOf(wish.version) <= 31
        ? 'AKSAzureLinux-V2gen2-202512.06.0'
        : `AKSAzureLinux-V3gen2${wish.fips ? 'fips' : ''}-${newestDate}`;
    case 'AzureLinux3':
      return `AKSAzureLinux-V3gen2${wish.fips ? 'fips' : ''}-${newestDate}`;
    default:
      return ubuntu(minorOf(wish.version) >= 35 ? '2404' : '2204', wish);
  }
}

/** The newest image of a pool's own family: its image with the newest date; an image of no known family has none. */
export function latestOf(image: string): string | undefined {
  const [, family, date] = /^(AKS.+)-(\d{6}\.\d{2}\.\d+)$/.exec(image) ?? [];
  if (family === undefined || date === undefined) return undefined;
  // Images of these are no longer built. Source: AKS docs, retirement of Azure Linux 2.0 and of Ubuntu 20.04.
  if (/^AKSUbuntu-(?:16|18|20)04|^AKS(?:AzureLinux|CBLMariner)-V2/.test(family)) return image;
  return date >= newestDate ? image : `${family}-${newestDate}`;
}
