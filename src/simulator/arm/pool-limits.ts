import { asNumber, asString, isJsonObject, isWord, own, sameJson, type JsonObject } from '../../core/json.ts';
import type { Cluster } from '../world.ts';
import { vmSize } from './compute-sizes.ts';
import { invalidParameter } from './localdns.ts';
import { nodeCount } from './node-count.ts';
import { providerError, type Reply } from './reply.ts';

/** What a PUT asks of a pool. */
interface Wanted {
  readonly cluster: Cluster;
  readonly name: string;
  /** As the pool would be. */
  readonly properties: JsonObject;
  /** As it is; undefined for a new one. What is stored is not judged again. */
  readonly stored: JsonObject | undefined;
}

type Limit = (wanted: Wanted) => Reply | undefined;

const most = { nodes: 1000, clusterNodes: 5000, pools: 100, tags: 50 } as const;

function changes({ properties, stored }: Wanted, ...fields: readonly string[]): boolean {
  return (
    stored === undefined ||
    fields.some((field) => !sameJson(own(properties, field) ?? null, own(stored, field) ?? null))
  );
}

function text(properties: JsonObject, field: string): string {
  return asString(own(properties, field)) ?? '';
}

function isSystem({ properties }: Wanted): boolean {
  return isWord(own(properties, 'mode'), 'System');
}

/** Source: error bodies that users report, such as kubernetes-sigs/cluster-api-provider-azure 5947. */
const count: Limit = (wanted) => {
  const { properties } = wanted;
  const value = asNumber(own(properties, 'count'));
  if (value === undefined || !changes(wanted, 'count', 'mode')) return undefined;
  const system = isSystem(wanted);
  const least = system || isWord(own(properties, 'type'), 'AvailabilitySet') ? 1 : 0;
  const stopped = isWord(own(own(properties, 'powerState'), 'code'), 'Stopped');
  if (Number.isInteger(value) && value >= (stopped ? 0 : least) && value <= most.nodes) return undefined;
  return invalidParameter(
    'agentPoolProfile.count',
    `agentPoolProfile.count was ${String(value)}. It must be greater or equal to minCount:${String(least)} and less than or equal to maxCount:${String(most.nodes)}.`,
  );
};

/** Source: AKS docs, cluster autoscaler, and system node pools. */
const autoscaler: Limit = (wanted) => {
  const { properties } = wanted;
  const fields = ['enableAutoScaling', 'minCount', 'maxCount', 'mode'];
  if (own(properties, 'enableAutoScaling') !== true || !changes(wanted, ...fields)) return undefined;
  if (isWord(own(properties, 'type'), 'VirtualMachines')) return undefined;
  const [min, max] = [asNumber(own(properties, 'minCount')), asNumber(own(properties, 'maxCount'))];
  const least = isSystem(wanted) ? 1 : 0;
  if (min === undefined || max === undefined || min > max || max > most.nodes || max < 1)
    return invalidParameter(
      'agentPoolProfile.minCount',
      'minCount and maxCount must be set, minCount not above maxCount.',
    );
  if (min < least) return invalidParameter('agentPoolProfile.minCount', `minCount must be at least ${String(least)}.`);
  const value = asNumber(own(properties, 'count'));
  // The autoscaler brings an existing pool into its bounds.
  return wanted.stored === undefined && value !== undefined && (value < min || value > max)
    ? invalidParameter(
        'agentPoolProfile.count',
        `count must be from minCount ${String(min)} to maxCount ${String(max)}.`,
      )
    : undefined;
};

/** Whether it is the one system pool that its cluster has. Source: AKS docs, system node pools: there is always one. */
export function isLastSystemPool(cluster: Cluster, name: string): boolean {
  const systems = [...cluster.pools.values()].filter((pool) => isWord(own(pool.properties, 'mode'), 'System'));
  return systems.length === 1 && isWord(systems[0]?.name, name);
}

/** Source: the body that users report, Azure/AKS 1568. */
const lastSystemPool: Limit = (wanted) =>
  wanted.stored !== undefined && !isSystem(wanted) && isLastSystemPool(wanted.cluster, wanted.name)
    ? providerError(400, 'MustDefineAtLeastOneSystemPool', 'Must define at least one system pool.')
    : undefined;

/** Source: AKS docs, system node pools and spot node pools. */
const systemPool: Limit = (wanted) => {
  const { properties } = wanted;
  if (!isSystem(wanted) || !changes(wanted, 'mode')) return undefined;
  if (isWord(own(properties, 'scaleSetPriority'), 'Spot'))
    return invalidParameter('agentPoolProfile.scaleSetPriority', 'a spot node pool cannot be a system node pool.');
  if (isWord(own(properties, 'osType'), 'Windows'))
    return invalidParameter('agentPoolProfile.osType', 'system node pools must be Linux.');
  return (asNumber(own(properties, 'maxPods')) ?? 30) < 30
    ? invalidParameter('agentPoolProfile.maxPods', 'maxPods of a system node pool must be at least 30.')
    : undefined;
};

/** Source: AKS docs, quotas and limits. */
const maxPods: Limit = ({ properties, stored }) => {
  const pods = own(properties, 'maxPods') ?? null;
  if (stored !== undefined || pods === null) return undefined;
  const value = asNumber(pods);
  return value !== undefined && Number.isInteger(value) && value >= 10 && value <= 250
    ? undefined
    : invalidParameter('agentPoolProfile.maxPods', 'maxPods must be from 10 to 250.');
};

/** Source: AKS docs, spot node pools: above 0, or -1 for the price on demand; regular pools have none. */
const spotPrice: Limit = ({ properties, stored }) => {
  const price = asNumber(own(properties, 'spotMaxPrice'));
  if (stored !== undefined || price === undefined || price === -1) return undefined;
  if (!isWord(own(properties, 'scaleSetPriority'), 'Spot'))
    return invalidParameter('agentPoolProfile.spotMaxPrice', 'spotMaxPrice can only be set for spot node pools.');
  return price > 0
    ? undefined
    : invalidParameter('agentPoolProfile.spotMaxPrice', 'spotMaxPrice must be greater than zero, or -1.');
};

/** Source: AKS docs, confidential VMs: of the Ubuntu releases, 24.04 alone is offered. */
const confidential: Limit = (wanted) => {
  const { properties } = wanted;
  const family = vmSize(text(properties, 'vmSize'))?.family ?? '';
  if (!/^standard(?:DC|EC)[AE]/i.test(family) || !changes(wanted, 'osSKU')) return undefined;
  return isWord(own(properties, 'osSKU'), 'Ubuntu2204')
    ? invalidParameter(
        'agentPoolProfile.osSKU',
        `OSSKU Ubuntu2204 is not supported for confidential VM size ${text(properties, 'vmSize')}.`,
      )
    : undefined;
};

/** Source: AKS REST API, agent pools: zones are for scale sets. */
const zones: Limit = ({ properties, stored }) => {
  const wanted = own(properties, 'availabilityZones');
  return stored === undefined &&
    Array.isArray(wanted) &&
    wanted.length > 0 &&
    isWord(own(properties, 'type'), 'AvailabilitySet')
    ? invalidParameter(
        'agentPoolProfile.availabilityZones',
        'availability zones need agent pool type VirtualMachineScaleSets.',
      )
    : undefined;
};

/** Source: AKS docs, create node pools: several pools need scale sets. The text is our own. */
const besideAvailabilitySet: Limit = ({ cluster, stored }) => {
  const set = [...cluster.pools.values()].find((pool) => isWord(pool.properties['type'], 'AvailabilitySet'));
  return stored !== undefined || set === undefined
    ? undefined
    : providerError(
        400,
        'OperationNotAllowed',
        `Managed cluster ${cluster.name} uses an availability set for agent pool ${set.name}, and does not support multiple agent pools.`,
      );
};

const part = /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?$/;

/** What Kubernetes says of a key or a value. Source: Kubernetes docs, labels and selectors. */
function labelProblem(key: string, value: string): string | undefined {
  const slash = key.indexOf('/');
  const [prefix, name] = slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
  const subdomain = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
  if (prefix !== undefined && (prefix.length > 253 || !subdomain.test(prefix))) return `the prefix of ${key}`;
  if (name.length > 63 || !part.test(name)) return `the key ${key}`;
  return value === '' || (value.length <= 63 && part.test(value)) ? undefined : `the value ${value} of ${key}`;
}

/** Keys of Kubernetes' own that a pool may set. Source: the body that users report, Azure/AKS 1937. */
const allowedKeys = [
  'beta.kubernetes.io/arch',
  'beta.kubernetes.io/os',
  'beta.kubernetes.io/instance-type',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'failure-domain.kubernetes.io/zone',
  'failure-domain.kubernetes.io/region',
  'kubernetes.io/arch',
  'kubernetes.io/hostname',
  'kubernetes.io/instance-type',
  'kubernetes.io/os',
];

function isReserved(key: string): boolean {
  const [, prefix = ''] = /^([^/]+)\//.exec(key) ?? [];
  const own = /(?:^|\.)(?:kubernetes|k8s)\.io$/.test(prefix);
  return own && !/(?:^|\.)(?:kubelet|node)\.kubernetes\.io$/.test(prefix) && !allowedKeys.includes(key);
}

/** Source: the bodies that users report (ams0/aks-nvme-ssd-provisioner 5, Azure/AKS 4613); AKS docs, labels. */
const labels: Limit = (wanted) => {
  const map = own(wanted.properties, 'nodeLabels');
  if (!isJsonObject(map) || !changes(wanted, 'nodeLabels')) return undefined;
  for (const [key, value] of Object.entries(map)) {
    if (/^(?:[^/]*\.)?kubernetes\.azure\.com\//i.test(key))
      return providerError(
        400,
        'BadRequest',
        `Invalid node label key ${key}. The 'kubernetes.azure.com' prefix is preserved by aks system labels`,
      );
    if (isReserved(key))
      return providerError(
        400,
        'BadRequest',
        "For Kubernetes version greater than or equal to 1.16, node label keys in the 'kubernetes.io' or 'k8s.io' namespace must begin with an allowed prefix (kubelet.kubernetes.io, node.kubernetes.io). For more information, please check https://aka.ms/aks-node-labels-116.",
        { target: `${key}=${asString(value) ?? ''}` },
      );
    const problem = labelProblem(key, asString(value) ?? '');
    if (problem !== undefined)
      return invalidParameter('agentPoolProfile.nodeLabels', `${problem} is not a valid Kubernetes label.`);
  }
  return undefined;
};

/** Source: Azure docs, limits of tags. */
const tags: Limit = (wanted) => {
  const map = own(wanted.properties, 'tags');
  if (!isJsonObject(map) || !changes(wanted, 'tags')) return undefined;
  const entries = Object.entries(map);
  if (entries.length > most.tags)
    return invalidParameter('agentPoolProfile.tags', `at most ${String(most.tags)} tags are allowed.`);
  const bad = entries.find(
    ([key, value]) => key.length > 512 || (asString(value) ?? '').length > 256 || /[<>%&\\?/]/.test(key),
  );
  return bad === undefined
    ? undefined
    : invalidParameter(
        'agentPoolProfile.tags',
        `the tag '${bad[0].slice(0, 64)}' is too long, or its name has one of these characters: <,>,%,&,\\,?,/.`,
      );
};

function networkOf(subnet: string): string {
  return subnet.toLowerCase().replace(/\/subnets\/[^/]*$/, '');
}

/** Source: MicrosoftDocs/azure-docs 116169 for the first; AKS docs, subnets of node pools, for the second. */
const subnet: Limit = ({ cluster, name, properties, stored }) => {
  const asked = text(properties, 'vnetSubnetID');
  const others = [...cluster.pools.values()].filter((pool) => pool.name.toLowerCase() !== name.toLowerCase());
  if (stored !== undefined || asked === '' || others.length === 0) return undefined;
  const managed = others.find((pool) => text(pool.properties, 'vnetSubnetID') === '');
  if (managed !== undefined)
    return providerError(
      400,
      'InvalidParameter',
      `Cannot use a custom subnet because agent pool ${managed.name} is using a managed subnet. Please omit the vnetSubnetID parameter from the request.`,
    );
  return others.some((pool) => networkOf(text(pool.properties, 'vnetSubnetID')) === networkOf(asked))
    ? undefined
    : invalidParameter('agentPoolProfile.vnetSubnetID', 'all agent pools must be in the same virtual network.');
};

/** Source: AKS docs, quotas and limits. */
const room: Limit = ({ cluster, name, properties, stored }) => {
  const others = [...cluster.pools.values()].filter((pool) => pool.name.toLowerCase() !== name.toLowerCase());
  if (stored === undefined && others.length >= most.pools)
    return providerError(
      400,
      'QuotaExceeded',
      `The managed cluster has ${String(others.length)} agent pools; the maximum is ${String(most.pools)}.`,
    );
  const nodes = nodeCount(properties);
  const total = others.reduce((sum, pool) => sum + nodeCount(pool.properties), nodes);
  const grows = stored === undefined || nodes > nodeCount(stored);
  return grows && total > most.clusterNodes
    ? providerError(
        400,
        'QuotaExceeded',
        `The managed cluster would have ${String(total)} nodes; the maximum is ${String(most.clusterNodes)}.`,
      )
    : undefined;
};

const limits: readonly Limit[] = [
  lastSystemPool,
  besideAvailabilitySet,
  systemPool,
  count,
  autoscaler,
  maxPods,
  spotPrice,
  confidential,
  zones,
  labels,
  tags,
  subnet,
  room,
];

/** The first documented limit of node pools that is not kept. */
export function checkPoolLimits(wanted: Wanted): Reply | undefined {
  for (const limit of limits) {
    const refused = limit(wanted);
    if (refused !== undefined) return refused;
  }
  return undefined;
}
