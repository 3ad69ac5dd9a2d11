import { defineCommand, type Options } from '../../framework/definition.ts';
import { providerColumns } from '../feature/columns.ts';
import { manySubscriptions, waitOptions } from '../options.ts';

export const options = { ...manySubscriptions, ...waitOptions } as const satisfies Options;

export const providerRegister = defineCommand({
  path: ['provider', 'register'],
  summary: 'Register Microsoft.ContainerService, or refresh it after a feature was registered',
  description: 'On a registered provider this is the refresh that makes a newly registered feature known to the service.',
  options,
  examples: [{ title: 'Refresh the provider and wait', command: 'aks-localdns provider register --subscription Production' }],
  effect: 'write',
  permissions: ['Microsoft.Resources/subscriptions/providers/read', 'Microsoft.ContainerService/register/action'],
  columns: providerColumns,
  load: async () => import('./register.run.ts'),
});
