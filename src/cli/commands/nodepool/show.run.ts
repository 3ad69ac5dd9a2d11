import { poolValue, showPool } from '../../../usecases/nodepool/index.ts';
import type { Run } from '../../framework/definition.ts';
import { poolTarget } from '../target.ts';
import type { options } from './show.ts';

export const run: Run<typeof options> = async (context, args) => {
  const { azure, ref } = await poolTarget(context.azure, args);
  return { value: poolValue(await showPool(azure.nodePools, ref)) };
};
