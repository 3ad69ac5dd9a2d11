import { defineCommand, type Options } from '../../framework/definition.ts';
import { providerColumns } from '../feature/columns.ts';
import { registrationScope, registrationReadHelp, scopePermissions } from '../scope/options.ts';

export const options = { ...registrationScope } as const satisfies Options;

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
  load: async () => import('./show.run.ts'),
});
