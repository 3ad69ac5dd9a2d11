import { UsageError } from '../../../core/errors.ts';
import { parseDuration } from '../../../core/text.ts';
import { poolValue, waitForPool } from '../../../usecases/nodepool/index.ts';
import type { Run } from '../../framework/definition.ts';
import { poolTarget } from '../target.ts';
import type { options } from './wait.ts';
import { poolWork } from './write.ts';

const conditions = ['created', 'updated', 'deleted', 'exists'] as const;

export const run: Run<typeof options> = async (context, args) => {
  const [condition, ...more] = conditions.filter((name) => args[name]);
  if (more.length > 0)
    throw new UsageError(`Only one of ${conditions.map((name) => `--${name}`).join(', ')} can be waited for.`);
  const timeoutSeconds = args.timeout === undefined ? undefined : parseDuration(args.timeout, '--timeout');
  const { azure, ref } = await poolTarget(context.azure, args);
  const result = await waitForPool(poolWork(context, azure), ref, {
    condition,
    intervalSeconds: args.interval,
    timeoutSeconds,
  });
  context.say(result.summary);
  return result.pool === undefined ? {} : { value: poolValue(result.pool) };
};
