import { defineCommand, type Options } from '../../framework/definition.ts';
import {
  providerColumns,
  registrationScope,
  registrationWriteHelp,
  scopePermissions,
} from '../../options/registration.ts';
import { waiting, waitOptions, yesOption } from '../../options/waiting.ts';

const options = { ...registrationScope, ...yesOption, ...waitOptions } as const satisfies Options;

export const providerRegister = defineCommand({
  path: ['provider', 'register'],
  summary: 'Register Microsoft.ContainerService, or refresh it after registering a feature',
  description:
    'If the provider is already registered, this refreshes it so that the service recognizes a newly registered feature. ' +
    `${registrationWriteHelp} Prompts for confirmation if the subscriptions were not named.`,
  options,
  examples: [
    { title: 'Refresh the provider and wait', command: 'aks-localdns provider register --subscription Production' },
    {
      title: 'In all subscriptions with clusters of a team',
      command: 'aks-localdns provider register --all-subscriptions --tag team=shop --yes',
    },
  ],
  effect: 'write',
  permissions: [
    'Microsoft.Resources/subscriptions/providers/read',
    'Microsoft.ContainerService/register/action',
    ...scopePermissions,
  ],
  columns: providerColumns,
  run: async (context, args) => {
    const { continueCommand, onSubscriptions } = await import('../../registration/on-subscriptions.ts');
    const { providerValue, registerProvider } = await import('../../../usecases/registration/index.ts');
    const waits = waiting(args);
    const question = { action: 'Register Microsoft.ContainerService', yes: args.yes };
    const continueWith = continueCommand('provider', 'register');
    return onSubscriptions(context, args, { question }, async (deps, subscription) =>
      providerValue(await registerProvider({ ...deps, continueWith }, subscription, waits)),
    );
  },
});
