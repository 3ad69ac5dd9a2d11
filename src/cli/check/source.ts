import { UsageError } from '../../core/errors.ts';
import { checkName } from '../../model/ids.ts';
import {
  clusterSource,
  fleetSource,
  readFacts,
  type FactsSource,
  type GatherOptions,
} from '../../usecases/survey/index.ts';
import type { Context } from '../framework/context.ts';
import { inputName } from '../named-files.ts';
import type { CheckArguments } from '../options/check.ts';
import { readScope, type ScopeRequest } from '../scope/request.ts';
import { resolveScope } from '../scope/resolve.ts';
import { clusterTarget } from '../options/pool.ts';

/** Options that say what is asked of Azure. */
function asking(args: CheckArguments): readonly string[] {
  const lists = ['subscription', 'location', 'tag'] as const;
  const words = [
    'managementGroup',
    'from',
    'resourceGroup',
    'clusterPattern',
    'clusterName',
    'name',
    'source',
    'saveFacts',
  ] as const;
  const flags = ['allSubscriptions', 'capacity', 'network', 'refresh'] as const;
  return [
    ...lists.filter((key) => args[key].length > 0),
    ...words.filter((key) => args[key] !== undefined),
    ...flags.filter((key) => args[key]),
  ].map((key) => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
}

/** One cluster that is named in full is read alone, by itself. */
function namesOneCluster({ root, conditions }: ScopeRequest): boolean {
  const { clusterName, clusterPattern, locations, tags } = conditions;
  const oneSubscription = root.kind === 'active' || (root.kind === 'named' && root.names.length === 1);
  return (
    clusterName !== undefined &&
    oneSubscription &&
    clusterPattern === undefined &&
    locations.length === 0 &&
    tags.length === 0
  );
}

/** @throws UsageError for words that cannot be, before anything is read or asked for */
export function requireSource(context: Context, args: CheckArguments): ScopeRequest | undefined {
  if (args.fromFacts === undefined) {
    const request = readScope(args, context.settings.defaultGroup);
    if (args.name === undefined) return request;
    checkName('pool', args.name, '--name/-n');
    if (!namesOneCluster(request))
      throw new UsageError('--name/-n needs the one cluster of the pool: -g GROUP --cluster-name CLUSTER.');
    return request;
  }
  const [other] = asking(args);
  if (other !== undefined)
    throw new UsageError(`${other}: not allowed with --from-facts, which judges what was gathered.`);
  return undefined;
}

/** Where the facts come from that the arguments mean. Facts in a file say themselves what was asked for. */
export async function openFacts(context: Context, args: CheckArguments, gather: GatherOptions): Promise<FactsSource> {
  const request = requireSource(context, args);
  if (request === undefined) {
    const file = args.fromFacts ?? '';
    return readFacts(inputName(file), context.inputLines(file));
  }
  const { resourceGroup, clusterName } = request.conditions;
  if (namesOneCluster(request) && resourceGroup !== undefined && clusterName !== undefined) {
    const { azure, ref, subscription } = await clusterTarget(context.azure, {
      resourceGroup,
      clusterName,
      subscription: args.subscription[0],
    });
    return clusterSource(azure, { ref, pool: args.name, subscription, clock: context.clock }, gather);
  }
  const azure = await context.azure();
  const { scope, words, pools } = await resolveScope(context, azure, args);
  return fleetSource(
    azure,
    { scope, words, pools, source: args.source ?? 'auto', signal: context.signal, clock: context.clock },
    gather,
  );
}
