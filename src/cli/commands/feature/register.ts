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
    'Azure may take twenty minutes, and now and then hours. The command can be ended and run again at any time: it goes on where Azure is. ' +
    'Refresh the provider afterwards (aks-localdns provider register), or let aks-localdns setup do all of it. ' +
    `${registrationWriteHelp} The command asks first where the subscriptions were not named.`,
  options,
  examples: [
    { title: 'Register and wait', command: 'aks-localdns feature register --subscription Production' },
    { title: 'Ask for it and come back later', command: 'aks-localdns feature register --no-wait' },
    {
      title: 'On every subscription below a management group that holds clusters',
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
    const { onSubscriptions } = await import('../../registration/on-subscriptions.ts');
    const { featureValue, registerFeature } = await import('../../../usecases/registration/index.ts');
    const waits = waiting(args);
    const question = { action: 'Register LocalDNSPreview', yes: args.yes };
    return onSubscriptions(context, args, { question }, async (work, subscription) =>
      featureValue(await registerFeature(work, subscription, waits)),
    );
  },
});
