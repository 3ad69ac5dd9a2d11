import { UsageError } from '../../../core/errors.ts';
import { documentedDefault, effectiveProfile } from '../../../domain/localdns/index.ts';
import { consequences } from '../../../domain/localdns/consequences/index.ts';
import type { EffectiveProfile } from '../../../model/profile.ts';
import { profileDiffText } from '../../../report/profile-diff.ts';
import type { Context } from '../../context.ts';
import type { Run } from '../../framework/definition.ts';
import type { options } from './diff.ts';
import type { PoolArguments } from './pool-profile.ts';
import { effectiveFile } from './profile-source.ts';

/** Late: two files need nothing of Azure. */
async function ofPool(context: Context, args: PoolArguments): Promise<EffectiveProfile> {
  const { namedPool, profileOf } = await import('./pool-profile.ts');
  return effectiveProfile(profileOf(await namedPool(context, args, "'pool'")), undefined);
}

async function side(context: Context, args: PoolArguments, word: string): Promise<EffectiveProfile> {
  if (word === 'default') return documentedDefault();
  if (word === 'pool') return ofPool(context, args);
  return effectiveFile(context, word);
}

export const run: Run<typeof options> = async (context, args) => {
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
};
