import { asNumber, asString, isJsonObject, isWord } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { isConfidential } from '../../model/confidential-vm.ts';
import { newestKnown, osSkuEnd } from '../../model/aks-releases.ts';
import { atLeast, parseVersion } from '../../model/kubernetes-version.ts';

/*
 * The limits that AKS documents, so that they are checked before anything is sent. A limit applies to what is
 * requested, not to what a pool already has.
 */

export interface LimitedPool {
  /** The pool as it would be. */
  readonly pool: NodePool;
  /** Undefined if it may not be read; Azure then checks what depends on it. */
  readonly cluster: Cluster | undefined;
}

export interface Limit {
  readonly id: string;
  /** `settings`: for upgrade settings, of existing pools as well; `pool`: only for new pools. */
  readonly of: 'settings' | 'pool';
  readonly source: { readonly document: string; readonly link: string };
  /** Why AKS rejects it, as a sentence; undefined if the limit is met. */
  test(target: LimitedPool): string | undefined;
}

/** A violated limit. */
export interface LimitViolation {
  readonly id: string;
  readonly message: string;
  readonly link: string;
}

const page = (document: string, path: string): Limit['source'] => ({
  document,
  link: `https://learn.microsoft.com/azure/aks/${path}`,
});
const rolling = page('AKS docs, rolling upgrades', 'upgrade-aks-node-pools-rolling');
const system = page('AKS docs, system node pools', 'use-system-pools');
const quotas = page('AKS docs, quotas and limits', 'quotas-skus-regions');
const versions = page('AKS docs, supported Kubernetes versions', 'supported-kubernetes-versions');
const spot = page('AKS docs, spot node pools', 'spot-node-pool');
const labels = page('AKS docs, labels', 'use-labels');
const rest = {
  document: 'AKS REST API, agent pools',
  link: 'https://learn.microsoft.com/rest/api/aks/agent-pools/create-or-update',
};

const maxSkew = 3;

function shown(value: unknown): string {
  return oneLine(typeof value === 'string' ? value : JSON.stringify(value ?? null));
}

/** A number or a percentage; undefined if it is neither. */
function amount(text: string): { readonly value: number; readonly percent: boolean } | undefined {
  const match = /^(\d{1,6})(%?)$/.exec(text);
  return match === null ? undefined : { value: Number(match[1]), percent: match[2] === '%' };
}

/** What is wrong with a number of nodes or a percentage. */
function amountProblem(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const found = amount(text);
  if (found === undefined)
    return `${name} is '${shown(text)}', but must be a number of nodes or a percentage, such as 3 or 33%.`;
  if (!found.percent || (found.value >= 1 && found.value <= 100)) return undefined;
  return `${name} is ${text}, but a percentage must be from 1% to 100%.`;
}

function isNone(text: string | undefined, missing: string): boolean {
  return amount(text ?? missing)?.value === 0;
}

function isSystem({ pool }: LimitedPool): boolean {
  return isWord(pool.mode, 'System');
}

function rangeProblem(name: string, value: number | undefined, min: number, max: number): string | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return undefined;
  return `${name} is ${String(value)}, but must be a whole number from ${String(min)} to ${String(max)}.`;
}

const requestedVersion = ({ pool }: LimitedPool): string | undefined =>
  asString(pool.properties['orchestratorVersion']) || undefined;

/** 1.33.2 as [1, 33, 2]; without a patch, 1.33 as [1, 33]. */
function numbers(version: string): readonly number[] | undefined {
  return /^\d{1,4}\.\d{1,4}(\.\d{1,6})?$/.test(version) ? version.split('.').map(Number) : undefined;
}

function isNewer(version: readonly number[], than: readonly number[]): boolean {
  const first = version.findIndex((number, index) => number !== (than[index] ?? number));
  return first >= 0 && (version[first] ?? 0) > (than[first] ?? 0);
}

function vnetOf(subnet: string | undefined): string | undefined {
  return subnet === undefined || subnet === '' ? undefined : subnet.toLowerCase().replace(/\/subnets\/[^/]*$/, '');
}

/**
 * Whether a label key is reserved for Kubernetes. AKS accepts keys with some prefixes, and a few that it sets itself.
 */
function isReservedKey(key: string): boolean {
  const [, prefix = ''] = /^([^/]+)\//.exec(key) ?? [];
  if (!/(?:^|\.)(?:kubernetes|k8s)\.io$/.test(prefix) || /(?:^|\.)(?:kubelet|node)\.kubernetes\.io$/.test(prefix))
    return false;
  return !/\/(?:arch|os|hostname|instance-type|zone|region)$/.test(key);
}

export const limits: readonly Limit[] = [
  {
    id: 'max-surge',
    of: 'settings',
    source: rolling,
    test: ({ pool }) => amountProblem('maxSurge', pool.maxSurge),
  },
  {
    id: 'max-unavailable',
    of: 'settings',
    source: rolling,
    test: ({ pool }) => amountProblem('maxUnavailable', pool.maxUnavailable),
  },
  {
    id: 'unavailable-on-system-pool',
    of: 'settings',
    source: rolling,
    test: (target) =>
      isSystem(target) && !isNone(target.pool.maxUnavailable, '0')
        ? 'maxUnavailable is not supported on system pools; use maxSurge.'
        : undefined,
  },
  {
    id: 'surge-and-unavailable',
    of: 'settings',
    source: rolling,
    test: ({ pool }) =>
      !isNone(pool.maxSurge, '10%') && !isNone(pool.maxUnavailable, '0')
        ? `maxSurge (${shown(pool.maxSurge ?? '10%, the default')}) and maxUnavailable (${shown(pool.maxUnavailable)}) cannot be combined: one of them must be 0.`
        : undefined,
  },
  {
    id: 'no-surge-and-none-unavailable',
    of: 'settings',
    source: rolling,
    test: (target) =>
      isNone(target.pool.maxSurge, '10%') && isNone(target.pool.maxUnavailable, '0')
        ? `With maxSurge 0 and maxUnavailable 0, no node can be replaced: ${isSystem(target) ? 'a system pool needs surge nodes' : 'set maxUnavailable to 1 or more'}.`
        : undefined,
  },
  {
    id: 'drain-timeout',
    of: 'settings',
    source: rolling,
    test: ({ pool }) => rangeProblem('drainTimeoutInMinutes', pool.drainTimeoutMinutes, 1, 1440),
  },
  {
    id: 'node-soak',
    of: 'settings',
    source: rolling,
    test: ({ pool }) => rangeProblem('nodeSoakDurationInMinutes', pool.soakMinutes, 0, 30),
  },
  {
    id: 'version-words',
    of: 'pool',
    source: versions,
    test(target) {
      const version = requestedVersion(target);
      return version === undefined || numbers(version) !== undefined
        ? undefined
        : `'${shown(version)}' is not a Kubernetes version, such as 1.33 or 1.33.2.`;
    },
  },
  {
    id: 'version-newer-than-control-plane',
    of: 'pool',
    source: versions,
    test(target) {
      const version = requestedVersion(target);
      const control = target.cluster?.kubernetesVersion;
      const [own, its] = [numbers(version ?? ''), numbers(control ?? '')];
      return own !== undefined && its !== undefined && isNewer(own, its)
        ? `A pool cannot run Kubernetes ${shown(version)}, because its control plane runs the older version ${shown(control)}.`
        : undefined;
    },
  },
  {
    id: 'version-too-old-for-control-plane',
    of: 'pool',
    source: versions,
    test(target) {
      const version = requestedVersion(target);
      const control = target.cluster?.kubernetesVersion;
      const [own, its] = [parseVersion(version ?? ''), parseVersion(control ?? '')];
      return own !== undefined && its !== undefined && own.major === its.major && its.minor - own.minor > maxSkew
        ? `Kubernetes ${shown(version)} is more than ${String(maxSkew)} minor versions older than the control plane (${shown(control)}).`
        : undefined;
    },
  },
  {
    id: 'version-not-known',
    of: 'pool',
    source: versions,
    test(target) {
      const version = parseVersion(requestedVersion(target) ?? '');
      const { major, minor } = newestKnown.version;
      // The version of the control plane is checked instead, if it is known.
      if (
        version === undefined ||
        !atLeast(version, major, minor + 1) ||
        (target.cluster?.kubernetesVersion ?? '') !== ''
      )
        return undefined;
      return `AKS does not offer Kubernetes ${shown(requestedVersion(target))}, as far as known (newest version as of ${newestKnown.asOf}: ${String(major)}.${String(minor)}).`;
    },
  },
  {
    id: 'node-count',
    of: 'pool',
    source: quotas,
    test: ({ pool }) => rangeProblem('count', asNumber(pool.properties['count']), 0, 1000),
  },
  {
    id: 'autoscaler-bounds',
    of: 'pool',
    source: page('AKS docs, cluster autoscaler', 'cluster-autoscaler'),
    test({ pool }) {
      if (!isWord(pool.type ?? 'VirtualMachineScaleSets', 'VirtualMachineScaleSets') || pool.autoscaling === undefined)
        return undefined;
      const { min, max } = pool.autoscaling;
      if (min === undefined || max === undefined) return 'The autoscaler needs minCount and maxCount.';
      const wrong = rangeProblem('minCount', min, 0, 1000) ?? rangeProblem('maxCount', max, 1, 1000);
      if (wrong !== undefined) return wrong;
      if (min > max) return `minCount ${String(min)} is greater than maxCount ${String(max)}.`;
      return pool.count !== undefined && (pool.count < min || pool.count > max)
        ? `count ${String(pool.count)} is not between minCount ${String(min)} and maxCount ${String(max)}.`
        : undefined;
    },
  },
  {
    id: 'system-pool-nodes',
    of: 'pool',
    source: system,
    test: (target) =>
      isSystem(target) && (target.pool.count === 0 || target.pool.autoscaling?.min === 0)
        ? 'A system pool needs at least one node.'
        : undefined,
  },
  {
    id: 'system-pool-system',
    of: 'pool',
    source: system,
    test: (target) =>
      isSystem(target) && isWord(target.pool.osType, 'Windows') ? 'A system pool must run Linux.' : undefined,
  },
  {
    id: 'system-pool-spot',
    of: 'pool',
    source: spot,
    test: (target) => (isSystem(target) && target.pool.spot ? 'A system pool cannot be a spot pool.' : undefined),
  },
  {
    id: 'system-pool-pods',
    of: 'pool',
    source: system,
    test(target) {
      const pods = asNumber(target.pool.properties['maxPods']);
      return isSystem(target) && pods !== undefined && pods < 30
        ? `maxPods is ${String(pods)}, but must be at least 30 for a system pool.`
        : undefined;
    },
  },
  {
    id: 'max-pods',
    of: 'pool',
    source: quotas,
    test: ({ pool }) => rangeProblem('maxPods', asNumber(pool.properties['maxPods']), 10, 250),
  },
  {
    id: 'spot-price',
    of: 'pool',
    source: spot,
    test({ pool }) {
      const price = asNumber(pool.properties['spotMaxPrice']);
      if (price === undefined || price === -1) return undefined;
      if (!pool.spot) return 'spotMaxPrice is only for spot pools.';
      return price > 0
        ? undefined
        : `spotMaxPrice is ${String(price)}, but must be greater than 0, or -1 for the on-demand price.`;
    },
  },
  {
    id: 'os-sku-of-other-system',
    of: 'pool',
    source: rest,
    test({ pool }) {
      if (pool.osSku === undefined || pool.osSku === '') return undefined;
      const windows = isWord(pool.osType, 'Windows');
      return /^windows/i.test(pool.osSku) === windows
        ? undefined
        : `The OS SKU ${shown(pool.osSku)} is not available for the operating system ${windows ? 'Windows' : 'Linux'}.`;
    },
  },
  {
    id: 'os-sku-ended',
    of: 'pool',
    source: osSkuEnd.source,
    test(target) {
      const version = parseVersion(requestedVersion(target) ?? target.cluster?.kubernetesVersion ?? '');
      const end = version === undefined ? undefined : osSkuEnd.of(target.pool.osSku, version);
      return end === undefined
        ? undefined
        : `The OS SKU ${shown(target.pool.osSku)} ends with Kubernetes ${String(end.last.major)}.${String(end.last.minor)}; use ${end.next}.`;
    },
  },
  {
    id: 'os-sku-confidential',
    of: 'pool',
    source: page('AKS docs, confidential VMs', 'use-cvm'),
    test: ({ pool }) =>
      isConfidential(pool) && isWord(pool.osSku, 'Ubuntu2204')
        ? 'Ubuntu2204 is not available for confidential VMs; use Ubuntu2404.'
        : undefined,
  },
  {
    id: 'reserved-label',
    of: 'pool',
    source: labels,
    test({ pool }) {
      const keys = Object.keys(isJsonObject(pool.properties['nodeLabels']) ? pool.properties['nodeLabels'] : {});
      const reserved = keys.find((key) => /^(?:[^/]*\.)?kubernetes\.azure\.com\//i.test(key) || isReservedKey(key));
      return reserved === undefined
        ? undefined
        : `The label ${shown(reserved)} has a prefix that is reserved for AKS or Kubernetes.`;
    },
  },
  {
    id: 'label-words',
    of: 'pool',
    source: labels,
    test({ pool }) {
      const map = pool.properties['nodeLabels'];
      const bad = Object.entries(isJsonObject(map) ? map : {}).find(
        ([key, value]) =>
          !/^(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?$/.test(key) ||
          (typeof value === 'string' && !/^(?:[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?)?$/.test(value)),
      );
      return bad === undefined
        ? undefined
        : `The label ${shown(bad[0])}=${shown(bad[1])} is not a valid Kubernetes label: the name and the value can have up to 63 letters, digits, -, _ and ., with a letter or digit at both ends; the value can be empty.`;
    },
  },
  {
    id: 'tags',
    of: 'pool',
    source: {
      document: 'Azure docs, limits of tags',
      link: 'https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources',
    },
    test({ pool }) {
      const entries = Object.entries(pool.tags);
      if (entries.length > 50) return `A pool can have at most 50 tags, but ${String(entries.length)} are given.`;
      const bad = entries.find(([key, value]) => key.length > 512 || value.length > 256 || /[<>%&\\?/]/.test(key));
      return bad === undefined
        ? undefined
        : `The tag ${shown(bad[0])} is too long (at most 512 characters, and 256 for its value), or its name contains < > % & \\ ? or /.`;
    },
  },
  {
    id: 'zones-of-scale-sets',
    of: 'pool',
    source: rest,
    test({ pool }) {
      const zones = pool.properties['availabilityZones'];
      return Array.isArray(zones) && zones.length > 0 && isWord(pool.type, 'AvailabilitySet')
        ? 'Availability zones are not supported for availability sets.'
        : undefined;
    },
  },
  {
    id: 'pool-beside-availability-set',
    of: 'pool',
    source: page('AKS docs, create node pools: limitations', 'create-node-pools'),
    test: ({ cluster }) =>
      cluster?.pools.some(({ type }) => isWord(type, 'AvailabilitySet')) === true
        ? 'The cluster uses an availability set and cannot have other pools until it is migrated: az aks update --migrate-vmas-to-vms.'
        : undefined,
  },
  {
    id: 'same-virtual-network',
    of: 'pool',
    source: page('AKS docs, subnets of node pools', 'node-pool-unique-subnet'),
    test({ pool, cluster }) {
      const own = vnetOf(asString(pool.properties['vnetSubnetID']));
      const others = (cluster?.pools ?? []).map((other) => vnetOf(asString(other.properties['vnetSubnetID'])));
      if (own === undefined || others.length === 0) return undefined;
      if (others.includes(undefined))
        return 'A custom subnet is not possible, because the other pools are in the subnet that AKS created for the cluster.';
      return !others.includes(own)
        ? 'The subnet must be in the same virtual network as those of the other pools.'
        : undefined;
    },
  },
  {
    id: 'pools-of-a-cluster',
    of: 'pool',
    source: quotas,
    test: ({ cluster }) =>
      (cluster?.pools.length ?? 0) >= 100 ? 'The cluster already has 100 node pools, which is the maximum.' : undefined,
  },
  {
    id: 'nodes-of-a-cluster',
    of: 'pool',
    source: quotas,
    test({ pool, cluster }) {
      const nodes = [...(cluster?.pools ?? []), pool].reduce((sum, { count }) => sum + (count ?? 0), 0);
      return cluster !== undefined && nodes > 5000
        ? `The cluster would have ${String(nodes)} nodes, but the maximum is 5,000.`
        : undefined;
    },
  },
];

/** The violated limits, in the order of the table. `settings`: only those of upgrade settings. */
export function limitViolations(target: LimitedPool, of: 'settings' | 'pool'): readonly LimitViolation[] {
  return limits.flatMap((limit) => {
    if (of === 'settings' && limit.of !== 'settings') return [];
    const message = limit.test(target);
    return message === undefined ? [] : [{ id: limit.id, message, link: limit.source.link }];
  });
}
