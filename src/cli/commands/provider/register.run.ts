import { providerValue, registerProvider } from '../../../usecases/registration/index.ts';
import type { Run } from '../../framework/definition.ts';
import { onEach } from '../each-subscription.ts';
import { agreeOn, chooseSubscriptions } from '../scope/choose.ts';
import { registrationWork } from '../subscriptions.ts';
import { waiting } from '../waiting.ts';
import type { options } from './register.ts';

export const run: Run<typeof options> = async (context, args) => {
  const waits = waiting(args);
  const azure = await context.azure();
  const work = registrationWork(context, azure);
  const chosen = await chooseSubscriptions(context, azure, args);
  if (chosen.searched) await agreeOn(context, chosen, { deed: 'Register Microsoft.ContainerService', yes: args.yes });
  return onEach(context, chosen, async (subscription) =>
    providerValue(await registerProvider(work, subscription, waits)),
  );
};
