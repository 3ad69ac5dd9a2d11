import { updatePool } from '../../../usecases/nodepool/index.ts';
import type { Run } from '../../framework/definition.ts';
import { usableProfile } from '../profile-file.ts';
import { poolTarget } from '../target.ts';
import type { options } from './update.ts';
import { judging, upgradeSettings, writeWaiting, writeWork, written } from './write.ts';

export const run: Run<typeof options> = async (context, args) => {
  const waits = writeWaiting(args);
  const { profile, facts } = await usableProfile(context, args.localdnsConfig, 'update');
  const { azure, ref, subscription } = await poolTarget(context.azure, args);
  const purpose = profile.mode === 'Disabled' ? 'disable' : 'enable';
  const work = {
    ...(await writeWork(context, azure, ref, args.yes)),
    ...judging(context, azure, ref, { args, purpose, config: facts, subscriptionName: subscription.name }),
  };
  const result = await updatePool(work, { ref, profile, settings: upgradeSettings(args), force: args.force }, waits);
  return written(context, result, args.showRequest);
};
