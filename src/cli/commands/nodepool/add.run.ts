import { surveyPool } from '../../../usecases/survey/index.ts';
import { refused } from '../../../domain/checks/index.ts';
import { addPool } from '../../../usecases/nodepool/index.ts';
import type { Run } from '../../framework/definition.ts';
import { usableProfile } from '../profile-file.ts';
import { rulesetOf } from '../ruleset.ts';
import { poolTarget } from '../target.ts';
import { addProperties } from './add-properties.ts';
import type { options } from './add.ts';
import { writeWaiting, writeWork, written } from './write.ts';

export const run: Run<typeof options> = async (context, args) => {
  const waits = writeWaiting(args);
  const properties = addProperties(args);
  const ruleset = rulesetOf(context, args.ruleset);
  const file = args.localdnsConfig === undefined ? undefined : await usableProfile(context, args.localdnsConfig, 'add');
  const { azure, ref, subscription } = await poolTarget(context.azure, args);
  const purpose = file?.profile.mode === 'Disabled' ? 'disable' : 'enable';
  const work = {
    ...(await writeWork(context, azure, ref, false)),
    judge: async (wantedPool: Parameters<Parameters<typeof addPool>[0]['judge']>[0]) =>
      surveyPool(azure, ref, {
        ruleset,
        ignore: args.ignore,
        purpose,
        config: file?.facts,
        subscriptionName: subscription.name,
        wantedPool,
      }),
    refuse: refused,
  };
  const result = await addPool(
    work,
    { ref, properties, like: args.like, set: args.set, profile: file?.profile },
    waits,
  );
  return written(context, result, args.showRequest);
};
