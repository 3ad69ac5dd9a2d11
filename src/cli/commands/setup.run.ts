import { CliError } from '../../core/errors.ts';
import { count } from '../../core/text.ts';
import { setup, setupValue } from '../../usecases/registration/index.ts';
import type { Run } from '../framework/definition.ts';
import type { options } from './setup.ts';
import { registrationWork, subscriptionsOf } from './subscriptions.ts';
import { waiting } from './waiting.ts';

export const run: Run<typeof options> = async (context, args) => {
  const waits = waiting(args);
  const azure = await context.azure();
  const subscriptions = await subscriptionsOf(azure, args.subscription);
  if (subscriptions.length > 1) {
    const agreed = await context.consent({
      summary: ['Register LocalDNSPreview and refresh Microsoft.ContainerService on:', ...subscriptions.map(({ name, id }) => `  ${name} (${id})`)].join('\n'),
      question: `Prepare these ${count(subscriptions.length, 'subscription')}?`,
      yes: args.yes,
    });
    if (!agreed) throw new CliError({ code: 'declined', message: 'Operation cancelled.' });
  }
  const result = await setup(registrationWork(context, azure), subscriptions, waits);
  if (result.continueWith !== undefined) context.say(`To go on: ${result.continueWith}`);
  return { value: setupValue(result), exit: result.exit };
};
