import { UsageError } from '../../core/errors.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';
import type { Arguments, Options } from '../framework/definition.ts';
import { nodesAtOnce, upgradeSettingOptions } from './pool-write.ts';

/** The properties of a new node pool, with az's option names. */
export const newPoolOptions = {
  'node-count': { type: 'integer', short: 'c', min: 0, max: 1000, default: '3', summary: 'Number of nodes' },
  'node-vm-size': {
    type: 'string',
    short: 's',
    placeholder: 'SIZE',
    summary: 'VM size of the nodes, with at least 4 vCPUs. Defaults to a size that AKS chooses',
  },
  mode: { type: 'string', choices: ['User', 'System'], default: 'User', summary: 'Mode of the node pool' },
  'os-type': {
    type: 'string',
    choices: ['Linux', 'Windows'],
    default: 'Linux',
    summary: 'Operating system of the nodes; LocalDNS requires Linux',
  },
  'os-sku': {
    type: 'string',
    placeholder: 'SKU',
    summary: 'Distribution: Ubuntu, Ubuntu2204, Ubuntu2404, AzureLinux, AzureLinux3',
  },
  'kubernetes-version': {
    type: 'string',
    short: 'k',
    placeholder: 'VERSION',
    summary: "Kubernetes version. Defaults to the cluster's version",
  },
  zones: { type: 'string', short: 'z', repeatable: true, placeholder: 'ZONE', summary: 'Availability zones' },
  'vnet-subnet-id': { type: 'string', placeholder: 'ID', summary: 'Resource ID of the subnet of the nodes' },
  'pod-subnet-id': { type: 'string', placeholder: 'ID', summary: 'Resource ID of the subnet of the pods' },
  'enable-cluster-autoscaler': {
    type: 'boolean',
    short: 'e',
    summary: 'Enable the cluster autoscaler',
  },
  'min-count': { type: 'integer', min: 0, max: 1000, summary: 'Minimum number of nodes for the autoscaler' },
  'max-count': { type: 'integer', min: 1, max: 1000, summary: 'Maximum number of nodes for the autoscaler' },
  labels: { type: 'string', repeatable: true, placeholder: 'KEY=VALUE', summary: 'Labels of the nodes' },
  'node-taints': {
    type: 'string',
    repeatable: true,
    placeholder: 'KEY=VALUE:EFFECT',
    summary: 'Taints of the nodes, separated by spaces or commas',
  },
  tags: { type: 'string', repeatable: true, placeholder: 'KEY=VALUE', summary: 'Tags of the node pool' },
  'node-osdisk-size': { type: 'integer', min: 0, max: 2048, placeholder: 'GIB', summary: 'Size of the OS disk in GiB' },
  'node-osdisk-type': { type: 'string', choices: ['Managed', 'Ephemeral'], summary: 'Type of the OS disk' },
  'max-pods': { type: 'integer', short: 'm', min: 10, max: 250, summary: 'Maximum number of pods per node' },
  ...upgradeSettingOptions,
  'node-soak-duration': {
    type: 'integer',
    min: 0,
    max: 30,
    placeholder: 'MINUTES',
    summary: 'Minutes to wait after each replaced node',
  },
  priority: { type: 'string', choices: ['Regular', 'Spot'], summary: 'Priority of the scale set' },
  'eviction-policy': {
    type: 'string',
    choices: ['Delete', 'Deallocate'],
    summary: 'Eviction policy of spot nodes',
  },
  'spot-max-price': {
    type: 'string',
    placeholder: 'PRICE',
    summary: 'Maximum price of a spot node in US dollars per hour; -1 means up to the on-demand price',
  },
  'enable-fips-image': { type: 'boolean', summary: 'Use a FIPS-enabled image' },
  'enable-encryption-at-host': { type: 'boolean', summary: 'Enable encryption at host' },
} as const satisfies Options;

type NewPoolArguments = Arguments<typeof newPoolOptions>;

/** Converts `a=b` words to an object; the value may be empty and may contain further `=`. */
function pairs(words: readonly string[], option: string): Readonly<Record<string, string>> | undefined {
  if (words.length === 0) return undefined;
  const entries = words.map((word): [string, string] => {
    const cut = word.indexOf('=');
    if (cut < 1) throw new UsageError(`${option}: '${oneLine(word)}' is not KEY=VALUE.`);
    return [word.slice(0, cut), word.slice(cut + 1)];
  });
  return Object.fromEntries(entries);
}

function taints(words: readonly string[]): readonly string[] | undefined {
  const all = words
    .flatMap((word) => word.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const bad = all.find((word) => !/^[^=:\s]+(=[^=:\s]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$/.test(word));
  if (bad !== undefined)
    throw new UsageError(
      `--node-taints: '${oneLine(bad)}' is not KEY=VALUE:EFFECT with the effect NoSchedule, PreferNoSchedule or NoExecute.`,
    );
  return all.length === 0 ? undefined : all;
}

function price(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || (value <= 0 && value !== -1))
    throw new UsageError(`--spot-max-price: '${oneLine(text)}' must be a price above 0, or -1.`);
  return value;
}

function kubernetesVersion(text: string | undefined): string | undefined {
  if (text === undefined || /^\d{1,4}\.\d{1,4}(\.\d{1,6})?$/.test(text)) return text;
  throw new UsageError(`--kubernetes-version: '${oneLine(text)}' is not a version such as 1.33 or 1.33.2.`);
}

function autoscaling(args: NewPoolArguments): JsonObject {
  const { enableClusterAutoscaler: on, minCount, maxCount } = args;
  if (!on && (minCount !== undefined || maxCount !== undefined))
    throw new UsageError('--min-count and --max-count require --enable-cluster-autoscaler.');
  if (!on) return {};
  if (minCount === undefined || maxCount === undefined)
    throw new UsageError('--enable-cluster-autoscaler requires --min-count and --max-count.');
  if (minCount > maxCount)
    throw new UsageError(`--min-count ${String(minCount)} is greater than --max-count ${String(maxCount)}.`);
  const { nodeCount } = args;
  if (nodeCount !== undefined && (nodeCount < minCount || nodeCount > maxCount)) {
    throw new UsageError(
      `--node-count ${String(nodeCount)} is not between --min-count ${String(minCount)} and --max-count ${String(maxCount)}.`,
    );
  }
  return { enableAutoScaling: true, minCount, maxCount, ...(nodeCount === undefined ? { count: minCount } : {}) };
}

function spot(args: NewPoolArguments): JsonObject {
  const given = args.evictionPolicy !== undefined || args.spotMaxPrice !== undefined;
  if (args.priority !== 'Spot') {
    if (given) throw new UsageError('--eviction-policy and --spot-max-price require --priority Spot.');
    return defined({ scaleSetPriority: args.priority });
  }
  return {
    scaleSetPriority: 'Spot',
    scaleSetEvictionPolicy: args.evictionPolicy ?? 'Delete',
    spotMaxPrice: price(args.spotMaxPrice) ?? -1,
  };
}

function defined(values: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/**
 * The properties from the options of `nodepool add`, with ARM's names; omitted options are absent.
 * @throws UsageError naming the option.
 */
export function addProperties(args: NewPoolArguments): JsonObject {
  const upgradeSettings = defined({
    maxSurge: nodesAtOnce(args.maxSurge, '--max-surge'),
    maxUnavailable: nodesAtOnce(args.maxUnavailable, '--max-unavailable'),
    drainTimeoutInMinutes: args.drainTimeout,
    nodeSoakDurationInMinutes: args.nodeSoakDuration,
  });
  return defined({
    count: args.nodeCount,
    vmSize: args.nodeVmSize,
    mode: args.mode,
    osType: args.osType,
    osSKU: args.osSku,
    orchestratorVersion: kubernetesVersion(args.kubernetesVersion),
    availabilityZones: args.zones.length === 0 ? undefined : args.zones,
    vnetSubnetID: args.vnetSubnetId,
    podSubnetID: args.podSubnetId,
    ...autoscaling(args),
    nodeLabels: pairs(args.labels, '--labels'),
    nodeTaints: taints(args.nodeTaints),
    tags: pairs(args.tags, '--tags'),
    osDiskSizeGB: args.nodeOsdiskSize,
    osDiskType: args.nodeOsdiskType,
    maxPods: args.maxPods,
    ...(Object.keys(upgradeSettings).length === 0 ? {} : { upgradeSettings }),
    ...spot(args),
    enableFIPS: args.enableFipsImage ? true : undefined,
    enableEncryptionAtHost: args.enableEncryptionAtHost ? true : undefined,
  });
}
