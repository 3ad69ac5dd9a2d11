import { listPools, poolValue } from '../../../usecases/nodepool/index.ts';
import type { Run } from '../../framework/definition.ts';
import { clusterTarget } from '../target.ts';
import type { options } from './list.ts';

export const run: Run<typeof options> = async (context, args) => {
  const { azure, ref } = await clusterTarget(context.azure, args);
  return { value: (await listPools(azure.nodePools, ref)).map((pool) => poolValue(pool)) };
};
