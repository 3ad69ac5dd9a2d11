import { CliError } from '../../../core/errors.ts';
import { featureValue, unregisterFeature } from '../../../usecases/registration/index.ts';
import type { Run } from '../../framework/definition.ts';
import { registrationWork, subscriptionsOf } from '../subscriptions.ts';
import { onEach } from '../each-subscription.ts';
import type { options } from './unregister.ts';

export const run: Run<typeof options> = async (context, args) => {
  const azure = await context.azure();
  const subscriptions = await subscriptionsOf(azure, args.subscription);
  const agreed = await context.consent({
    summary: ['Unregister the preview feature LocalDNSPreview on:', ...subscriptions.map(({ name, id }) => `  ${name} (${id})`), 'Node pools that have LocalDNS keep it.'].join('\n'),
    question: 'Unregister?',
    yes: args.yes,
  });
  if (!agreed) throw new CliError({ code: 'declined', message: 'Operation cancelled.' });
  const work = registrationWork(context, azure);
  return onEach(context, subscriptions, async (subscription) => featureValue(await unregisterFeature(work, subscription)));
};
