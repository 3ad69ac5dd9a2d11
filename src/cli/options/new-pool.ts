import { UsageError } from '../../core/errors.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';
import type { Arguments, Options } from '../framework/definition.ts';
import { upgradeSettingOptions } from './pool-write.ts';

/** What a new pool is, as az names it. */
export const newPoolOptions = {
  'node-count': { type: 'integer', short: 'c', min: 0, max: 1000, default: '3', summary: 'Number of nodes' },
  'node-vm-size': {
    type: 'string',
    short: 's',
    placeholder: 'SIZE',
    summary: 'VM size of the nodes; at least 4 vCPUs. AKS chooses one where it is not given',
  },
  mode: { type: 'string', choices: ['User', 'System'], default: 'User', summary: 'Mode of the pool' },
  'os-type': {
    type: 'string',
    choices: ['Linux', 'Windows'],
    default: 'Linux',
    summary: 'Operating system of the nodes; LocalDNS needs Linux',
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
    summary: "Kubernetes version; the cluster's where it is not given",
  },
  zones: { type: 'string', short: 'z', repeatable: true, placeholder: 'ZONE', summary: 'Availability zones' },
  'vnet-subnet-id': { type: 'string', placeholder: 'ID', summary: 'Resource ID of the subnet of the nodes' },
  'pod-subnet-id': { type: 'string', placeholder: 'ID', summary: 'Resource ID of the subnet of the pods' },
  'enable-cluster-autoscaler': {
    type: 'boolean',
    short: 'e',
    summary: 'Let the cluster autoscaler set the number of nodes',
  },
  'min-count': { type: 'integer', min: 0, max: 1000, summary: 'Least number of nodes for the autoscaler' },
  'max-count': { type: 'integer', min: 1, max: 1000, summary: 'Largest number of nodes for the autoscaler' },
  labels: { type: 'string', repeatable: true, placeholder: 'KEY=VALUE', summary: 'Labels of the nodes' },
  'node-taints': {
    type: 'string',
    repeatable: true,
    placeholder: 'KEY=VALUE:EFFECT',
    summary: 'Taints of the nodes; several words, or one with commas',
  },
  tags: { type: 'string', repeatable: true, placeholder: 'KEY=VALUE', summary: 'Tags of the pool' },
  'node-osdisk-size': { type: 'integer', min: 0, max: 2048, placeholder: 'GIB', summary: 'Size of the OS disk in GiB' },
  'node-osdisk-type': { type: 'string', choices: ['Managed', 'Ephemeral'], summary: 'Type of the OS disk' },
  'max-pods': { type: 'integer', short: 'm', min: 10, max: 250, summary: 'Most pods on a node' },
  ...upgradeSettingOptions,
  'node-soak-duration': {
    type: 'integer',
    min: 0,
    max: 30,
    placeholder: 'MINUTES',
    summary: 'Minutes to wait after a node was replaced',
  },
  priority: { type: 'string', choices: ['Regular', 'Spot'], summary: 'Priority of the scale set' },
  'eviction-policy': {
    type: 'string',
    choices: ['Delete', 'Deallocate'],
    summary: 'What happens to an evicted spot node',
  },
  'spot-max-price': {
    type: 'string',
    placeholder: 'PRICE',
    summary: 'Most to pay for a spot node in US dollars an hour; -1 for the price on demand',
  },
  'enable-fips-image': { type: 'boolean', summary: 'Use a FIPS image' },
  'enable-encryption-at-host': { type: 'boolean', summary: 'Encrypt the disks at the host' },
} as const satisfies Options;

type NewPoolArguments = Arguments<typeof newPoolOptions>;

/** `a=b` words to an object; the value may be empty and may hold further `=`. */
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
      `--node-taints: '${oneLine(bad)}' is not KEY=VALUE:EFFECT, with the effect NoSchedule, PreferNoSchedule or NoExecute.`,
    );
  return all.length === 0 ? undefined : all;
}

function price(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || (value <= 0 && value !== -1))
    throw new UsageError(`--spot-max-price: '${oneLine(text)}' is not a price above 0, or -1.`);
  return value;
}

function autoscaling(args: NewPoolArguments): JsonObject {
  const { enableClusterAutoscaler: on, minCount, maxCount } = args;
  if (!on && (minCount !== undefined || maxCount !== undefined))
    throw new UsageError('--min-count and --max-count need --enable-cluster-autoscaler.');
  if (!on) return {};
  if (minCount === undefined || maxCount === undefined)
    throw new UsageError('--enable-cluster-autoscaler needs --min-count and --max-count.');
  if (minCount > maxCount)
    throw new UsageError(`--min-count ${String(minCount)} is above --max-count ${String(maxCount)}.`);
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
    if (given) throw new UsageError('--eviction-policy and --spot-max-price need --priority Spot.');
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
 * What the options of `nodepool add` say, with ARM's names; what is not given is not there.
 * @throws UsageError naming the option.
 */
export function addProperties(args: NewPoolArguments): JsonObject {
  const upgradeSettings = defined({
    maxSurge: args.maxSurge,
    maxUnavailable: args.maxUnavailable,
    drainTimeoutInMinutes: args.drainTimeout,
    nodeSoakDurationInMinutes: args.nodeSoakDuration,
  });
  return defined({
    count: args.nodeCount,
    vmSize: args.nodeVmSize,
    mode: args.mode,
    osType: args.osType,
    osSKU: args.osSku,
    orchestratorVersion: args.kubernetesVersion,
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
