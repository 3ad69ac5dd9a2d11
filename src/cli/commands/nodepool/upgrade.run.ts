import { UsageError } from '../../../core/errors.ts';
import { upgradeNodeImage } from '../../../usecases/nodepool/index.ts';
import type { Run } from '../../framework/definition.ts';
import { poolTarget } from '../target.ts';
import type { options } from './upgrade.ts';
import { writeWaiting, writeWork, written } from './write.ts';

export const run: Run<typeof options> = async (context, args) => {
  if (!args.nodeImageOnly) {
    throw new UsageError('--node-image-only is needed: this command upgrades the node image alone.', [
      'For the Kubernetes version: az aks nodepool upgrade --kubernetes-version',
    ]);
  }
  const waits = writeWaiting(args);
  const { azure, ref } = await poolTarget(context.azure, args);
  const result = await upgradeNodeImage(await writeWork(context, azure, ref, args.yes), { ref }, waits);
  return written(context, result);
};
