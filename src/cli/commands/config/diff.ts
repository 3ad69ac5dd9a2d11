import { UsageError } from '../../../core/errors.ts';
import type { EffectiveProfile } from '../../../model/profile.ts';
import type { Context } from '../../framework/context.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';
import { fromPoolOptions } from '../../options/config.ts';
import type { PoolArguments } from '../../profile/pool.ts';

const options = {
  ...fromPoolOptions,
  'detailed-exitcode': { type: 'boolean', summary: 'Exit code 12 where the two differ' },
} as const satisfies Options;

async function side(context: Context, args: PoolArguments, word: string): Promise<EffectiveProfile> {
  if (word === 'pool') {
    const { effectiveProfile } = await import('../../../domain/localdns/index.ts');
    const { namedPool, profileOf } = await import('../../profile/pool.ts');
    return effectiveProfile(profileOf(await namedPool(context, args, "'pool'")), undefined);
  }
  const { effectiveFile } = await import('../../profile/source.ts');
  return effectiveFile(context, word === 'default' ? undefined : word);
}

export const configDiff = defineCommand({
  path: ['config', 'diff'],
  summary: 'Compare two profiles by meaning, with the consequence of each change',
  description:
    'Each side is a file, - for standard input, default for the documented default, or pool for what a pool has (with -g, --cluster-name, -n).',
  positionals: [
    { name: 'A', summary: 'Before: a file, -, default or pool', required: true },
    { name: 'B', summary: 'After: a file, -, default or pool', required: true },
  ],
  options,
  examples: [
    { title: 'Against the documented default', command: 'aks-localdns config diff default localdnsconfig.json' },
    {
      title: 'Against what a pool has',
      command:
        'aks-localdns config diff pool localdnsconfig.json -g rg-demo --cluster-name aks-demo -n userpool --detailed-exitcode',
    },
  ],
  effect: 'read',
  permissions: ['Microsoft.ContainerService/managedClusters/agentPools/read'],
  run: async (context, args) => {
    const { consequences } = await import('../../../domain/localdns/consequences/index.ts');
    const { profileDiffText } = await import('../../../report/profile-diff.ts');
    const [before, after] = args._;
    if (before === undefined || after === undefined) throw new UsageError('the following arguments are required: A, B');
    if (before === '-' && after === '-') throw new UsageError('Only one side can come from standard input.');
    const changes = consequences(await side(context, args, before), await side(context, args, after));
    const [first] = changes;
    context.say(
      first === undefined
        ? 'They mean the same: no node would be reimaged.'
        : 'They differ: applying the second to a pool with the first reimages all of its nodes.',
    );
    return {
      value: changes.map((change) => ({ ...change, before: change.before ?? null, after: change.after ?? null })),
      formats: { table: () => profileDiffText(changes, context.terminal.columns) },
      exit: args.detailedExitcode && first !== undefined ? 'changes-pending' : 'ok',
    };
  },
});
