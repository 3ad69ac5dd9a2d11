import { defineCommand, type Options } from '../../framework/definition.ts';
import {
  featureColumns,
  registrationScope,
  registrationWriteHelp,
  scopePermissions,
} from '../../options/registration.ts';
import { waiting, waitOptions, yesOption } from '../../options/waiting.ts';

const options = { ...registrationScope, ...yesOption, ...waitOptions } as const satisfies Options;

export const featureRegister = defineCommand({
  path: ['feature', 'register'],
  summary: 'Register the preview feature LocalDNSPreview and wait until it is registered',
  description:
    'The registration can take twenty minutes, sometimes hours. You can stop the command and run it again at any time; it continues from the current state. ' +
    'Afterwards, refresh the provider (aks-localdns provider register), or use aks-localdns setup for all steps. ' +
    `${registrationWriteHelp} Prompts for confirmation if the subscriptions were not named.`,
  options,
  examples: [
    { title: 'Register and wait', command: 'aks-localdns feature register --subscription Production' },
    { title: 'Request the registration without waiting', command: 'aks-localdns feature register --no-wait' },
    {
      title: 'In all subscriptions with clusters in a management group',
      command: 'aks-localdns feature register --management-group mg-platform --yes',
    },
  ],
  effect: 'write',
  permissions: [
    'Microsoft.Features/providers/features/read',
    'Microsoft.Features/providers/features/register/action',
    ...scopePermissions,
  ],
  columns: featureColumns,
  run: async (context, args) => {
    const { continueCommand, onSubscriptions } = await import('../../registration/on-subscriptions.ts');
    const { featureValue, registerFeature } = await import('../../../usecases/registration/index.ts');
    const waits = waiting(args);
    const question = { action: 'Register LocalDNSPreview', yes: args.yes };
    const continueWith = continueCommand('feature', 'register');
    return onSubscriptions(context, args, { question }, async (deps, subscription) =>
      featureValue(await registerFeature({ ...deps, continueWith }, subscription, waits)),
    );
  },
});
