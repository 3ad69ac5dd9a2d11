import { UsageError } from '../../../core/errors.ts';
import type { ComparedProfile } from '../../../domain/localdns/consequences/index.ts';
import type { Context } from '../../framework/context.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';
import { fromPoolOptions } from '../../options/config.ts';
import type { PoolArguments } from '../../profile/pool.ts';

const options = {
  ...fromPoolOptions,
  'detailed-exitcode': { type: 'boolean', summary: 'Exit with code 12 if the profiles differ' },
} as const satisfies Options;

async function poolSide(context: Context, args: PoolArguments, newer: boolean): Promise<ComparedProfile> {
  const { effectiveProfile, unknownSettings } = await import('../../../domain/localdns/index.ts');
  const { namedPool, profileOf } = await import('../../profile/pool.ts');
  const pool = await namedPool(context, args, "'pool'", newer);
  return {
    profile: effectiveProfile(profileOf(pool), undefined),
    unknown: unknownSettings(pool.localDns?.profile ?? {}),
  };
}

/** Reads files first, because their settings decide which api-version a node pool is read with. */
async function sides(
  context: Context,
  args: PoolArguments,
  words: readonly [string, string],
): Promise<readonly [ComparedProfile, ComparedProfile]> {
  const { hasNewerSettings } = await import('../../../domain/localdns/index.ts');
  const { effectiveFile } = await import('../../profile/file.ts');
  const found = new Map<string, ComparedProfile>();
  for (const word of words)
    if (word !== 'pool')
      found.set(word, { profile: await effectiveFile(context, word === 'default' ? undefined : word), unknown: [] });
  const newer = [...found.values()].some(({ profile }) => hasNewerSettings(profile));
  const side = async (word: string): Promise<ComparedProfile> => found.get(word) ?? poolSide(context, args, newer);
  return [await side(words[0]), await side(words[1])];
}

export const configDiff = defineCommand({
  path: ['config', 'diff'],
  summary: 'Compare two profiles by meaning and show the effect of each change',
  description:
    'Each side is a file, - for standard input, default for the documented default, or pool for the profile of a node pool (with -g, --cluster-name, -n).',
  positionals: [
    { name: 'A', summary: 'Before: a file, -, default or pool', required: true },
    { name: 'B', summary: 'After: a file, -, default or pool', required: true },
  ],
  options,
  examples: [
    { title: 'Compare with the documented default', command: 'aks-localdns config diff default localdnsconfig.json' },
    {
      title: 'Compare with the profile of a node pool',
      command:
        'aks-localdns config diff pool localdnsconfig.json -g rg-demo --cluster-name aks-demo -n userpool --detailed-exitcode',
    },
  ],
  effect: 'read',
  permissions: ['Microsoft.ContainerService/managedClusters/agentPools/read'],
  run: async (context, args) => {
    const { comparison } = await import('../../../domain/localdns/consequences/index.ts');
    const { profileDiffText } = await import('../../../report/profile-diff.ts');
    const [before, after] = args._;
    if (before === undefined || after === undefined) throw new UsageError('the following arguments are required: A, B');
    if (before === '-' && after === '-') throw new UsageError('Only one of the profiles can come from standard input.');
    const changes = comparison(...(await sides(context, args, [before, after])));
    const [first] = changes;
    context.say(
      first === undefined
        ? 'The profiles are equivalent: no node would be reimaged.'
        : 'The profiles differ: applying the second to a node pool with the first reimages all of its nodes.',
    );
    return {
      value: changes.map((change) => ({ ...change, before: change.before ?? null, after: change.after ?? null })),
      formats: { table: () => profileDiffText(changes, context.terminal.columns) },
      exit: args.detailedExitcode && first !== undefined ? 'changes-pending' : 'ok',
    };
  },
});
