import { atLeast, type Version } from './kubernetes-version.ts';

/*
 * What AKS offers, with dates, because it changes every few months. Update it from the release calendar; `az aks
 * get-upgrades` and `az aks get-versions` list the versions of a cluster and a region.
 */

const calendar = {
  document: 'AKS docs, supported Kubernetes versions',
  link: 'https://learn.microsoft.com/azure/aks/supported-kubernetes-versions',
} as const;

/** The newest minor version that AKS is known to offer. */
export const newestKnown = { asOf: '2026-11-29', version: { major: 1, minor: 37 }, source: calendar } as const;

/** The lowest version that AKS offers, by the support plan of the cluster. Source: the release calendar, as of then. */
export const lowestOffered = {
  asOf: newestKnown.asOf,
  official: '1.35',
  longTermSupport: '1.32',
  source: calendar,
} as const;

interface OsSkuEnd {
  /** Lower case. */
  readonly sku: string;
  readonly last: Version;
  /** The OS SKU to move to. */
  readonly next: string;
}

const ends: readonly OsSkuEnd[] = [
  { sku: 'azurelinux3', last: { major: 1, minor: 36 }, next: 'AzureLinux' },
  { sku: 'ubuntu2204', last: { major: 1, minor: 36 }, next: 'Ubuntu2404' },
];

/** OS SKUs of a specific release: AKS rejects an upgrade beyond the last Kubernetes version of that release. */
export const osSkuEnd = {
  source: {
    document: 'AKS docs, upgrade the operating system version',
    link: 'https://learn.microsoft.com/azure/aks/upgrade-os-version',
  },
  /** The end of support that an upgrade to `version` would exceed. */
  of: (osSku: string | undefined, version: Version): OsSkuEnd | undefined =>
    ends.find(({ sku, last }) => sku === osSku?.toLowerCase() && atLeast(version, last.major, last.minor + 1)),
} as const;
