import { featureValue, showFeature } from '../../../usecases/registration/index.ts';
import type { Run } from '../../framework/definition.ts';
import { registrationWork, subscriptionsOf } from '../subscriptions.ts';
import { onEach } from '../each-subscription.ts';
import type { options } from './show.ts';

export const run: Run<typeof options> = async (context, args) => {
  const azure = await context.azure();
  const work = registrationWork(context, azure);
  return onEach(context, await subscriptionsOf(azure, args.subscription), async (subscription) => featureValue(await showFeature(work, subscription)));
};
