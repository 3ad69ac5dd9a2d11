import { asNumber, asString, isJsonObject, isWord } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';
import type { Cluster } from '../../model/cluster.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { isConfidential } from '../../model/confidential-vm.ts';
import { newestKnown, osSkuEnd } from '../../model/aks-releases.ts';
import { atLeast, parseVersion } from '../../model/kubernetes-version.ts';

/*
 * What AKS documents as refused, so that a plan refuses it before anything is sent. A limit judges what is asked for,
 * never what a pool has already.
 */

export interface LimitedPool {
  /** As it would be. */
  readonly pool: NodePool;
  /** Undefined if it may not be read: what depends on it is left to Azure. */
  readonly cluster: Cluster | undefined;
}

export interface Limit {
  readonly id: string;
  /** `settings`: of upgrade settings, for a pool that exists as well; `pool`: of a new pool alone. */
  readonly of: 'settings' | 'pool';
  readonly source: { readonly document: string; readonly link: string };
  /** Why AKS refuses it, in a sentence. */
  test(wanted: LimitedPool): string | undefined;
}

/** A limit that is not kept. */
export interface LimitBreak {
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

/** What is wrong with a setting of nodes at a time. */
function amountProblem(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const found = amount(text);
  if (found === undefined)
    return `${name} is '${shown(text)}', and takes a number of nodes or a percentage, such as 3 or 33%.`;
  if (!found.percent || (found.value >= 1 && found.value <= 100)) return undefined;
  return `${name} is ${text}, and a percentage is from 1% to 100%.`;
}

function isNone(text: string | undefined, missing: string): boolean {
  return amount(text ?? missing)?.value === 0;
}

function isSystem({ pool }: LimitedPool): boolean {
  return isWord(pool.mode, 'System');
}

function outside(name: string, value: number | undefined, least: number, most: number): string | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return undefined;
  return `${name} is ${String(value)}, and is a whole number from ${String(least)} to ${String(most)}.`;
}

const wantedVersion = ({ pool }: LimitedPool): string | undefined =>
  asString(pool.properties['orchestratorVersion']) || undefined;

/** As 1.33.2 is [1, 33, 2]; a patch that is not said is left out. */
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

/** Of Kubernetes' own keys AKS takes those below these prefixes, and a few others, which AKS sets by itself. */
function isOfKubernetes(key: string): boolean {
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
    test: (wanted) =>
      isSystem(wanted) && !isNone(wanted.pool.maxUnavailable, '0')
        ? 'maxUnavailable is not supported on system pools: they keep their capacity by surge nodes.'
        : undefined,
  },
  {
    id: 'surge-and-unavailable',
    of: 'settings',
    source: rolling,
    test: ({ pool }) =>
      !isNone(pool.maxSurge, '10%') && !isNone(pool.maxUnavailable, '0')
        ? `maxSurge (${shown(pool.maxSurge ?? '10%, the default')}) and maxUnavailable (${shown(pool.maxUnavailable)}) exclude each other: one of them has to be 0.`
        : undefined,
  },
  {
    id: 'no-surge-and-none-unavailable',
    of: 'settings',
    source: rolling,
    test: (wanted) =>
      isNone(wanted.pool.maxSurge, '10%') && isNone(wanted.pool.maxUnavailable, '0')
        ? `With maxSurge 0 and maxUnavailable 0 no node can be replaced: ${isSystem(wanted) ? 'a system pool needs surge nodes' : 'set maxUnavailable to 1 or more as well'}.`
        : undefined,
  },
  {
    id: 'drain-timeout',
    of: 'settings',
    source: rolling,
    test: ({ pool }) => outside('drainTimeoutInMinutes', pool.drainTimeoutMinutes, 1, 1440),
  },
  {
    id: 'node-soak',
    of: 'settings',
    source: rolling,
    test: ({ pool }) => outside('nodeSoakDurationInMinutes', pool.soakMinutes, 0, 30),
  },
  {
    id: 'version-words',
    of: 'pool',
    source: versions,
    test(wanted) {
      const version = wantedVersion(wanted);
      return version === undefined || numbers(version) !== undefined
        ? undefined
        : `'${shown(version)}' is not a Kubernetes version, such as 1.33 or 1.33.2.`;
    },
  },
  {
    id: 'version-newer-than-control-plane',
    of: 'pool',
    source: versions,
    test(wanted) {
      const version = wantedVersion(wanted);
      const control = wanted.cluster?.kubernetesVersion;
      const [own, its] = [numbers(version ?? ''), numbers(control ?? '')];
      return own !== undefined && its !== undefined && isNewer(own, its)
        ? `A pool cannot run Kubernetes ${shown(version)} while its control plane runs ${shown(control)}: never a newer version.`
        : undefined;
    },
  },
  {
    id: 'version-too-old-for-control-plane',
    of: 'pool',
    source: versions,
    test(wanted) {
      const version = wantedVersion(wanted);
      const control = wanted.cluster?.kubernetesVersion;
      const [own, its] = [parseVersion(version ?? ''), parseVersion(control ?? '')];
      return own !== undefined && its !== undefined && own.major === its.major && its.minor - own.minor > maxSkew
        ? `Kubernetes ${shown(version)} is more than ${String(maxSkew)} minor versions behind the control plane (${shown(control)}).`
        : undefined;
    },
  },
  {
    id: 'version-not-known',
    of: 'pool',
    source: versions,
    test(wanted) {
      const version = parseVersion(wantedVersion(wanted) ?? '');
      const { major, minor } = newestKnown.version;
      // A control plane that runs it knows better.
      if (
        version === undefined ||
        !atLeast(version, major, minor + 1) ||
        (wanted.cluster?.kubernetesVersion ?? '') !== ''
      )
        return undefined;
      return `AKS is not known to offer Kubernetes ${shown(wantedVersion(wanted))} (newest as of ${newestKnown.asOf}: ${String(major)}.${String(minor)}).`;
    },
  },
  {
    id: 'node-count',
    of: 'pool',
    source: quotas,
    test: ({ pool }) => outside('count', asNumber(pool.properties['count']), 0, 1000),
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
      const wrong = outside('minCount', min, 0, 1000) ?? outside('maxCount', max, 1, 1000);
      if (wrong !== undefined) return wrong;
      if (min > max) return `minCount ${String(min)} is above maxCount ${String(max)}.`;
      return pool.count !== undefined && (pool.count < min || pool.count > max)
        ? `count ${String(pool.count)} is not between minCount ${String(min)} and maxCount ${String(max)}.`
        : undefined;
    },
  },
  {
    id: 'system-pool-nodes',
    of: 'pool',
    source: system,
    test: (wanted) =>
      isSystem(wanted) && (wanted.pool.count === 0 || wanted.pool.autoscaling?.min === 0)
        ? 'A system pool has at least one node.'
        : undefined,
  },
  {
    id: 'system-pool-system',
    of: 'pool',
    source: system,
    test: (wanted) =>
      isSystem(wanted) && isWord(wanted.pool.osType, 'Windows') ? 'A system pool runs Linux.' : undefined,
  },
  {
    id: 'system-pool-spot',
    of: 'pool',
    source: spot,
    test: (wanted) => (isSystem(wanted) && wanted.pool.spot ? 'A system pool cannot be a spot pool.' : undefined),
  },
  {
    id: 'system-pool-pods',
    of: 'pool',
    source: system,
    test(wanted) {
      const pods = asNumber(wanted.pool.properties['maxPods']);
      return isSystem(wanted) && pods !== undefined && pods < 30
        ? `Nodes of a system pool take at least 30 pods, and maxPods is ${String(pods)}.`
        : undefined;
    },
  },
  {
    id: 'max-pods',
    of: 'pool',
    source: quotas,
    test: ({ pool }) => outside('maxPods', asNumber(pool.properties['maxPods']), 10, 250),
  },
  {
    id: 'spot-price',
    of: 'pool',
    source: spot,
    test({ pool }) {
      const price = asNumber(pool.properties['spotMaxPrice']);
      if (price === undefined || price === -1) return undefined;
      if (!pool.spot) return 'spotMaxPrice is for spot pools alone.';
      return price > 0 ? undefined : `spotMaxPrice is ${String(price)}, and is above 0, or -1 for the price on demand.`;
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
        : `The OS SKU ${shown(pool.osSku)} does not go with the operating system ${windows ? 'Windows' : 'Linux'}.`;
    },
  },
  {
    id: 'os-sku-ended',
    of: 'pool',
    source: osSkuEnd.source,
    test(wanted) {
      const version = parseVersion(wantedVersion(wanted) ?? wanted.cluster?.kubernetesVersion ?? '');
      const end = version === undefined ? undefined : osSkuEnd.of(wanted.pool.osSku, version);
      return end === undefined
        ? undefined
        : `The OS SKU ${shown(wanted.pool.osSku)} ends with Kubernetes ${String(end.last.major)}.${String(end.last.minor)}: take ${end.next}.`;
    },
  },
  {
    id: 'os-sku-confidential',
    of: 'pool',
    source: page('AKS docs, confidential VMs', 'use-cvm'),
    test: ({ pool }) =>
      isConfidential(pool) && isWord(pool.osSku, 'Ubuntu2204')
        ? 'Ubuntu2204 is not offered to confidential VMs: take Ubuntu2404.'
        : undefined,
  },
  {
    id: 'reserved-label',
    of: 'pool',
    source: labels,
    test({ pool }) {
      const keys = Object.keys(isJsonObject(pool.properties['nodeLabels']) ? pool.properties['nodeLabels'] : {});
      const reserved = keys.find((key) => /^(?:[^/]*\.)?kubernetes\.azure\.com\//i.test(key) || isOfKubernetes(key));
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
        : `The label ${shown(bad[0])}=${shown(bad[1])} is none that Kubernetes takes: a name and a value of at most 63 letters, digits, -, _ and . with a letter or digit at both ends; the value may be empty.`;
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
      if (entries.length > 50) return `A pool takes 50 tags, and ${String(entries.length)} are asked for.`;
      const bad = entries.find(([key, value]) => key.length > 512 || value.length > 256 || /[<>%&\\?/]/.test(key));
      return bad === undefined
        ? undefined
        : `The tag ${shown(bad[0])} is too long (512 characters, its value 256), or has one of < > % & \\ ? / in its name.`;
    },
  },
  {
    id: 'zones-of-scale-sets',
    of: 'pool',
    source: rest,
    test({ pool }) {
      const zones = pool.properties['availabilityZones'];
      return Array.isArray(zones) && zones.length > 0 && isWord(pool.type, 'AvailabilitySet')
        ? 'Availability zones go with scale sets, not with availability sets.'
        : undefined;
    },
  },
  {
    id: 'pool-beside-availability-set',
    of: 'pool',
    source: page('AKS docs, create node pools: limitations', 'create-node-pools'),
    test: ({ cluster }) =>
      cluster?.pools.some(({ type }) => isWord(type, 'AvailabilitySet')) === true
        ? 'The cluster runs on an availability set, and takes no other pool until it is migrated: az aks update --migrate-vmas-to-vms.'
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
        return 'The other pools are in the subnet that AKS made for the cluster, and a pool beside them cannot be given another.';
      return !others.includes(own)
        ? 'The subnet is in another virtual network than those of the other pools: all pools of a cluster share one.'
        : undefined;
    },
  },
  {
    id: 'pools-of-a-cluster',
    of: 'pool',
    source: quotas,
    test: ({ cluster }) =>
      (cluster?.pools.length ?? 0) >= 100 ? 'The cluster has 100 node pools, which is the most it takes.' : undefined,
  },
  {
    id: 'nodes-of-a-cluster',
    of: 'pool',
    source: quotas,
    test({ pool, cluster }) {
      const nodes = [...(cluster?.pools ?? []), pool].reduce((sum, { count }) => sum + (count ?? 0), 0);
      return cluster !== undefined && nodes > 5000
        ? `The cluster would have ${String(nodes)} nodes, and takes 5,000.`
        : undefined;
    },
  },
];

/** The limits that are not kept, in the order of the table. `settings`: only those of upgrade settings. */
export function limitsBroken(wanted: LimitedPool, of: 'settings' | 'pool'): readonly LimitBreak[] {
  return limits.flatMap((limit) => {
    if (of === 'settings' && limit.of !== 'settings') return [];
    const message = limit.test(wanted);
    return message === undefined ? [] : [{ id: limit.id, message, link: limit.source.link }];
  });
}
