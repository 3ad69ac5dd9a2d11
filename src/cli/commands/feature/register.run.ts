import { featureValue, registerFeature } from '../../../usecases/registration/index.ts';
import type { Run } from '../../framework/definition.ts';
import { waiting } from '../waiting.ts';
import { agreeOn, chooseSubscriptions } from '../scope/choose.ts';
import { registrationWork } from '../subscriptions.ts';
import { onEach } from '../each-subscription.ts';
import type { options } from './register.ts';

export const run: Run<typeof options> = async (context, args) => {
  const waits = waiting(args);
  const azure = await context.azure();
  const work = registrationWork(context, azure);
  const chosen = await chooseSubscriptions(context, azure, args);
  if (chosen.searched) await agreeOn(context, chosen, { deed: 'Register LocalDNSPreview', yes: args.yes });
  return onEach(context, chosen, async (subscription) =>
    featureValue(await registerFeature(work, subscription, waits)),
  );
};
