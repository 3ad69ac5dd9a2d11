import { defineCommand, type Options } from '../../framework/definition.ts';
import {
  providerColumns,
  registrationReadHelp,
  registrationScope,
  scopePermissions,
} from '../../options/registration.ts';

const options = { ...registrationScope } as const satisfies Options;

export const providerShow = defineCommand({
  path: ['provider', 'show'],
  summary: 'Show whether Microsoft.ContainerService is registered',
  description: registrationReadHelp,
  options,
  examples: [
    {
      title: 'The state on the active subscription',
      command: 'aks-localdns provider show --query "[0].registrationState" -o tsv',
    },
  ],
  effect: 'read',
  permissions: ['Microsoft.Resources/subscriptions/providers/read', ...scopePermissions],
  columns: providerColumns,
  run: async (context, args) => {
    const { providerValue, showProvider } = await import('../../../usecases/registration/index.ts');
    const { onEach } = await import('../../scope/each-subscription.ts');
    const { chooseSubscriptions, tellUnread } = await import('../../scope/choose.ts');
    const { registrationWork } = await import('../../scope/subscriptions.ts');
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
  },
});
