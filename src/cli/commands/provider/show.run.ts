import { providerValue, showProvider } from '../../../usecases/registration/index.ts';
import type { Run } from '../../framework/definition.ts';
import { onEach } from '../each-subscription.ts';
import { chooseSubscriptions, tellUnread } from '../scope/choose.ts';
import { registrationWork } from '../subscriptions.ts';
import type { options } from './show.ts';

export const run: Run<typeof options> = async (context, args) => {
  const azure = await context.azure();
  const work = registrationWork(context, azure);
  const chosen = await chooseSubscriptions(context, azure, args);
  tellUnread(context, chosen);
  return onEach(
    context,
    chosen,
    async (subscription) => providerValue(await showProvider(work, subscription)),
    'unknown',
  );
};
