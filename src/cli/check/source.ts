import { UsageError } from '../../core/errors.ts';
import { inputName } from '../../core/stdin.ts';
import { checkName } from '../../model/ids.ts';
import { namedCluster, type ScopeRequest } from '../../usecases/scope/index.ts';
import {
  factsBeginning,
  narrowFacts,
  readFacts,
  savingFacts,
  scopeSource,
  type FactsSource,
  type GatherOptions,
} from '../../usecases/check/index.ts';
import type { Context } from '../framework/context.ts';
import type { OutputFile } from '../named-files.ts';
import type { CheckArguments } from '../options/check.ts';
import { readScope } from '../options/scope-request.ts';

/** Options that affect the requests to Azure. */
function asking(args: CheckArguments): readonly string[] {
  const words = ['managementGroup', 'from', 'source', 'saveFacts'] as const;
  const flags = ['allSubscriptions', 'capacity', 'network', 'refresh'] as const;
  return [...words.filter((key) => args[key] !== undefined), ...flags.filter((key) => args[key])].map(
    (key) => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  );
}

/** @throws UsageError for invalid options, before anything is read or requested */
export function requireSource(context: Context, args: CheckArguments): ScopeRequest {
  const [other] = args.fromFacts === undefined ? [] : asking(args);
  if (other !== undefined)
    throw new UsageError(`${other}: not allowed with --from-facts, which evaluates saved facts.`, [
      'To narrow them: --subscription, -g, --cluster-name, -n, --location, --tag and --cluster-pattern.',
    ]);
  const request = readScope(args, context.settings.defaultGroup);
  if (args.name === undefined) return request;
  checkName('pool', args.name, '--name/-n');
  if (namedCluster(request) === undefined)
    throw new UsageError('--name/-n requires the cluster of the node pool: -g GROUP --cluster-name CLUSTER.');
  return request;
}

/** Facts name clusters, networks and owners, which are not secret but not public either. */
export function factsOutput({ saveFacts, force }: Pick<CheckArguments, 'saveFacts' | 'force'>): OutputFile {
  return {
    option: '--save-facts',
    file: saveFacts,
    options: { mode: 0o600, replaces: force ? 'any' : factsBeginning },
  };
}

/** The source of the facts; with --save-facts it also saves them. */
export async function openFacts(
  context: Context,
  args: CheckArguments,
  request: ScopeRequest,
  gather: GatherOptions,
): Promise<FactsSource> {
  const { fromFacts } = args;
  if (fromFacts !== undefined) {
    const facts = await readFacts(inputName(fromFacts), context.inputLines(fromFacts));
    return narrowFacts(facts, request, args.name);
  }
  const deps = { ...context, azure: await context.azure() };
  const source = await scopeSource(deps, { request, pool: args.name, source: args.source ?? 'auto' }, gather);
  const { file, options } = factsOutput(args);
  return file === undefined ? source : savingFacts(context, { file, options }, source, gather);
}
