import { UsageError } from '../../../core/errors.ts';
import type { JsonObject, JsonValue } from '../../../core/json.ts';
import { oneLine } from '../../../core/text.ts';
import type { ParsedArguments } from '../../framework/definition.ts';
import type { nodepoolAdd } from './add.ts';

type Arguments = ParsedArguments<(typeof nodepoolAdd)['options']>;

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

function autoscaling(args: Arguments): JsonObject {
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

function spot(args: Arguments): JsonObject {
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
export function addProperties(args: Arguments): JsonObject {
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
