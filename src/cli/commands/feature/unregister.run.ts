import { featureValue, unregisterFeature } from '../../../usecases/registration/index.ts';
import type { Run } from '../../framework/definition.ts';
import { agreeOn, chooseSubscriptions } from '../scope/choose.ts';
import { registrationWork } from '../subscriptions.ts';
import { onEach } from '../each-subscription.ts';
import type { options } from './unregister.ts';

export const run: Run<typeof options> = async (context, args) => {
  const azure = await context.azure();
  const chosen = await chooseSubscriptions(context, azure, args);
  await agreeOn(context, chosen, {
    deed: 'Unregister LocalDNSPreview',
    note: 'Node pools that have LocalDNS keep it.',
    yes: args.yes,
  });
  const work = registrationWork(context, azure);
  return onEach(context, chosen, async (subscription) => featureValue(await unregisterFeature(work, subscription)));
};
