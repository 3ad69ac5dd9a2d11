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
      title: 'State in the active subscription',
      command: 'aks-localdns provider show --query "[0].registrationState" -o tsv',
    },
  ],
  effect: 'read',
  permissions: ['Microsoft.Resources/subscriptions/providers/read', ...scopePermissions],
  columns: providerColumns,
  run: async (context, args) => {
    const { onSubscriptions } = await import('../../registration/on-subscriptions.ts');
    const { providerValue, showProvider } = await import('../../../usecases/registration/index.ts');
    return onSubscriptions(context, args, { some: 'unknown' }, async (deps, subscription) =>
      providerValue(await showProvider(deps, subscription)),
    );
  },
});
