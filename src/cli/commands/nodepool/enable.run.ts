import { enablePool } from '../../../usecases/nodepool/index.ts';
import type { Run } from '../../framework/definition.ts';
import { poolTarget } from '../target.ts';
import type { options } from './enable.ts';
import { judging, upgradeSettings, writeWaiting, writeWork, written } from './write.ts';

export const run: Run<typeof options> = async (context, args) => {
  const waits = writeWaiting(args);
  const { azure, ref, subscription } = await poolTarget(context.azure, args);
  const work = {
    ...(await writeWork(context, azure, ref, args.yes)),
    ...judging(context, azure, ref, { args, purpose: 'enable', subscriptionName: subscription.name }),
  };
  const result = await enablePool(
    work,
    { ref, reset: args.reset, settings: upgradeSettings(args), force: args.force },
    waits,
  );
  return written(context, result, args.showRequest);
};
