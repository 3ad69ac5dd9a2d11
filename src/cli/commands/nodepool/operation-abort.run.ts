import { CliError } from '../../../core/errors.ts';
import { abortOperation, poolValue } from '../../../usecases/nodepool/index.ts';
import type { Run } from '../../framework/definition.ts';
import { poolTarget } from '../target.ts';
import type { options } from './operation-abort.ts';
import { waiting } from '../waiting.ts';
import { poolWork } from './write.ts';

export const run: Run<typeof options> = async (context, args) => {
  const waits = waiting(args);
  const { azure, ref } = await poolTarget(context.azure, args);
  const principal = await azure.accounts.principal(ref.subscriptionId);
  const agreed = await context.consent({
    summary: `Abort the operation on node pool ${ref.resourceGroup}/${ref.cluster}/${ref.pool}, as ${principal.name}.\nNodes that were replaced already stay as they are: the pool may be mixed afterwards.`,
    question: 'Abort the operation?',
    yes: args.yes,
  });
  if (!agreed) throw new CliError({ code: 'declined', message: 'Operation cancelled.' });
  const result = await abortOperation(poolWork(context, azure), ref, waits);
  context.say(result.summary);
  return {
    value: {
      ...poolValue(result.pool),
      changed: result.changed,
      outcome: result.outcome,
      ...(result.operationId === undefined ? {} : { operationId: result.operationId }),
    },
  };
};
